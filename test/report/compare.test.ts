import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../harness/core/random.ts';
import { type Compared, compare } from '../../harness/report/compare/compare.ts';
import type { Side } from '../../harness/report/compare/pairs.ts';
import { foldRecords } from '../../harness/report/records.ts';
import { meanInterval, strataInterval } from '../../harness/report/statistics/mean.ts';
import { type Fate, makeRun, type RunShape, stream } from './run-fixture.ts';

const side = async (run: string, shape: RunShape): Promise<Side> => ({
  records: await foldRecords(stream(makeRun({ run, ...shape }))),
  model: 'lab/a',
});
const compared = async (base: RunShape, next: RunShape): Promise<Compared> => {
  const result = compare(await side('old', base), await side('new', next));
  if (result.status === 'refused') throw new Error(result.reasons.join());
  return result;
};
const reasons = async (base: RunShape, next: RunShape) => {
  const result = compare(await side('old', base), await side('new', next));
  return result.status === 'refused' ? result.reasons.join('; ') : 'compared';
};

describe('compare', () => {
  it('pairs on samples: a small steady gain shows where two separate means would overlap', async () => {
    const hard = ({ seed }: { seed: number }): number => (seed % 10) / 10;
    const result = await compared(
      { seeds: 30, fate: hard },
      { seeds: 30, fate: (sample) => hard(sample) + (sample.seed % 3 ? 0.05 : 0.02) },
    );
    expect(result.overall.difference).toBeCloseTo(0.04, 10);
    expect(result.overall.interval[0]).toBeGreaterThan(0.03);
    expect(result.overall.p_value).toBeLessThan(0.001);
    expect(result.conclusion).toMatch(/^By 4\.0 points the later run is better/);
  });

  it('averages epochs before pairing, and twins share a cluster', async () => {
    const result = await compared(
      { seeds: 10, epochs: 4, fate: (_, __, epoch) => (epoch > 2 ? 1 : 0) },
      { seeds: 10, fate: () => 1 },
    );
    expect(result.overall).toMatchObject({ base: 0.5, next: 1, difference: 0.5, n: 20, clusters: 10 });
    expect(result.notes).toContain('4 and 1 epochs');
  });

  it('the headline weighs suites alike, in the difference and in its p-value', async () => {
    const suites = { dispatch: ['a', 'b', 'c'], faults: ['x'] };
    const result = await compared(
      { suites, seeds: 10, fate: () => 0.5 },
      { suites, seeds: 10, fate: ({ suite }) => (suite === 'faults' ? 0.2 : 0.6) },
    );
    expect(result.overall.difference).toBeCloseTo((0.1 - 0.3) / 2, 12);
    expect(result.overall.p_worse).toBeLessThan(0.05);
    expect(result.tasks[0]!.name).toBe('faults/x');
    expect(result.suites.every(({ p_adjusted, p_value }) => p_adjusted! >= p_value)).toBe(true);
  });

  it('swapped sides give the opposite difference, interval and flips', async () => {
    const fates = fc.array(fc.tuple(fc.constantFrom(0, 0.5, 1), fc.constantFrom(0, 0.5, 1)), {
      minLength: 5,
      maxLength: 5,
    });
    await fc.assert(
      fc.asyncProperty(fates, async (table) => {
        const shape = (which: 0 | 1): RunShape => ({ seeds: 5, fate: ({ seed }) => table[seed - 1]![which] });
        const [ab, ba] = [await compared(shape(0), shape(1)), await compared(shape(1), shape(0))];
        expect(ab.overall.difference).toBeCloseTo(-ba.overall.difference, 12);
        expect(ab.overall.interval[0]).toBeCloseTo(-ba.overall.interval[1], 10);
        expect(ab.overall.p_value).toBeCloseTo(ba.overall.p_value, 12);
        expect(ab.lost.map(({ id }) => id)).toEqual(ba.won.map(({ id }) => id));
      }),
      { numRuns: 25 },
    );
  });

  it('McNemar only for right-or-wrong scores of unrelated samples', async () => {
    const base: RunShape = { seeds: 12, langs: ['en'], fate: () => 1 };
    const result = await compared(base, { ...base, fate: ({ seed }) => (seed <= 6 ? 0 : 1) });
    expect(result.overall.mcnemar_p).toBeCloseTo(2 * 0.5 ** 6, 12);
    expect(result.lost.map(({ id }) => id)).toContain('dispatch/merit/s3/en');
    expect(result.lost[0]!.reason).toBe('off by a factor of √3');
    const twins = await compared({ seeds: 12 }, { seeds: 12, fate: () => 0 });
    expect(twins.overall.mcnemar_p).toBeUndefined();
  });

  it('a sample passes when most of its epochs do: one lucky epoch of three is no pass', async () => {
    const shape = (passes: number): RunShape => ({
      seeds: 4,
      langs: ['en'],
      epochs: 3,
      fate: (_, __, epoch) => (epoch <= passes ? 1 : 0),
    });
    expect((await compared(shape(2), shape(1))).lost).toHaveLength(4);
    expect((await compared(shape(1), shape(0))).lost).toHaveLength(0);
  });

  it('leaves unscored, unshared and re-keyed samples out, and counts them', async () => {
    const base: RunShape = { seeds: 6, langs: ['en'] };
    const next: RunShape = {
      seeds: 7,
      langs: ['en'],
      fate: ({ seed }): Fate => (seed === 1 ? { error: 'server' } : 1),
      key: ({ seed }) => (seed === 2 ? 'another key' : `key dispatch/merit/s${seed}/en`),
    };
    const result = await compared(base, next);
    expect(result.overall.n).toBe(4);
    expect(result.unpaired).toEqual({ only_base: 0, only_next: 1, unscored: 1, rekeyed: 1 });
    expect(result.notes.join()).toContain('their key changed');
  });

  it('refuses other judges, other checkers, other keys, no common sample, and a model that is not there', async () => {
    expect(await reasons({ judge: 'lab/j' }, {})).toContain('judged by lab/j in old and by no model in new');
    expect(await reasons({}, { checkers: { numeric: 2 } })).toContain(
      'checker numeric is version 1 in old and 2 in new',
    );
    expect(await reasons({}, { key: () => 'new' })).toContain(
      'no sample can be paired: 0 only in old, 0 only in new, 0 unscored, 8 with another key',
    );
    expect(await reasons({}, { suites: { faults: ['duval'] } })).toContain('no sample can be paired');
    expect(await reasons({}, { models: ['lab/b'] })).toBe('run new has no model lab/a');
    // A checker that only one run knows cannot have scored a sample of both.
    expect(await reasons({}, { checkers: { numeric: 1, rubric: 1 } })).toBe('compared');
  });

  it('no change is said plainly, and an unclear one says what could have been seen', async () => {
    expect((await compared({}, {})).conclusion).toBe('Nothing changed on 8 samples.');
    const unclear = await compared(
      { seeds: 20, fate: () => 1 },
      { seeds: 20, fate: ({ seed }) => (seed < 3 ? 0 : 1) },
    );
    expect(unclear.conclusion).toMatch(/^No difference can be told: -10\.0 points .* would show one of \d/);
  });
});

describe('coverage by simulation of the 95 % interval of a paired difference', () => {
  it.each([20, 50, 200])('n = %i problems in twins, two suites, graded scores', (n) => {
    const { uniform } = createRandom(`paired ${n}`);
    const shift = 0.1;
    let hits = 0;
    for (let night = 0; night < 800; night++) {
      const suites = [0, 1].map(() =>
        meanInterval(
          Array.from({ length: n }, (_, i) => i).flatMap((i) => {
            const ease = 0.2 + 0.5 * uniform();
            return [0, 1].map(() => ({
              value: Number(uniform() < ease + shift) - Number(uniform() < ease),
              cluster: `c${i}`,
              epochs: 1,
            }));
          }),
          { bounds: [-1, 1] },
        ),
      );
      const [low, high] = strataInterval(suites, { bounds: [-1, 1] }).interval;
      if (low <= shift && shift <= high) hits++;
    }
    expect(hits / 800).toBeGreaterThan(0.925);
    expect(hits / 800).toBeLessThan(0.975);
  });
});
