export interface SignFlip {
  /** P of a sum at least as far from 0, either side. */
  twoSided: number;
  /** P of a sum at least as low: small where the differences are losses. */
  lower: number;
  /** Every assignment of signs was tried. */
  exact: boolean;
}

const EXACT_UP_TO = 12;

/**
 * Sign-flip permutation test of "no difference": if two runs can be swapped, each cluster's summed difference is as
 * likely with the other sign. Up to 12 clusters every assignment is tried; beyond, `flips` drawn ones and the
 * observed one, so that p is never 0 and the test keeps its level:  p = (1 + #as extreme)/(1 + flips).
 * @param sums the summed differences of each cluster
 * @param bits 32 random bits a call, from a seeded stream
 */
export function signFlip(sums: readonly number[], bits: () => number, flips = 9999): SignFlip {
  const values = sums.filter((sum) => sum !== 0);
  if (values.length === 0) return { twoSided: 1, lower: 1, exact: true };
  const observed = values.reduce((total, value) => total + value, 0);
  // Equal sums in another order differ by rounding, and must count as ties.
  const slack = 1e-9 * values.reduce((total, value) => total + Math.abs(value), 0);
  const exact = values.length <= EXACT_UP_TO;
  const rounds = exact ? 2 ** values.length : flips;
  let [far, low] = exact ? [0, 0] : [1, 1];
  for (let round = 0; round < rounds; round++) {
    const total = exact ? sumWithSigns(values, () => round) : sumWithSigns(values, bits);
    if (Math.abs(total) >= Math.abs(observed) - slack) far++;
    if (total <= observed + slack) low++;
  }
  const of = exact ? rounds : rounds + 1;
  return { twoSided: far / of, lower: low / of, exact };
}

function sumWithSigns(values: readonly number[], bits: () => number): number {
  let total = 0;
  let word = 0;
  for (let i = 0; i < values.length; i++) {
    if (i % 32 === 0) word = bits();
    total += word & 1 ? -values[i]! : values[i]!;
    word >>>= 1;
  }
  return total;
}
