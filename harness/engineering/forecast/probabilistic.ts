import { mean, pairsOf, type Series } from './pairs.ts';

/**
 * Pinball loss of a forecast of quantile τ: mean of max(τ·e, (τ − 1)·e) with e = actual − forecast.
 * Half the MAE at τ = ½.
 */
export function pinball(actual: Series, quantileForecast: Series, tau: number): number {
  if (!(tau > 0 && tau < 1)) throw new RangeError('a quantile level lies between 0 and 1');
  const pairs = pairsOf(actual, quantileForecast);
  return mean(
    pairs.actual.map((a, i) => {
      const e = a - (pairs.forecast[i] as number);
      return Math.max(tau * e, (tau - 1) * e);
    }),
  );
}

export interface IntervalQuality {
  n: number;
  /** Share of actuals inside, ends included. */
  coverage: number;
  /** Mean width. */
  sharpness: number;
  below: number;
  above: number;
  /** Mean interval score (Gneiting and Raftery 2007): width + 2/α · distance outside. */
  interval_score: number;
}

/**
 * Quality of central intervals with nominal coverage 1 − α.
 * @throws RangeError where a lower end lies above its upper end
 */
export function intervalQuality(
  actual: Series,
  lower: Series,
  upper: Series,
  nominal: number,
): IntervalQuality {
  if (!(nominal > 0 && nominal < 1)) throw new RangeError('nominal coverage lies between 0 and 1');
  const low = pairsOf(actual, lower);
  const high = pairsOf(actual, upper);
  const highAt = new Map(high.at.map((step, i) => [step, high.forecast[i] as number]));
  const rows = low.at.flatMap((step, i) => {
    const top = highAt.get(step);
    return top === undefined
      ? []
      : [{ a: low.actual[i] as number, l: low.forecast[i] as number, u: top, step }];
  });
  const crossed = rows.find(({ l, u }) => l > u);
  if (crossed) throw new RangeError(`step ${crossed.step + 1}: the lower end lies above the upper end`);
  if (rows.length === 0) throw new RangeError('no step has a value and both ends');
  const below = rows.filter(({ a, l }) => a < l).length;
  const above = rows.filter(({ a, u }) => a > u).length;
  const alpha = 1 - nominal;
  return {
    n: rows.length,
    coverage: (rows.length - below - above) / rows.length,
    sharpness: mean(rows.map(({ l, u }) => u - l)),
    below,
    above,
    interval_score: mean(
      rows.map(({ a, l, u }) => u - l + (2 / alpha) * (Math.max(0, l - a) + Math.max(0, a - u))),
    ),
  };
}

/**
 * CRPS of an ensemble with equal weights, exactly: E|X − y| − ½ E|X − X′|. For one member it is the absolute error.
 * By sorting: Σᵢ (2i − m − 1) xᵢ / m² gives ½ E|X − X′|.
 */
export function crpsEnsemble(members: readonly number[], actual: number): number {
  const m = members.length;
  if (m === 0) throw new RangeError('an ensemble has members');
  const sorted = [...members].sort((a, b) => a - b);
  const spread = sorted.reduce((sum, x, i) => sum + (2 * (i + 1) - m - 1) * x, 0) / m ** 2;
  return mean(sorted.map((x) => Math.abs(x - actual))) - spread;
}

/**
 * CRPS from quantile forecasts: 2 ∫ pinball dτ by the trapezoidal rule over the levels given, which leaves the tails
 * beyond the outermost levels out. State the levels beside the figure.
 * @throws RangeError for levels that do not rise strictly within (0, 1)
 */
export function crpsFromQuantiles(
  levels: readonly number[],
  values: readonly number[],
  actual: number,
): number {
  if (levels.length < 2 || levels.length !== values.length)
    throw new RangeError('give two levels or more, and a value for each');
  const losses = levels.map((tau, i) => {
    if (!(tau > (levels[i - 1] ?? 0) && tau < 1))
      throw new RangeError('levels rise strictly between 0 and 1');
    const e = actual - (values[i] as number);
    return Math.max(tau * e, (tau - 1) * e);
  });
  let integral = 0;
  for (let i = 1; i < levels.length; i++) {
    integral +=
      (((losses[i] as number) + (losses[i - 1] as number)) / 2) *
      ((levels[i] as number) - (levels[i - 1] as number));
  }
  return 2 * integral;
}

/** Share of actuals at or below each quantile forecast: reliable where it equals the level. */
export const reliability = (actual: Series, quantileForecast: Series): number => {
  const pairs = pairsOf(actual, quantileForecast);
  return mean(pairs.actual.map((a, i) => (a <= (pairs.forecast[i] as number) ? 1 : 0)));
};
