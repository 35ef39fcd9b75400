/** Uniform numbers in [0, 1): all randomness of the generator. */
export type Uniform = () => number;

/** A number of the grid lo, lo + step, …, hi, free of binary dust. */
export function onGrid(uniform: Uniform, lo: number, hi: number, step: number): number {
  const steps = Math.round((hi - lo) / step);
  return tidy(lo + Math.floor(uniform() * (steps + 1)) * step);
}

export const tidy = (value: number, digits = 12): number => Number(value.toPrecision(digits));

/** `items` in random order. */
export function shuffled<T>(uniform: Uniform, items: readonly T[]): T[] {
  const out = [...items];
  for (let i = out.length - 1; i > 0; i--) {
    const j = Math.floor(uniform() * (i + 1));
    [out[i], out[j]] = [out[j] as T, out[i] as T];
  }
  return out;
}
