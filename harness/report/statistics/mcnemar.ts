import { incompleteBeta } from './special.ts';

/**
 * Exact two-sided McNemar test: of the pairs that changed, `lost` went from pass to fail and `won` the other way.
 * Under no difference lost is binomial(lost + won, ½):  p = min(1, 2 P(X ≤ min(lost, won))).
 */
export function mcnemar(lost: number, won: number): number {
  const n = lost + won;
  const k = Math.min(lost, won);
  if (2 * k === n) return 1;
  // P(X ≤ k) = I_½(n − k, k + 1)
  return Math.min(1, 2 * incompleteBeta(0.5, n - k, k + 1));
}
