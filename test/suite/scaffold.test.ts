import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkerRegistry } from '../../harness/checkers/registry.ts';
import { scoreReply } from '../../harness/checkers/score-reply.ts';
import { formatIssue } from '../../harness/core/errors.ts';
import { familyRegistry } from '../../harness/families/registry.ts';
import { readOne } from '../../harness/quantities/index.ts';
import { expand } from '../../harness/suite/expand.ts';
import { loadSuite } from '../../harness/suite/load.ts';
import { checkSuite } from '../../harness/suite/prove.ts';
import { scaffold } from '../../harness/suite/scaffold.ts';
import { listSuites, suiteSource } from '../../harness/suite/sources.ts';
import type { Registries } from '../../harness/suite/suite.ts';
import { SUITE, temporaryFolder, writeSuite } from './suite-folder.ts';

const real: Registries = {
  families: familyRegistry,
  checkers: checkerRegistry(),
  readQuantity(text) {
    const quantity = readOne(text);
    return quantity && quantity.value !== null
      ? { value: quantity.value, unit: quantity.unit.name }
      : { fault: 'not one number' };
  },
};

describe('a new suite', () => {
  it('works as it is written: it loads, and its own tests hold with the real checkers and families', async () => {
    const dir = join(temporaryFolder(), 'my-suite');
    const written = await scaffold(dir);
    expect(written.map((file) => file.slice(dir.length + 1)).sort()).toEqual([
      'README.md',
      'suite.yaml',
      'tasks/isolation-order.yaml',
      'tasks/line-loss.yaml',
      'tasks/merit-order.yaml',
    ]);
    const suite = await loadSuite(dir, real);
    expect(suite.name).toBe('my-suite');
    const proofs = [...checkSuite(suite, { score: scoreReply })];
    expect(proofs.flatMap(({ issues }) => issues.map(formatIssue))).toEqual([]);
    expect(proofs).toHaveLength(2 * (1 + 1 + 4));
  });

  it('asks in the language of the sample alone', async () => {
    const dir = join(temporaryFolder(), 'two-languages');
    await scaffold(dir);
    for (const { lang, messages } of expand(await loadSuite(dir, real))) {
      const text = messages.map(({ content }) => content).join('\n');
      if (lang === 'en') expect(text).not.toMatch(/\p{Script=Han}/u);
      else expect(text).toMatch(/\p{Script=Han}/u);
    }
  });

  it('names itself in its README', async () => {
    const dir = join(temporaryFolder(), 'grid-codes');
    await scaffold(dir);
    const readme = readFileSync(join(dir, 'README.md'), 'utf8');
    expect(readme).toContain('wattmark run ./grid-codes');
    expect(readFileSync(join(dir, 'suite.yaml'), 'utf8')).toContain('name: grid-codes');
  });

  it('overwrites nothing', async () => {
    const root = temporaryFolder();
    const full = join(root, 'full');
    mkdirSync(full);
    writeFileSync(join(full, 'notes.txt'), 'mine');
    await expect(scaffold(full)).rejects.toThrow('is not empty');
    writeFileSync(join(root, 'file'), 'mine');
    await expect(scaffold(join(root, 'file'))).rejects.toThrow('is there already and is not a folder');
    expect(readFileSync(join(root, 'file'), 'utf8')).toBe('mine');
    mkdirSync(join(root, 'empty'));
    expect(await scaffold(join(root, 'empty'))).toHaveLength(5);
  });

  it.each(['My Suite', 'suite.yaml', '-x', 'a'.repeat(65), '题库'])('is not named %s', async (name) => {
    const dir = join(temporaryFolder(), name);
    await expect(scaffold(dir)).rejects.toThrow('cannot name a suite');
    expect(existsSync(dir)).toBe(false);
  });
});

describe('finding suites', () => {
  const builtin = 'test/fixtures/suites';

  it('takes a bare name for a built-in suite and anything else for a path', async () => {
    expect(await suiteSource('sound', builtin)).toEqual({ dir: `${builtin}/sound`, source: 'builtin:sound' });
    expect(await suiteSource('builtin:sound', builtin)).toEqual({
      dir: `${builtin}/sound`,
      source: 'builtin:sound',
    });
    const dir = writeSuite({});
    expect(await suiteSource(dir, builtin)).toEqual({ dir, source: dir });
    expect(await suiteSource(join(dir, 'suite.yaml'), builtin)).toEqual({ dir, source: dir });
  });

  it('suggests the near name', async () => {
    await expect(suiteSource('sond', builtin)).rejects.toThrow(
      'no suite "sond"\n  hint: did you mean "sound"?',
    );
    await expect(suiteSource('builtin:../sound', builtin)).rejects.toThrow('no suite');
    await expect(suiteSource('/nowhere', builtin)).rejects.toThrow('built-in suites: broken, sound');
  });

  it('lists what it can read, with the faults of what it cannot', async () => {
    const own = temporaryFolder();
    mkdirSync(join(own, 'mine'));
    writeFileSync(join(own, 'mine', 'suite.yaml'), SUITE);
    mkdirSync(join(own, 'not-a-suite'));
    const list = await listSuites([
      { dir: builtin, builtin: true },
      { dir: own, builtin: false },
      { dir: join(own, 'absent'), builtin: false },
    ]);
    expect(list.map(({ source, name, issues }) => [source, name, issues.length])).toEqual([
      ['builtin:broken', 'broken', 4],
      ['builtin:sound', 'sound', 0],
      [join(own, 'mine'), 'demo', 0],
    ]);
  });
});
