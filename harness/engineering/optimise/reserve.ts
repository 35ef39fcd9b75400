import type { Cost, Infeasible } from '../grid/network.ts';
import { addCost, isQuadratic } from './cost-curve.ts';
import { addColumn, addRow, createModel, type Model, type Term } from './model.ts';
import { solveQp } from './qp.ts';
import { solveLp } from './solver.ts';

/** A unit that is on, and may sell both energy and upward reserve. */
export interface ReserveUnit {
  name: string;
  p_min_mw: number;
  p_max_mw: number;
  cost: Cost;
  /** What the unit asks for a MW of reserve held for an hour. Default 0. */
  reserve_cost?: number;
  /** What it can deliver in time, by its ramp. Default all headroom. */
  reserve_max_mw?: number;
}

export interface ReserveProblem {
  units: readonly ReserveUnit[];
  demand_mw: number;
  reserve_mw: number;
  /** Money per MW short for an hour; absent, the requirement is firm. */
  shortage_price?: number;
}

export interface ReserveDispatch {
  status: 'optimal';
  dispatch_mw: number[];
  reserve_mw: number[];
  shortage_mw: number;
  /** Money per hour. */
  cost: number;
  /** Cost of one more MW of demand, money per MWh. */
  energy_price: number;
  /** Cost of one more MW of reserve, money per MW and hour: the dearest offer taken plus what its unit forgoes in energy. */
  reserve_price: number;
}

/**
 * Energy and reserve bought together for one hour:
 *   min Σ c(p) + Σ c_r r + price · shortage   subject to  Σ p = demand,  Σ r + shortage ≥ reserve,
 *   p_min ≤ p,  p + r ≤ p_max,  0 ≤ r ≤ r_max.   Needs `loadSolver()`.
 */
export function coOptimiseReserve(problem: ReserveProblem): ReserveDispatch | Infeasible {
  const { units, demand_mw, reserve_mw, shortage_price } = problem;
  const model = createModel();
  const columns = units.map((unit) => addReserveUnit(model, unit));
  const balance = addRow(model, {
    name: 'power balance',
    lower: demand_mw,
    upper: demand_mw,
    terms: columns.map(({ power }): Term => [power, 1]),
  });
  const upper = shortage_price === undefined ? 0 : Infinity;
  const short = addColumn(model, { name: 'reserve shortage', lower: 0, upper, cost: shortage_price ?? 0 });
  const need = addRow(model, {
    name: 'reserve requirement',
    lower: reserve_mw,
    upper: Infinity,
    terms: [...columns.map(({ held }): Term => [held, 1]), [short, 1]],
  });
  const solution = units.some(({ cost }) => isQuadratic(cost)) ? solveQp(model) : solveLp(model);
  if (solution.status !== 'optimal') return solution;
  const { x, row_dual, objective } = solution;
  return {
    status: 'optimal',
    dispatch_mw: columns.map(({ power }) => x[power]),
    reserve_mw: columns.map(({ held }) => x[held]),
    shortage_mw: x[short],
    cost: objective,
    energy_price: row_dual[balance],
    reserve_price: row_dual[need],
  };
}

function addReserveUnit(model: Model, unit: ReserveUnit): { power: number; held: number } {
  const { name, p_min_mw, p_max_mw, cost, reserve_cost = 0, reserve_max_mw = Infinity } = unit;
  const power = addColumn(model, { name, lower: p_min_mw, upper: p_max_mw, cost: 0 });
  const held = addColumn(model, {
    name: `reserve of ${name}`,
    lower: 0,
    upper: reserve_max_mw,
    cost: reserve_cost,
  });
  addCost(model, power, cost, name);
  const terms: Term[] = [
    [power, 1],
    [held, 1],
  ];
  addRow(model, { name: `capacity of ${name}`, lower: -Infinity, upper: p_max_mw, terms, definition: true });
  return { power, held };
}
