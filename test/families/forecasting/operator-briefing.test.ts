import { describe, expect, it } from 'vitest';
import { claimFactsSchema } from '../../../harness/checkers/claims/facts.ts';
import { createRandom } from '../../../harness/core/random.ts';
import { SERIES_KINDS } from '../../../harness/engineering/forecast/causes.ts';
import { operatorBriefingFamily as family } from '../../../harness/families/forecasting/operator-briefing/family.ts';
import { solveBriefing } from '../../../harness/families/forecasting/operator-briefing/solve.ts';

const params = family.params.parse({ series: [...SERIES_KINDS] });
const draws = Array.from({ length: 60 }, (_, seed) => family.draw(params, createRandom(`briefing ${seed}`)));

describe('operator-briefing', () => {
  it('draws every series, both horizons, and tables of up to a week', () => {
    expect(new Set(draws.map(({ series }) => series)).size).toBe(SERIES_KINDS.length);
    expect(new Set(draws.map(({ horizon }) => horizon)).size).toBe(2);
    expect(Math.max(...draws.map(({ days }) => days))).toBe(7);
  });

  it('draws no kind of series much oftener than another, no eclipse longer than the sky allows', () => {
    // A fifth of 60 draws each, give or take; prices once were half of all.
    for (const kind of SERIES_KINDS) {
      const many = draws.filter(({ series }) => series === kind).length;
      expect([kind, many >= 3 && many <= 24]).toEqual([kind, true]);
    }
    for (const { ahead } of draws)
      if (ahead.kind === 'eclipse') expect(ahead.to - ahead.from).toBeLessThanOrEqual(3);
  });

  it('shows weather that no forecast hits to the tenth, hour after hour', () => {
    for (const { rows, weather_kind } of draws) {
      const known = rows.filter(({ weather, weather_forecast }) => weather !== null && weather_forecast > 0);
      const hit = known.filter(({ weather, weather_forecast }) => weather === weather_forecast).length;
      expect([weather_kind, hit < 0.5 * known.length]).toEqual([weather_kind, true]);
    }
  });

  it('has the figures that a reader counts out of the table, hour by hour', () => {
    for (const facts of draws) {
      const { rows, issued, days, quantile, limit, series, horizon } = facts;
      const answer = solveBriefing(facts);
      const supply = series === 'wind' || series === 'solar';
      let peak = issued;
      let ramp = { step: issued, change: 0 };
      for (let step = issued; step < 24 * days; step++) {
        if (rows[step]!.forecast > rows[peak]!.forecast) peak = step;
        const later = rows[step + 3];
        const change = later ? later.forecast - rows[step]!.forecast : 0;
        if (Math.abs(change) > Math.abs(ramp.change) + 1e-9) ramp = { step, change };
      }
      expect(answer.peak).toEqual({ step: peak, value: rows[peak]!.forecast });
      expect(answer.ramp.step).toBe(ramp.step);
      expect(answer.ramp.change).toBeCloseTo(ramp.change, 6);

      let [count, bias] = [0, 0];
      const short: number[] = [];
      for (const [step, { forecast, actual }] of rows.entries()) {
        if (actual === null) continue;
        short.push(supply ? forecast - actual : actual - forecast);
        const day = horizon === 'day_ahead' ? days - 2 : days - 1;
        if (Math.floor(step / 24) === day) bias += (forecast - actual - bias) / ++count;
      }
      expect(answer.error).toBeCloseTo(bias, 5);
      // Nearest rank without a sort: the smallest error with enough errors at or below it.
      const rank = Math.ceil(quantile * short.length);
      const reserve = Math.min(
        ...short.filter((one) => short.filter((other) => other <= one + 1e-9).length >= rank),
      );
      expect(answer.reserve).toBeCloseTo(reserve, 5);
      const stressed = rows[peak]!.forecast + (supply ? -reserve : reserve);
      expect(answer.stressed).toBeCloseTo(stressed, 5);
      expect(answer.margin).toBeCloseTo(supply ? stressed - limit : limit - stressed, 5);
    }
  });

  it('blames the cause that was put in: the error of the day gathers in its window, with its sign', () => {
    for (const facts of draws) {
      const { rows, past } = facts;
      const { error, reviewed } = solveBriefing(facts);
      const of = (inside: boolean) => {
        const errors = rows.flatMap(({ forecast, actual }, step) =>
          actual !== null &&
          step >= reviewed[0] &&
          step < reviewed[1] &&
          (step >= past.from && step < past.to) === inside
            ? [forecast - actual]
            : [],
        );
        return errors.length === 0 ? 0 : errors.reduce((sum, one) => sum + one, 0) / errors.length;
      };
      expect(Math.sign(of(true))).toBe(Math.sign(error));
      expect(Math.abs(of(true))).toBeGreaterThan(Math.abs(of(false)));
    }
  });

  it('gives facts of the shape that the claims check reads, in both languages', () => {
    for (const drawn of draws.slice(0, 20))
      for (const lang of ['en', 'zh'] as const) {
        const facts = family.localise?.(drawn, lang) ?? drawn;
        expect(claimFactsSchema.safeParse(family.solve(facts).facts).error?.issues ?? []).toEqual([]);
      }
  });

  it('tells no reader what was put in, nor what then came', () => {
    for (const facts of draws.slice(0, 10)) {
      const rows = (family.vars!(facts, 'en') as { rows: { actual: number | null }[] }).rows;
      for (let step = facts.issued; step < rows.length; step++) expect(rows[step]!.actual).toBeNull();
    }
  });
});
