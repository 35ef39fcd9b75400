import { addColumn, addRow, createModel, type Model, type Optimum, type Term } from './model.ts';
import { run } from './solver.ts';

/**
 * The exact optimum next to an approximate one. Which limits are active is read off the approximation; the
 * optimality conditions of a convex quadratic program are then linear in x and the row duals y,
 *   2 q_j x_j + c_j − Σ a_ij y_i  = 0 between the bounds, ≥ 0 at the lower, ≤ 0 at the upper,
 * with y = 0 off the limits and of the right sign on them. Any solution of these is optimal.
 * @returns undefined where the active limits were misread, so that no solution exists
 */
export function polish(model: Model, near: Optimum): Optimum | undefined {
  for (const tolerance of [1e-6, 1e-4, 1e-8]) {
    const exact = conditions(model, near, (value, _dual, lower, upper) =>
      sideOf(value, lower, upper, tolerance),
    );
    if (exact) return exact;
  }
  // Two limits a hair apart look alike by distance; the dual then tells which one pushes.
  return conditions(model, near, (value, dual, lower, upper) => {
    const side = sideOf(value, lower, upper, 1e-3);
    if (lower === upper || side === 'none') return side;
    return dual > 1e-5 ? 'lower' : dual < -1e-5 ? 'upper' : 'none';
  });
}

type Side = 'lower' | 'upper' | 'both' | 'none';

function sideOf(value: number, lower: number, upper: number, tolerance: number): Side {
  const near = tolerance * Math.max(1, Math.abs(value));
  const [low, high] = [value - lower <= near, upper - value <= near];
  if (low && high) return 'both';
  return low ? 'lower' : high ? 'upper' : 'none';
}

/** Bounds of a dual (or of a reduced cost, its mirror) by the side its constraint is held at. */
const DUAL: Record<Side, [number, number]> = {
  none: [0, 0],
  lower: [0, Infinity],
  upper: [-Infinity, 0],
  both: [-Infinity, Infinity],
};

function held(side: Side, lower: number, upper: number): { lower: number; upper: number } {
  if (side === 'lower') return { lower, upper: lower };
  if (side === 'upper') return { lower: upper, upper };
  return { lower, upper };
}

type Read = (value: number, dual: number, lower: number, upper: number) => Side;

function conditions(model: Model, near: Optimum, read: Read): Optimum | undefined {
  const system = createModel();
  const stationary: Term[][] = [];
  const sides = model.columns.map(({ name, lower, upper, square_cost = 0 }, j) => {
    const side = read(near.x[j], near.column_dual[j], lower, upper);
    addColumn(system, { name, ...held(side, lower, upper), cost: 0 });
    stationary.push(square_cost ? [[j, 2 * square_cost]] : []);
    return side;
  });
  const duals = model.rows.map((row, i) => {
    const activity = row.terms.reduce((sum, [j, a]) => sum + a * near.x[j], 0);
    const side = read(activity, near.row_dual[i], row.lower, row.upper);
    addRow(system, { ...row, ...held(side, row.lower, row.upper) });
    if (side === 'none') return undefined;
    const y = addColumn(system, { name: row.name, lower: DUAL[side][0], upper: DUAL[side][1], cost: 0 });
    for (const [j, a] of row.terms) stationary[j].push([y, -a]);
    return y;
  });
  stationary.forEach((terms, j) => {
    const { name, cost } = model.columns[j];
    const [low, high] = DUAL[sides[j]];
    addRow(system, { name, lower: low - cost, upper: high - cost, terms });
  });
  const outcome = run(system, {});
  if (typeof outcome === 'string') return undefined;
  return assemble(model, outcome.x, duals);
}

function assemble(model: Model, values: Float64Array, duals: readonly (number | undefined)[]): Optimum {
  const x = values.slice(0, model.columns.length);
  const row_dual = Float64Array.from(duals, (y) => (y === undefined ? 0 : values[y]));
  const column_dual = Float64Array.from(
    model.columns,
    ({ cost, square_cost = 0 }, j) => cost + 2 * square_cost * x[j],
  );
  model.rows.forEach(({ terms }, i) => {
    for (const [j, a] of terms) column_dual[j] -= a * row_dual[i];
  });
  const objective = model.columns.reduce(
    (sum, { cost, square_cost = 0 }, j) => sum + (cost + square_cost * x[j]) * x[j],
    model.offset,
  );
  return { status: 'optimal', objective, x, row_dual, column_dual };
}
