import type { Network } from '../grid/network.ts';
import { costAt } from './cost-curve.ts';
import { type DcOpfOptions, dcOpf } from './dc-opf.ts';
import { liveNetwork } from './dc-opf-model.ts';
import { type DispatchUnit, dispatchCost, lambdaIteration } from './economic-dispatch.ts';
import {
  listFaults,
  type PlanCheck,
  type PlanOptions,
  required,
  unusable,
  verdict,
  violations,
} from './plan-check.ts';
import { dispatchFlows } from './redispatch.ts';
import { coOptimiseReserve, type ReserveProblem } from './reserve.ts';

/** Checks outputs (by unit, MW) proposed for an economic dispatch. */
export function checkDispatch(
  units: readonly DispatchUnit[],
  demand_mw: number,
  dispatch_mw: readonly number[],
  options: PlanOptions = {},
): PlanCheck {
  const optimum = options.optimum ?? required(lambdaIteration(units, demand_mw)).cost;
  const faults = listFaults(dispatch_mw, units.length, 'dispatch_mw');
  if (faults.length) return unusable(faults, optimum, options);
  const found = violations(options.tolerance ?? 0.01);
  units.forEach(({ name, p_min_mw, p_max_mw, must_run_mw }, i) => {
    found.atMost(dispatch_mw[i], p_max_mw, 'maximum output', name);
    found.atLeast(dispatch_mw[i], p_min_mw, 'minimum output', name);
    if (must_run_mw !== undefined && must_run_mw > p_min_mw)
      found.atLeast(dispatch_mw[i], must_run_mw, 'must-run output', name);
  });
  found.equal(sum(dispatch_mw), demand_mw, 'power balance', 'system');
  return verdict(found.list, dispatchCost(units, dispatch_mw), optimum, options);
}

/** Checks outputs (by generator of the network, MW) proposed for a DC optimal power flow: limits, balances, flows. */
export function checkDcDispatch(
  network: Network,
  model: DcOpfOptions,
  dispatch_mw: readonly number[],
  options: PlanOptions = {},
): PlanCheck {
  const optimum = options.optimum ?? required(dcOpf(network, { ...model, intervals: false })).objective;
  const faults = listFaults(dispatch_mw, network.generators.length, 'dispatch_mw');
  if (faults.length) return unusable(faults, optimum, options);
  const found = violations(options.tolerance ?? 0.01);
  const live = liveNetwork(network, {
    convention: model.convention,
    angle_limits: model.angle_limits ?? true,
  });
  const running = new Set(live.generators.map(({ index }) => index));
  const balance = live.references.map(() => 0);
  let cost = 0;
  for (const { index, generator, at, name } of live.generators) {
    const p = dispatch_mw[index];
    found.atMost(p, generator.p_max_mw, 'maximum output', name);
    found.atLeast(p, generator.p_min_mw, 'minimum output', name);
    balance[live.buses[at].island] += p;
    cost += costAt(generator.cost, p);
  }
  dispatch_mw.forEach((p, i) => {
    if (!running.has(i)) found.equal(p, 0, 'out of service', `generator ${i + 1}`);
  });
  for (const { bus, island } of live.buses) balance[island] -= bus.p_load_mw + bus.g_shunt_mw;
  balance.forEach((surplus, island) => {
    found.equal(surplus, 0, 'power balance', balance.length > 1 ? `island ${island + 1}` : 'system');
  });
  const flow = dispatchFlows({ network, convention: model.convention }, dispatch_mw);
  for (const { index, name, flow_min_mw, flow_max_mw, min_by, max_by } of live.branches) {
    found.atMost(flow[index], flow_max_mw, limitName(max_by), name);
    found.atLeast(flow[index], flow_min_mw, limitName(min_by), name);
  }
  return verdict(found.list, cost, optimum, options);
}

export interface ReservePlan {
  dispatch_mw: readonly number[];
  reserve_mw: readonly number[];
}

/** Checks energy and reserve proposed together. A shortage is only allowed where the problem prices it. */
export function checkReserve(
  problem: ReserveProblem,
  plan: ReservePlan,
  options: PlanOptions = {},
): PlanCheck {
  const { units, demand_mw, reserve_mw, shortage_price } = problem;
  const optimum = options.optimum ?? required(coOptimiseReserve(problem)).cost;
  const faults = [
    ...listFaults(plan.dispatch_mw, units.length, 'dispatch_mw'),
    ...listFaults(plan.reserve_mw, units.length, 'reserve_mw'),
  ];
  if (faults.length) return unusable(faults, optimum, options);
  const found = violations(options.tolerance ?? 0.01);
  let cost = 0;
  units.forEach((unit, i) => {
    const [p, r] = [plan.dispatch_mw[i], plan.reserve_mw[i]];
    found.atLeast(p, unit.p_min_mw, 'minimum output', unit.name);
    found.atMost(p + r, unit.p_max_mw, 'output and reserve within capacity', unit.name);
    found.atLeast(r, 0, 'reserve not below 0', unit.name);
    found.atMost(r, unit.reserve_max_mw ?? Infinity, 'reserve that can be delivered', unit.name);
    cost += costAt(unit.cost, p) + (unit.reserve_cost ?? 0) * r;
  });
  found.equal(sum(plan.dispatch_mw), demand_mw, 'power balance', 'system');
  const short = Math.max(0, reserve_mw - sum(plan.reserve_mw));
  if (shortage_price === undefined) found.atMost(short, 0, 'reserve requirement', 'system');
  else cost += shortage_price * short;
  return verdict(found.list, cost, optimum, options);
}

const sum = (list: readonly number[]): number => list.reduce((total, value) => total + value, 0);
const limitName = (by: 'rate' | 'angle'): string =>
  by === 'rate' ? 'branch limit' : 'angle difference limit';
