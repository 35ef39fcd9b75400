import * as z from 'zod';
import type { Random } from '../../../core/random.ts';
import { lossDifference } from '../../../engineering/forecast/compare.ts';
import { simulate } from '../../../engineering/forecast/simulate.ts';
import { clockTime } from '../clock.ts';

export const compareForecastsParams = z.strictObject({
  /** How much of an error is left an hour later. */
  memory: z.array(z.number().min(0).max(0.95)).min(1),
});
export type CompareForecastsParams = z.infer<typeof compareForecastsParams>;

interface CompareRow {
  time: string;
  actual: number | null;
  a: number | null;
  b: number;
  /** Measured in the same hour of the day before. */
  yesterday: number;
}

export interface CompareForecastsFacts {
  capacity_mw: number;
  rows: CompareRow[];
}

/** Two-sided 5 % point of Student's t with 21 degrees of freedom: 24 hours less two that do not count, less one. */
export const CRITICAL = 2.08;

export const columnsOf = ({ rows }: CompareForecastsFacts) => ({
  actual: rows.map((row) => row.actual),
  a: rows.map((row) => row.a),
  b: rows.map((row) => row.b),
  yesterday: rows.map((row) => row.yesterday),
});

type Verdict = 'a_better' | 'b_better' | 'not_shown';
export const verdictOf = (t_effective: number): Verdict =>
  Math.abs(t_effective) <= CRITICAL ? 'not_shown' : t_effective > 0 ? 'b_better' : 'a_better';

/**
 * A day of hourly wind and two day-ahead forecasts whose errors hang together. What the verdict shall be is drawn
 * first, a false winner among them: t beyond the critical value, the corrected t well within it.
 */
export function drawCompareForecasts(
  { memory }: CompareForecastsParams,
  random: Random,
): CompareForecastsFacts {
  const wanted = random.pick(['a_better', 'b_better', 'not_shown', 'false_winner'] as const);
  for (let attempt = 0; attempt < 3000; attempt++) {
    const facts = drawOnce(memory, random.fork(`attempt ${attempt}`));
    const { actual, a, b } = columnsOf(facts);
    const { t, t_effective, rho } = lossDifference(actual, a, b);
    const clear = Math.abs(Math.abs(t_effective) - CRITICAL) > 0.2 && Math.abs(Math.abs(t) - CRITICAL) > 0.1;
    const lured = Math.abs(t) > CRITICAL && verdictOf(t_effective) === 'not_shown';
    const fits = wanted === 'false_winner' ? lured : verdictOf(t_effective) === wanted && !lured;
    // Below 0.1 the correction would be too small to show.
    if (clear && fits && rho > 0.1 && Math.abs(t_effective) > 0.3) return facts;
  }
  throw new RangeError(`compare-forecasts: no draw gives ${wanted}`);
}

function drawOnce(memories: readonly number[], random: Random): CompareForecastsFacts {
  const capacity_mw = random.pick([99, 150, 201, 300]);
  const { actual } = simulate(
    {
      series: 'wind',
      season: 'mild',
      capacity: capacity_mw,
      steps: 48,
      step_min: 60,
      noise: 0.02,
      causes: [],
    },
    random.uniform,
  );
  const memory = random.pick(memories);
  const [shared, ownA, ownB] = [0.04, random.range(0.02, 0.09, 0.005), random.range(0.02, 0.09, 0.005)].map(
    (size) => wander(24, memory, size, random),
  ) as [number[], number[], number[]];
  const [noActual, noForecast] = random.sample(
    Array.from({ length: 22 }, (_, t) => t + 1),
    2,
  );
  const rows = shared.map((common, t): CompareRow => {
    const truth = actual[24 + t] as number;
    const forecast = (own: number) =>
      Number(Math.min(capacity_mw, Math.max(0, truth + capacity_mw * (common + own))).toFixed(1));
    return {
      time: clockTime(t, 60),
      actual: t === noActual ? null : truth,
      a: t === noForecast ? null : forecast(ownA[t] as number),
      b: forecast(ownB[t] as number),
      yesterday: actual[t] as number,
    };
  });
  return { capacity_mw, rows };
}

/** First-order autoregression of standard deviation `size` once settled, from uniform shocks. */
function wander(steps: number, memory: number, size: number, random: Random): number[] {
  const shock = () => (2 * random.uniform() - 1) * Math.sqrt(3);
  let level = size * shock();
  return Array.from({ length: steps }, () => {
    level = memory * level + size * Math.sqrt(1 - memory ** 2) * shock();
    return level;
  });
}
