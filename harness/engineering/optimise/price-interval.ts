import { marginalCost } from './cost-curve.ts';
import type { DcOpfModel } from './dc-opf-model.ts';
import { addColumn, addRow, createModel, type Model, type Term } from './model.ts';
import { type Range, rangeOver } from './range-over.ts';

/**
 * Every price that supports an optimum, by its optimality conditions. With outputs P and angles θ known, prices λ
 * and branch duals ν are right if and only if
 *   each running unit's marginal cost equals its bus price (below it at p_max, above it at p_min, between its two
 *   slopes at a corner), ν is zero off the limits, and at each bus  Σ ± b (λ_from − λ_to − ν) = 0.
 * A set that is not a point means degenerate prices: any of them is as right as the solver's.
 * @param x the optimum, by column of the model
 * @returns by live bus; empty where prices are unique, undefined where the optimum is too rough to tell
 */
export function priceRanges(opf: DcOpfModel, x: ArrayLike<number>): Range[] | undefined {
  return rangesWithin(opf, x, 1e-7) ?? rangesWithin(opf, x, 1e-4);
}

interface DualProgram {
  dual: Model;
  /** Columns: price of each live bus, dual of each branch that stands at a limit. */
  lambda: number[];
  nu: (number | undefined)[];
}

function rangesWithin(opf: DcOpfModel, x: ArrayLike<number>, slip: number): Range[] | undefined {
  const { dual, lambda, nu } = dualProgram(opf, x, slip);
  const { references } = opf.live;
  const binding = nu.filter((column) => column !== undefined);
  const corners = endsOf(dual, [...references.map((i) => lambda[i]), ...binding]);
  if (!corners) return undefined;
  // One price an island and the branch duals fix all other prices: with these unique there is nothing to search.
  // An end may be infinite, so the width is held against the smaller of the two.
  const unique = corners.every(
    ({ low, high }) => high - low <= 1e-3 * Math.max(1, Math.min(Math.abs(low), Math.abs(high))),
  );
  if (unique) return [];
  return endsOf(dual, lambda);
}

/**
 * Ranges of some columns. All columns are boxed in far beyond any marginal cost, since a simplex method may not
 * come back from an unbounded ray; an end that moves with the box is no end.
 */
function endsOf(dual: Model, columns: readonly number[]): Range[] | undefined {
  const known = dual.columns.flatMap(({ lower, upper }) => [lower, upper]).filter(Number.isFinite);
  const box = 1e5 * Math.max(1, ...known.map(Math.abs));
  const [near, far] = [box, 2 * box].map((size) => rangesInBox(dual, columns, size));
  if (!near || !far) return undefined;
  const moves = (a: number, b: number) => Math.abs(b - a) > 1e-3 * Math.max(1, Math.abs(a));
  return near.map(({ low, high }, i) => ({
    low: moves(low, far[i].low) ? -Infinity : low,
    high: moves(high, far[i].high) ? Infinity : high,
  }));
}

function rangesInBox(dual: Model, columns: readonly number[], box: number): Range[] | undefined {
  const boxed = dual.columns.map((column) => ({
    ...column,
    lower: Math.max(column.lower, -box),
    upper: Math.min(column.upper, box),
  }));
  return rangeOver(
    { ...dual, columns: boxed },
    columns.map((column) => [[column, 1]]),
  );
}

/** @param slip how far, relatively, a marginal cost may stand off the price: the optimum itself is only known so well */
function dualProgram(opf: DcOpfModel, x: ArrayLike<number>, slip: number): DualProgram {
  const { live, angle } = opf;
  const dual = createModel();
  const lambda = live.buses.map(({ bus }) =>
    addColumn(dual, { name: `price at bus ${bus.id}`, lower: -Infinity, upper: Infinity, cost: 0 }),
  );
  boundByCosts(opf, x, slip, (at) => dual.columns[lambda[at]]);
  const nu = live.branches.map((branch) => {
    const flow = branch.b_mw * (x[angle[branch.from]] - x[angle[branch.to]] - branch.shift_rad);
    const near = 1e-6 * Math.max(1, Math.abs(flow));
    const lower = branch.flow_max_mw - flow <= near ? -Infinity : 0;
    const upper = flow - branch.flow_min_mw <= near ? Infinity : 0;
    if (lower === 0 && upper === 0) return undefined;
    return addColumn(dual, { name: branch.name, lower, upper, cost: 0 });
  });
  const terms: Term[][] = live.buses.map(() => []);
  live.branches.forEach(({ from, to, b_mw }, l) => {
    // Scaled to per-unit size, so that the solver's feasibility tolerance means the same on every network.
    const b = b_mw / 1000;
    const entries: Term[] = [
      [lambda[from], b],
      [lambda[to], -b],
    ];
    const own = nu[l];
    if (own !== undefined) entries.push([own, -b]);
    terms[from].push(...entries);
    terms[to].push(...entries.map(([column, value]): Term => [column, -value]));
  });
  live.buses.forEach(({ bus }, i) => {
    addRow(dual, { name: `angle of bus ${bus.id}`, lower: 0, upper: 0, terms: terms[i] });
  });
  return { dual, lambda, nu };
}

/** A unit between its limits holds its bus price to its marginal cost; at a limit it only bounds it from one side. */
function boundByCosts(
  { live, power }: DcOpfModel,
  x: ArrayLike<number>,
  slip: number,
  price: (at: number) => { lower: number; upper: number },
): void {
  live.generators.forEach(({ generator: { cost, p_min_mw, p_max_mw }, at }, i) => {
    const p = x[power[i]];
    const near = 1e-6 * Math.max(1, Math.abs(p_max_mw));
    const { below, above } = marginalCost(cost, p, near);
    const column = price(at);
    if (p > p_min_mw + near)
      column.lower = Math.max(column.lower, below - slip * Math.max(1, Math.abs(below)));
    if (p < p_max_mw - near)
      column.upper = Math.min(column.upper, above + slip * Math.max(1, Math.abs(above)));
  });
}
