import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import { pinball } from '../../../harness/engineering/forecast/probabilistic.ts';
import { columnsOf } from '../../../harness/families/forecasting/interval-quality/facts.ts';
import { intervalQualityFamily as family } from '../../../harness/families/forecasting/interval-quality/family.ts';

const draws = Array.from({ length: 150 }, (_, seed) =>
  family.draw({ nominal: [0.8, 0.9] }, createRandom(`interval-quality ${seed}`)),
);

/** P(at most k of n) by convolving one trial after the other: no binomial coefficients. */
function atMost(k: number, n: number, p: number): number {
  let mass = [1];
  for (let trial = 0; trial < n; trial++)
    mass = Array.from(
      { length: mass.length + 1 },
      (_, i) => (mass[i] ?? 0) * (1 - p) + (mass[i - 1] ?? 0) * p,
    );
  return mass.slice(0, k + 1).reduce((a, b) => a + b, 0);
}

describe('interval-quality', () => {
  it('has the interval score that the pinball losses of both ends give: (2/α)·(low + high)', () => {
    for (const facts of draws) {
      const { actual, lower, upper } = columnsOf(facts);
      const alpha = 1 - facts.nominal;
      const ends = pinball(actual, lower, alpha / 2) + pinball(actual, upper, 1 - alpha / 2);
      expect(family.solve(facts).interval_score).toBeCloseTo((2 / alpha) * ends, 8);
    }
  });

  it('has counts, widths and the median loss that sorting each hour by hand gives', () => {
    for (const facts of draws) {
      const answer = family.solve(facts);
      const tally = { below: 0, inside: 0, above: 0 };
      let [width, loss] = [0, 0];
      for (const { actual, lower, median, upper } of facts.rows) {
        if (actual === null) continue;
        const place = [lower, upper, actual].sort((a, b) => a - b)[1];
        tally[place === actual ? 'inside' : place === lower ? 'below' : 'above'] += 1;
        width += upper - lower;
        loss += actual > median ? 0.5 * (actual - median) : 0.5 * (median - actual);
      }
      const n = tally.below + tally.inside + tally.above;
      expect([answer.below, answer.above]).toEqual([tally.below, tally.above]);
      expect(answer.coverage).toBeCloseTo((100 * tally.inside) / n, 9);
      expect(answer.width).toBeCloseTo(width / n, 9);
      expect(answer.pinball_median).toBeCloseTo(loss / n, 9);
      expect(answer.tail).toBeCloseTo(atMost(tally.inside, n, facts.nominal), 9);
      expect(answer.verdict === 'too_narrow').toBe(answer.tail < 0.05);
    }
  });

  it('draws both verdicts, so that neither is always right', () => {
    const narrow = draws.filter((facts) => family.solve(facts).verdict === 'too_narrow').length;
    expect(narrow).toBeGreaterThan(30);
    expect(narrow).toBeLessThan(120);
  });
});
