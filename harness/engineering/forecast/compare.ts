import { mean, type Series } from './pairs.ts';

export interface LossDifference {
  /** Steps at which the actual and both forecasts are there. */
  n: number;
  /** Mean of d = e_A² − e_B²: above 0 where B is the better one. */
  mean: number;
  /** mean/(s/√n), s the standard deviation of d with n − 1. */
  t: number;
  /** Correlation of d with itself one step on, Σ d′ₜ·d′ₜ₊₁ / Σ d′ₜ², with d′ = d − mean. */
  rho: number;
  /** n·(1 − ρ)/(1 + ρ), with a ρ below 0 taken for 0: what n steps that hang together are worth. */
  n_effective: number;
  /** t·√(n_effective/n). */
  t_effective: number;
}

/**
 * Whether one forecast beats another by more than chance: the test of Diebold and Mariano (1995) on squared errors,
 * once as if steps were independent and once with the effective sample size of a first-order autoregression.
 * Missing steps are left out and the rest closed up. One step of memory is all that is corrected for: where errors
 * overlap by more, as those of forecasts many steps ahead do, the corrected t still flatters.
 * @throws RangeError for series of different length, fewer than 3 steps, or losses that never differ in size
 */
export function lossDifference(actual: Series, a: Series, b: Series): LossDifference {
  if (actual.length !== a.length || actual.length !== b.length)
    throw new RangeError('the three series differ in length');
  const d = actual.flatMap((y, t) => {
    const [fa, fb] = [a[t] ?? null, b[t] ?? null];
    return y === null || fa === null || fb === null ? [] : [(fa - y) ** 2 - (fb - y) ** 2];
  });
  const n = d.length;
  if (n < 3) throw new RangeError(`${n} steps are too few to compare on`);
  const centre = mean(d);
  const away = d.map((value) => value - centre);
  const squares = away.reduce((sum, value) => sum + value * value, 0);
  if (!(squares > 0)) throw new RangeError('the difference of the losses never changes');
  const t = centre / Math.sqrt(squares / (n - 1) / n);
  const rho = away.slice(1).reduce((sum, value, i) => sum + value * (away[i] as number), 0) / squares;
  const n_effective = (n * (1 - Math.max(0, rho))) / (1 + Math.max(0, rho));
  return { n, mean: centre, t, rho, n_effective, t_effective: t * Math.sqrt(n_effective / n) };
}
