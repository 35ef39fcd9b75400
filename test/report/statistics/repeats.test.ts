import fc from 'fast-check';
import { combinations } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { quantile } from '../../../harness/report/statistics/quantile.ts';
import { passAtK, passHatK } from '../../../harness/report/statistics/repeats.ts';

describe('pass@k and pass^k', () => {
  it('equal the ratios of binomials', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.nat(30), fc.integer({ min: 1, max: 30 }), (n, c, k) => {
        fc.pre(c <= n && k <= n);
        const choose = (from: number) => (from >= k ? combinations(from, k) : 0);
        expect(passAtK(n, c, k)).toBeCloseTo(1 - choose(n - c) / choose(n), 12);
        expect(passHatK(n, c, k)).toBeCloseTo(choose(c) / choose(n), 12);
      }),
    );
  });

  it('count the subsets of attempts that hold a pass, or only passes', () => {
    const marks = [1, 1, 0, 0, 1];
    const pairs = marks.flatMap((a, i) => marks.slice(i + 1).map((b) => [a, b] as const));
    expect(passAtK(5, 3, 2)).toBeCloseTo(pairs.filter(([a, b]) => a || b).length / pairs.length, 14);
    expect(passHatK(5, 3, 2)).toBeCloseTo(pairs.filter(([a, b]) => a && b).length / pairs.length, 14);
  });

  it('are the rate at k = 1, survive sizes whose binomials overflow, and refuse k beyond n', () => {
    expect(passAtK(10, 4, 1)).toBeCloseTo(0.4, 14);
    expect(passHatK(10, 4, 1)).toBeCloseTo(0.4, 14);
    expect(passAtK(5000, 10, 2500)).toBeCloseTo(1 - 2 ** -10, 4);
    expect(() => passAtK(3, 1, 4)).toThrow(RangeError);
  });
});

describe('quantile', () => {
  it('interpolates between order statistics (type 7)', () => {
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
    expect(quantile([1, 2, 3, 4], 0.95)).toBeCloseTo(3.85, 12);
    expect(quantile([7], 0.95)).toBe(7);
    expect(quantile([1, 9], 1)).toBe(9);
    expect(() => quantile([], 0.5)).toThrow(RangeError);
  });
});
