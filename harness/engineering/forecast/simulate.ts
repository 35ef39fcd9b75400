import { type Cause, checkCauses, isTelemetry, type SeriesKind } from './causes.ts';
import { type PlantState, shareOf, springFestivalFactor } from './plant.ts';
import { record, within } from './telemetry.ts';
import { type Season, type Weather, weatherForecast } from './weather.ts';

export interface Scenario {
  series: SeriesKind;
  season: Season;
  /** Installed capacity or highest load in MW; the price level in money per MWh where a price is simulated. */
  capacity: number;
  steps: number;
  /** Length of a step in minutes. */
  step_min: number;
  /** Largest everyday error, as a share of capacity. */
  noise: number;
  causes: readonly Cause[];
}

export interface Simulation {
  step_h: number;
  /** What the forecaster knew, and the forecast made from it. */
  weather_forecast: Weather[];
  forecast: number[];
  /** What the weather then was, as instruments show it. */
  weather: Weather[];
  /** What really flowed (or was paid): a revenue meter's value. */
  actual: number[];
  /** What the control room recorded. */
  recorded: (number | null)[];
  /** Share in service at each step. */
  available: number[];
  /** What each physical cause added to `actual`, by step, in the order of the scenario; zeros for telemetry faults. */
  effects: number[][];
  /** The everyday error. |noise| ≤ `noise_bound`, rounding included. */
  noise: number[];
  noise_bound: number;
}

const tenth = (value: number) => Number(value.toFixed(1)) + 0;

/**
 * A series with causes of error injected into it, so that which cause acted in which window is known:
 * forecast from the forecaster's weather and calendar; actual = forecast + Σ effects + noise, step by step;
 * recorded = actual but for telemetry faults. All values are rounded to 0.1. Powers are never negative, the sun makes
 * none at night. The same random numbers give the same weather and noise whatever is injected.
 * @throws RangeError as `checkCauses`, and for a size of the series that is not above 0
 */
export function simulate(scenario: Scenario, uniform: () => number): Simulation {
  const { series, season, capacity, steps, step_min, noise, causes } = scenario;
  if (!(capacity > 0 && Number.isInteger(steps) && steps > 0 && step_min > 0 && noise >= 0))
    throw new RangeError('capacity, steps and their length are above 0, noise is not below 0');
  checkCauses(series, causes, steps);
  const step_h = step_min / 60;
  const physical = causes.filter(({ kind }) => !isTelemetry(kind));
  const known = weatherForecast(season, steps, step_h, uniform).map((weather, t) =>
    withKnownFronts(series, weather, physical, t),
  );
  const swings = known.map(() => 2 * uniform() - 1);
  const valueAt = (t: number, acting: readonly Cause[], swing: number) =>
    powerAt(scenario, stateAt(scenario, known[t] as Weather, acting, t), swing);
  const steady = known.map((_, t) => valueAt(t, [], 0));
  const usual = known.map((_, t) => valueAt(t, [], noise * (swings[t] as number)));
  const after = physical.map((_, i) =>
    known.map((_, t) => valueAt(t, physical.slice(0, i + 1), noise * (swings[t] as number))),
  );
  const actual = after.at(-1) ?? usual;
  const effectOf = new Map(physical.map((cause, i) => [cause, minus(after[i] ?? [], after[i - 1] ?? usual)]));
  const states = known.map((weather, t) => stateAt(scenario, weather, physical, t));
  return {
    step_h,
    weather_forecast: known.map(shown),
    forecast: steady,
    weather: states.map((state) => shown(instrument(state.weather, uniform))),
    actual,
    recorded: record(
      actual,
      causes.filter(({ kind }) => isTelemetry(kind)),
      capacity,
    ),
    available: states.map(({ available }) => available),
    effects: causes.map((cause) => effectOf.get(cause) ?? steady.map(() => 0)),
    noise: minus(usual, steady),
    noise_bound: noise * capacity + 0.1,
  };
}

const minus = (a: readonly number[], b: readonly number[]) => a.map((value, t) => tenth(value - (b[t] ?? 0)));

