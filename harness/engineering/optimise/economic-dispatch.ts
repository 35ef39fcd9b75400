import type { Cost, Infeasible } from '../grid/network.ts';
import { addCost, assertConvex, costAt, isQuadratic, marginalCost, segments } from './cost-curve.ts';
import { addColumn, addRow, createModel } from './model.ts';
import { solveQp } from './qp.ts';
import { solveLp } from './solver.ts';

/** A unit that is on: it holds any output from `p_min_mw` (or its must-run level, if higher) to `p_max_mw`. */
export interface DispatchUnit {
  name: string;
  p_min_mw: number;
  p_max_mw: number;
  /** Output that contract, heat or security asks of the unit whatever its cost. */
  must_run_mw?: number;
  cost: Cost;
}

export interface EconomicDispatch {
  status: 'optimal';
  dispatch_mw: number[];
  /** Money per hour. */
  cost: number;
  /** System marginal price, money per MWh: the cost of one more MW, lowered to `price_low` where demand stands at a corner. */
  price: number;
  /** What the last MW saved and what one more costs: equal unless the dispatch sits at a corner of the supply curve. */
  price_low: number;
  price_high: number;
}

export type DispatchResult = EconomicDispatch | Infeasible;

const floorOf = (unit: DispatchUnit): number => Math.max(unit.p_min_mw, unit.must_run_mw ?? -Infinity);

/**
 * Merit order: with linear or piecewise costs the cheapest segments run first until demand is met.
 * @throws RangeError for a quadratic or falling cost curve
 */
export function meritOrder(units: readonly DispatchUnit[], demand_mw: number): DispatchResult {
  const fault = shortOf(units, demand_mw);
  if (fault) return fault;
  const dispatch = units.map(floorOf);
  let rest = demand_mw - dispatch.reduce((sum, p) => sum + p, 0);
  const blocks = units.flatMap((unit, index) => {
    assertConvex(unit.cost, unit.name);
    return segments(unit.cost, floorOf(unit), unit.p_max_mw, unit.name).map((s) => ({ ...s, index }));
  });
  blocks.sort((a, b) => a.slope - b.slope || a.index - b.index);
  for (const { index, from_mw, to_mw } of blocks) {
    if (rest <= 0) break;
    const taken = Math.min(rest, to_mw - from_mw);
    dispatch[index] += taken;
    rest -= taken;
  }
  return describe(units, dispatch);
}

/**
 * Lambda iteration for any mix of linear, piecewise and quadratic curves: the price at which every unit's own
 * best output adds up to demand, by bisection; units indifferent at that price share what is left in their order.
 */
export function lambdaIteration(units: readonly DispatchUnit[], demand_mw: number): DispatchResult {
  const fault = shortOf(units, demand_mw);
  if (fault) return fault;
  for (const unit of units) assertConvex(unit.cost, unit.name);
  const supply = (lambda: number) => units.map((unit) => supplyAt(unit, lambda));
  const least = (lambda: number) => supply(lambda).reduce((sum, { low }) => sum + low, 0);
  const slopes = units.flatMap((unit) => [
    marginalCost(unit.cost, floorOf(unit)).below,
    marginalCost(unit.cost, unit.p_max_mw).above,
  ]);
  let [below, above] = [Math.min(...slopes) - 1, Math.max(...slopes) + 1];
  for (let i = 0; i < 200 && above - below > 1e-13 * Math.max(1, Math.abs(above)); i++) {
    const middle = (below + above) / 2;
    if (least(middle) < demand_mw) below = middle;
    else above = middle;
  }
  // Between the two ends of the bracket lies the price; each unit's output moves from one end's to the other's.
  const floor = supply(below).map(({ low }) => low);
  const ceiling = supply(above).map(({ high }) => high);
  const dispatch = [...floor];
  let rest = demand_mw - floor.reduce((sum, p) => sum + p, 0);
  dispatch.forEach((p, i) => {
    const taken = Math.max(0, Math.min(rest, ceiling[i] - p));
    dispatch[i] = p + taken;
    rest -= taken;
  });
  return describe(units, dispatch);
}

