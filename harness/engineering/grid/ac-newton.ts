import { minimumDegree } from '../math/ordering.ts';
import type { SparseMatrix } from '../math/sparse.ts';
import { type Factorisation, factorise, SingularMatrix } from '../math/sparse-lu.ts';
import { jacobian, mismatchAt, numberUnknowns, type Unknowns } from './ac-jacobian.ts';
import type { AcProblem, AcState } from './ac-problem.ts';
import type { BusAdmittance } from './admittance.ts';

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
