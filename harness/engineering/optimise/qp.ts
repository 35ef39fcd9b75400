import type { Model, Solution } from './model.ts';
import { polish } from './polish.ts';
import { scaled } from './scale.ts';
import { type Outcome, run, type SolveOptions, SolverError, solve } from './solver.ts';
import { solveByTangents } from './tangents.ts';

/**
 * Convex quadratic program (`square_cost`), continuous columns only, with duals.
 *
 * HiGHS's active-set method wants a well-scaled model, and may fail even so; then a sequence of linear programs
 * takes over. Either way the optimality conditions are solved once more, exactly, on the limits found active, so
 * that prices are good to the last digits.
 */
export function solveQp(model: Model, options: SolveOptions = {}): Solution {
  return solve(model, options, attempt);
}

function attempt(model: Model, options: SolveOptions): Outcome {
  if (!model.columns.some(({ square_cost }) => square_cost)) return run(model, options);
  const first = scaledRun(model, options);
  if (first === 'unbounded') return first;
  const exact = typeof first === 'object' ? polish(model, first) : undefined;
  if (exact) return exact;
  // Neither a verdict of "infeasible" nor an optimum that misses its own conditions is believed.
  const second = solveByTangents(model, options);
  return typeof second === 'string' ? second : (polish(model, second) ?? second);
}

function scaledRun(model: Model, options: SolveOptions): Outcome | undefined {
  try {
    const { model: even, restore } = scaled(model);
    const outcome = run(even, { ...options, regularisation: 0 });
    return typeof outcome === 'string' ? outcome : restore(outcome);
  } catch (error) {
    if (error instanceof SolverError) return undefined;
    throw error;
  }
}
