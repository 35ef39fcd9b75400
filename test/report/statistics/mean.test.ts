import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import { betaQuantile } from '../../../harness/report/statistics/distributions.ts';
import { type Item, meanInterval, strataInterval } from '../../../harness/report/statistics/mean.ts';
import { wilson } from '../../../harness/report/statistics/wilson.ts';

const items = (values: readonly number[], size = 1, epochs = 1): Item[] =>
  values.map((value, i) => ({ value, cluster: `c${Math.floor(i / size)}`, epochs }));
const digits = (values: readonly number[]) => values.map((value) => Number(value.toFixed(4)));

describe('wilson', () => {
  it('17 of 20 is 64.0 % to 94.8 %', () => {
    const [low, high] = wilson(17, 20);
    expect((100 * low).toFixed(1)).toBe('64.0');
    expect((100 * high).toFixed(1)).toBe('94.8');
  });

  it('ends are the roots of the score equation (p − π)² = z² π(1−π)/n', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (n, share) => {
          const p = Math.round(share * n) / n;
          for (const end of wilson(p * n, n)) {
            expect(end).toBeGreaterThanOrEqual(0);
            expect(end).toBeLessThanOrEqual(1);
            expect((p - end) ** 2 - (3.841458820694124 * end * (1 - end)) / n).toBeCloseTo(0, 12);
          }
        },
      ),
    );
  });

  it('none and all reach exactly 0 and 1, with the other end near the exact one', () => {
    expect(wilson(0, 30)[0]).toBe(0);
    expect(wilson(30, 30)[1]).toBe(1);
    // Clopper-Pearson is 1 − 0.025^(1/30); Wilson lies a little inside it.
    const exact = betaQuantile(0.975, 1, 30);
    expect(exact).toBeCloseTo(1 - 0.025 ** (1 / 30), 10);
    expect(Math.abs(wilson(0, 30)[1] - exact)).toBeLessThan(0.005);
  });

  it.each([
    [3, 2],
    [-1, 2],
    [0, 0],
  ])('refuses %i of %i', (successes, n) => {
    expect(() => wilson(successes, n)).toThrow(RangeError);
  });
});

describe('meanInterval', () => {
  it('takes Wilson for one rate of unrelated samples, one epoch', () => {
    const estimate = meanInterval(items([...Array(17).fill(1), 0, 0, 0]));
    expect(estimate.method).toBe('wilson');
    expect(estimate.interval).toEqual(wilson(17, 20));
  });

  it('does not take Wilson where twins share a cluster or epochs repeat', () => {
    expect(meanInterval(items([1, 1, 0, 0, 1, 0], 2)).method).toBe('cluster-wilson');
    expect(meanInterval(items([1, 1, 0, 0, 1, 0], 1, 3)).method).toBe('cluster-wilson');
  });

  it('singleton clusters give the textbook standard error s/√n and t interval', () => {
    const values = [0.2, 0.5, 0.9, 0.4, 0.7];
    const { mean, standardError, interval } = meanInterval(items(values), { bounds: [-1, 1] });
    const s = Math.sqrt(values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / 4);
    expect(standardError).toBeCloseTo(s / Math.sqrt(5), 14);
    expect(interval[1] - mean).toBeCloseTo(2.7764451051977987 * standardError, 12);
  });

  it('of scores, its ends solve (s̄ − π)² = t² SE² π(1−π)/(s̄(1−s̄)), and are Wilson for many zeros and ones', () => {
    const { mean, standardError, interval } = meanInterval(items([0.2, 0.5, 0.9, 0.4, 0.7]));
    for (const end of interval) {
      const right = (2.7764451051977987 * standardError) ** 2 * ((end * (1 - end)) / (mean * (1 - mean)));
      expect((mean - end) ** 2 - right).toBeCloseTo(0, 12);
    }
    const marks = Array.from({ length: 3000 }, (_, i) => (i % 20 ? 1 : 0));
    expect(meanInterval(items(marks, 1, 2)).interval[0]).toBeCloseTo(wilson(2850, 3000)[0], 4);
  });

  it('equal clusters give the standard error of the cluster means', () => {
    const values = [0.2, 0.3, 0.9, 0.8, 0.5, 0.6, 0.1, 0.0];
    const means = [0.25, 0.85, 0.55, 0.05];
    expect(meanInterval(items(values, 2)).standardError).toBeCloseTo(
      meanInterval(items(means)).standardError,
      14,
    );
  });

  it('does not let a duplicated sample in the same cluster narrow the interval', () => {
    const values = [1, 0, 1, 1, 0, 0.5];
    const once = meanInterval(items(values, 1, 2));
    const twice = meanInterval(
      items(
        values.flatMap((v) => [v, v]),
        2,
        2,
      ),
    );
    expect(twice.interval[0]).toBeCloseTo(once.interval[0], 12);
    expect(twice.interval[1]).toBeCloseTo(once.interval[1], 12);
  });

  it('equal scores do not make a zero-width interval', () => {
    expect(digits(meanInterval(items(Array(20).fill(1), 2)).interval)).toEqual(digits(wilson(10, 10)));
    const constant = meanInterval(items(Array(40).fill(0.7), 2));
    expect(constant.method).toBe('constant');
    expect(constant.interval[0]).toBeLessThan(0.65);
    expect(constant.interval[1]).toBeGreaterThan(0.7);
  });

  it('one sample, or one cluster, leaves nearly the whole scale open', () => {
    expect(digits(meanInterval(items([1])).interval)).toEqual(digits(wilson(1, 1)));
    const half = meanInterval(items([1, 0], 2)).interval;
    expect(half[0]).toBeLessThan(0.15);
    expect(half[1]).toBeGreaterThan(0.85);
    expect(() => meanInterval([])).toThrow(RangeError);
  });

  it('always holds its mean inside the bounds, whatever the scores', () => {
    const item = fc.record({
      value: fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true })),
      cluster: fc.constantFrom('a', 'b', 'c', 'd'),
      epochs: fc.constantFrom(1, 3),
    });
    fc.assert(
      fc.property(fc.array(item, { minLength: 1, maxLength: 30 }), (group) => {
        const { mean, interval, standardError } = meanInterval(group);
        expect(interval[0]).toBeGreaterThanOrEqual(0);
        expect(interval[0]).toBeLessThanOrEqual(mean + 1e-12);
        expect(interval[1]).toBeGreaterThanOrEqual(mean - 1e-12);
        expect(interval[1]).toBeLessThanOrEqual(1);
        expect(standardError).toBeGreaterThan(0);
      }),
    );
  });
});

