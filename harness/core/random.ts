import { hash } from 'node:crypto';

/**
 * A seeded stream of random numbers: the same seed gives the same draws on every machine.
 * Trap: Math.log, cos and exp may differ in the last bit between engines, so facts drawn with `normal`
 * must be rounded before they are printed or solved.
 */
export interface Random {
  /** Uniform in [0, 1), 32 bits of resolution. */
  uniform(): number;
  /** Uniform on the grid lo, lo + step, …, hi (both ends included), free of binary dust: range(1, 2, 0.1) may give 1.3. */
  range(lo: number, hi: number, step: number): number;
  /** A whole number from lo to hi, both included. */
  int(lo: number, hi: number): number;
  pick<T>(items: readonly T[]): T;
  /** n different items, in random order. */
  sample<T>(items: readonly T[], n: number): T[];
  shuffle<T>(items: readonly T[]): T[];
  chance(probability: number): boolean;
  normal(mean?: number, sd?: number): number;
  /** An independent stream named by `label`: draws from it do not shift draws from this one. */
  fork(label: string): Random;
}

/** sfc32 (Chris Doty-Humphrey's small fast counting generator, 128 bits of state), keyed by the SHA-256 of the seed text. */
export function createRandom(seed: string): Random {
  const key = hash('sha256', seed, 'buffer');
  let [a, b, c, counter] = [0, 4, 8, 12].map((offset) => key.readUInt32LE(offset)) as [
    number,
    number,
    number,
    number,
  ];
  const next = (): number => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + t;
    c |= 0;
    return t >>> 0;
  };
  for (let i = 0; i < 12; i++) next();
  const uniform = () => next() / 2 ** 32;
  const int = (lo: number, hi: number) => lo + Math.floor(uniform() * (hi - lo + 1));
  const shuffle = <T>(items: readonly T[]): T[] => {
    const out = [...items];
    for (let i = out.length - 1; i > 0; i--) {
      const j = int(0, i);
      [out[i], out[j]] = [out[j] as T, out[i] as T];
    }
    return out;
  };
  return {
    uniform,
    int,
    shuffle,
    range(lo, hi, step) {
      const steps = Math.round((hi - lo) / step);
      return Number((lo + int(0, steps) * step).toPrecision(12));
    },
    pick(items) {
      if (items.length === 0) throw new RangeError('pick: no items');
      return items[int(0, items.length - 1)] as (typeof items)[number];
    },
    sample: (items, n) => shuffle(items).slice(0, n),
    chance: (probability) => uniform() < probability,
    normal(mean = 0, sd = 1) {
      const radius = Math.sqrt(-2 * Math.log(1 - uniform()));
      return mean + sd * radius * Math.cos(2 * Math.PI * uniform());
    },
    fork: (label) => createRandom(`${seed}/${label}`),
  };
}
