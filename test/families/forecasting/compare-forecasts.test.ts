import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import { compareForecastsFamily as family } from '../../../harness/families/forecasting/compare-forecasts/family.ts';

const draws = Array.from({ length: 100 }, (_, seed) =>
  family.draw({ memory: [0.4, 0.6, 0.75] }, createRandom(`compare-forecasts ${seed}`)),
);
const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

describe('compare-forecasts', () => {
  it('has the keys that raw moments give, without a mean taken off', () => {
    for (const facts of draws) {
      const hours = facts.rows.flatMap(({ actual, a, b, yesterday }) =>
        actual === null || a === null ? [] : [[a - actual, b - actual, yesterday - actual] as const],
      );
      const n = hours.length;
      const root = (i: 0 | 1 | 2) => Math.hypot(...hours.map((errors) => errors[i])) / Math.sqrt(n);
      const answer = family.solve(facts);
      expect(answer.rmse_a).toBeCloseTo(root(0), 9);
      expect(answer.rmse_b).toBeCloseTo(root(1), 9);
      expect(answer.rmse_persistence).toBeCloseTo(root(2), 9);
      expect(answer.skill_a).toBeCloseTo(100 * (1 - root(0) / root(2)), 7);
      expect(answer.skill_b).toBeCloseTo(100 * (1 - root(1) / root(2)), 7);
      // e_A² − e_B² as a product; sums of squares and of neighbours' products by the shift rule.
      const d = hours.map(([a, b]) => (a - b) * (a + b));
      const [sum, squares] = [total(d), total(d.map((x) => x * x))];
      const m = sum / n;
      const spread = squares - n * m * m;
      const pairs = d.slice(1).map((x, i) => x * (d[i] as number));
      const ends = (d[0] as number) + (d.at(-1) as number);
      const neighbours = total(pairs) - m * (2 * sum - ends) + (n - 1) * m * m;
      const rho = Math.max(0, neighbours / spread);
      const t = (m * Math.sqrt(n * (n - 1))) / Math.sqrt(spread);
      expect(answer.t).toBeCloseTo(t, 6);
      expect(answer.t_effective).toBeCloseTo(t * Math.sqrt((1 - rho) / (1 + rho)), 6);
    }
  });

  it('draws all verdicts, and false winners that only the corrected t refuses', () => {
    const answers = draws.map((facts) => family.solve(facts));
    expect(new Set(answers.map(({ verdict }) => verdict)).size).toBe(3);
    const lured = answers.filter(({ t, verdict }) => verdict === 'not_shown' && Math.abs(t) > 2.08);
    expect(lured.length).toBeGreaterThan(10);
  });

  it('counts 22 hours on every draw, which is what the critical value is for', () => {
    for (const { rows } of draws)
      expect(rows.filter(({ actual, a }) => actual !== null && a !== null)).toHaveLength(22);
  });
});
