import { normalQuantile, tQuantile } from './distributions.ts';
import { type Interval, wilson } from './wilson.ts';

/** One sample's value: the mean of its epochs. Items of one cluster stand or fall together. */
export interface Item {
  value: number;
  cluster: string;
  epochs: number;
}

/**
 * How an interval was made.
 * `wilson`: one rate. `cluster-wilson`, `cluster-t`: from a cluster-robust standard error, for scores and for differences.
 * `constant`: no variance could be estimated. `strata`: a mean of strata.
 */
export const METHODS = ['wilson', 'cluster-wilson', 'cluster-t', 'constant', 'strata'] as const;

export interface MeanEstimate {
  mean: number;
  standardError: number;
  interval: Interval;
  /** Degrees of freedom of the t quantile that the interval used. */
  df: number;
  n: number;
  clusters: number;
  method: (typeof METHODS)[number];
}

export interface MeanOptions {
  level?: number;
  /** Ends of the scale that values live on: scores [0, 1], differences of scores [-1, 1]. */
  bounds?: Interval;
}

/**
 * Mean of items with its interval.
 * Zeros and ones of unrelated items, one epoch each: Wilson. Otherwise the cluster-robust standard error
 *   SE² = G/(G−1) · Σ_g(Σ_{i∈g}(s_i − s̄))² / n²
 * with t of G − 1 degrees of freedom: s̄ ± t SE for differences, Wilson's equation for scores (see `interval`).
 * @throws RangeError for no items
 */
export function meanInterval(items: readonly Item[], options: MeanOptions = {}): MeanEstimate {
  const { level = 0.95, bounds = [0, 1] } = options;
  const n = items.length;
  if (n === 0) throw new RangeError('meanInterval: no items');
  const mean = items.reduce((sum, item) => sum + item.value, 0) / n;
  const residuals = new Map<string, number>();
  for (const { cluster, value } of items)
    residuals.set(cluster, (residuals.get(cluster) ?? 0) + value - mean);
  const clusters = residuals.size;
  const first = items[0]!.value;
  const base = { mean: Math.min(bounds[1], Math.max(bounds[0], mean)), n, clusters };

  if (isScore(bounds) && isPlainRate(items, clusters)) {
    const ends = wilson(Math.round(mean * n), n, level);
    const standardError = Math.sqrt((mean * (1 - mean)) / n) || spread(mean, ends, level);
    return { ...base, standardError, interval: ends, df: Number.POSITIVE_INFINITY, method: 'wilson' };
  }
  const squares = [...residuals.values()].reduce((sum, residual) => sum + residual * residual, 0);
  const variance = clusters > 1 ? ((clusters / (clusters - 1)) * squares) / (n * n) : 0;
  // Equal values leave rounding dust in the residuals, and one cluster leaves nothing to estimate from.
  if (items.every((item) => item.value === first) || variance < 1e-24) {
    const ends = constantInterval(base.mean, clusters, level, bounds);
    const standardError = spread(base.mean, ends, level);
    return { ...base, standardError, interval: ends, df: Math.max(1, clusters - 1), method: 'constant' };
  }
  const standardError = Math.sqrt(variance);
  const df = clusters - 1;
  const method = isScore(bounds) ? 'cluster-wilson' : 'cluster-t';
  return {
    ...base,
    standardError,
    interval: interval(base.mean, standardError, df, level, bounds),
    df,
    method,
  };
}

/**
 * Mean of the means of independent strata, each weighing the same however many items it has:
 *   SE² = Σ SE_k² / K², degrees of freedom by Welch and Satterthwaite.
 * A mean of one stratum is that stratum.
 */