describe('strataInterval', () => {
  it('a big suite does not drown a small one', () => {
    const big = meanInterval(
      items(
        Array.from({ length: 200 }, (_, i) => (i % 10 ? 1 : 0)),
        2,
      ),
    );
    const small = meanInterval(items([0, 1, 0, 0, 0, 0, 0, 0, 1, 0], 2));
    expect(strataInterval([big, small]).mean).toBeCloseTo((0.9 + 0.2) / 2, 12);
    expect(strataInterval([big])).toBe(big);
  });

  it('equal strata have SE/√K, and Welch degrees of freedom K times one of them', () => {
    const one = meanInterval(items([0.2, 0.5, 0.9, 0.4, 0.7]));
    const four = strataInterval([one, one, one, one]);
    expect(four.standardError).toBeCloseTo(one.standardError / 2, 12);
    expect(four.df).toBeCloseTo(16, 9);
  });

  it('all suites saturated: as sure as K times the smallest of them, not surer', () => {
    const of = (n: number) => meanInterval(items(Array(n).fill(1)));
    expect(digits(strataInterval([of(20), of(10), of(10)]).interval)).toEqual(digits(wilson(30, 30)));
  });

  it('a saturated suite beside another still adds its uncertainty', () => {
    const perfect = meanInterval(items(Array(8).fill(1)));
    const mixed = meanInterval(items([0.2, 0.5, 0.9, 0.4, 0.7, 0.6]));
    expect(strataInterval([perfect, mixed]).standardError).toBeGreaterThan(mixed.standardError / 2 + 0.01);
  });
});

/** Share of simulated runs whose 95 % interval holds the truth. */
function coverage(runs: number, truth: number, draw: (uniform: () => number) => [number, number]): number {
  const random = createRandom(`coverage ${truth}`);
  let hits = 0;
  for (let i = 0; i < runs; i++) {
    const [low, high] = draw(random.uniform);
    if (low <= truth && truth <= high) hits++;
  }
  return hits / runs;
}

/** English and Chinese twins that share a problem's difficulty; graded scores where `graded`. */
const twins = (n: number, rate: number, graded: boolean, uniform: () => number): Item[] =>
  Array.from({ length: n }, (_, i) => i).flatMap((i) => {
    const easy = uniform() < rate;
    return [0, 1].map(() => {
      const right = uniform() < 0.7 ? easy : uniform() < rate;
      const value = graded && !right ? 0 : graded ? (uniform() < 0.5 ? 1 : 0.5) : Number(right);
      return { value, cluster: `c${i}`, epochs: 1 };
    });
  });

describe('coverage by simulation of the 95 % interval', () => {
  it.each([20, 50, 200])('Wilson, n = %i', (n) => {
    for (const rate of [0.1, 0.5, 0.85]) {
      const share = coverage(3000, rate, (uniform) => {
        const values = Array.from({ length: n }, () => Number(uniform() < rate));
        return meanInterval(items(values)).interval;
      });
      expect(share).toBeGreaterThan(0.925);
      expect(share).toBeLessThan(0.985);
    }
  });

  it.each([20, 50, 200])('cluster-robust, %i pairs of twins, binary', (n) => {
    for (const rate of [0.05, 0.3, 0.5, 0.8, 0.95]) {
      const share = coverage(1200, rate, (uniform) => meanInterval(twins(n, rate, false, uniform)).interval);
      expect(share).toBeGreaterThan(0.925);
      expect(share).toBeLessThan(0.99);
    }
  });

  it.each([20, 50, 200])('mean of three suites of %i pairs, graded scores', (n) => {
    const rates = [0.3, 0.6, 0.9];
    const truth = (0.75 * (0.3 + 0.6 + 0.9)) / 3;
    const share = coverage(700, truth, (uniform) => {
      const strata = rates.map((rate) => meanInterval(twins(n, rate, true, uniform)));
      return strataInterval(strata).interval;
    });
    expect(share).toBeGreaterThan(0.925);
    expect(share).toBeLessThan(0.98);
  });

  it('a plain interval that ignores the twins would be too narrow: the simulation can tell', () => {
    const share = coverage(1500, 0.5, (uniform) => {
      const pairs = twins(50, 0.5, false, uniform);
      return meanInterval(pairs.map((item, i) => ({ ...item, cluster: `x${i}` }))).interval;
    });
    expect(share).toBeLessThan(0.92);
  });
});
