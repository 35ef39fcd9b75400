import type { Series } from './pairs.ts';

/**
 * A series with its missing values put on the straight line between the nearest values on either side; a gap at an
 * end takes the nearest value.
 * @throws RangeError where no value is there at all
 */
export function fillLinear(series: Series): number[] {
  const known = series.flatMap((value, t) => (value === null ? [] : [{ t, value }]));
  const [first, last] = [known[0], known.at(-1)];
  if (!first || !last) throw new RangeError('no value to fill from');
  let right = 0;
  return series.map((value, t) => {
    if (value !== null) return value;
    while (right < known.length && (known[right] as { t: number }).t < t) right += 1;
    const [before, after] = [known[right - 1] ?? first, known[right] ?? last];
    if (before.t >= after.t) return before.value;
    return before.value + ((after.value - before.value) * (t - before.t)) / (after.t - before.t);
  });
}
