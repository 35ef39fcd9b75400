import * as z from 'zod';
import type { Random } from '../../../core/random.ts';
import type { Cause } from '../../../engineering/forecast/causes.ts';
import { type Divisor, pointMetrics } from '../../../engineering/forecast/metrics.ts';
import { simulate } from '../../../engineering/forecast/simulate.ts';
import { clockTime } from '../clock.ts';

export const forecastMetricsParams = z.strictObject({
  /** Quarter-hours in the table. */
  rows: z.int().min(12).max(32),
});
export type ForecastMetricsParams = z.infer<typeof forecastMetricsParams>;

interface MetricsRow {
  /** When the quarter-hour begins. */
  time: string;
  /** Mean power of the quarter-hour, MW; null where there is no value. */
  actual: number | null;
  forecast: number | null;
}

export interface ForecastMetricsFacts {
  plant: 'wind' | 'solar';
  capacity_mw: number;
  divisor: Divisor['kind'];
  rows: MetricsRow[];
}

export const divisorOf = ({ divisor, capacity_mw }: ForecastMetricsFacts): Divisor =>
  divisor === 'capacity' ? { kind: 'capacity', value: capacity_mw } : { kind: divisor };

const CAPACITY = { wind: [99, 148.5, 201, 300], solar: [50, 80, 120, 200] } as const;

/**
 * A stretch of a day with true zeros (the farm off, or dawn), two measured values and one forecast missing at other
 * steps. Drawn again until each trap shows: the bias is far from 0, no two divisors agree, a zero is left to MAPE.
 */
export function drawForecastMetrics({ rows }: ForecastMetricsParams, random: Random): ForecastMetricsFacts {
  for (let attempt = 0; attempt < 200; attempt++) {
    const facts = drawOnce(rows, random.fork(`attempt ${attempt}`));
    if (showsEveryTrap(facts)) return facts;
  }
  throw new RangeError('forecast-metrics: no draw shows every trap');
}

function drawOnce(rows: number, random: Random): ForecastMetricsFacts {
  const plant = random.pick(['wind', 'solar'] as const);
  const capacity_mw = random.pick<number>(CAPACITY[plant]);
  // Dawn is at 6:15 in the mild season, 5:00 in summer.
  const season = plant === 'wind' ? 'mild' : random.pick(['mild', 'summer'] as const);
  const first = plant === 'wind' ? random.int(8, 96 - rows) : season === 'mild' ? 22 : 17;
  const { forecast, recorded } = simulate(
    {
      series: plant,
      season,
      capacity: capacity_mw,
      steps: 96,
      step_min: 15,
      noise: 0.08,
      causes: trouble(plant, first, rows, random),
    },
    random.uniform,
  );
  const silent = random.int(first + 5, first + rows - 1);
  const table = Array.from({ length: rows }, (_, i): MetricsRow => {
    const t = first + i;
    return {
      time: clockTime(t, 15),
      actual: recorded[t] ?? null,
      forecast: t === silent ? null : (forecast[t] as number),
    };
  });
  return { plant, capacity_mw, divisor: random.pick(['capacity', 'mean', 'range'] as const), rows: table };
}

function trouble(plant: 'wind' | 'solar', first: number, rows: number, random: Random): Cause[] {
  const stretch = (kind: Cause['kind'], length: number, size: number): Cause => {
    const from = first + random.int(5, rows - length);
    return { kind, from, to: from + length, size };
  };
  return [
    stretch(
      'ramp',
      random.int(3, 5),
      plant === 'wind' ? random.range(1, 3, 0.5) : random.range(0.3, 0.6, 0.1),
    ),
    ...(plant === 'wind' ? [stretch('outage', random.int(2, 3), 1)] : []),
    stretch('missing', 1, 0),
    stretch('missing', 1, 0),
  ];
}

function showsEveryTrap({ capacity_mw, rows }: ForecastMetricsFacts): boolean {
  const actual = rows.map((row) => row.actual);
  const forecast = rows.map((row) => row.forecast);
  const paired = rows.flatMap(({ actual: a, forecast: f }) => (a === null || f === null ? [] : [a]));
  const { bias, missing, mape_left_out } = pointMetrics(actual, forecast);
  const divisors = [
    capacity_mw,
    paired.reduce((a, b) => a + b, 0) / paired.length,
    Math.max(...paired) - Math.min(...paired),
  ];
  const apart = divisors.every((a, i) => divisors.every((b, j) => i === j || Math.abs(a / b - 1) > 0.05));
  return Math.abs(bias) > 0.01 * capacity_mw && missing === 3 && mape_left_out >= 2 && apart;
}
