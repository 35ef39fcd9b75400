import type { SparseMatrix } from '../math/sparse.ts';
import { type AcProblem, type AcState, injectionsAt, PQ, PV } from './ac-problem.ts';

/** Numbers the unknowns: the angle of every bus that is pv or pq, the voltage of every pq bus; -1 for what is known. */
export interface Unknowns {
  count: number;
  angle: Int32Array;
  voltage: Int32Array;
  order: Int32Array;
}

/** Eliminates bus by bus in the order of least degree, a bus's angle and voltage together. */
export function numberUnknowns(kind: Uint8Array, busOrder: Int32Array): Unknowns {
  const angle = new Int32Array(kind.length).fill(-1);
  const voltage = new Int32Array(kind.length).fill(-1);
  let count = 0;
  for (const bus of busOrder) {
    if (kind[bus] === PV || kind[bus] === PQ) angle[bus] = count++;
    if (kind[bus] === PQ) voltage[bus] = count++;
  }
  return { count, angle, voltage, order: Int32Array.from({ length: count }, (_, k) => k) };
}

export interface Mismatch {
  p: Float64Array;
  q: Float64Array;
  /** P and Q still missing, by unknown. */
  vector: Float64Array;
  largest: number;
  worst: number;
}

export function mismatchAt({ y, p, q }: AcProblem, unknowns: Unknowns, state: AcState): Mismatch {
  const actual = injectionsAt(y, state);
  const vector = new Float64Array(unknowns.count);
  let largest = 0;
  let worst = 0;
  const put = (slot: number, bus: number, missing: number) => {
    if (slot < 0) return;
    vector[slot] = missing;
    // Written so that NaN counts as the largest.
    if (!(Math.abs(missing) <= largest)) {
      largest = Math.abs(missing);
      worst = bus;
    }
  };
  for (let i = 0; i < y.n; i++) {
    put(unknowns.angle[i]!, i, p[i]! - actual.p[i]!);
    put(unknowns.voltage[i]!, i, q[i]! - actual.q[i]!);
  }
  return { ...actual, vector, largest, worst };
}

/** The Jacobian of P and Q by θ and V. Column by column: the pattern is symmetric, so the neighbours of j give its rows. */
export function jacobian(
  { y }: AcProblem,
  unknowns: Unknowns,
  { vm, va }: AcState,
  at: Mismatch,
): SparseMatrix {
  const room = 4 * y.column.length;
  const start = new Int32Array(unknowns.count + 1);
  const row = new Int32Array(room);
  const value = new Float64Array(room);
  let length = 0;
  const put = (slot: number, entry: number) => {
    if (slot < 0) return;
    row[length] = slot;
    value[length++] = entry;
  };
  const fill = (j: number, byVoltage: boolean) => {
    for (let e = y.start[j]!; e < y.start[j + 1]!; e++) {
      const i = y.column[e]!;
      const [g, b] = [y.g[y.mirror[e]!]!, y.b[y.mirror[e]!]!];
      const angle = va[i]! - va[j]!;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const [active, reactive] = [vm[i]! * (g * cos + b * sin), vm[i]! * (g * sin - b * cos)];
      if (byVoltage) {
        put(unknowns.angle[i]!, active + (i === j ? at.p[i]! / vm[i]! : 0));
        put(unknowns.voltage[i]!, reactive + (i === j ? at.q[i]! / vm[i]! : 0));
      } else {
        put(unknowns.angle[i]!, vm[j]! * reactive - (i === j ? at.q[i]! : 0));
        put(unknowns.voltage[i]!, -vm[j]! * active + (i === j ? at.p[i]! : 0));
      }
    }
  };
  const columns: [number, boolean][] = new Array(unknowns.count);
  for (let j = 0; j < y.n; j++) {
    if (unknowns.angle[j]! >= 0) columns[unknowns.angle[j]!] = [j, false];
    if (unknowns.voltage[j]! >= 0) columns[unknowns.voltage[j]!] = [j, true];
  }
  columns.forEach(([j, byVoltage], slot) => {
    fill(j, byVoltage);
    start[slot + 1] = length;
  });
  return { n: unknowns.count, start, row: row.subarray(0, length), value: value.subarray(0, length) };
}
