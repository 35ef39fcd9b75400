/** Complex numbers as plain values, and dense complex linear systems on typed arrays, for networks of up to a few hundred nodes. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}

export const ZERO: Complex = { re: 0, im: 0 };
export const ONE: Complex = { re: 1, im: 0 };
export const J: Complex = { re: 0, im: 1 };

export const complex = (re: number, im = 0): Complex => ({ re, im });
/** Magnitude and angle in degrees. */
export const polar = (magnitude: number, angle_deg: number): Complex => {
  const angle = (angle_deg * Math.PI) / 180;
  return { re: magnitude * Math.cos(angle), im: magnitude * Math.sin(angle) };
};

export const add = (a: Complex, b: Complex): Complex => ({ re: a.re + b.re, im: a.im + b.im });
export const sub = (a: Complex, b: Complex): Complex => ({ re: a.re - b.re, im: a.im - b.im });
export const mul = (a: Complex, b: Complex): Complex => ({
  re: a.re * b.re - a.im * b.im,
  im: a.re * b.im + a.im * b.re,
});
export const scale = (a: Complex, factor: number): Complex => ({ re: a.re * factor, im: a.im * factor });
export const conj = (a: Complex): Complex => ({ re: a.re, im: -a.im });
export const abs = (a: Complex): number => Math.hypot(a.re, a.im);
/** Angle in degrees, (-180, 180]; 0 for zero. */
export const arg_deg = (a: Complex): number => (Math.atan2(a.im, a.re) * 180) / Math.PI;
export const sum = (...terms: readonly Complex[]): Complex => terms.reduce(add, ZERO);

/** a / b by Smith's scaling, so that large and small parts do not overflow. Division by zero gives NaN or infinities. */
export function div(a: Complex, b: Complex): Complex {
  if (Math.abs(b.re) >= Math.abs(b.im)) {
    const ratio = b.im / b.re;
    const den = b.re + b.im * ratio;
    return { re: (a.re + a.im * ratio) / den, im: (a.im - a.re * ratio) / den };
  }
  const ratio = b.re / b.im;
  const den = b.re * ratio + b.im;
  return { re: (a.re * ratio + a.im) / den, im: (a.im * ratio - a.re) / den };
}
export const inverse = (a: Complex): Complex => div(ONE, a);
/** Two impedances in parallel. */
export const parallel = (a: Complex, b: Complex): Complex => div(mul(a, b), add(a, b));

/** A square matrix in row-major order: entry (i, j) is at i·n + j of both arrays. */
export interface ComplexMatrix {
  n: number;
  re: Float64Array;
  im: Float64Array;
}

export function complexMatrix(n: number): ComplexMatrix {
  return { n, re: new Float64Array(n * n), im: new Float64Array(n * n) };
}

export const entry = (m: ComplexMatrix, i: number, j: number): Complex => ({
  re: m.re[i * m.n + j]!,
  im: m.im[i * m.n + j]!,
});

export function addTo(m: ComplexMatrix, i: number, j: number, value: Complex): void {
  m.re[i * m.n + j]! += value.re;
  m.im[i * m.n + j]! += value.im;
}

export interface ComplexLu {
  /** The row of the given matrix that stands at each row of the factors. */
  order: Int32Array;
  lu: ComplexMatrix;
}

/**
 * LU factors with partial pivoting (Doolittle, by rows).
 * @throws RangeError for a matrix that is singular to working precision: a part of the network without a path to its reference
 */
export function factor(matrix: ComplexMatrix): ComplexLu {
  const { n } = matrix;
  const lu: ComplexMatrix = { n, re: matrix.re.slice(), im: matrix.im.slice() };
  const order = Int32Array.from({ length: n }, (_, i) => i);
  const largest = columnSizes(matrix);
  for (let k = 0; k < n; k++) {
    const pivot = pivotRow(lu, k);
    if (!(Math.hypot(lu.re[pivot * n + k]!, lu.im[pivot * n + k]!) > largest[k]! * 1e-14))
      throw new RangeError(`singular matrix: no pivot in column ${k}`);
    if (pivot !== k) swapRows(lu, order, pivot, k);
    eliminateBelow(lu, k);
  }
  return { order, lu };
}

/** The largest entry of each column: what is nothing beside it is rounding, whatever the units of other nodes. */
function columnSizes({ n, re, im }: ComplexMatrix): Float64Array {
  const sizes = new Float64Array(n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) sizes[j] = Math.max(sizes[j]!, Math.hypot(re[i * n + j]!, im[i * n + j]!));
  return sizes;
}

function pivotRow({ n, re, im }: ComplexMatrix, column: number): number {
  let best = column;
  let size = -1;
  for (let i = column; i < n; i++) {
    const candidate = Math.hypot(re[i * n + column]!, im[i * n + column]!);
    if (candidate > size) [best, size] = [i, candidate];
  }
  return best;
}

function swapRows({ n, re, im }: ComplexMatrix, order: Int32Array, a: number, b: number): void {
  [order[a], order[b]] = [order[b]!, order[a]!];
  for (let j = 0; j < n; j++) {
    [re[a * n + j], re[b * n + j]] = [re[b * n + j]!, re[a * n + j]!];
    [im[a * n + j], im[b * n + j]] = [im[b * n + j]!, im[a * n + j]!];
  }
}

function eliminateBelow({ n, re, im }: ComplexMatrix, k: number): void {
  const pivot = { re: re[k * n + k]!, im: im[k * n + k]! };
  for (let i = k + 1; i < n; i++) {
    const at = i * n + k;
    if (re[at] === 0 && im[at] === 0) continue;
    const f = div({ re: re[at]!, im: im[at]! }, pivot);
    re[at] = f.re;
    im[at] = f.im;
    for (let j = k + 1; j < n; j++) {
      const [ur, ui] = [re[k * n + j]!, im[k * n + j]!];
      re[i * n + j]! -= f.re * ur - f.im * ui;
      im[i * n + j]! -= f.re * ui + f.im * ur;
    }
  }
}

/** x with A·x = b, from the factors of A. */
export function solve({ order, lu }: ComplexLu, b: readonly Complex[]): Complex[] {
  const { n } = lu;
  const x: Complex[] = [];
  for (let i = 0; i < n; i++) {
    let value = b[order[i]!]!;
    for (let j = 0; j < i; j++) value = sub(value, mul(entry(lu, i, j), x[j]!));
    x.push(value);
  }
  for (let i = n - 1; i >= 0; i--) {
    let value = x[i]!;
    for (let j = i + 1; j < n; j++) value = sub(value, mul(entry(lu, i, j), x[j]!));
    x[i] = div(value, entry(lu, i, i));
  }
  return x;
}

/** Column j of the inverse: the response of every node to a unit injection at node j. */
export function inverseColumn(factors: ComplexLu, j: number): Complex[] {
  return solve(
    factors,
    Array.from({ length: factors.lu.n }, (_, i) => (i === j ? ONE : ZERO)),
  );
}

/** A·x. */
export function multiply(m: ComplexMatrix, x: readonly Complex[]): Complex[] {
  return Array.from({ length: m.n }, (_, i) => {
    let total = ZERO;
    for (let j = 0; j < m.n; j++) total = add(total, mul(entry(m, i, j), x[j]!));
    return total;
  });
}
