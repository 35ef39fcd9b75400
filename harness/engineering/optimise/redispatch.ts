import { type DcConvention, dcModel, flowsOf, netInjections } from '../grid/dc-model.ts';
import type { Infeasible, Network } from '../grid/network.ts';
import { buildDcOpf } from './dc-opf-model.ts';
import { addColumn, addRow, type Term } from './model.ts';
import { solveLp } from './solver.ts';

/** What moving a generator costs, money per MWh. `down_price` is below 0 where it pays back the fuel it saves. */
export interface RedispatchOffer {
  up_price: number;
  down_price: number;
  up_max_mw?: number;
  down_max_mw?: number;
}

export interface RedispatchProblem {
  network: Network;
  convention: DcConvention;
  /** By generator of the network, in its order. */
  dispatch_mw: readonly number[];
  /** By generator; null where it must stay as it is. */
  offers: readonly (RedispatchOffer | null)[];
}

export interface Overload {
  /** Position in the network's branches. */
  branch: number;
  flow_mw: number;
  limit_mw: number;
}

export interface Redispatch {
  status: 'optimal';
  /** By generator of the network. */
  up_mw: number[];
  down_mw: number[];
  dispatch_mw: number[];
  /** By branch, after the measure. */
  flow_mw: number[];
  /** Money per hour. */
  cost: number;
  overloads_before: Overload[];
}

/** Flows of a dispatch, what its imbalance leaves taken up at the slack buses. By branch of the network, MW. */
export function dispatchFlows(
  { network, convention }: Pick<RedispatchProblem, 'network' | 'convention'>,
  dispatch_mw: readonly number[],
): number[] {
  const model = dcModel(network, { convention });
  return flowsOf(model, netInjections(model, dispatch_mw)).p_from_mw;
}

function overloads(network: Network, flow_mw: readonly number[], tolerance_mw = 1e-6): Overload[] {
  return network.branches.flatMap(({ rate_mva, in_service }, branch) =>
    in_service && Math.abs(flow_mw[branch]) > rate_mva + tolerance_mw
      ? [{ branch, flow_mw: flow_mw[branch], limit_mw: rate_mva }]
      : [],
  );
}

/** @throws RangeError for lists that do not fit the network, or an offer that earns by moving up and down at once */
function assertRedispatchProblem({ network, dispatch_mw, offers }: RedispatchProblem): void {
  const count = network.generators.length;
  if (dispatch_mw.length !== count || offers.length !== count)
    throw new RangeError(
      `dispatch_mw has ${dispatch_mw.length} entries and offers ${offers.length}, the network ${count} generators`,
    );
  offers.forEach((offer, i) => {
    if (offer && !(offer.up_price + offer.down_price >= 0))
      throw new RangeError(
        `generator ${i + 1}: up_price + down_price is below 0, so moving both ways would earn`,
      );
  });
}

/**
 * The cheapest change of a dispatch that removes every overload under the DC model:
 *   min Σ up_price · up + down_price · down   subject to  p = p0 + up − down, the balance of every bus and all limits.
 * Limits of angle difference are left to security studies. Needs `loadSolver()`.
 */
export function redispatch(problem: RedispatchProblem): Redispatch | Infeasible {
  assertRedispatchProblem(problem);
  const { network, dispatch_mw } = problem;
  const { model, moves } = buildRedispatch(problem);
  const solution = solveLp(model);
  if (solution.status !== 'optimal') return solution;
  const { x } = solution;
  const [up_mw, down_mw] = [dispatch_mw.map(() => 0), dispatch_mw.map(() => 0)];
  for (const { index, up, down } of moves) {
    const both = Math.min(x[up], x[down]);
    up_mw[index] = x[up] - both;
    down_mw[index] = x[down] - both;
  }
  const after = dispatch_mw.map((p, i) => p + up_mw[i] - down_mw[i]);
  return {
    status: 'optimal',
    up_mw,
    down_mw,
    dispatch_mw: after,
    flow_mw: dispatchFlows(problem, after),
    cost: solution.objective,
    overloads_before: overloads(network, dispatchFlows(problem, dispatch_mw)),
  };
}

function buildRedispatch({ network, convention, dispatch_mw, offers }: RedispatchProblem) {
  const cost = { kind: 'polynomial' as const, coefficients: [] };
  const generators = network.generators.map((generator) => ({ ...generator, cost }));
  const { model, live, power } = buildDcOpf({ ...network, generators }, { convention, angle_limits: false });
  const moves = live.generators.map(({ index, name }, i) => {
    const offer = offers[index];
    const move = (direction: string, upper: number, price: number) =>
      addColumn(model, { name: `${name} ${direction}`, lower: 0, upper, cost: price });
    const up = move('up', offer ? (offer.up_max_mw ?? Infinity) : 0, offer?.up_price ?? 0);
    const down = move('down', offer ? (offer.down_max_mw ?? Infinity) : 0, offer?.down_price ?? 0);
    const terms: Term[] = [
      [power[i], 1],
      [up, -1],
      [down, 1],
    ];
    const start = dispatch_mw[index];
    addRow(model, { name: `change of ${name}`, lower: start, upper: start, terms, definition: true });
    return { index, up, down };
  });
  return { model, moves };
}
