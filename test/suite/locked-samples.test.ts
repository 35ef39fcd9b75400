import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { processIo } from '../../harness/cli/io.ts';
import { registries as ownRegistries } from '../../harness/cli/registries.ts';
import { recordLocked, recordSuites } from '../../harness/cli/suite-records.ts';
import { builtinFolder } from '../../harness/cli/suite-source.ts';
import { VERSION } from '../../harness/cli/version.ts';
import { expand } from '../../harness/suite/expand.ts';
import { loadSuite } from '../../harness/suite/load.ts';
import { lockSuite, type SuiteLock, writeLock } from '../../harness/suite/lock.ts';
import { drawnAsLocked, lockedSamples } from '../../harness/suite/locked-samples.ts';
import type { SampleSelection } from '../../harness/suite/selection.ts';
import type { Suite } from '../../harness/suite/suite.ts';
import { registries } from './registries.ts';
import { DRAWN, HAND, writeSuite } from './suite-folder.ts';

const FILES = {
  'tasks/drawn.yaml': `${DRAWN}tags: [sums]\n`,
  'tasks/hand.yaml': HAND.replace('id: one,', 'id: one, tags: [first],'),
};

async function lockedSuite(change: Partial<SuiteLock> = {}): Promise<Suite> {
  const dir = writeSuite(FILES);
  const suite = await loadSuite(dir, registries());
  const floors = { drawn: 0, hand: 0 };
  await writeLock(dir, { ...lockSuite(suite, floors, { proved: true, wattmark: '1.2.3' }), ...change });
  return suite;
}

const known = ({ id, hash, keyHash }: { id: string; hash: string; keyHash: string }) => ({
  id,
  hash,
  keyHash,
});
const locked = (suite: Suite, selection: SampleSelection = {}) => lockedSamples(suite, selection, '1.2.3');

describe('what a lock tells of a selection', () => {
  it.each<SampleSelection>([
    {},
    { langs: ['zh'] },
    { langs: [] },
    { tasks: ['hand'] },
    { seeds: { from: 2, to: 3 } },
    { limit: 5 },
    { limit: 4, langs: ['en'] },
    { tags: ['first'] },
    { tags: ['sums'], seeds: { from: 3, to: 3 } },
    { variants: [] },
  ])('is what drawing it gives, with %j', async (selection) => {
    const suite = await lockedSuite();
    const drawn = [...expand(suite, selection)];
    const told = await locked(suite, selection);
    expect(told?.samples).toEqual(drawn.map(known));
    expect([...drawnAsLocked(drawn, told?.samples ?? [])]).toEqual(drawn);
    expect(told && recordLocked([{ suite, ...told }], selection)).toEqual(await recordSuites([suite], drawn));
  });

  it.each<SampleSelection>([
    { seeds: { from: 1, to: 4 } },
    { variants: ['rows'] },
    { seedKey: 'a long random secret' },
  ])('is nothing where it holds no such samples: %j', async (selection) => {
    expect(await locked(await lockedSuite(), selection)).toBeUndefined();
  });

  it('is nothing where another version drew it, it proved nothing, or the files have changed since', async () => {
    const suite = await lockedSuite();
    expect(await lockedSamples(suite, {}, '1.2.4')).toBeUndefined();
    expect(await locked(await lockedSuite({ proved: false }))).toBeUndefined();
    writeFileSync(join(suite.dir, 'tasks', 'hand.yaml'), `${FILES['tasks/hand.yaml']}# more\n`);
    expect(await locked(await loadSuite(suite.dir, registries()))).toBeUndefined();
    writeFileSync(join(suite.dir, 'suite.lock.json'), '{');
    expect(await locked(suite)).toBeUndefined();
  });

  it('is held against what is drawn later', async () => {
    const suite = await lockedSuite();
    const drawn = [...expand(suite)];
    const told = drawn.map(known);
    for (const [member, at] of [
      ['id', 0],
      ['hash', 1],
      ['keyHash', 2],
    ] as const) {
      const wrong = told.map((one, index) => (index === at ? { ...one, [member]: 'other' } : one));
      const taken: string[] = [];
      expect(() => {
        for (const { id } of drawnAsLocked(drawn, wrong)) taken.push(id);
      }).toThrow(`${drawn[at]?.id} is not as the lock of its suite has it`);
      expect(taken).toEqual(drawn.slice(0, at).map(({ id }) => id));
    }
    expect(() => [...drawnAsLocked(drawn, told.slice(0, -1))]).toThrow(
      `${told.at(-1)?.id} is not as the lock`,
    );
    expect(() => [...drawnAsLocked(drawn.slice(0, -1), told)]).toThrow(
      `${told.at(-1)?.id} is not as the lock`,
    );
  });
});

describe('the suites that come with Wattmark', () => {
  it.each(['dispatch', 'faults', 'forecasting'])(
    '%s: ask and take for right what the lock says, which this version wrote',
    async (name) => {
      const { dir, source } = { dir: join(builtinFolder(), name), source: `builtin:${name}` };
      const suite = await loadSuite(dir, await ownRegistries([], processIo({ colour: false })), source);
      const told = (await lockedSamples(suite, {}, VERSION))?.samples;
      expect(told?.length).toBeGreaterThan(200);
      expect([...drawnAsLocked(expand(suite), told ?? [])].length).toBe(told?.length);
    },
  );
});
