import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareVersions, standsAsProved, verifyLock } from '../../harness/suite/drift.ts';
import { expand } from '../../harness/suite/expand.ts';
import { loadSuite } from '../../harness/suite/load.ts';
import { lockSuite, readLock, suiteHash, writeLock } from '../../harness/suite/lock.ts';
import { familyRegistry, near, registries, sumOfPowers } from './registries.ts';
import { DRAWN, HAND, SUITE, shown, temporaryFolder, writeSuite } from './suite-folder.ts';

const FILES = { 'suite.yaml': SUITE, 'tasks/drawn.yaml': DRAWN, 'tasks/hand.yaml': HAND };

/** Locks the suite as it is, changes files or registries, and tells what no longer holds. */
async function driftAfter(changes: Partial<typeof FILES>, known = registries()): Promise<string[]> {
  const dir = writeSuite(FILES);
  await writeLock(dir, lockSuite(await loadSuite(dir, registries()), { drawn: 0, hand: 0.1 }));
  for (const [path, text] of Object.entries(changes)) writeFileSync(join(dir, path), text);
  const suite = await loadSuite(dir, known);
  return verifyLock(suite, await readLock(dir)).map((issue) => shown(issue, dir));
}

const BUMP = 'raise the version in suite.yaml above 0.1.0, then run: wattmark suites lock';

describe('a lock', () => {
  it('holds what a suite asks, small and in order', async () => {
    const suite = await loadSuite(writeSuite(FILES), registries());
    const lock = lockSuite(suite, { hand: 0.25 });
    expect(lock).toMatchObject({
      suite: 'demo',
      version: '0.1.0',
      families: { 'sum-of-powers': 3 },
      checkers: { near: 2 },
      floors: { hand: 0.25 },
    });
    expect(Object.keys(lock.samples)).toEqual(['drawn', 'hand']);
    expect(Object.keys(lock.samples['drawn'] ?? {})).toEqual([
      's1/en',
      's1/zh',
      's2/en',
      's2/zh',
      's3/en',
      's3/zh',
    ]);
    expect(lock.hash).toBe(suiteHash(expand(suite)));
    expect(lock.hash).toMatch(/^sha256:[0-9a-f]{64}$/);
    expect(JSON.stringify(lock.samples).length / 8).toBeLessThan(60);
  });

  it('comes back from its file as it went in, and leaves nothing beside it', async () => {
    const dir = writeSuite(FILES);
    const lock = lockSuite(await loadSuite(dir, registries()), {});
    await writeLock(dir, lock);
    await writeLock(dir, lock);
    expect(await readLock(dir)).toEqual(lock);
    expect(readdirSync(dir).sort()).toEqual(['suite.lock.json', 'suite.yaml', 'tasks']);
  });

  it('is told of where it is missing or is no lock', async () => {
    const dir = writeSuite(FILES);
    const suite = await loadSuite(dir, registries());
    expect(verifyLock(suite, await readLock(dir)).map((issue) => shown(issue, dir))).toEqual([
      'suite.lock.json  is missing | run: wattmark suites lock',
    ]);
    for (const text of ['', '{', '[]', '{"suite": 1}']) {
      writeFileSync(join(dir, 'suite.lock.json'), text);
      await expect(readLock(dir)).rejects.toThrow('is not a suite lock');
    }
    const blocked = temporaryFolder();
    mkdirSync(join(blocked, 'suite.lock.json'));
    await expect(readLock(blocked)).rejects.toThrow('could not be read');
  });
});

