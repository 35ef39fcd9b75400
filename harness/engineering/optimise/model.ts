/**
 * An optimisation model as data:
 *   minimise   offset + Σ cost_j x_j + Σ square_cost_j x_j²
 *   subject to lower_i ≤ Σ a_ij x_j ≤ upper_i,  lower_j ≤ x_j ≤ upper_j,  some x_j whole.
 * Names are for people (reasons, shadow prices); the solver only sees positions, so any text may be a name.
 */
export interface Model {
  columns: Column[];
  rows: Row[];
  offset: number;
}

export interface Column {
  name: string;
  lower: number;
  upper: number;
  cost: number;
  /** Cost of x², not of x²/2. Must not be negative. */
  square_cost?: number;
  integer?: boolean;
}

export type Term = readonly [column: number, coefficient: number];

export interface Row {
  name: string;
  lower: number;
  upper: number;
  terms: readonly Term[];
  /** Ties variables together and has no meaning of its own to relax: never blamed when a model is infeasible. */
  definition?: boolean;
}

export function createModel(): Model {
  return { columns: [], rows: [], offset: 0 };
}

/** @returns the position of the new column */
export function addColumn(model: Model, column: Column): number {
  return model.columns.push(column) - 1;
}

/** @returns the position of the new row */
export function addRow(model: Model, row: Row): number {
  return model.rows.push(row) - 1;
}

export interface Optimum {
  status: 'optimal';
  objective: number;
  /** By column. */
  x: Float64Array;
  /** d objective / d bound of each row: the price of one more unit asked by it. */
  row_dual: Float64Array;
  /** d objective / d bound of each column. */
  column_dual: Float64Array;
}

/** What had to give for the rest of a model to hold, and by how much in the row's own unit. */
export interface Relaxation {
  constraint: string;
  by: number;
}

/** No solution, with the reason as data: the rows that cannot all hold, or the variables that run away. */
export interface NoOptimum {
  status: 'infeasible' | 'unbounded';
  reason: string;
  constraints: string[];
  relaxations: Relaxation[];
}

export type Solution = Optimum | NoOptimum;
