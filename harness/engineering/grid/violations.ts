import type { AcSolution } from './ac-flow.ts';
import type { Branch, Network } from './network.ts';

/** Which limit of a branch applies: long-term, short-term or emergency. One that the source does not give is the long-term one. */
export type Rating = 'a' | 'b' | 'c';

export function ratingOf(branch: Branch, rating: Rating): number {
  const given = rating === 'b' ? branch.rate_b_mva : rating === 'c' ? branch.rate_c_mva : undefined;
  return given ?? branch.rate_mva;
}

export interface Overload {
  /** Position in `network.branches`. */
  branch: number;
  from: number;
  to: number;
  /** MVA at the more loaded end, or the absolute MW of a DC flow. */
  flow_mva: number;
  rate_mva: number;
  /** flow / rate: above 1. */
  loading: number;
}

export interface VoltageViolation {
  bus: number;
  vm_pu: number;
  limit_pu: number;
  side: 'low' | 'high';
}

/** A limit counts as met within this, so that a flow solved to be at its limit is not reported for a rounding. */
const TOLERANCE = 1e-6;

/** Branches loaded beyond their limit, worst first. `flow_mva` gives the load of each branch by position. */
export function overloads(
  network: Network,
  flow_mva: (branch: number) => number,
  rating: Rating = 'a',
): Overload[] {
  return network.branches
    .map((branch, i): Overload => {
      const rate_mva = ratingOf(branch, rating);
      const flow = Math.abs(flow_mva(i));
      return {
        branch: i,
        from: branch.from,
        to: branch.to,
        flow_mva: flow,
        rate_mva,
        loading: flow / rate_mva,
      };
    })
    .filter(({ loading }) => loading > 1 + TOLERANCE)
    .sort((a, b) => b.loading - a.loading || a.branch - b.branch);
}

/** Apparent power of a branch at its more loaded end. */
export const apparentPower =
  (flow: AcSolution) =>
  (i: number): number =>
    Math.max(
      Math.hypot(flow.p_from_mw[i]!, flow.q_from_mvar[i]!),
      Math.hypot(flow.p_to_mw[i]!, flow.q_to_mvar[i]!),
    );

/** Live buses outside their voltage band, in the network's order. */
export function voltageViolations(network: Network, flow: AcSolution): VoltageViolation[] {
  const dead = new Set(flow.dead_buses);
  return network.buses.flatMap((bus, i): VoltageViolation[] => {
    const vm_pu = flow.vm_pu[i]!;
    if (dead.has(bus.id)) return [];
    if (vm_pu < bus.vm_min_pu - TOLERANCE)
      return [{ bus: bus.id, vm_pu, limit_pu: bus.vm_min_pu, side: 'low' }];
    if (vm_pu > bus.vm_max_pu + TOLERANCE)
      return [{ bus: bus.id, vm_pu, limit_pu: bus.vm_max_pu, side: 'high' }];
    return [];
  });
}
