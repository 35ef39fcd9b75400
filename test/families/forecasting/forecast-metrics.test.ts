import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import { forecastMetricsFamily as family } from '../../../harness/families/forecasting/forecast-metrics/family.ts';

const draws = Array.from({ length: 120 }, (_, seed) =>
  family.draw({ rows: 18 }, createRandom(`forecast-metrics ${seed}`)),
);

describe('forecast-metrics', () => {
  it('has the keys that running sums and moments find without the metrics code', () => {
    for (const facts of draws) {
      let [n, over, under, first, second, share, nonzero, quarterMwh] = [0, 0, 0, 0, 0, 0, 0, 0];
      let [low, high, measured] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
      for (const { actual, forecast } of facts.rows) {
        if (actual !== null) quarterMwh += actual;
        if (actual === null || forecast === null) continue;
        // One pass: mean and variance by Welford's updates, the mean error as over- less under-forecast.
        const e = forecast - actual;
        n += 1;
        if (e > 0) over += e;
        else under -= e;
        const step = e - first;
        first += step / n;
        second += step * (e - first);
        low = Math.min(low, actual);
        high = Math.max(high, actual);
        measured += actual;
        if (actual !== 0) [share, nonzero] = [share + Math.abs(e) / actual, nonzero + 1];
      }
      const answer = family.solve(facts);
      const rmse = Math.sqrt(second / n + first ** 2);
      const divisor = { capacity: facts.capacity_mw, mean: measured / n, range: high - low }[facts.divisor];
      expect(answer.mae).toBeCloseTo((over + under) / n, 9);
      expect(answer.bias).toBeCloseTo((over - under) / n, 9);
      expect(answer.rmse).toBeCloseTo(rmse, 9);
      expect(answer.nrmse).toBeCloseTo((100 * rmse) / divisor, 9);
      expect(answer.mape).toBeCloseTo((100 * share) / nonzero, 7);
      expect(answer.mape_left_out).toBe(n - nonzero);
      expect(answer.energy).toBeCloseTo(quarterMwh / 4, 9);
    }
  });

  it('shows gaps and zeros on every draw, or the question would have no trap', () => {
    for (const facts of draws) {
      expect(facts.rows.filter(({ actual }) => actual === null).length).toBeGreaterThanOrEqual(1);
      expect(facts.rows.filter(({ forecast }) => forecast === null)).toHaveLength(1);
      expect(family.solve(facts).mape_left_out).toBeGreaterThanOrEqual(2);
    }
  });

  it('draws both kinds of plant and all three divisors', () => {
    expect(new Set(draws.map(({ plant }) => plant)).size).toBe(2);
    expect(new Set(draws.map(({ divisor }) => divisor)).size).toBe(3);
  });
});
