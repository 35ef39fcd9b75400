import { mean, pairsOf, type Series } from './pairs.ts';

/** What an nRMSE is divided by. Left unsaid, the figure means nothing. */
export type Divisor = { kind: 'capacity'; value: number } | { kind: 'mean' } | { kind: 'range' };

export interface PointMetrics {
  /** Steps that count, and steps left out because a value is missing. */
  n: number;
  missing: number;
  /** Mean |forecast − actual|, in the unit of the series. */
  mae: number;
  rmse: number;
  /** Mean (forecast − actual): above 0 means too high. */
  bias: number;
  /** Mean |error/actual| as a fraction, over the steps whose actual is not 0; absent where all are 0. */
  mape?: number;
  /** Steps that MAPE leaves out because the actual is 0. */
  mape_left_out: number;
  /** Σ|error| / Σ|actual| as a fraction: what survives zeros. Absent where Σ|actual| is 0. */
  wape?: number;
  /** RMSE over the divisor asked for, as a fraction. */
  nrmse?: number;
  /** 1 − RMSE/capacity, Chinese practice for wind and solar power forecasts; only where the divisor is capacity. */
  accuracy?: number;
}

/**
 * Point metrics of a forecast. MAPE leaves out steps whose actual is exactly 0 and counts them; values close
 * to 0 stay in, which is why it can exceed 100 % beside a small MAE.
 * @throws RangeError as `pairsOf`, and for a capacity that is not above 0
 */
export function pointMetrics(actual: Series, forecast: Series, divisor?: Divisor): PointMetrics {
  const pairs = pairsOf(actual, forecast);
  const errors = pairs.actual.map((a, i) => (pairs.forecast[i] as number) - a);
  const rmse = Math.sqrt(mean(errors.map((e) => e * e)));
  const nonzero = pairs.actual.flatMap((a, i) => (a === 0 ? [] : [Math.abs((errors[i] as number) / a)]));
  const total = pairs.actual.reduce((sum, a) => sum + Math.abs(a), 0);
  const scale = divisor && divisorOf(divisor, pairs.actual);
  return {
    n: errors.length,
    missing: pairs.missing,
    mae: mean(errors.map(Math.abs)),
    rmse,
    bias: mean(errors),
    ...(nonzero.length > 0 ? { mape: mean(nonzero) } : {}),
    mape_left_out: errors.length - nonzero.length,
    ...(total > 0 ? { wape: errors.reduce((sum, e) => sum + Math.abs(e), 0) / total } : {}),
    ...(scale ? { nrmse: rmse / scale } : {}),
    ...(scale && divisor?.kind === 'capacity' ? { accuracy: 1 - rmse / scale } : {}),
  };
}

function divisorOf(divisor: Divisor, actual: readonly number[]): number | undefined {
  if (divisor.kind === 'capacity') {
    if (!(divisor.value > 0)) throw new RangeError('a capacity is above 0');
    return divisor.value;
  }
  const value = divisor.kind === 'mean' ? mean(actual) : Math.max(...actual) - Math.min(...actual);
  return value > 0 ? value : undefined;
}

/**
 * Skill of a forecast over a reference: 1 − RMSE/RMSE_reference, both on the steps that all three series share.
 * Undefined where the reference makes no error.
 */
export function skill(actual: Series, forecast: Series, reference: Series): number | undefined {
  const shared = actual.map((a, i) => (a === null || forecast[i] == null || reference[i] == null ? null : a));
  const base = pointMetrics(shared, reference).rmse;
  return base === 0 ? undefined : 1 - pointMetrics(shared, forecast).rmse / base;
}

/**
 * Persistence: each step is forecast as the value `lag` steps before it. A seasonal naive forecast is persistence
 * with the season's length (24 for hours of a day). The first `lag` steps have no forecast.
 */
export const persistence = (actual: Series, lag = 1): (number | null)[] =>
  actual.map((_, i) => (i >= lag ? (actual[i - lag] ?? null) : null));

/** Energy of a power series: Σ P · Δt, missing steps left out. 15-minute MW give MWh with `step_h` 0.25. */
export const energyOf = (power: Series, step_h: number): number =>
  power.reduce<number>((sum, p) => sum + (p ?? 0), 0) * step_h;
