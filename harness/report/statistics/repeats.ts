/** Chance that at least one of k draws, without replacement, from n attempts with c passes is a pass: 1 − C(n−c, k)/C(n, k). */
export function passAtK(n: number, c: number, k: number): number {
  return 1 - drawAll(n, n - c, k);
}

/** Chance that all k draws, without replacement, from n attempts with c passes are passes: C(c, k)/C(n, k). */
export function passHatK(n: number, c: number, k: number): number {
  return drawAll(n, c, k);
}

/** C(c, k)/C(n, k) as a product, since the binomials themselves overflow. */
function drawAll(n: number, c: number, k: number): number {
  if (!(k >= 1 && k <= n && c >= 0 && c <= n))
    throw new RangeError(`k = ${k} of n = ${n} attempts with c = ${c} passes`);
  let chance = 1;
  for (let i = 0; i < k; i++) chance *= Math.max(0, c - i) / (n - i);
  return chance;
}
