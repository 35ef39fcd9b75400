import type { Cause } from './causes.ts';
import type { Series } from './pairs.ts';

/**
 * What the control room's record shows of a true series, with faults on the way, in the order given:
 * stuck repeats the last value before the window; missing is null; spike adds `size` · capacity;
 * clock_shift shows in step t the value of step t − size (the nearest end where there is none).
 */
export function record(actual: Series, faults: readonly Cause[], capacity: number): (number | null)[] {
  return faults.reduce<(number | null)[]>(
    (shown, fault) =>
      shown.map((value, t) => (within(fault, t) ? shownAt(shown, fault, t, capacity) : value)),
    [...actual],
  );
}

export const within = ({ from, to }: Pick<Cause, 'from' | 'to'>, t: number): boolean => t >= from && t < to;

function shownAt(series: Series, { kind, from, size }: Cause, t: number, capacity: number): number | null {
  const value = series[t] ?? null;
  switch (kind) {
    case 'missing':
      return null;
    case 'stuck':
      return series[Math.max(0, from - 1)] ?? null;
    case 'spike':
      return value === null ? null : Number((value + size * capacity).toFixed(6));
    case 'clock_shift':
      return series[Math.min(series.length - 1, Math.max(0, t - size))] ?? null;
    default:
      return value;
  }
}
