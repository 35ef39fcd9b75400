import type { SparseMatrix } from './sparse.ts';

/** A matrix that cannot be factorised. `column` is the first one without a pivot, in the numbering of the matrix. */
export class SingularMatrix extends Error {
  override readonly name = 'SingularMatrix';
  readonly column: number;
  constructor(column: number) {
    super(`the matrix is singular at column ${column}`);
    this.column = column;
  }
}

export interface Factorisation {
  readonly n: number;
  /** Entries of L and U together: how much the order of elimination filled in. */
  readonly entries: number;
  /** x with A x = b; b is left as it is. */
  solve(b: Float64Array): Float64Array;
}

/** The diagonal is kept as pivot unless it is smaller than this part of its column's largest: it costs no fill. */
const DIAGONAL_PREFERENCE = 0.01;

/** Columns of a growing triangular factor. */
class Columns {
  readonly start: Int32Array;
  row: Int32Array;
  value: Float64Array;
  length = 0;

  constructor(n: number, capacity: number) {
    this.start = new Int32Array(n + 1);
    this.row = new Int32Array(capacity);
    this.value = new Float64Array(capacity);
  }

  push(row: number, value: number): void {
    if (this.length === this.row.length) {
      const [rows, values] = [this.row, this.value];
      this.row = new Int32Array(2 * this.length + 16);
      this.value = new Float64Array(2 * this.length + 16);
      this.row.set(rows);
      this.value.set(values);
    }
    this.row[this.length] = row;
    this.value[this.length++] = value;
  }
}

/**
 * Rows that solving L x = A(:, column) reaches, in an order in which every row comes before those it updates: depth-first
 * search over the columns of L (Gilbert and Peierls, SIAM J. Sci. Stat. Comput. 9(5), 1988). They are written to the end of
 * `out`; the return value is where they begin.
 */
function createReach(n: number, lower: Columns, pivotOfRow: Int32Array) {
  const visited = new Int32Array(n).fill(-1);
  const stack = new Int32Array(n);
  const nextChild = new Int32Array(n);
  const out = new Int32Array(n);
  // Entries of L below the pivot that row i became; none where it is no pivot yet.
  const begin = (i: number) => (pivotOfRow[i]! < 0 ? 0 : lower.start[pivotOfRow[i]!]! + 1);
  const end = (i: number) => (pivotOfRow[i]! < 0 ? 0 : lower.start[pivotOfRow[i]! + 1]!);
  const visit = (root: number, stamp: number, top: number): number => {
    let depth = 0;
    stack[0] = root;
    visited[root] = stamp;
    nextChild[0] = begin(root);
    while (depth >= 0) {
      const i = stack[depth]!;
      let child = -1;
      while (child < 0 && nextChild[depth]! < end(i)) {
        const candidate = lower.row[nextChild[depth]!++]!;
        if (visited[candidate] !== stamp) child = candidate;
      }
      if (child < 0) {
        out[--top] = i;
        depth--;
      } else {
        visited[child] = stamp;
        stack[++depth] = child;
        nextChild[depth] = begin(child);
      }
    }
    return top;
  };
  return {
    out,
    reach(a: SparseMatrix, column: number, stamp: number): number {
      let top = n;
      for (let k = a.start[column]!; k < a.start[column + 1]!; k++) {
        if (visited[a.row[k]!] !== stamp) top = visit(a.row[k]!, stamp, top);
      }
      return top;
    },
  };
}

/**
 * Sparse LU, P A Q = L U, left-looking by columns, Q given by `order`, P found by threshold partial pivoting.
 * @throws SingularMatrix
 */
export function factorise(a: SparseMatrix, order: Int32Array): Factorisation {
  const { n } = a;
  const capacity = 4 * a.value.length + n;
  const lower = new Columns(n, capacity);
  const upper = new Columns(n, capacity);
  const pivotOfRow = new Int32Array(n).fill(-1);
  const x = new Float64Array(n);
  const search = createReach(n, lower, pivotOfRow);
  for (let k = 0; k < n; k++) {
    const column = order[k]!;
    const top = search.reach(a, column, k);
    for (let p = top; p < n; p++) x[search.out[p]!] = 0;
    for (let p = a.start[column]!; p < a.start[column + 1]!; p++) x[a.row[p]!] = a.value[p]!;
    eliminate(lower, pivotOfRow, x, search.out, top);
    const pivotRow = choosePivot(pivotOfRow, x, search.out, top, column);
    const pivot = pivotRow < 0 ? 0 : x[pivotRow]!;
    if (pivot === 0 || !Number.isFinite(pivot)) throw new SingularMatrix(column);
    pivotOfRow[pivotRow] = k;
    lower.push(pivotRow, 1);
    for (let p = top; p < n; p++) {
      const i = search.out[p]!;
      if (pivotOfRow[i]! < 0) lower.push(i, x[i]! / pivot);
      else if (i !== pivotRow) upper.push(pivotOfRow[i]!, x[i]!);
    }
    upper.push(k, pivot); // Last of its column, where back substitution looks for it.
    lower.start[k + 1] = lower.length;
    upper.start[k + 1] = upper.length;
  }
  for (let p = 0; p < lower.length; p++) lower.row[p] = pivotOfRow[lower.row[p]!]!;
  return { n, entries: lower.length + upper.length, solve: (b) => solve(lower, upper, pivotOfRow, order, b) };
}

/** x becomes L⁻¹ x on the rows that were reached. */
function eliminate(
  lower: Columns,
  pivotOfRow: Int32Array,
  x: Float64Array,
  out: Int32Array,
  top: number,
): void {
  for (let p = top; p < out.length; p++) {
    const k = pivotOfRow[out[p]!]!;
    if (k < 0) continue;
    const value = x[out[p]!]!;
    if (value === 0) continue;
    for (let q = lower.start[k]! + 1; q < lower.start[k + 1]!; q++)
      x[lower.row[q]!]! -= lower.value[q]! * value;
  }
}

function choosePivot(
  pivotOfRow: Int32Array,
  x: Float64Array,
  out: Int32Array,
  top: number,
  column: number,
): number {
  let best = -1;
  let largest = 0;
  let diagonal = 0;
  for (let p = top; p < out.length; p++) {
    const i = out[p]!;
    if (pivotOfRow[i]! >= 0) continue;
    const size = Math.abs(x[i]!);
    if (i === column) diagonal = size;
    if (size > largest) {
      largest = size;
      best = i;
    }
  }
  return diagonal > 0 && diagonal >= DIAGONAL_PREFERENCE * largest ? column : best;
}

function solve(
  lower: Columns,
  upper: Columns,
  pivotOfRow: Int32Array,
  order: Int32Array,
  b: Float64Array,
): Float64Array {
  const n = order.length;
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) y[pivotOfRow[i]!] = b[i]!;
  for (let k = 0; k < n; k++) {
    const value = y[k]!;
    if (value === 0) continue;
    for (let q = lower.start[k]! + 1; q < lower.start[k + 1]!; q++)
      y[lower.row[q]!]! -= lower.value[q]! * value;
  }
  const x = new Float64Array(n);
  for (let k = n - 1; k >= 0; k--) {
    const last = upper.start[k + 1]! - 1;
    const value = y[k]! / upper.value[last]!;
    x[order[k]!] = value;
    for (let q = upper.start[k]!; q < last; q++) y[upper.row[q]!]! -= upper.value[q]! * value;
  }
  return x;
}
