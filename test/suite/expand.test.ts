import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { UserError } from '../../harness/core/errors.ts';
import type { Sample } from '../../harness/core/sample.ts';
import { expand } from '../../harness/suite/expand.ts';
import { loadSuite } from '../../harness/suite/load.ts';
import {
  quotas,
  type SampleSelection,
  seedKeyFingerprint,
  selectionIssues,
} from '../../harness/suite/selection.ts';
import { near, registries, scoreReply, sumOfPowers } from './registries.ts';
import { DRAWN, HAND, writeSuite } from './suite-folder.ts';

const sound = await loadSuite('test/fixtures/suites/sound', registries());
const ids = (selection: SampleSelection = {}) => [...expand(sound, selection)].map(({ id }) => id);
const find = (id: string, selection: SampleSelection = {}): Sample => {
  const sample = [...expand(sound, selection)].find((one) => one.id === id);
  if (!sample) throw new Error(`no sample ${id}`);
  return sample;
};
const suiteOf = (task: string, known = registries()) =>
  loadSuite(writeSuite({ 'tasks/t.yaml': task }), known);

describe('expanding a suite', () => {
  it('keeps twins side by side and in one cluster, and gives every sample its own id and hash', () => {
    const samples = [...expand(sound)];
    expect(samples.map(({ id }) => id).slice(0, 4)).toEqual([
      'sound/drawn/s1/en',
      'sound/drawn/s1/zh',
      'sound/drawn/s2/en',
      'sound/drawn/s2/zh',
    ]);
    expect(samples).toHaveLength(2 * (6 + 1 + 2));
    expect(new Set(samples.map(({ id }) => id)).size).toBe(samples.length);
    expect(new Set(samples.map(({ hash }) => hash)).size).toBe(samples.length);
    expect(new Set(samples.map(({ cluster }) => cluster)).size).toBe(samples.length / 2);
  });

  it('asks both twins about the same facts, in the units of their languages', () => {
    const [en, zh] = [find('sound/drawn/s3/en'), find('sound/drawn/s3/zh')];
    const powers = [...(en.messages[0]?.content.matchAll(/: ([\d.]+) MW/g) ?? [])].map(([, p]) => Number(p));
    const chinese = [...(zh.messages[0]?.content.matchAll(/：([\d.]+) 万千瓦/g) ?? [])].map(
      ([, p]) => Number(p) * 10,
    );
    expect(powers.length).toBeGreaterThan(1);
    expect(chinese.map((p) => p.toFixed(1))).toEqual(powers.map((p) => p.toFixed(1)));
    expect(en.oracle.targets).toEqual(zh.oracle.targets);
    expect(en.oracle.targets['total']).toBeCloseTo(powers.reduce((sum, p) => sum + p, 0));
    expect(en.answer.fields[0]?.unit).toBe('MW');
    expect(zh.answer.fields[0]?.unit).toBe('万千瓦');
  });

  it('gives the same samples every time, and one more seed does not shift the others', async () => {
    const again = await loadSuite('test/fixtures/suites/sound', registries());
    const hashes = (all: Iterable<Sample>) => [...all].map(({ id, hash, keyHash }) => [id, hash, keyHash]);
    expect(hashes(expand(again))).toEqual(hashes(expand(sound)));
    expect(find('sound/drawn/s4/en', { seeds: { from: 4, to: 9 } }).hash).toBe(
      find('sound/drawn/s4/en').hash,
    );
  });

  it('solves once for both twins, and words no reply that nobody asks for', async () => {
    const counting = {
      ...sumOfPowers,
      name: 'counting',
      draw: vi.fn(sumOfPowers.draw),
      solve: vi.fn(sumOfPowers.solve),
      reply: vi.fn(sumOfPowers.reply),
      mistakes: vi.fn(sumOfPowers.mistakes),
    };
    const calls = () =>
      [counting.draw, counting.solve, counting.reply, counting.mistakes].map(
        (call) => call.mock.calls.length,
      );
    const suite = await suiteOf(DRAWN.replace('sum-of-powers', 'counting'), registries(counting));
    counting.draw.mockClear();
    const samples = [...expand(suite)];
    expect(samples).toHaveLength(6);
    expect(calls()).toEqual([3, 3, 0, 0]);
    samples[0]?.oracle.reply();
    expect(calls()).toEqual([3, 3, 1, 0]);
  });

  it('is lazy: the first sample does not wait for the last', async () => {
    const counting = { ...sumOfPowers, name: 'counting', draw: vi.fn(sumOfPowers.draw) };
    const suite = await suiteOf(
      DRAWN.replace('sum-of-powers', 'counting').replace('seeds: 3', 'seeds: 10000'),
      registries(counting),
    );
    counting.draw.mockClear();
    for (const sample of expand(suite)) {
      expect(sample.id).toBe('demo/drawn/s1/en');
      break;
    }
    expect(counting.draw).toHaveBeenCalledTimes(1);
  });

  it('gives each language the facts and targets of its own where the family has them', async () => {
    const yuan: typeof sumOfPowers = {
      ...sumOfPowers,
      name: 'yuan',
      targets: { total: { type: 'number', unit: { en: 'MW', zh: 'kW' } }, largest: { type: 'choice' } },
      localise: (facts, lang) =>
        lang === 'zh' ? { ...facts, powers: facts.powers.map((p) => p * 1000) } : facts,
    };
    const suite = await suiteOf(
      DRAWN.replace('sum-of-powers', 'yuan').replace('{ unit: MW }', '{}'),
      registries(yuan),
    );
    const [en, zh] = [...expand(suite)] as [Sample, Sample];
    expect(zh.oracle.targets['total']).toBe((en.oracle.targets['total'] as number) * 1000);
    expect([en.oracle.targetUnits, zh.oracle.targetUnits]).toEqual([{ total: 'MW' }, { total: 'kW' }]);
    expect([en, zh].map(({ answer }) => answer.fields[0]?.unit)).toEqual(['MW', 'kW']);
    expect(en.cluster).toBe(zh.cluster);
  });

  it('tells the line of a prompt that fails on a later seed only', async () => {
    const uneven = {
      ...sumOfPowers,
      name: 'uneven',
      vars: ({ powers }: { powers: number[] }) => ({
        units: powers.map((p_mw) => (powers.length === 3 ? { p_mw } : {})),
      }),
    };
    const task = DRAWN.replace('sum-of-powers', 'uneven').replace('seeds: 3', 'seeds: 30');
    const all = async (params: string) => [
      ...expand(await suiteOf(task.replace('[2, 4]', params), registries(uneven))),
    ];
    expect(await all('[3, 3]')).toHaveLength(60);
    await expect(all('[3, 4]')).rejects.toThrow(UserError);
    await expect(all('[3, 4]')).rejects.toThrow(/t\.yaml:7:31 {2}prompt\.en: nothing gives "unit\.p_mw"/);
  });

  it('sends a system text where there is one, and appends nothing to free replies', () => {
    const { messages, answer } = find('sound/free/order-7/zh');
    expect(messages).toEqual([
      { role: 'system', content: '你是值班调度员。' },
      { role: 'user', content: '谁有权撤销7？' },
    ]);
    expect(answer).toEqual({ style: 'text', fields: [] });
  });

  it('words the reference reply of a case from its targets, with the unit they are in', () => {
    const large = find('sound/hand/large/zh');
    expect(large.oracle.reply()).toBe('{"p":"1.2 GW"}');
    expect(scoreReply(large, large.oracle.reply()).score).toMatchObject({ value: 1 });
    expect(scoreReply(large, '{"p": 120}').score).toMatchObject({ value: 1 });
    expect(scoreReply(find('sound/hand/large/en'), '{"p": 120}').score).toMatchObject({ value: 0 });
  });

  it('adds the tags of a case to those of its task', () => {
    expect(find('sound/hand/large/en').tags).toEqual(['quick']);
    expect(find('sound/hand/small/en').tags).toEqual([]);
  });
});

