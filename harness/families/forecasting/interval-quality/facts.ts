import * as z from 'zod';
import type { Random } from '../../../core/random.ts';
import { binomialAtMost } from '../../../engineering/forecast/binomial.ts';
import { intervalQuality } from '../../../engineering/forecast/probabilistic.ts';
import { simulate } from '../../../engineering/forecast/simulate.ts';
import { clockTime } from '../clock.ts';

export const intervalQualityParams = z.strictObject({
  /** Nominal coverages to draw from. */
  nominal: z.array(z.union([z.literal(0.8), z.literal(0.9)])).min(1),
});
export type IntervalQualityParams = z.infer<typeof intervalQualityParams>;

interface IntervalRow {
  time: string;
  lower: number;
  median: number;
  upper: number;
  actual: number | null;
}

export interface IntervalQualityFacts {
  capacity_mw: number;
  nominal: number;
  rows: IntervalRow[];
}

export const columnsOf = ({ rows }: IntervalQualityFacts) => ({
  actual: rows.map((row) => row.actual),
  lower: rows.map((row) => row.lower),
  median: rows.map((row) => row.median),
  upper: rows.map((row) => row.upper),
});

/** A day of hourly wind, one hour unmeasured. Drawn again until some actuals miss and the verdict is not on its edge. */
export function drawIntervalQuality(
  { nominal }: IntervalQualityParams,
  random: Random,
): IntervalQualityFacts {
  for (let attempt = 0; attempt < 300; attempt++) {
    const facts = drawOnce(nominal, random.fork(`attempt ${attempt}`));
    const { actual, lower, upper } = columnsOf(facts);
    const { n, below, above } = intervalQuality(actual, lower, upper, facts.nominal);
    const tail = binomialAtMost(n - below - above, n, facts.nominal);
    // Far below, no test is needed; a tail of nearly 0 would be a guess come true.
    const plain = (tail > 0.004 && tail < 0.035) || (tail > 0.075 && tail < 0.9);
    if (below !== above && below + above >= 2 && plain) return facts;
  }
  throw new RangeError('interval-quality: no draw is plain');
}

function drawOnce(levels: IntervalQualityParams['nominal'], random: Random): IntervalQualityFacts {
  const capacity_mw = random.pick([99, 150, 201, 300]);
  const nominal = random.pick(levels);
  const silent = random.int(3, 22);
  const { forecast, recorded } = simulate(
    {
      series: 'wind',
      season: 'mild',
      capacity: capacity_mw,
      steps: 24,
      step_min: 60,
      noise: 0.12,
      causes: [{ kind: 'missing', from: silent, to: silent + 1, size: 0 }],
    },
    random.uniform,
  );
  // Reach of the interval beside an everyday error of up to 0.12: from too narrow to about right.
  const reach = random.range(0.07, 0.12, 0.005);
  const lean = random.range(0.75, 1.25, 0.05);
  const rows = forecast.map((median, t): IntervalRow => {
    const side = (share: number) => share * (0.85 + 0.3 * random.uniform()) * capacity_mw;
    return {
      time: clockTime(t, 60),
      lower: Number(Math.max(0, median - side(reach * lean)).toFixed(1)),
      median,
      upper: Number(Math.min(capacity_mw, median + side(reach * (2 - lean))).toFixed(1)),
      actual: recorded[t] ?? null,
    };
  });
  return { capacity_mw, nominal, rows };
}
