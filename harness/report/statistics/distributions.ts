import { incompleteBeta, lowerGamma, upperGamma } from './special.ts';

/** Φ(z), standard normal. Both tails keep their relative accuracy. */
export function normalCdf(z: number): number {
  if (z === 0) return 0.5;
  const tail = 0.5 * upperGamma(0.5, (z * z) / 2);
  return z < 0 ? tail : 1 - tail;
}

/** z with Φ(z) = p; p in (0, 1), ±Infinity at its ends. */
export function normalQuantile(p: number): number {
  return once(`${p}`, () => symmetricQuantile(p, normalCdf));
}

/** P(T ≤ t) of Student's t with `df` > 0 degrees of freedom (any real number; Infinity is the normal). */
export function tCdf(t: number, df: number): number {
  if (df === Number.POSITIVE_INFINITY) return normalCdf(t);
  if (t === 0) return 0.5;
  const square = t * t;
  const tail = 0.5 * incompleteBeta(df / (df + square), df / 2, 0.5, square / (df + square));
  return t < 0 ? tail : 1 - tail;
}

export function tQuantile(p: number, df: number): number {
  return once(`${p} ${df}`, () => symmetricQuantile(p, (t) => tCdf(t, df)));
}

/** The intervals of a report share a few quantiles: each is searched for once. */
const quantiles = new Map<string, number>();
const MOST_KEPT = 1000;

function once(key: string, search: () => number): number {
  const known = quantiles.get(key);
  if (known !== undefined) return known;
  if (quantiles.size >= MOST_KEPT) quantiles.clear();
  const quantile = search();
  quantiles.set(key, quantile);
  return quantile;
}

export function betaCdf(x: number, a: number, b: number): number {
  return incompleteBeta(x, a, b);
}

export function betaQuantile(p: number, a: number, b: number): number {
  checkProbability(p);
  return bisect((x) => betaCdf(x, a, b), p, 0, 1);
}

export function chi2Cdf(x: number, df: number): number {
  return lowerGamma(df / 2, x / 2);
}

export function chi2Quantile(p: number, df: number): number {
  checkProbability(p);
  if (p === 1) return Number.POSITIVE_INFINITY;
  let high = df + 1;
  while (chi2Cdf(high, df) < p) high *= 2;
  return bisect((x) => chi2Cdf(x, df), p, 0, high);
}

/** Searched in the lower tail, where a cdf keeps its digits, and mirrored. */
function symmetricQuantile(p: number, cdf: (x: number) => number): number {
  checkProbability(p);
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 1) return Number.POSITIVE_INFINITY;
  if (p === 0.5) return 0;
  const tail = Math.min(p, 1 - p);
  let low = -1;
  while (cdf(low) > tail && low > -1e300) low *= 2;
  const quantile = bisect(cdf, tail, low, 0);
  return p < 0.5 ? quantile : -quantile;
}

/** Halves [low, high] until the two are neighbours: slower than Newton's method, and never wrong. */
function bisect(cdf: (x: number) => number, p: number, low: number, high: number): number {
  for (let i = 0; i < 2000; i++) {
    const middle = low + (high - low) / 2;
    if (middle === low || middle === high) break;
    if (cdf(middle) < p) low = middle;
    else high = middle;
  }
  return low + (high - low) / 2;
}

function checkProbability(p: number): void {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`${p} is not a probability`);
}
