import { describe, expect, it } from 'vitest';
import { createRandom } from '../../harness/core/random.ts';
import { detectableWith, planRows } from '../../harness/report/plan/plan.ts';
import { assumedVariance, pairedVariance } from '../../harness/report/plan/variance.ts';
import { foldRecords } from '../../harness/report/records.ts';
import { meanInterval } from '../../harness/report/statistics/mean.ts';
import { makeRun, type RunShape, stream } from './run-fixture.ts';

const records = (shape: RunShape) => foldRecords(stream(makeRun(shape)));
const clip = (value: number) => Math.min(1, Math.max(0, value));

describe('variance of a comparison, from an earlier run', () => {
  // score = 0.5 + ease(sample) + gain(sample, model) + noise(attempt): known variances, far from the ends of the scale.
  const [easeVar, gainVar, noiseVar] = [0.01, 0.004, 0.006];
  const drawn = async (seeds: number, epochs: number) => {
    const random = createRandom('variance');
    const kept = new Map<string, number>();
    const keep = (name: string, variance: number) => {
      let value = kept.get(name);
      if (value === undefined) kept.set(name, (value = random.normal(0, Math.sqrt(variance))));
      return value;
    };
    return records({
      seeds,
      epochs,
      langs: ['en'],
      models: ['lab/a', 'lab/b'],
      fate: ({ seed }, model) =>
        clip(
          0.5 +
            keep(`${seed}`, easeVar) +
            keep(`${seed} ${model}`, gainVar) +
            random.normal(0, Math.sqrt(noiseVar)),
        ),
    });
  };

  it('finds the variances that went in', async () => {
    const run = await drawn(1500, 4);
    const variance = pairedVariance({ records: run, model: 'lab/a' }, { records: run, model: 'lab/b' });
    expect(variance.between / (2 * gainVar)).toBeGreaterThan(0.88);
    expect(variance.between / (2 * gainVar)).toBeLessThan(1.12);
    expect(variance.within / (2 * noiseVar)).toBeGreaterThan(0.93);
    expect(variance.within / (2 * noiseVar)).toBeLessThan(1.07);
    expect(variance).toMatchObject({ samples: 1500, repeated: true });
    expect(variance.designEffect).toBeLessThan(1.01);
  });

  it('from one model: with the true correlation it agrees with the paired estimate', async () => {
    const run = await drawn(1500, 4);
    const rho = easeVar / (easeVar + gainVar);
    const variance = assumedVariance({ records: run, model: 'lab/a' }, rho);
    expect(variance.between / (2 * gainVar)).toBeGreaterThan(0.88);
    expect(variance.between / (2 * gainVar)).toBeLessThan(1.12);
    expect(variance.assumedCorrelation).toBe(rho);
  });

  it('twins that move together cost a design effect of two; one epoch cannot tell its noise', async () => {
    const run = await records({
      seeds: 40,
      models: ['lab/a', 'lab/b'],
      fate: ({ seed }, model) => (model === 'lab/b' && seed % 2 ? 1 : 0.5),
    });
    const variance = pairedVariance({ records: run, model: 'lab/a' }, { records: run, model: 'lab/b' });
    expect(variance.designEffect).toBeCloseTo(2, 1);
    expect(variance).toMatchObject({ repeated: false, within: 0 });
    const unscored = await records({ fate: () => ({ error: 'server' }) });
    expect(() => assumedVariance({ records: unscored, model: 'lab/a' })).toThrow(RangeError);
  });
});

describe('planRows', () => {
  it('multiplies out requests and money', () => {
    const rows = planRows(
      { between: 1 / 9, within: 0 },
      { differences: [0.03], epochs: [1, 3], costEach: { amount: 0.01, currency: 'USD' } },
    );
    expect(rows[0]).toEqual({
      difference: 0.03,
      epochs: 1,
      samples: 969,
      attempts: 969,
      cost: { amount: expect.closeTo(9.69, 9), currency: 'USD' },
    });
    expect(rows[1]).toMatchObject({ samples: 969, attempts: 2907 });
    expect(detectableWith(100, { between: 1 / 9, within: 0 }, [1])[0]!.difference).toBeCloseTo(0.0934, 4);
  });

  it.each([1, 4])(
    'by simulation, the samples it asks for have the power it promises at %i epochs',
    (epochs) => {
      const variance = { between: 0.02, within: 0.06 };
      const difference = 0.05;
      const { samples } = planRows(variance, { differences: [difference], epochs: [epochs] })[0]!;
      const random = createRandom(`power ${epochs}`);
      const sd = Math.sqrt(variance.between + variance.within / epochs);
      let found = 0;
      for (let run = 0; run < 1500; run++) {
        const items = Array.from({ length: samples }, (_, i) => ({
          value: random.normal(difference, sd),
          cluster: String(i),
          epochs,
        }));
        if (meanInterval(items, { bounds: [-1, 1] }).interval[0] > 0) found++;
      }
      expect(found / 1500).toBeGreaterThan(0.77);
      expect(found / 1500).toBeLessThan(0.83);
    },
  );
});
