/** Holm's adjusted p-values: rejecting those ≤ α keeps the chance of any false rejection at α, however they depend. */
export function holm(p: readonly number[]): number[] {
  return stepwise(p, (value, rank, count) => value * (count - rank), 'up');
}

/** Benjamini and Hochberg's adjusted p-values: the expected share of false ones among those ≤ q is at most q. */
export function benjaminiHochberg(p: readonly number[]): number[] {
  return stepwise(p, (value, rank, count) => (value * count) / (rank + 1), 'down');
}

/** Scales each p by its ascending rank (from 0), then makes the results monotone: going up, or coming down. */
function stepwise(
  p: readonly number[],
  scale: (value: number, rank: number, count: number) => number,
  direction: 'up' | 'down',
): number[] {
  const order = p.map((_, i) => i).sort((a, b) => p[a]! - p[b]!);
  const out = new Array<number>(p.length);
  const ranks = direction === 'up' ? order.map((_, rank) => rank) : order.map((_, rank) => rank).reverse();
  let bound = direction === 'up' ? 0 : 1;
  for (const rank of ranks) {
    const adjusted = Math.min(1, scale(p[order[rank]!]!, rank, p.length));
    bound = direction === 'up' ? Math.max(bound, adjusted) : Math.min(bound, adjusted);
    out[order[rank]!] = bound;
  }
  return out;
}
