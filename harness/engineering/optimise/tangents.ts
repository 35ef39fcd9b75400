import { addColumn, addRow, type Model, type Optimum } from './model.ts';
import { type Outcome, run, type SolveOptions, SolverError } from './solver.ts';

/**
 * A separable convex quadratic program by linear programs alone (Kelley's cutting planes): each square is held
 * above its tangents, and every round adds the tangents where the last optimum fell short. The bound from below
 * meets the cost of the point found from above.
 */
export function solveByTangents(model: Model, options: SolveOptions = {}): Outcome {
  const outer: Model = {
    offset: model.offset,
    columns: model.columns.map(({ square_cost: _, ...column }) => ({ ...column })),
    rows: [...model.rows],
  };
  const squares = model.columns.flatMap(({ square_cost, name }, j) => {
    if (!square_cost) return [];
    const y = addColumn(outer, { name: `square of ${name}`, lower: 0, upper: Infinity, cost: square_cost });
    return [{ j, y, square_cost }];
  });
  // x² ≥ 2 a x − a², the tangent at a.
  const cut = ({ j, y }: { j: number; y: number }, a: number) =>
    addRow(outer, {
      name: `tangent at ${a}`,
      lower: -a * a,
      upper: Infinity,
      terms: [
        [y, 1],
        [j, -2 * a],
      ],
      definition: true,
    });
  for (const square of squares) {
    const { lower, upper } = model.columns[square.j];
    for (const end of [lower, upper, (lower + upper) / 2]) if (Number.isFinite(end)) cut(square, end);
  }
  for (let round = 0; round < 100; round++) {
    const outcome = run(outer, options);
    if (typeof outcome === 'string') return outcome;
    const gaps = squares.map(({ j, y, square_cost }) => square_cost * (outcome.x[j] ** 2 - outcome.x[y]));
    const objective = outcome.objective + gaps.reduce((sum, gap) => sum + gap, 0);
    // Cuts only hold to the solver's own tolerance, so that the gap cannot close entirely.
    if (objective - outcome.objective <= 2e-6 + 1e-9 * Math.abs(objective))
      return trimmed(outcome, model, objective);
    squares.forEach((square, k) => {
      if (gaps[k] > 1e-12 * Math.max(1, Math.abs(objective))) cut(square, outcome.x[square.j]);
    });
  }
  throw new SolverError('the quadratic program did not converge');
}

function trimmed(outcome: Optimum, model: Model, objective: number): Optimum {
  return {
    status: 'optimal',
    objective,
    x: outcome.x.slice(0, model.columns.length),
    row_dual: outcome.row_dual.slice(0, model.rows.length),
    column_dual: outcome.column_dual.slice(0, model.columns.length),
  };
}