describe('hashes', () => {
  const hashesOf = async (task: string, known = registries()) => {
    const [first] = [...expand(await suiteOf(task, known))] as [Sample];
    return { hash: first.hash, keyHash: first.keyHash };
  };

  it('change with what is asked, and apart from it with what counts as right', async () => {
    const base = await hashesOf(HAND);
    const asked = await hashesOf(HAND.replace('Write', 'Say'));
    expect(asked.hash).not.toBe(base.hash);
    expect(asked.keyHash).toBe(base.keyHash);
    for (const change of [
      HAND.replace('target: { p: 5 }', 'target: { p: 6 }'),
      HAND.replace('field: p }', 'field: p, rel: 0.2 }'),
      HAND.replace('field: p }', 'field: p, weight: 2 }'),
      HAND.replace('field: p }', 'field: p, gate: true }'),
    ]) {
      const scored = await hashesOf(change);
      expect(scored.hash).toBe(base.hash);
      expect(scored.keyHash).not.toBe(base.keyHash);
    }
  });

  it('of the key change with the version of a checker and of a family', async () => {
    const newer = { ...registries(), checkers: new Map([['near', { ...near, version: near.version + 1 }]]) };
    expect((await hashesOf(HAND, newer)).keyHash).not.toBe((await hashesOf(HAND)).keyHash);
    const family = { ...sumOfPowers, name: 'v', version: 1 };
    const drawn = DRAWN.replace('sum-of-powers', 'v');
    const one = await hashesOf(drawn, registries(family));
    const two = await hashesOf(drawn, registries({ ...family, version: 2 }));
    expect(two.hash).toBe(one.hash);
    expect(two.keyHash).not.toBe(one.keyHash);
  });

  it('of the key change with the facts that a plan is judged against, infinite ratings and all', async () => {
    const judging = (rating: number) => ({
      ...sumOfPowers,
      name: 'judging',
      draw: (...args: Parameters<typeof sumOfPowers.draw>) => ({ ...sumOfPowers.draw(...args), rating }),
      verify: { plan: () => ({ value: 1, reason: '' }) },
    });
    const drawn = DRAWN.replace('sum-of-powers', 'judging');
    const [one, two] = await Promise.all(
      [Infinity, 5].map((rating) => hashesOf(drawn, registries(judging(rating)))),
    );
    expect(two?.hash).toBe(one?.hash);
    expect(two?.keyHash).not.toBe(one?.keyHash);
  });

  it.each([
    ['NaN', NaN],
    ['Infinity', Infinity],
    ['undefined', undefined],
  ])('are not taken of a target that is %s: the family is told of', async (shown, total) => {
    const broken = {
      ...sumOfPowers,
      name: 'broken',
      solve: () => ({ total: total as number, largest: 'G1' }),
    };
    const suite = await suiteOf(DRAWN.replace('sum-of-powers', 'broken'), registries(broken));
    expect(() => [...expand(suite)]).toThrow(UserError);
    expect(() => [...expand(suite)]).toThrow(
      new RegExp(`t\\.yaml:3:11 {2}generate: family broken, seed 1: solve gives total: ${shown}`),
    );
  });
});

