/** Quantile of ascending values by linear interpolation between order statistics (type 7 of Hyndman and Fan). */
export function quantile(ascending: ArrayLike<number>, p: number): number {
  if (ascending.length === 0) throw new RangeError('quantile: no values');
  const place = Math.min(1, Math.max(0, p)) * (ascending.length - 1);
  const low = Math.floor(place);
  const value = ascending[low]!;
  return low + 1 < ascending.length ? value + (place - low) * (ascending[low + 1]! - value) : value;
}
