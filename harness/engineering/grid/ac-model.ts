import { eliminationOrder } from './ac-newton.ts';
import { type AcProblem, type AcState, DEAD, PQ, PV, SLACK } from './ac-problem.ts';
import { type BusAdmittance, busAdmittance, type TwoPort, twoPort } from './admittance.ts';
import { dcModel, flowsOf, netInjections } from './dc-model.ts';
import type { Network } from './network.ts';
import {
  type Island,
  islands,
  type LiveBranch,
  type LiveGenerator,
  liveBranches,
  liveGenerators,
} from './topology.ts';

/** A network made ready for AC power flow. */
export interface AcModel {
  network: Network;
  live: LiveBranch[];
  ports: TwoPort[];
  units: LiveGenerator[];
  islands: Island[];
  y: BusAdmittance;
  busOrder: Int32Array;
  problem: AcProblem;
  /** Voltage that a unit holds, by bus; NaN where none does. */
  setpoint: Float64Array;
}

/** Where Newton's method starts: the case's own voltages, 1 p.u. at 0°, or 1 p.u. at the angles of a DC flow. */
export type AcStart = 'case' | 'flat' | 'dc';

/**
 * A bus with a unit in service keeps the kind its file gives it; a PV or reference bus without one is PQ. Where several units
 * hold one bus the last one's setpoint counts, as in MATPOWER.
 */
export function acModel(network: Network): AcModel {
  const live = liveBranches(network);
  const ports = live.map(({ branch }) => twoPort(branch));
  const units = liveGenerators(network);
  const parts = islands(network, live);
  const y = busAdmittance(network, live, ports);
  const n = network.buses.length;
  const kind = new Uint8Array(n).fill(DEAD);
  const sources = new Set(units.map((unit) => unit.bus));
  for (const { buses, slacks } of parts) {
    if (slacks.length === 0) continue;
    for (const i of buses) kind[i] = sources.has(i) && network.buses[i]!.type !== 'pq' ? PV : PQ;
    for (const i of slacks) kind[i] = SLACK;
  }
  const p = Float64Array.from(network.buses, (bus) => -bus.p_load_mw / network.base_mva);
  const q = Float64Array.from(network.buses, (bus) => -bus.q_load_mvar / network.base_mva);
  const setpoint = new Float64Array(n).fill(Number.NaN);
  for (const { generator, bus } of units) {
    p[bus]! += generator.p_mw / network.base_mva;
    q[bus]! += generator.q_mvar / network.base_mva;
    if (kind[bus] !== PQ) setpoint[bus] = generator.vm_setpoint_pu;
  }
  const problem = { y, kind, p, q };
  return { network, live, ports, units, islands: parts, y, busOrder: eliminationOrder(y), problem, setpoint };
}

/** First voltages and angles. Held voltages are at their setpoint in every start; dead buses are at 0. */
export function startState(model: AcModel, start: AcStart): AcState {
  const { network, problem, setpoint } = model;
  const radians = (deg: number) => (deg * Math.PI) / 180;
  const reference = referenceAngles(model);
  const dc = start === 'dc' ? dcAngles(network) : undefined;
  const vm = new Float64Array(network.buses.length);
  const va = new Float64Array(network.buses.length);
  network.buses.forEach((bus, i) => {
    if (problem.kind[i] === DEAD) return;
    const held = setpoint[i]!;
    vm[i] = held > 0 ? held : start === 'case' && bus.vm_pu > 0 ? bus.vm_pu : 1;
    va[i] =
      start === 'case' || problem.kind[i] === SLACK ? radians(bus.va_deg) : reference[i]! + (dc?.[i] ?? 0);
  });
  return { vm, va };
}

/** The angle, rad, of the first slack of each bus's island. */
function referenceAngles({ network, islands: parts }: AcModel): Float64Array {
  const angle = new Float64Array(network.buses.length);
  for (const { buses, slacks } of parts) {
    if (slacks[0] === undefined) continue;
    for (const i of buses) angle[i] = (network.buses[slacks[0]]!.va_deg * Math.PI) / 180;
  }
  return angle;
}

/** DC angles, rad, relative to the slack; undefined where the DC model does not exist (a branch without reactance). */
function dcAngles(network: Network): Float64Array | undefined {
  try {
    const model = dcModel(network, { convention: 'mp' });
    return flowsOf(
      model,
      netInjections(
        model,
        network.generators.map((g) => g.p_mw),
      ),
    ).va_rad;
  } catch {
    return undefined;
  }
}
