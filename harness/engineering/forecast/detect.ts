import { mean, type Series } from './pairs.ts';

/** Steps from ≤ t < to. */
export interface Run {
  from: number;
  to: number;
}

/** Longest runs of steps for which `holds`. */
export function runsWhere(length: number, holds: (t: number) => boolean): Run[] {
  const runs: Run[] = [];
  for (let t = 0; t < length; t++) {
    if (!holds(t)) continue;
    const last = runs.at(-1);
    if (last?.to === t) last.to = t + 1;
    else runs.push({ from: t, to: t + 1 });
  }
  return runs;
}

/** Runs of missing values. */
export const gaps = (series: Series): Run[] => runsWhere(series.length, (t) => (series[t] ?? null) === null);

/**
 * Runs of at least `least` equal values. The first value of a run is the last true one. Values in `usual` (0 at night,
 * a plant's rating) may stand still honestly and are left out.
 */
export function stuckRuns(series: Series, least: number, usual: readonly number[] = [0]): Run[] {
  const repeats = runsWhere(series.length, (t) => {
    const value = series[t] ?? null;
    return t > 0 && value !== null && value === series[t - 1] && !usual.includes(value);
  });
  return repeats.map(({ from, to }) => ({ from: from - 1, to })).filter(({ from, to }) => to - from >= least);
}

/**
 * Steps that stand off the median of their window by more than `threshold` times the median of such distances
 * (Hampel's filter, a window of 2 · half + 1). A floor keeps a quiet series from flagging its own rounding.
 */
export function spikes(series: Series, half = 3, threshold = 6, floor = 0): number[] {
  return series.flatMap((value, t) => {
    if (value === null) return [];
    const near = series.slice(Math.max(0, t - half), t + half + 1).filter((v) => v !== null);
    const centre = median(near);
    const spread = median(near.map((v) => Math.abs(v - centre)));
    return Math.abs(value - centre) > Math.max(floor, threshold * spread) ? [t] : [];
  });
}

export function median(values: readonly number[]): number {
  if (values.length === 0) throw new RangeError('no value has no median');
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** Pearson's correlation; undefined where either side stands still. */
function correlation(a: readonly number[], b: readonly number[]): number | undefined {
  const [meanA, meanB] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  for (const [i, value] of a.entries()) {
    const [x, y] = [value - meanA, (b[i] as number) - meanB];
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : undefined;
}

/**
 * The lag in whole steps at which a series follows a reference best: the k with the highest correlation of series[t]
 * and reference[t − k] over the steps of `window`. Positive: the series is late. Missing values are left out.
 * @returns undefined where no lag leaves three pairs that vary
 */
export function lagOf(
  series: Series,
  reference: Series,
  most: number,
  window: Run = { from: 0, to: series.length },
): { lag: number; correlation: number } | undefined {
  let best: { lag: number; correlation: number } | undefined;
  for (let lag = -most; lag <= most; lag++) {
    const pairs: [number, number][] = [];
    for (let t = window.from; t < window.to; t++) {
      const [value, other] = [series[t] ?? null, reference[t - lag] ?? null];
      if (value !== null && other !== null) pairs.push([value, other]);
    }
    if (pairs.length < 3) continue;
    const r = correlation(
      pairs.map(([value]) => value),
      pairs.map(([, other]) => other),
    );
    const closer = best && Math.abs(lag) < Math.abs(best.lag) && r === best.correlation;
    if (r !== undefined && (!best || r > best.correlation || closer)) best = { lag, correlation: r };
  }
  return best;
}

/**
 * The one change of level that explains a series best: the split with the least Σ(x − mean of its side)². `share` is
 * how much of the variance it explains; whether that is a change of regime is the caller's threshold.
 * @returns undefined for fewer than 4 values or a series that stands still
 */
export function levelShift(
  series: Series,
): { at: number; before: number; after: number; share: number } | undefined {
  const known = series.flatMap((value, t) => (value === null ? [] : [{ value, t }]));
  if (known.length < 4) return undefined;
  const squares = (part: readonly { value: number }[]) => {
    const centre = mean(part.map(({ value }) => value));
    return part.reduce((sum, { value }) => sum + (value - centre) ** 2, 0);
  };
  const whole = squares(known);
  if (whole === 0) return undefined;
  const splits = Array.from({ length: known.length - 3 }, (_, i) => i + 2);
  const left = splits.map((n) => squares(known.slice(0, n)) + squares(known.slice(n)));
  const least = left.indexOf(Math.min(...left));
  const n = splits[least] as number;
  return {
    at: known[n]?.t as number,
    before: mean(known.slice(0, n).map(({ value }) => value)),
    after: mean(known.slice(n).map(({ value }) => value)),
    share: 1 - (left[least] as number) / whole,
  };
}
