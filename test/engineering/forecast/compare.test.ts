import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import { lossDifference } from '../../../harness/engineering/forecast/compare.ts';
import { pointMetrics } from '../../../harness/engineering/forecast/metrics.ts';

/** Two forecasts of nothing, equally good, whose errors remember `memory` of the step before. */
function rejections(memory: number, runs: number) {
  const random = createRandom(`compare ${memory}`);
  const errors = () => {
    let level = 0;
    return Array.from({ length: 60 }, () => {
      level = memory * level + random.normal();
      return level;
    });
  };
  let [plain, corrected] = [0, 0];
  for (let run = 0; run < runs; run++) {
    const { t, t_effective } = lossDifference(new Array(60).fill(0), errors(), errors());
    if (Math.abs(t) > 2) plain += 1;
    if (Math.abs(t_effective) > 2) corrected += 1;
  }
  return { plain: plain / runs, corrected: corrected / runs };
}

describe('comparing two forecasts', () => {
  it('gives a figure worked by hand', () => {
    // Errors A 3, 1, 2 and B 1, 1, 1: d = 8, 0, 3; mean 11/3, s² = 49/3, t = (11/3)/√(49/9) = 11/7.
    const { n, mean, t, rho, n_effective } = lossDifference([0, 0, 0, null], [3, -1, 2, 9], [1, 1, -1, 9]);
    expect(n).toBe(3);
    expect(mean).toBeCloseTo(11 / 3, 12);
    expect(t).toBeCloseTo(11 / 7, 12);
    // d′ = 13/3, −11/3, −2/3: ρ = (−143 + 22)/(169 + 121 + 4) < 0, so nothing is taken off.
    expect(rho).toBeCloseTo(-121 / 294, 12);
    expect(n_effective).toBe(3);
  });

  it('turns its sign when the forecasts are swapped, and is the difference of the squared RMSEs', () => {
    const value = fc.integer({ min: -100, max: 100 });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value, value), { minLength: 4, maxLength: 40 }), (rows) => {
        const [y, a, b] = [0, 1, 2].map((i) => rows.map((row) => row[i] as number)) as [
          number[],
          number[],
          number[],
        ];
        const differ =
          new Set(rows.map(([actual, fa, fb]) => (fa - actual) ** 2 - (fb - actual) ** 2)).size > 1;
        fc.pre(differ);
        const there = lossDifference(y, a, b);
        expect(lossDifference(y, b, a).t).toBeCloseTo(-there.t, 9);
        expect(there.mean).toBeCloseTo(pointMetrics(y, a).rmse ** 2 - pointMetrics(y, b).rmse ** 2, 6);
        expect(Math.abs(there.t_effective)).toBeLessThanOrEqual(Math.abs(there.t) + 1e-12);
      }),
      { numRuns: 100 },
    );
  });

  it('finds a winner among equals in one run of twenty, but far more often where errors hang together', () => {
    const apart = rejections(0, 600);
    expect(apart.plain).toBeGreaterThan(0.02);
    expect(apart.plain).toBeLessThan(0.08);
    const together = rejections(0.85, 600);
    expect(together.plain).toBeGreaterThan(0.2);
    expect(together.corrected).toBeLessThan(0.6 * together.plain);
  });

  it('refuses what cannot be compared', () => {
    expect(() => lossDifference([1, 2], [1, 2], [1, 2])).toThrow(RangeError);
    expect(() => lossDifference([1, 2, 3], [1, 2, 3], [1, 2])).toThrow(RangeError);
    expect(() => lossDifference([0, 0, 0], [2, 2, 2], [1, 1, 1])).toThrow(RangeError);
  });
});