/** A front that was forecast too late is in the forecaster's weather after all, from the end of the window on. */
function withKnownFronts(series: SeriesKind, weather: Weather, causes: readonly Cause[], t: number): Weather {
  if (series !== 'wind') return weather;
  const fallen = causes.filter(({ kind, to }) => kind === 'ramp' && t >= to);
  const drop = fallen.reduce((sum, { size }) => sum + size, 0);
  return { ...weather, wind_ms: Math.max(0, weather.wind_ms - drop) };
}

function stateAt(
  { series, step_min }: Scenario,
  known: Weather,
  causes: readonly Cause[],
  t: number,
): PlantState {
  const state: PlantState = {
    weather: { ...known },
    hour: (((t + 0.5) * step_min) / 60) % 24,
    day_factor: 1,
    available: 1,
    derate: 1,
    limit: 1,
    extra: 0,
  };
  for (const cause of causes)
    if (within(cause, t)) act(eased(cause, t), series, state, ((t - cause.from) * step_min) / 1440);
  return state;
}

/** Air does not warm by seven kelvins from one row to the next: in the first and last step of its window half of it has come. */
const eased = (cause: Cause, t: number): Cause =>
  (cause.kind === 'heat_wave' || cause.kind === 'cold_snap') && (t === cause.from || t === cause.to - 1)
    ? { ...cause, size: cause.size / 2 }
    : cause;

/** Lets one physical cause act on a step that lies `days` after its beginning. */
function act({ kind, size }: Cause, series: SeriesKind, state: PlantState, days: number): void {
  const { weather } = state;
  if (kind === 'heat_wave') weather.temp_c += size;
  else if (kind === 'cold_snap') weather.temp_c -= size;
  else if (kind === 'holiday') state.day_factor *= 1 - size;
  else if (kind === 'spring_festival')
    state.day_factor *= springFestivalFactor(Math.floor(days), state.hour, size);
  else if (kind === 'curtailment') state.limit = Math.min(state.limit, size);
  else if (kind === 'outage') state.available *= 1 - size;
  else if (kind === 'soiling') state.derate *= 1 - size;
  else if (kind === 'icing') {
    state.derate *= 1 - size;
    // Rime grows in supercooled cloud: below freezing and close to saturation.
    weather.temp_c = Math.min(weather.temp_c, -2.5);
    weather.humidity_pct = 97;
  } else if (kind === 'ramp' && series === 'wind') weather.wind_ms = Math.max(0, weather.wind_ms - size);
  else if (kind === 'ramp' && series === 'solar') weather.irradiance_wm2 *= 1 - size;
  else if (kind === 'ramp') state.extra += size;
}

/** The everyday error shrinks with what is in service and with a low sun; it makes nothing at night and breaks no limit. */
function powerAt({ series, capacity }: Scenario, state: PlantState, swing: number): number {
  const share = shareOf(series, state);
  if (series === 'price') return tenth(capacity * (share + swing));
  if (share === 0) return 0;
  const dim = series === 'solar' ? Math.min(1, 5 * share) : 1;
  const noisy = Math.max(0, share + swing * state.available * state.derate * dim);
  return tenth(capacity * (series === 'load' ? noisy : Math.min(state.limit, noisy)));
}

/** Errors of the mast's own instruments: ±0.3 K, ±0.1 m/s, ±1.5 % of irradiance, ±1 % humidity. Always four draws. */
function instrument(weather: Weather, uniform: () => number): Weather {
  const [a, b, c, d] = [uniform(), uniform(), uniform(), uniform()].map((u) => 2 * u - 1) as [
    number,
    number,
    number,
    number,
  ];
  return {
    temp_c: weather.temp_c + 0.3 * a,
    wind_ms: Math.max(0, weather.wind_ms + 0.1 * b),
    irradiance_wm2: weather.irradiance_wm2 * (1 + 0.015 * c),
    humidity_pct: Math.min(100, weather.humidity_pct + d),
  };
}

function shown({ temp_c, wind_ms, irradiance_wm2, humidity_pct }: Weather): Weather {
  return {
    temp_c: tenth(temp_c),
    wind_ms: tenth(wind_ms),
    irradiance_wm2: Math.round(irradiance_wm2),
    humidity_pct: Math.round(humidity_pct),
  };
}
