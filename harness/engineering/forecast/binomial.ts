/**
 * P(K ≤ k) for K hits in n independent trials of probability p: Σ C(n, i)·pⁱ·(1 − p)ⁿ⁻ⁱ, each term from the one before
 * it. For the few dozen trials of a coverage test; (1 − p)ⁿ underflows for thousands.
 * @throws RangeError for k or n that are not whole, for k beyond n, and for p outside (0, 1)
 */
export function binomialAtMost(k: number, n: number, p: number): number {
  if (!Number.isInteger(k) || !Number.isInteger(n) || k < 0 || k > n)
    throw new RangeError(`${k} hits of ${n} trials`);
  if (!(p > 0 && p < 1)) throw new RangeError('a probability lies between 0 and 1');
  let term = (1 - p) ** n;
  if (term === 0) throw new RangeError(`${n} trials are too many for this sum`);
  let total = term;
  for (let i = 1; i <= k; i++) {
    term *= ((n - i + 1) / i) * (p / (1 - p));
    total += term;
  }
  return Math.min(1, total);
}