/** The same dispatch as a linear or quadratic program. Needs `loadSolver()`. */
export function dispatchByProgram(units: readonly DispatchUnit[], demand_mw: number): DispatchResult {
  const model = createModel();
  const power = units.map((unit) =>
    addColumn(model, { name: unit.name, lower: floorOf(unit), upper: unit.p_max_mw, cost: 0 }),
  );
  units.forEach((unit, i) => {
    addCost(model, power[i], unit.cost, unit.name);
  });
  const terms = power.map((column) => [column, 1] as const);
  addRow(model, { name: 'power balance', lower: demand_mw, upper: demand_mw, terms });
  const solution = units.some(({ cost }) => isQuadratic(cost)) ? solveQp(model) : solveLp(model);
  if (solution.status !== 'optimal') return solution;
  return describe(
    units,
    power.map((column) => solution.x[column]),
  );
}

export function dispatchCost(units: readonly DispatchUnit[], dispatch_mw: readonly number[]): number {
  return units.reduce((sum, unit, i) => sum + costAt(unit.cost, dispatch_mw[i]), 0);
}

/** Outputs at which a unit earns most at a price: one value, or a stretch where the price equals its slope. */
function supplyAt(unit: DispatchUnit, lambda: number): { low: number; high: number } {
  const [floor, cap] = [floorOf(unit), unit.p_max_mw];
  if (unit.cost.kind === 'polynomial' && isQuadratic(unit.cost)) {
    const [, linear = 0, square = 0] = unit.cost.coefficients;
    const p = Math.min(cap, Math.max(floor, (lambda - linear) / (2 * square)));
    return { low: p, high: p };
  }
  let [low, high] = [floor, floor];
  for (const { to_mw, slope } of segments(unit.cost, floor, cap, unit.name)) {
    if (slope < lambda) low = to_mw;
    if (slope <= lambda) high = to_mw;
  }
  return { low, high };
}

function describe(units: readonly DispatchUnit[], dispatch_mw: number[]): EconomicDispatch {
  let [price_low, price_high] = [-Infinity, Infinity];
  units.forEach((unit, i) => {
    const tolerance = 1e-6 * Math.max(1, unit.p_max_mw);
    const { below, above } = marginalCost(unit.cost, dispatch_mw[i], tolerance);
    if (dispatch_mw[i] > floorOf(unit) + tolerance) price_low = Math.max(price_low, below);
    if (dispatch_mw[i] < unit.p_max_mw - tolerance) price_high = Math.min(price_high, above);
  });
  const cost = dispatchCost(units, dispatch_mw);
  // Equal slopes met from both sides may cross by a rounding; with no unit to move there is no bound on that side.
  if (price_low > price_high) price_low = price_high = (price_low + price_high) / 2;
  const price = Number.isFinite(price_low) ? price_low : price_high;
  return { status: 'optimal', dispatch_mw, cost, price, price_low, price_high };
}

function shortOf(units: readonly DispatchUnit[], demand_mw: number): Infeasible | undefined {
  if (!Number.isFinite(demand_mw)) throw new RangeError('demand is not a finite number');
  const empty = units
    .filter((unit) => floorOf(unit) > unit.p_max_mw)
    .map(({ name }) => `${name}: floor above p_max`);
  if (empty.length) return { status: 'infeasible', reason: empty.join('; '), constraints: empty };
  const least = units.reduce((sum, unit) => sum + floorOf(unit), 0);
  const most = units.reduce((sum, unit) => sum + unit.p_max_mw, 0);
  const slip = 1e-9 * Math.max(1, Math.abs(demand_mw));
  const short = (reason: string): Infeasible => ({
    status: 'infeasible',
    reason,
    constraints: ['power balance'],
  });
  if (demand_mw > most + slip)
    return short(`demand of ${demand_mw} MW exceeds the capacity of ${most} MW by ${demand_mw - most} MW`);
  if (demand_mw < least - slip)
    return short(
      `demand of ${demand_mw} MW is ${least - demand_mw} MW below the least output of ${least} MW`,
    );
  return undefined;
}
