/** Uniform in [0, 1): every draw of the simulator comes from one of these. */
export type Uniform = () => number;

export const int = (uniform: Uniform, lo: number, hi: number): number =>
  lo + Math.floor(uniform() * (hi - lo + 1));

/** @throws RangeError for an empty list */
export function pick<T>(uniform: Uniform, items: readonly T[]): T {
  if (items.length === 0) throw new RangeError('nothing to draw from');
  return items[int(uniform, 0, items.length - 1)] as T;
}
