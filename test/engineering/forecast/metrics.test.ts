import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { energyOf, persistence, pointMetrics, skill } from '../../../harness/engineering/forecast/metrics.ts';
import {
  crpsEnsemble,
  crpsFromQuantiles,
  intervalQuality,
  pinball,
  reliability,
} from '../../../harness/engineering/forecast/probabilistic.ts';

const value = fc.double({ min: -1000, max: 1000, noNaN: true });
const series = fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 60 });

describe('point metrics', () => {
  it('gives a figure worked by hand', () => {
    // errors +10, −20, 0 on actuals 100, 80, 0: MAE 10, RMSE √(500/3), bias −10/3, MAPE (10 % + 25 %)/2 with one zero left out.
    const metrics = pointMetrics([100, 80, 0], [110, 60, 0], { kind: 'capacity', value: 200 });
    expect(metrics).toMatchObject({ n: 3, missing: 0, mae: 10, mape_left_out: 1 });
    expect(metrics.rmse).toBeCloseTo(Math.sqrt(500 / 3), 12);
    expect(metrics.bias).toBeCloseTo(-10 / 3, 12);
    expect(metrics.mape).toBeCloseTo(0.175, 12);
    expect(metrics.accuracy).toBeCloseTo(1 - Math.sqrt(500 / 3) / 200, 12);
  });
  it('survives a night of zeros: no infinite MAPE, and the count of what was left out', () => {
    const metrics = pointMetrics([0, 0, 50], [1, 2, 60]);
    expect(metrics.mape).toBeCloseTo(0.2, 12);
    expect(metrics.mape_left_out).toBe(2);
    expect(pointMetrics([0, 0], [1, 2]).mape).toBeUndefined();
  });
  it('leaves gaps out on either side', () =>
    expect(pointMetrics([1, null, 3], [2, 2, null])).toMatchObject({ n: 1, missing: 2, mae: 1 }));
  it('keeps RMSE² = bias² + variance of the errors', () => {
    fc.assert(
      fc.property(series, (pairs) => {
        const { rmse, bias, mae } = pointMetrics(
          pairs.map(([a]) => a),
          pairs.map(([, f]) => f),
        );
        const variance = pairs.reduce((sum, [a, f]) => sum + (f - a - bias) ** 2, 0) / pairs.length;
        expect(rmse ** 2).toBeCloseTo(bias ** 2 + variance, 4);
        expect(mae).toBeLessThanOrEqual(rmse + 1e-9);
        expect(Math.abs(bias)).toBeLessThanOrEqual(mae + 1e-9);
      }),
    );
  });
  it('refuses series of different length and a series of gaps', () => {
    expect(() => pointMetrics([1], [1, 2])).toThrow(RangeError);
    expect(() => pointMetrics([null], [1])).toThrow(/no step/);
  });
});

describe('skill and persistence', () => {
  it('is 0 for the reference itself and 1 for a perfect forecast', () => {
    const actual = [3, 5, 4, 8, 6];
    expect(skill(actual, persistence(actual), persistence(actual))).toBe(0);
    expect(skill(actual, actual, persistence(actual))).toBe(1);
  });
  it('compares on the steps that all three share', () => {
    expect(skill([1, 2, 4], [null, 2, 4], [0, 1, 2])).toBe(1);
  });
  it('shifts by its lag', () => expect(persistence([1, 2, 3, 4], 2)).toEqual([null, null, 1, 2]));
  it('turns quarter-hours of power into energy', () =>
    expect(energyOf([96, 104, 112, 88, 60, 20, 0, 40], 0.25)).toBe(130));
});