export function strataInterval(strata: readonly MeanEstimate[], options: MeanOptions = {}): MeanEstimate {
  const { level = 0.95, bounds = [0, 1] } = options;
  if (strata.length === 0) throw new RangeError('strataInterval: no strata');
  if (strata.length === 1) return strata[0]!;
  const count = strata.length;
  const mean = strata.reduce((sum, stratum) => sum + stratum.mean, 0) / count;
  const totals = {
    n: strata.reduce((sum, { n }) => sum + n, 0),
    clusters: strata.reduce((sum, { clusters }) => sum + clusters, 0),
  };
  const pooled = pooledConstant(strata);
  if (pooled !== undefined) {
    const ends = constantInterval(mean, pooled, level, bounds);
    return {
      mean,
      standardError: spread(mean, ends, level),
      interval: ends,
      df: pooled - 1,
      method: 'constant',
      ...totals,
    };
  }
  const variances = strata.map(({ standardError }) => (standardError / count) ** 2);
  const variance = variances.reduce((sum, v) => sum + v, 0);
  const df = (variance * variance) / strata.reduce((sum, { df }, k) => sum + variances[k]! ** 2 / df, 0);
  const standardError = Math.sqrt(variance);
  return {
    mean,
    standardError,
    interval: interval(mean, standardError, df, level, bounds),
    df,
    method: 'strata',
    ...totals,
  };
}

/**
 * One value in every stratum. If a share q_k of stratum k's clusters were otherwise, none showing has a chance
 * Π(1−q_k)^G_k; of all q with the same chance the mean of q is at most what one stratum of K · min G clusters gives.
 */
function pooledConstant(strata: readonly MeanEstimate[]): number | undefined {
  const value = strata[0]!.mean;
  const constant = ({ mean, method }: MeanEstimate) =>
    mean === value && (method === 'constant' || (method === 'wilson' && (mean === 0 || mean === 1)));
  return strata.every(constant)
    ? strata.length * Math.min(...strata.map(({ clusters }) => clusters))
    : undefined;
}

function isPlainRate(items: readonly Item[], clusters: number): boolean {
  return (
    clusters === items.length &&
    items.every(({ value, epochs }) => epochs === 1 && (value === 0 || value === 1))
  );
}

/**
 * Interval where all G clusters gave one value (or there is one cluster): up to a share u of all such clusters
 * may be otherwise without one having shown, u being Wilson's upper end of 0 in G; those may lie anywhere on the scale.
 * For a score of 1 this is Wilson's interval of G in G, the neighbour of the rule of three.
 */
function constantInterval(value: number, clusters: number, level: number, bounds: Interval): Interval {
  const share = wilson(0, clusters, level)[1];
  return [value + share * (bounds[0] - value), value + share * (bounds[1] - value)];
}

/** The standard error an interval stands for, by its longer arm: so that a saturated stratum does not count as certain. */
function spread(mean: number, [low, high]: Interval, level: number): number {
  return Math.max(mean - low, high - mean) / normalQuantile((1 + level) / 2);
}

const isScore = ([low, high]: Interval) => low === 0 && high === 1;

/**
 * Ends from a standard error. For scores, the roots π of (s̄ − π)² = t² SE² π(1−π) / (s̄(1−s̄)): Wilson's interval of
 * the effective sample size n = s̄(1−s̄)/SE² that the standard error stands for, with t for z. It stays within [0, 1].
 * The plain s̄ ± t SE held a true 0.95 in 87 % of simulated runs with 50 pairs of twins; this one in 97 %.
 */
function interval(
  mean: number,
  standardError: number,
  df: number,
  level: number,
  bounds: Interval,
): Interval {
  const t = tQuantile((1 + level) / 2, df);
  if (!isScore(bounds) || mean <= 0 || mean >= 1)
    return [Math.max(bounds[0], mean - t * standardError), Math.min(bounds[1], mean + t * standardError)];
  // With a = t²/n the roots are (s̄ + a/2 ± √(a s̄(1−s̄) + a²/4)) / (1 + a).
  const a = (t * standardError) ** 2 / (mean * (1 - mean));
  const half = Math.sqrt(a * mean * (1 - mean) + (a * a) / 4);
  return [Math.max(0, (mean + a / 2 - half) / (1 + a)), Math.min(1, (mean + a / 2 + half) / (1 + a))];
}
