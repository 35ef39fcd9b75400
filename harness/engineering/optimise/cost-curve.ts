import { convexFault } from '../grid/convex.ts';
import type { Cost } from '../grid/network.ts';
import { addColumn, addRow, type Model } from './model.ts';

/** A straight stretch of a cost curve: from `from_mw` to `to_mw` each MW costs `slope`. */
export interface Segment {
  from_mw: number;
  to_mw: number;
  slope: number;
}

/**
 * @throws RangeError for a curve that no convex program can take: falling slopes, a negative square term,
 *   a power above two, points out of order or numbers that are not finite
 */
export function assertConvex(cost: Cost, name: string): void {
  if (cost.kind === 'polynomial') {
    if (cost.coefficients.some((c) => !Number.isFinite(c)))
      throw new RangeError(`${name}: a cost coefficient is not a finite number`);
    if (cost.coefficients.slice(3).some((c) => c !== 0))
      throw new RangeError(`${name}: cost polynomials above the square are not supported`);
    if ((cost.coefficients[2] ?? 0) < 0)
      throw new RangeError(`${name}: the cost curve is not convex (square term below 0)`);
    return;
  }
  if (cost.points.length < 2) throw new RangeError(`${name}: a piecewise cost needs two points or more`);
  if (cost.points.some((point) => !Number.isFinite(point.p_mw) || !Number.isFinite(point.cost)))
    throw new RangeError(`${name}: a point of its cost is not a finite number`);
  const fault = convexFault(cost.points);
  if (fault) throw new RangeError(`${name}: ${fault.reason}`);
}

/** Money per hour at an output in MW. Beyond its ends a piecewise curve keeps its last slope. */
export function costAt(cost: Cost, p_mw: number): number {
  if (cost.kind === 'polynomial') return cost.coefficients.reduceRight((sum, c) => sum * p_mw + c, 0);
  const all = pieces(cost);
  const at = all.findIndex(({ to_mw }) => p_mw <= to_mw);
  const index = at < 0 ? all.length - 1 : at;
  return cost.points[index].cost + all[index].slope * (p_mw - cost.points[index].p_mw);
}

/** Marginal cost just below and just above an output, money per MWh: they differ at the corners of a piecewise curve. */
export function marginalCost(
  cost: Cost,
  p_mw: number,
  tolerance_mw = 1e-6,
): { below: number; above: number } {
  if (cost.kind === 'polynomial') {
    const slope = (cost.coefficients[1] ?? 0) + 2 * (cost.coefficients[2] ?? 0) * p_mw;
    return { below: slope, above: slope };
  }
  const all = pieces(cost);
  const below = all.find(({ to_mw }) => p_mw - tolerance_mw <= to_mw) ?? all[all.length - 1];
  const above = all.findLast(({ from_mw }) => p_mw + tolerance_mw >= from_mw) ?? all[0];
  return { below: below.slope, above: above.slope };
}

/**
 * The straight stretches of a linear or piecewise curve between two outputs, cheapest first.
 * @throws RangeError for a quadratic curve
 */
export function segments(cost: Cost, p_min_mw: number, p_max_mw: number, name: string): Segment[] {
  if (cost.kind === 'polynomial') {
    if (cost.coefficients[2]) throw new RangeError(`${name}: a quadratic cost has no straight segments`);
    return [{ from_mw: p_min_mw, to_mw: p_max_mw, slope: cost.coefficients[1] ?? 0 }];
  }
  const all = pieces(cost);
  return all
    .map(({ from_mw, to_mw, slope }, i) => ({
      from_mw: i === 0 ? p_min_mw : Math.max(from_mw, p_min_mw),
      to_mw: i === all.length - 1 ? p_max_mw : Math.min(to_mw, p_max_mw),
      slope,
    }))
    .filter(({ from_mw, to_mw }) => to_mw > from_mw);
}

export const isQuadratic = (cost: Cost): boolean =>
  cost.kind === 'polynomial' && (cost.coefficients[2] ?? 0) !== 0;

/**
 * Charges a power column for its curve. A piecewise curve becomes an epigraph: a cost variable above every line.
 */
export function addCost(model: Model, p_column: number, cost: Cost, name: string): void {
  assertConvex(cost, name);
  const power = model.columns[p_column];
  if (cost.kind === 'polynomial') {
    model.offset += cost.coefficients[0] ?? 0;
    power.cost += cost.coefficients[1] ?? 0;
    power.square_cost = (power.square_cost ?? 0) + (cost.coefficients[2] ?? 0);
    return;
  }
  const all = pieces(cost);
  const [first] = cost.points;
  if (all.length === 1) {
    power.cost += all[0].slope;
    model.offset += first.cost - all[0].slope * first.p_mw;
    return;
  }
  const y = addColumn(model, { name: `cost of ${name}`, lower: -Infinity, upper: Infinity, cost: 1 });
  all.forEach(({ from_mw, slope }, i) => {
    const intercept = cost.points[i].cost - slope * from_mw;
    const terms = [[y, 1] as const, [p_column, -slope] as const];
    addRow(model, {
      name: `cost curve of ${name}`,
      lower: intercept,
      upper: Infinity,
      terms,
      definition: true,
    });
  });
}

function pieces({ points }: Extract<Cost, { kind: 'piecewise' }>): Segment[] {
  return points.slice(1).map((to, i) => ({
    from_mw: points[i].p_mw,
    to_mw: to.p_mw,
    slope: (to.cost - points[i].cost) / (to.p_mw - points[i].p_mw),
  }));
}
