import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { levelShift, median, spikes } from '../../../harness/engineering/forecast/detect.ts';
import { fillLinear } from '../../../harness/engineering/forecast/fill.ts';

describe('filling gaps', () => {
  it('fills a gap worked by hand, and holds the ends', () =>
    expect(fillLinear([null, 2, null, null, 8, null])).toEqual([2, 2, 4, 6, 8, 8]));
  it('gives a straight line back whatever is taken out of its middle', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: -50, max: 50 }),
        fc.integer({ min: -9, max: 9 }),
        fc.array(fc.boolean(), { maxLength: 30 }),
        (start, slope, holes) => {
          const line = [false, ...holes, false].map((_, t) => start + slope * t);
          const torn = line.map((value, t) => (holes[t - 1] ? null : value));
          for (const [t, value] of fillLinear(torn).entries())
            expect(value).toBeCloseTo(line[t] as number, 9);
        },
      ),
    ));
  it('refuses a series without any value', () => expect(() => fillLinear([null, null])).toThrow(RangeError));
});

describe('levels', () => {
  it('finds a step in noise where it was put, with its size', () =>
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 27 }),
        fc.infiniteStream(fc.double({ min: -1, max: 1, noNaN: true })),
        (at, noise) => {
          const values = Array.from({ length: 30 }, (_, t) => (t < at ? 20 : 50) + (noise.next().value ?? 0));
          const found = levelShift(values);
          expect(found?.at).toBe(at);
          expect((found?.after ?? 0) - (found?.before ?? 0)).toBeGreaterThan(27);
          expect(found?.share).toBeGreaterThan(0.9);
        },
      ),
      { numRuns: 60 },
    ));
  it('says nothing of a level that never moves', () => expect(levelShift([3, 3, 3, 3, 3])).toBeUndefined());
  it('knows the median of odd and even counts, and a spike from a ramp', () => {
    expect([median([3, 1, 2]), median([4, 1, 2, 3])]).toEqual([2, 2.5]);
    expect(spikes([1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual([]);
    expect(spikes([1, 2, 3, 40, 5, 6, null, 8, 9])).toEqual([3]);
  });
});