describe('selections', () => {
  it('take languages, tasks, tags and seeds', () => {
    expect(ids({ langs: ['zh'] }).every((id) => id.endsWith('/zh'))).toBe(true);
    expect(ids({ tasks: ['hand'], langs: ['en'] })).toEqual(['sound/hand/small/en', 'sound/hand/large/en']);
    expect(ids({ tags: ['quick', 'safety'], seeds: { from: 1, to: 1 }, langs: ['en'] })).toEqual([
      'sound/drawn/s1/en',
      'sound/free/order-7/en',
      'sound/hand/large/en',
    ]);
    expect(ids({ tasks: ['drawn'], seeds: { from: 101, to: 102 }, langs: ['en'] })).toEqual([
      'sound/drawn/s101/en',
      'sound/drawn/s102/en',
    ]);
  });

  it('spread a limit over the tasks and keep twins together', () => {
    expect(ids({ limit: 6 })).toEqual([
      'sound/drawn/s1/en',
      'sound/drawn/s1/zh',
      'sound/free/order-7/en',
      'sound/free/order-7/zh',
      'sound/hand/small/en',
      'sound/hand/small/zh',
    ]);
    expect(ids({ limit: 7 })).toEqual(ids({ limit: 6 }));
    expect(ids({ limit: 1 })).toEqual([]);
    expect(ids({ limit: 1, langs: ['en'] })).toEqual(['sound/drawn/s1/en']);
    expect(ids({ limit: 1000 })).toEqual(ids());
  });

  it('share a limit as evenly as the sizes of the tasks allow', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(30), { maxLength: 8 }), fc.nat(200), (sizes, total) => {
        const shares = quotas(sizes, total);
        const sum = shares.reduce((a, b) => a + b, 0);
        expect(sum).toBe(
          Math.min(
            total,
            sizes.reduce((a, b) => a + b, 0),
          ),
        );
        for (const [i, share] of shares.entries()) expect(share).toBeLessThanOrEqual(sizes[i] as number);
        // Whoever could still give has at most one less than whoever gives most.
        const open = shares.filter((share, i) => share < (sizes[i] as number));
        for (const share of open) expect(share).toBeGreaterThanOrEqual(Math.max(0, ...shares) - 1);
      }),
      { numRuns: 200 },
    );
  });

  it('draw private seeds from a key, other problems under the same ids, and leave public cases out', () => {
    const secret = { seedKey: 'a secret of the jury', seeds: { from: 1, to: 2 } };
    const drawn = [...expand(sound, secret)];
    expect(drawn.map(({ id }) => id)).toEqual(ids({ tasks: ['drawn'], seeds: { from: 1, to: 2 } }));
    const open = new Set([...expand(sound)].map(({ hash }) => hash));
    for (const { hash } of drawn) expect(open.has(hash)).toBe(false);
    const hashes = (key: string | Buffer) =>
      [...expand(sound, { ...secret, seedKey: key })].map(({ hash }) => hash);
    expect(hashes(Buffer.from('a secret of the jury'))).toEqual(drawn.map(({ hash }) => hash));
    expect(hashes('another secret')).not.toEqual(drawn.map(({ hash }) => hash));
    expect(JSON.stringify(drawn)).not.toContain('secret');
  });

  it('refuse an empty key, which everyone has', () => {
    expect(() => ids({ seedKey: '' })).toThrow('the seed key is empty');
  });

  it('know a key by a fingerprint that is neither the key nor any seed of it', () => {
    expect(seedKeyFingerprint('k1')).toMatch(/^[0-9a-f]{12}$/);
    expect(seedKeyFingerprint('k1')).toBe(seedKeyFingerprint(Buffer.from('k1')));
    expect(seedKeyFingerprint('k1')).not.toBe(seedKeyFingerprint('k2'));
  });

  it('tell of tasks and tags that no suite has', () => {
    expect(selectionIssues([sound], { tasks: ['hand', 'hend'], tags: ['quick', 'safty'] })).toEqual([
      { message: 'no task "hend" in these suites', hint: 'did you mean "hand"?' },
      { message: 'no tag "safty" in any task of these suites', hint: 'did you mean "safety"?' },
    ]);
  });
});
