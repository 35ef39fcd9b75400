/** B(2k) / (2k (2k − 1)), k = 1…8, of Stirling's series for ln Γ. */
const STIRLING = [
  1 / 12,
  -1 / 360,
  1 / 1260,
  -1 / 1680,
  1 / 1188,
  -691 / 360360,
  1 / 156,
  -3617 / 122400,
] as const;

/**
 * ln Γ(x), x > 0: Stirling's series above 10, reached from below by Γ(x + 1) = x Γ(x).
 * Relative error below 1e-14 except close to the zeros at 1 and 2, where the absolute error is.
 */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new RangeError(`logGamma: ${x} is not positive`);
  let shift = 1;
  while (x < 10) shift *= x++;
  let series = 0;
  for (let k = STIRLING.length - 1; k >= 0; k--) series = series / (x * x) + STIRLING[k]!;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series / x - Math.log(shift);
}

const TINY = 1e-300;
const away = (value: number) => (Math.abs(value) < TINY ? TINY : value);

/** Value of b0 + a1/(b1 + a2/(b2 + …)) by Lentz's method; `term(i)` gives [a_i, b_i] from i = 1. */
function continuedFraction(b0: number, term: (i: number) => readonly [number, number]): number {
  let value = away(b0);
  let [c, d] = [value, 0];
  for (let i = 1; i <= 10_000; i++) {
    const [a, b] = term(i);
    d = 1 / away(b + a * d);
    c = away(b + a / c);
    value *= c * d;
    if (Math.abs(c * d - 1) < 1e-16) break;
  }
  return value;
}

/** Regularised incomplete beta I_x(a, b): DLMF 8.17.22, from whichever end converges. `rest` is 1 − x, given where it is known better. */
export function incompleteBeta(x: number, a: number, b: number, rest = 1 - x): number {
  if (x <= 0) return 0;
  if (rest <= 0) return 1;
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(rest, b, a, x);
  const front = Math.exp(
    a * Math.log(x) + b * Math.log(rest) - logGamma(a) - logGamma(b) + logGamma(a + b) - Math.log(a),
  );
  const fraction = continuedFraction(1, (i) => {
    const m = Math.floor(i / 2);
    const top = i % 2 === 0 ? m * (b - m) * x : -(a + m) * (a + b + m) * x;
    return [top / ((a + i - 1) * (a + i)), 1];
  });
  return front / fraction;
}

/** Regularised upper incomplete gamma Q(a, x) = Γ(a, x)/Γ(a): series of P below a + 1 (DLMF 8.11.4), continued fraction above (8.9.2). */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  if (x < a + 1) {
    let [term, sum] = [1 / a, 1 / a];
    for (let n = 1; n < 10_000 && term > sum * 1e-17; n++) sum += term *= x / (a + n);
    return 1 - front * sum;
  }
  return front / continuedFraction(x + 1 - a, (i) => [-i * (i - a), x + 1 - a + 2 * i]);
}

/** P(a, x) = 1 − Q(a, x), without the cancellation near 0. */
export function lowerGamma(a: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= a + 1) return 1 - upperGamma(a, x);
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  let [term, sum] = [1 / a, 1 / a];
  for (let n = 1; n < 10_000 && term > sum * 1e-17; n++) sum += term *= x / (a + n);
  return front * sum;
}