describe('drift without a new version', () => {
  it('is none where nothing changed, though the file was written anew', async () => {
    expect(await driftAfter({ 'tasks/hand.yaml': `# a comment\n${HAND}` })).toEqual([]);
  });

  it('names the samples that ask otherwise, and only those', async () => {
    expect(await driftAfter({ 'tasks/hand.yaml': HAND.replace('Write', 'Say') })).toEqual([
      `tasks/hand.yaml  asked differently without a new version: demo/hand/one/en | ${BUMP}`,
    ]);
  });

  it('names the samples whose right answer changed', async () => {
    expect(
      await driftAfter({ 'tasks/hand.yaml': HAND.replace('target: { p: 5 }', 'target: { p: 6 }') }),
    ).toEqual([
      `tasks/hand.yaml  checked differently without a new version: demo/hand/one/en, demo/hand/one/zh | ${BUMP}`,
    ]);
  });

  it('names samples that are gone and samples that are new', async () => {
    expect(await driftAfter({ 'tasks/hand.yaml': HAND.replace('id: one', 'id: two') })).toEqual([
      `tasks/hand.yaml  gone without a new version: demo/hand/one/en, demo/hand/one/zh | ${BUMP}`,
      `tasks/hand.yaml  new without a new version: demo/hand/two/en, demo/hand/two/zh | ${BUMP}`,
    ]);
  });

  it('counts what it does not name', async () => {
    const [fault] = await driftAfter({ 'tasks/drawn.yaml': DRAWN.replace('seeds: 3', 'seeds: 9') });
    expect(fault).toBe(
      `tasks/drawn.yaml  new without a new version: demo/drawn/s4/en, demo/drawn/s4/zh, demo/drawn/s5/en, demo/drawn/s5/zh, demo/drawn/s6/en and 7 more | ${BUMP}`,
    );
  });

  it('names the checker whose version moved under the suite', async () => {
    const newer = registries();
    const checkers = new Map([...newer.checkers, ['near', { ...near, version: 5 }]] as const);
    const faults = await driftAfter({}, { ...newer, checkers });
    expect(faults).toContain(`suite.lock.json  since it was made: checker near 2 → 5 | ${BUMP}`);
    expect(faults).toHaveLength(3);
  });

  it('names the family that draws otherwise under an unchanged version of its own', async () => {
    const careless: typeof sumOfPowers = {
      ...sumOfPowers,
      draw(params, random) {
        const facts = sumOfPowers.draw(params, random);
        return { ...facts, powers: facts.powers.map((p) => p + 1) };
      },
    };
    const known = registries();
    const families = { names: ['sum-of-powers'], load: async () => careless };
    expect(await driftAfter({}, { ...known, families })).toEqual([
      `tasks/drawn.yaml  asked differently without a new version: demo/drawn/s1/en, demo/drawn/s2/en, demo/drawn/s3/en | ${BUMP}`,
      `tasks/drawn.yaml  checked differently without a new version: demo/drawn/s1/zh, demo/drawn/s2/zh, demo/drawn/s3/zh | ${BUMP}`,
    ]);
  });

  it('asks for a new lock after a new version, and for no older one', async () => {
    const raised = {
      'suite.yaml': SUITE.replace('0.1.0', '0.2.0'),
      'tasks/hand.yaml': HAND.replace('Write', 'Say'),
    };
    expect(await driftAfter(raised)).toEqual([
      'suite.lock.json  is of version 0.1.0, the suite of 0.2.0 | run: wattmark suites lock',
    ]);
    expect(await driftAfter({ 'suite.yaml': SUITE.replace('0.1.0', '0.0.9') })).toEqual([
      'suite.lock.json  is of version 0.1.0, the suite of 0.0.9 | a version only goes up',
    ]);
    expect(await driftAfter({ 'suite.yaml': SUITE.replace('demo', 'other') })).toEqual([
      'suite.lock.json  is the lock of "demo" | run: wattmark suites lock',
    ]);
  });

  it('tells of a floor that moved', async () => {
    const dir = writeSuite(FILES);
    const suite = await loadSuite(dir, registries());
    const lock = lockSuite(suite, { drawn: 0.5, hand: 0.25 });
    expect(verifyLock(suite, lock, { drawn: 0.5, hand: 0.25 })).toEqual([]);
    expect(verifyLock(suite, lock, { drawn: 0.4 }).map((issue) => shown(issue, dir))).toEqual([
      'suite.lock.json  the floor of drawn is 0.4, locked as 0.5 | run: wattmark suites lock',
      'suite.lock.json  the floor of hand is absent, locked as 0.25 | run: wattmark suites lock',
    ]);
  });
});

it.each([
  ['1.10.0', '1.9.0', 1],
  ['1.0.0', '1.0.0-rc.1', 1],
  ['1.0.0-alpha', '1.0.0-beta', -1],
  ['2.0.0', '10.0.0', -1],
  ['1.0.0+a-b', '1.0.0', 0],
])('orders version %s and %s by number, not by letter', (a, b, sign) => {
  expect(Math.sign(compareVersions(a, b))).toBe(sign);
});

describe('a suite that proved itself', () => {
  it('is not tried again while its files are the same, and is once one changes', async () => {
    const dir = writeSuite({ 'tasks/t.yaml': DRAWN });
    const suite = await loadSuite(dir, registries());
    await writeLock(dir, lockSuite(suite, {}, { proved: true }));
    const broken = {
      ...sumOfPowers,
      draw: () => {
        throw new Error('drawn');
      },
    };
    const known = { ...registries(), families: familyRegistry(broken) };
    await expect(loadSuite(dir, known)).resolves.toMatchObject({ name: 'demo' });
    writeFileSync(join(dir, 'tasks/t.yaml'), `${DRAWN}# a word more\n`);
    await expect(loadSuite(dir, known)).rejects.toThrow('drawn');
  });

  it('is tried where its lock proves nothing, and where it has none', async () => {
    const dir = writeSuite({ 'tasks/t.yaml': DRAWN });
    const broken = {
      ...sumOfPowers,
      draw: () => {
        throw new Error('drawn');
      },
    };
    const known = { ...registries(), families: familyRegistry(broken) };
    await expect(loadSuite(dir, known)).rejects.toThrow('drawn');
    await writeLock(dir, lockSuite(await loadSuite(dir, registries()), {}));
    await expect(loadSuite(dir, known)).rejects.toThrow('drawn');
  });
});

describe('a suite that stands as it was proved', () => {
  it('is known by its files and by the versions of its families and checkers, without drawing anything', async () => {
    const dir = writeSuite(FILES);
    const suite = await loadSuite(dir, registries());
    const lock = lockSuite(suite, {}, { proved: true });
    expect(standsAsProved(suite, lock)).toBe(true);
    expect(standsAsProved(suite, { ...lock, proved: false })).toBe(false);
    expect(standsAsProved({ ...suite, version: '0.2.0' }, lock)).toBe(false);
    expect(standsAsProved({ ...suite, name: 'other' }, lock)).toBe(false);
    expect(standsAsProved(suite, { ...lock, families: { 'sum-of-powers': 2 } })).toBe(false);
    expect(standsAsProved(suite, { ...lock, checkers: { near: 1 } })).toBe(false);
    writeFileSync(join(dir, 'tasks', 'hand.yaml'), HAND.replace('p: 5 }, target', 'p: 6 }, target'));
    expect(standsAsProved(await loadSuite(dir, registries()), lock)).toBe(false);
  });
});