describe('probabilistic metrics', () => {
  it('has half the MAE at the median', () => {
    fc.assert(
      fc.property(series, (pairs) => {
        const [actual, forecast] = [pairs.map(([a]) => a), pairs.map(([, f]) => f)];
        expect(pinball(actual, forecast, 0.5)).toBeCloseTo(pointMetrics(actual, forecast).mae / 2, 9);
      }),
    );
  });
  it('weighs misses by the level: 9 to 1 at the upper decile', () => {
    expect([pinball([10], [0], 0.9), pinball([0], [10], 0.9)].map((v) => Number(v.toFixed(12)))).toEqual([
      9, 1,
    ]);
  });
  it('counts coverage with its ends, and scores what lies outside', () => {
    const quality = intervalQuality([0, 5, 10, 12], [0, 0, 0, 0], [10, 10, 10, 10], 0.8);
    expect(quality).toMatchObject({ n: 4, coverage: 0.75, sharpness: 10, below: 0, above: 1 });
    expect(quality.interval_score).toBeCloseTo(10 + ((2 / 0.2) * 2) / 4, 9);
  });
  it('has an interval score that is the two pinball losses: S = 2/α (pinball at α/2 + at 1 − α/2)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(value, value, fc.double({ min: 0, max: 100, noNaN: true })), {
          minLength: 1,
          maxLength: 30,
        }),
        (rows) => {
          const [a, l, u] = [rows.map(([x]) => x), rows.map(([, y]) => y), rows.map(([, y, w]) => y + w)];
          const losses = pinball(a, l, 0.1) + pinball(a, u, 0.9);
          expect(intervalQuality(a, l, u, 0.8).interval_score).toBeCloseTo((2 / 0.2) * losses, 6);
        },
      ),
    );
  });
  it('has the CRPS of an ensemble that the double sum and the step integral give', () => {
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 12 }), value, (members, y) => {
        const m = members.length;
        const spread =
          members.flatMap((a) => members.map((b) => Math.abs(a - b))).reduce((s, d) => s + d, 0) / m ** 2;
        const direct = members.reduce((s, x) => s + Math.abs(x - y), 0) / m - spread / 2;
        expect(crpsEnsemble(members, y)).toBeCloseTo(direct, 6);
        expect(crpsEnsemble(members, y)).toBeCloseTo(stepIntegral(members, y), 6);
      }),
    );
  });
  it('has a CRPS from fine quantiles that comes near the closed form of the normal distribution', () => {
    // Gneiting and Raftery: CRPS(N(0,1), 0) = 2φ(0) − 1/√π.
    const levels = Array.from({ length: 1999 }, (_, i) => (i + 1) / 2000);
    const closed = 2 / Math.sqrt(2 * Math.PI) - 1 / Math.sqrt(Math.PI);
    expect(crpsFromQuantiles(levels, levels.map(normalQuantile), 0)).toBeCloseTo(closed, 3);
  });
  it('calls a forecast reliable where its share equals its level', () =>
    expect(reliability([1, 2, 3, 4], [3, 3, 3, 3])).toBe(0.75));
  it('refuses crossed intervals and levels that do not rise', () => {
    expect(() => intervalQuality([1], [2], [1], 0.8)).toThrow(/above the upper/);
    expect(() => crpsFromQuantiles([0.5, 0.5], [1, 2], 1)).toThrow(/rise/);
  });
});

/** ∫ (F(x) − 1{x ≥ y})² dx, piece by piece between the members and y. */
function stepIntegral(members: readonly number[], y: number): number {
  const cuts = [...members, y].sort((a, b) => a - b);
  return cuts.slice(1).reduce((sum, right, i) => {
    const left = cuts[i] as number;
    const below = members.filter((x) => x <= left).length / members.length;
    return sum + (right - left) * (below - (left >= y ? 1 : 0)) ** 2;
  }, 0);
}

/** By bisection of a numerically integrated density: slow, independent of any published approximation. */
function normalQuantile(p: number): number {
  let [lo, hi] = [-6, 6];
  for (let i = 0; i < 40; i++) {
    const mid = (lo + hi) / 2;
    if (normalCdf(mid) < p) lo = mid;
    else hi = mid;
  }
  return (lo + hi) / 2;
}

function normalCdf(x: number): number {
  const n = 200;
  const h = x / n;
  let sum = 0;
  for (let i = 0; i <= n; i++)
    sum += (i === 0 || i === n ? 1 : i % 2 ? 4 : 2) * Math.exp(-((i * h) ** 2) / 2);
  return 0.5 + ((h / 3) * sum) / Math.sqrt(2 * Math.PI);
}
