import { minimumDegree } from '../math/ordering.ts';
import type { SparseMatrix } from '../math/sparse.ts';
import { type Factorisation, factorise, SingularMatrix } from '../math/sparse-lu.ts';
import type { BusAdmittance } from './admittance.ts';

/** What a bus holds: nothing (dead), voltage and angle (slack), power and voltage (pv), power and reactive power (pq). */
export const DEAD = 0;
export const SLACK = 1;
export const PV = 2;
export const PQ = 3;

/** The power flow equations of a network in per unit, by bus position. */
export interface AcProblem {
  y: BusAdmittance;
  kind: Uint8Array;
  /** Net injections asked for; p is not used at slacks, q only at pq buses. */
  p: Float64Array;
  q: Float64Array;
}

export interface AcState {
  vm: Float64Array;
  va: Float64Array;
}

export interface NewtonOptions {
  tolerance_pu: number;
  max_iterations: number;
  /** Halve a step that does not lessen the mismatch: slower, but leaves fewer starts without an end. */
  damped: boolean;
}

export type NewtonResult = {
  state: AcState;
  iterations: number;
  mismatch_pu: number;
  /** Position of the bus with the largest mismatch. */
  worst: number;
} & (
  | { converged: true }
  | { converged: false; reason: 'singular' | 'diverged' | 'stalled' | 'iteration-limit' }
);

/** Net injections P and Q at given voltages: P_i = V_i Σ V_j (G cos θij + B sin θij), Q_i = V_i Σ V_j (G sin θij - B cos θij). */
export function injectionsAt(y: BusAdmittance, { vm, va }: AcState): { p: Float64Array; q: Float64Array } {
  const p = new Float64Array(y.n);
  const q = new Float64Array(y.n);
  for (let i = 0; i < y.n; i++) {
    for (let e = y.start[i]!; e < y.start[i + 1]!; e++) {
      const j = y.column[e]!;
      const angle = va[i]! - va[j]!;
      const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
      const scale = vm[i]! * vm[j]!;
      p[i]! += scale * (y.g[e]! * cos + y.b[e]! * sin);
      q[i]! += scale * (y.g[e]! * sin - y.b[e]! * cos);
    }
  }
  return { p, q };
}

/** Numbers the unknowns: the angle of every bus that is pv or pq, the voltage of every pq bus; -1 for what is known. */
interface Unknowns {
  count: number;
  angle: Int32Array;
  voltage: Int32Array;
  order: Int32Array;
}

/** Eliminates bus by bus in the order of least degree, a bus's angle and voltage together. */
function numberUnknowns(kind: Uint8Array, busOrder: Int32Array): Unknowns {
  const angle = new Int32Array(kind.length).fill(-1);
  const voltage = new Int32Array(kind.length).fill(-1);
  let count = 0;
  for (const bus of busOrder) {
    if (kind[bus] === PV || kind[bus] === PQ) angle[bus] = count++;
    if (kind[bus] === PQ) voltage[bus] = count++;
  }
  return { count, angle, voltage, order: Int32Array.from({ length: count }, (_, k) => k) };
}

interface Mismatch {
  p: Float64Array;
  q: Float64Array;
  /** P and Q still missing, by unknown. */
  vector: Float64Array;
  largest: number;
  worst: number;
}

function mismatchAt({ y, p, q }: AcProblem, unknowns: Unknowns, state: AcState): Mismatch {
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
function jacobian({ y }: AcProblem, unknowns: Unknowns, { vm, va }: AcState, at: Mismatch): SparseMatrix {
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

function step(state: AcState, unknowns: Unknowns, change: Float64Array, length: number): AcState {
  const vm = state.vm.slice();
  const va = state.va.slice();
  for (let i = 0; i < vm.length; i++) {
    if (unknowns.angle[i]! >= 0) va[i]! += length * change[unknowns.angle[i]!]!;
    if (unknowns.voltage[i]! >= 0) vm[i]! += length * change[unknowns.voltage[i]!]!;
  }
  return { vm, va };
}

const norm = (vector: Float64Array) => vector.reduce((sum, x) => sum + x * x, 0);

/** The bus order of elimination depends on the network alone, so it is found once for all its solves. */
export function eliminationOrder(y: BusAdmittance): Int32Array {
  const neighbours = Array.from({ length: y.n }, (_, i) => [
    ...y.column.subarray(y.start[i]! + 1, y.start[i + 1]!),
  ]);
  return minimumDegree(neighbours);
}

/** A mismatch of so many per unit will not come back. */
const HOPELESS_PU = 1e6;
const MAX_HALVINGS = 12;

/**
 * Newton-Raphson on the power balance in polar coordinates (Tinney and Hart 1967): J Δ(θ, V) = (ΔP, ΔQ) until the largest
 * mismatch is within tolerance.
 */
export function newton(
  problem: AcProblem,
  busOrder: Int32Array,
  start: AcState,
  options: NewtonOptions,
): NewtonResult {
  const unknowns = numberUnknowns(problem.kind, busOrder);
  let state = start;
  let at = mismatchAt(problem, unknowns, state);
  for (let iterations = 0; ; iterations++) {
    const report = { state, iterations, mismatch_pu: at.largest, worst: at.worst };
    if (at.largest <= options.tolerance_pu) return { ...report, converged: true };
    if (!(at.largest < HOPELESS_PU)) return { ...report, converged: false, reason: 'diverged' };
    if (iterations === options.max_iterations)
      return { ...report, converged: false, reason: 'iteration-limit' };
    const factors = tryFactorise(jacobian(problem, unknowns, state, at), unknowns.order);
    if (!factors) return { ...report, converged: false, reason: 'singular' };
    const change = factors.solve(at.vector);
    let length = 1;
    let next = step(state, unknowns, change, length);
    let after = mismatchAt(problem, unknowns, next);
    for (let i = 0; options.damped && !(norm(after.vector) < norm(at.vector)); i++) {
      if (i === MAX_HALVINGS) return { ...report, converged: false, reason: 'stalled' };
      length /= 2;
      next = step(state, unknowns, change, length);
      after = mismatchAt(problem, unknowns, next);
    }
    [state, at] = [next, after];
  }
}

function tryFactorise(matrix: SparseMatrix, order: Int32Array): Factorisation | undefined {
  try {
    return factorise(matrix, order);
  } catch (error) {
    if (error instanceof SingularMatrix) return undefined;
    throw error;
  }
}
