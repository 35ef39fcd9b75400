import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialAtMost } from '../../../harness/engineering/forecast/binomial.ts';

/** Every sequence of hits and misses, one by one. */
function byEnumeration(k: number, n: number, p: number): number {
  let total = 0;
  for (let mask = 0; mask < 2 ** n; mask++) {
    const hits = mask.toString(2).replaceAll('0', '').length;
    if (hits <= k) total += p ** hits * (1 - p) ** (n - hits);
  }
  return total;
}

describe('binomial tail', () => {
  it('agrees with counting every sequence', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 }),
        fc.nat(10),
        fc.double({ min: 0.05, max: 0.95, noNaN: true }),
        (n, k, p) => {
          const hits = Math.min(k, n);
          expect(binomialAtMost(hits, n, p)).toBeCloseTo(byEnumeration(hits, n, p), 10);
        },
      ),
      { numRuns: 60 },
    ));
  it('is one for all, and mirrors hits into misses', () => {
    expect(binomialAtMost(20, 20, 0.9)).toBeCloseTo(1, 12);
    // P(at most 2 misses of 20 at 10 %) = 0.6769 in any table of the binomial distribution.
    expect(binomialAtMost(2, 20, 0.1)).toBeCloseTo(0.6769, 4);
    expect(1 - binomialAtMost(17, 20, 0.9)).toBeCloseTo(0.6769, 4);
  });
  it('refuses what is no count or no probability', () => {
    for (const [k, n, p] of [
      [-1, 5, 0.5],
      [6, 5, 0.5],
      [1.5, 5, 0.5],
      [1, 5, 1],
      [1, 5, Number.NaN],
      [1, 1e6, 0.9],
    ] as const)
      expect(() => binomialAtMost(k, n, p)).toThrow(RangeError);
  });
});
