/** A square sparse matrix by compressed columns: column j holds entries `start[j]` to `start[j + 1] - 1`, rows unordered. */
export interface SparseMatrix {
  n: number;
  start: Int32Array;
  row: Int32Array;
  value: Float64Array;
}

/** Entries in any order; entries of one place add up. */
export interface Triplets {
  row: number[];
  column: number[];
  value: number[];
}

/** Compresses triplets of an n × n matrix. Places whose entries cancel stay, as explicit zeros. */
export function compress(n: number, { row, column, value }: Triplets): SparseMatrix {
  const count = new Int32Array(n + 1);
  for (const j of column) count[j + 1]!++;
  for (let j = 0; j < n; j++) count[j + 1]! += count[j]!;
  const next = count.slice();
  const rows = new Int32Array(value.length);
  const values = new Float64Array(value.length);
  for (let k = 0; k < value.length; k++) {
    const at = next[column[k]!]!++;
    rows[at] = row[k]!;
    values[at] = value[k]!;
  }
  return sumDuplicates({ n, start: count, row: rows, value: values });
}

function sumDuplicates({ n, start, row, value }: SparseMatrix): SparseMatrix {
  const seenAt = new Int32Array(n).fill(-1);
  const compact = new Int32Array(n + 1);
  let out = 0;
  for (let j = 0; j < n; j++) {
    const first = out;
    for (let k = start[j]!; k < start[j + 1]!; k++) {
      const i = row[k]!;
      const seen = seenAt[i]!;
      if (seen >= first) value[seen]! += value[k]!;
      else {
        seenAt[i] = out;
        row[out] = i;
        value[out++] = value[k]!;
      }
    }
    compact[j + 1] = out;
  }
  return { n, start: compact, row: row.subarray(0, out), value: value.subarray(0, out) };
}

/** y = A x */
export function multiply(a: SparseMatrix, x: Float64Array): Float64Array {
  const y = new Float64Array(a.n);
  for (let j = 0; j < a.n; j++) {
    for (let k = a.start[j]!; k < a.start[j + 1]!; k++) y[a.row[k]!]! += a.value[k]! * x[j]!;
  }
  return y;
}
