import type { HeldLimit } from './ac-limits.ts';
import type { AcModel } from './ac-model.ts';
import { type AcState, DEAD, injectionsAt, PQ, SLACK } from './ac-problem.ts';
import type { LiveGenerator } from './topology.ts';

export interface BranchFlows {
  p_from_mw: number[];
  q_from_mvar: number[];
  p_to_mw: number[];
  q_to_mvar: number[];
}

/** Power into each branch at both ends, S_from = V_from (yff V_from + yft V_to)*; by branch of the network, 0 where none flows. */
export function branchFlows({ network, live, ports, problem }: AcModel, { vm, va }: AcState): BranchFlows {
  const zeros = () => network.branches.map(() => 0);
  const flows = { p_from_mw: zeros(), q_from_mvar: zeros(), p_to_mw: zeros(), q_to_mvar: zeros() };
  const base = network.base_mva;
  live.forEach(({ from, to, position }, k) => {
    if (problem.kind[from] === DEAD) return;
    const port = ports[k]!;
    const [vf, vt] = [vm[from]!, vm[to]!];
    const [cos, sin] = [Math.cos(va[from]! - va[to]!), Math.sin(va[from]! - va[to]!)];
    flows.p_from_mw[position] = base * (vf * vf * port.gff + vf * vt * (port.gft * cos + port.bft * sin));
    flows.q_from_mvar[position] = base * (-vf * vf * port.bff + vf * vt * (port.gft * sin - port.bft * cos));
    flows.p_to_mw[position] = base * (vt * vt * port.gtt + vf * vt * (port.gtf * cos - port.btf * sin));
    flows.q_to_mvar[position] = base * (-vt * vt * port.btt + vf * vt * (-port.gtf * sin - port.btf * cos));
  });
  return flows;
}

export interface GeneratorOutputs {
  p_gen_mw: number[];
  q_gen_mvar: number[];
}

/**
 * What every generator puts out. P: as scheduled, but the first unit at each slack bus takes up what is missing. Q: units at a
 * PQ bus as scheduled; at other buses the bus's total, shared so that all stand at the same part of their range.
 */
export function generatorOutputs(
  { network, units, problem }: AcModel,
  state: AcState,
  limited: ReadonlyMap<number, HeldLimit>,
): GeneratorOutputs {
  const base = network.base_mva;
  const { p, q } = injectionsAt(problem.y, state);
  const outputs = { p_gen_mw: network.generators.map(() => 0), q_gen_mvar: network.generators.map(() => 0) };
  const byBus = new Map<number, LiveGenerator[]>();
  for (const unit of units) byBus.set(unit.bus, [...(byBus.get(unit.bus) ?? []), unit]);
  for (const [bus, group] of byBus) {
    if (problem.kind[bus] === DEAD) continue;
    for (const { generator, position } of group) {
      outputs.p_gen_mw[position] = generator.p_mw;
      outputs.q_gen_mvar[position] = generator.q_mvar;
    }
    if (problem.kind[bus] === SLACK) {
      const others = group.slice(1).reduce((sum, { generator }) => sum + generator.p_mw, 0);
      outputs.p_gen_mw[group[0]!.position] = base * p[bus]! + network.buses[bus]!.p_load_mw - others;
    }
    if (problem.kind[bus] === PQ && !limited.has(bus)) continue;
    const total = limited.get(bus)?.q_mvar ?? base * q[bus]! + network.buses[bus]!.q_load_mvar;
    shareReactive(group, total, outputs.q_gen_mvar);
  }
  return outputs;
}

/** Without finite ranges there is no part of a range to stand at: then all give the same. */
function shareReactive(group: readonly LiveGenerator[], total: number, q_gen_mvar: number[]): void {
  const low = group.reduce((sum, { generator }) => sum + generator.q_min_mvar, 0);
  const width = group.reduce((sum, { generator }) => sum + generator.q_max_mvar - generator.q_min_mvar, 0);
  const byRange = Number.isFinite(low) && Number.isFinite(width) && width > 0;
  for (const { generator, position } of group) {
    q_gen_mvar[position] = byRange
      ? generator.q_min_mvar + ((total - low) * (generator.q_max_mvar - generator.q_min_mvar)) / width
      : total / group.length;
  }
}
