import fc from 'fast-check';
import { combinations } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import { benjaminiHochberg, holm } from '../../../harness/report/statistics/adjust.ts';
import { mcnemar } from '../../../harness/report/statistics/mcnemar.ts';
import {
  minimumDetectableDifference,
  plannedError,
  powerOf,
  samplesNeeded,
} from '../../../harness/report/statistics/power.ts';
import { signFlip } from '../../../harness/report/statistics/sign-flip.ts';

const bitsOf = (seed: string) => {
  const { uniform } = createRandom(seed);
  return () => Math.floor(uniform() * 2 ** 32);
};
const digits = (values: readonly number[]) => values.map((value) => Number(value.toFixed(6)));

describe('mcnemar', () => {
  it('is the two-sided binomial test of the pairs that changed', () => {
    fc.assert(
      fc.property(fc.nat(40), fc.nat(40), (lost, won) => {
        fc.pre(lost + won > 0);
        let tail = 0;
        for (let i = 0; i <= Math.min(lost, won); i++)
          tail += combinations(lost + won, i) * 0.5 ** (lost + won);
        expect(mcnemar(lost, won)).toBeCloseTo(Math.min(1, 2 * tail), 12);
      }),
    );
  });

  it('is 1 where nothing changed or as many won as lost, and does not depend on the side', () => {
    expect(mcnemar(0, 0)).toBe(1);
    expect(mcnemar(7, 7)).toBe(1);
    expect(mcnemar(2, 9)).toBe(mcnemar(9, 2));
    // 5 of 5 one way: 2 · (1/2)^5
    expect(mcnemar(5, 0)).toBeCloseTo(0.0625, 14);
  });
});

describe('signFlip', () => {
  it('with few clusters is the share of all sign assignments as extreme', () => {
    // 8 assignments of ±1 ±2 ±3: only +++ and −−− reach 6 in size.
    expect(signFlip([1, 2, 3], bitsOf('x'))).toEqual({ twoSided: 2 / 8, lower: 1, exact: true });
    expect(signFlip([-1, -2, -3], bitsOf('x')).lower).toBe(1 / 8);
  });

  it('sampled, agrees with the exact test and with itself', () => {
    const sums = [0.5, -0.2, 0.3, 0.9, -0.1, 0.4, 0.6, -0.3, 0.2, 0.1, 0.35, 0.15];
    const exact = signFlip(sums, bitsOf('a'));
    // The thirteenth cluster hardly moves a sum: enough to leave the exact branch.
    const sampled = signFlip([...sums, 1e-13], bitsOf('a'), 20_000);
    expect([exact.exact, sampled.exact]).toEqual([true, false]);
    expect(Math.abs(sampled.twoSided - exact.twoSided)).toBeLessThan(0.006);
    expect(signFlip([...sums, 1e-13], bitsOf('a'), 20_000)).toEqual(sampled);
  });

  it('on differences of one size is the exact sign test', () => {
    const { twoSided } = signFlip([1, 1, 1, 1, 1, 1, 1, 1, -1, -1, 0, 0, 0], bitsOf('s'));
    expect(twoSided).toBeCloseTo(mcnemar(2, 8), 12);
  });

  it('clusters beyond the first 32 get signs of their own', () => {
    const { lower } = signFlip([...Array(32).fill(1e-9), ...Array(8).fill(-1)], bitsOf('words'), 20_000);
    expect(Math.abs(lower - 1 / 256)).toBeLessThan(0.002);
  });

  it('no differences are no evidence, and p is never 0', () => {
    expect(signFlip([0, 0, 0], bitsOf('z')).twoSided).toBe(1);
    expect(signFlip(Array(60).fill(1), bitsOf('z'), 999).twoSided).toBe(1 / 1000);
  });

  it('is uniform where there is no difference: at most 5 % of the time below 5 %', () => {
    const { normal, uniform } = createRandom('level');
    const bits = () => Math.floor(uniform() * 2 ** 32);
    let rejected = 0;
    for (let i = 0; i < 1500; i++)
      if (
        signFlip(
          Array.from({ length: 20 }, () => normal()),
          bits,
          199,
        ).twoSided <= 0.05
      )
        rejected++;
    expect(rejected / 1500).toBeGreaterThan(0.03);
    expect(rejected / 1500).toBeLessThan(0.067);
  });
});

describe('adjusted p-values', () => {
  it('Holm and Benjamini-Hochberg of five, worked by hand', () => {
    const p = [0.01, 0.04, 0.03, 0.005, 0.5];
    expect(digits(holm(p))).toEqual([0.04, 0.09, 0.09, 0.025, 0.5]);
    expect(digits(benjaminiHochberg(p))).toEqual([0.025, 0.05, 0.05, 0.025, 0.5]);
  });

  it('are never smaller than the p-value, keep its order, and Holm lies between BH and Bonferroni', () => {
    const p = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 });
    fc.assert(
      fc.property(p, (values) => {
        const [strict, loose] = [holm(values), benjaminiHochberg(values)];
        values.forEach((value, i) => {
          expect(loose[i]).toBeGreaterThanOrEqual(value - 1e-15);
          expect(strict[i]).toBeGreaterThanOrEqual(loose[i]! - 1e-15);
          expect(strict[i]).toBeLessThanOrEqual(Math.min(1, value * values.length) + 1e-15);
          values.forEach((other, j) => {
            if (value < other) expect(strict[i]).toBeLessThanOrEqual(strict[j]!);
          });
        });
      }),
    );
  });

  it('Holm rejects just what the step-down procedure rejects', () => {
    const p = fc.array(
      fc.integer({ min: 1, max: 99 }).map((n) => n / 500),
      { minLength: 1, maxLength: 8 },
    );
    fc.assert(
      fc.property(p, (values) => {
        const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
        const stop = order.findIndex((i, rank) => values[i]! > 0.05 / (values.length - rank) + 1e-15);
        const rejected = new Set(stop < 0 ? order : order.slice(0, stop));
        holm(values).forEach((adjusted, i) => {
          expect(adjusted <= 0.05 + 1e-12).toBe(rejected.has(i));
        });
      }),
    );
  });
});

describe('power', () => {
  const variance = { between: 1 / 9, within: 0 };

  it('ω² = 1/9: 969 samples find 3 points at 80 %, and 100 find 9.3', () => {
    expect(samplesNeeded(0.03, variance, 1)).toBe(969);
    const mdd = minimumDetectableDifference(plannedError(100, variance, 1));
    expect((100 * mdd).toFixed(1)).toBe('9.3');
  });

  it('epochs lessen only the noise between them; twins cost their design effect', () => {
    const noisy = { between: 0.05, within: 0.2 };
    expect(samplesNeeded(0.05, noisy, 4)).toBe(samplesNeeded(0.05, { between: 0.1, within: 0 }, 1));
    expect(samplesNeeded(0.05, { ...noisy, designEffect: 2 }, 1)).toBeCloseTo(
      2 * samplesNeeded(0.05, noisy, 1),
      -1,
    );
    expect(() => samplesNeeded(0, noisy, 1)).toThrow(RangeError);
  });

  it('the detectable difference has the power it was asked for, and no difference has the level', () => {
    const mdd = minimumDetectableDifference(0.02, { power: 0.9 });
    expect(powerOf(mdd, 0.02)).toBeCloseTo(0.9, 4);
    expect(powerOf(0, 0.02)).toBeCloseTo(0.05, 10);
  });
});
