import * as z from 'zod';
import type { Random } from '../../../core/random.ts';
import type { Cause, CauseKind } from '../../../engineering/forecast/causes.ts';
import { lagOf } from '../../../engineering/forecast/detect.ts';
import { type Scenario, type Simulation, simulate } from '../../../engineering/forecast/simulate.ts';
import { clockTime } from '../clock.ts';
import { drawScenario } from './scenario.ts';

export const errorCauseParams = z.strictObject({
  series: z.array(z.enum(['load', 'wind', 'solar'])).min(1),
});
export type ErrorCauseParams = z.infer<typeof errorCauseParams>;

/** One half-hour as the forecasting desk sees it the day after. */
export interface CauseRow {
  no: number;
  time: string;
  forecast: number;
  /** The control room's telemetry; null where nothing came in. */
  scada: number | null;
  /** Revenue metering, read out the day after. */
  meter: number;
  temp_forecast_c: number;
  temp_c: number;
  wind_forecast_ms: number;
  wind_ms: number;
  irradiance_forecast_wm2: number;
  irradiance_wm2: number;
  humidity_pct: number;
  in_service: number;
}

/** A cause and its first and last half-hour, by number. */
export interface CauseWindow {
  kind: AnswerCause;
  first: number;
  last: number;
}
/** Spring Festival is a holiday to whoever is asked. */
export type AnswerCause = Exclude<CauseKind, 'spring_festival'>;

export type Calendar = 'working_day' | 'may_day' | 'new_year_eve';

export interface ErrorCauseFacts {
  series: 'load' | 'wind' | 'solar';
  capacity_mw: number;
  /** Turbines, inverters or feeders. */
  units: number;
  calendar: Calendar;
  /** Bounds that the question states, MW. */
  everyday_mw: number;
  agree_mw: number;
  rows: CauseRow[];
  causes: CauseWindow[];
}

/** Steps of the day that the table shows: none of the night for the sun. */
const SHOWN = { load: [0, 48], wind: [0, 48], solar: [11, 38] } as const;
/** Half of what meters and telemetry may differ by, as a share of capacity. */
const METER = 0.002;

/**
 * A day with one to three causes injected, at most two of the plant or the weather (never at once) and at most one of
 * telemetry. Drawn again until every cause stands out at both ends of its window.
 */
export function drawErrorCause({ series }: ErrorCauseParams, random: Random): ErrorCauseFacts {
  for (let attempt = 0; attempt < 300; attempt++) {
    const stream = random.fork(`attempt ${attempt}`);
    const plan = drawScenario(stream.pick(series), stream);
    const simulation = simulate(plan.scenario, stream.uniform);
    if (isClear(plan.scenario, simulation)) return factsOf(plan, simulation, stream);
  }
  throw new RangeError('error-cause: no draw is clear');
}

function isClear({ causes, capacity }: Scenario, simulation: Simulation): boolean {
  const { actual, recorded, effects } = simulation;
  const loud = 4 * everyday(simulation, capacity);
  // A plateau seen late looks like a stuck value.
  const kinds = new Set(causes.map(({ kind }) => kind));
  if (kinds.has('clock_shift') && kinds.has('curtailment')) return false;
  return causes.every((cause, i) => {
    const inside = actual.slice(cause.from, cause.to);
    const off = inside.map((p, k) => Math.abs(p - (recorded[cause.from + k] ?? p)));
    if (cause.kind === 'missing') return true;
    if (cause.kind === 'spike')
      return (off[0] as number) > loud && (recorded[cause.from] as number) < 1.2 * capacity;
    if (cause.kind === 'stuck') {
      // A plateau that runs into the stuck stretch would hide where it begins or ends.
      const held = recorded[cause.from];
      const alone = recorded[cause.from - 2] !== held && recorded[cause.to] !== held;
      return (
        alone && Math.max(...off) > loud && Math.min(off[1] as number, off.at(-1) as number) > 0.01 * capacity
      );
    }
    if (cause.kind === 'clock_shift')
      return (
        Math.min(off[0] as number, off.at(-1) as number) > 0.01 * capacity &&
        lagOf(recorded, actual, 6, cause)?.lag === cause.size
      );
    // Warm and cold air come in over a step: there half of the effect must do, still beyond every everyday error.
    const gradual = cause.kind === 'heat_wave' || cause.kind === 'cold_snap';
    return (effects[i] as number[])
      .slice(cause.from, cause.to)
      .every((mw, k, all) => Math.abs(mw) > (gradual && (k === 0 || k === all.length - 1) ? loud / 2 : loud));
  });
}

const everyday = ({ noise_bound }: Simulation, capacity: number) => noise_bound + METER * capacity;
const up = (value: number) => Math.ceil(value * 10) / 10;

function factsOf(
  { scenario, units, calendar }: ReturnType<typeof drawScenario>,
  simulation: Simulation,
  random: Random,
): ErrorCauseFacts {
  const { capacity, series } = scenario;
  const kind = series as ErrorCauseFacts['series'];
  const [first, end] = SHOWN[kind];
  const { weather, weather_forecast: foreseen } = simulation;
  const rows = Array.from({ length: end - first }, (_, i): CauseRow => {
    const t = first + i;
    const p = simulation.actual[t] as number;
    const slip = p > 0 ? METER * capacity * (2 * random.uniform() - 1) : 0;
    return {
      no: i + 1,
      time: clockTime(t, 30),
      forecast: simulation.forecast[t] as number,
      scada: simulation.recorded[t] ?? null,
      meter: Number(Math.max(0, p + slip).toFixed(1)),
      temp_forecast_c: foreseen[t]?.temp_c as number,
      temp_c: weather[t]?.temp_c as number,
      wind_forecast_ms: foreseen[t]?.wind_ms as number,
      wind_ms: weather[t]?.wind_ms as number,
      irradiance_forecast_wm2: foreseen[t]?.irradiance_wm2 as number,
      irradiance_wm2: weather[t]?.irradiance_wm2 as number,
      humidity_pct: weather[t]?.humidity_pct as number,
      in_service: Math.round(units * (simulation.available[t] as number)),
    };
  });
  return {
    series: kind,
    capacity_mw: capacity,
    units,
    calendar,
    everyday_mw: up(everyday(simulation, capacity)),
    agree_mw: up(METER * capacity + 0.1),
    rows,
    causes: scenario.causes.map((cause) => windowOf(cause, first)),
  };
}

const windowOf = ({ kind, from, to }: Cause, first: number): CauseWindow => ({
  kind: kind === 'spring_festival' ? 'holiday' : kind,
  first: from - first + 1,
  last: to - first,
});
