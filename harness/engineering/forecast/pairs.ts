/** A measured series: null where nothing was measured. Every metric leaves such steps out, and says how many. */
export type Series = readonly (number | null)[];

export interface Pairs {
  actual: number[];
  forecast: number[];
  /** Where each pair stands in the series. */
  at: number[];
  /** Steps left out because either value is missing. */
  missing: number;
}

/**
 * The steps at which both values are there.
 * @throws RangeError for series of different length, values that are not finite, or no pair at all
 */
export function pairsOf(actual: Series, forecast: Series): Pairs {
  if (actual.length !== forecast.length)
    throw new RangeError(`${actual.length} measured values, but ${forecast.length} forecast ones`);
  const pairs: Pairs = { actual: [], forecast: [], at: [], missing: 0 };
  for (let i = 0; i < actual.length; i++) {
    const [a, f] = [actual[i] ?? null, forecast[i] ?? null];
    if (a === null || f === null) {
      pairs.missing += 1;
      continue;
    }
    if (!Number.isFinite(a) || !Number.isFinite(f)) throw new RangeError(`step ${i + 1} is not a number`);
    pairs.actual.push(a);
    pairs.forecast.push(f);
    pairs.at.push(i);
  }
  if (pairs.actual.length === 0) throw new RangeError('no step has both a measured and a forecast value');
  return pairs;
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
