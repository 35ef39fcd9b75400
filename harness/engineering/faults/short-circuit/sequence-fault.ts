import {
  abs,
  add,
  type Complex,
  div,
  mul,
  ONE,
  parallel,
  polar,
  scale,
  sub,
  ZERO,
} from '../../math/complex.ts';
import {
  busTurns,
  type SequenceBranch,
  type SequenceColumn,
  type SequenceElement,
  type SequenceName,
  type SequenceNetwork,
  sequenceBranches,
  sequenceColumn,
} from './sequence-network.ts';
import { PHASE_TURN_DEG, type Phases, rotate, type Sequence, toPhases } from './symmetrical.ts';

export type FaultType = '3ph' | 'LG' | 'LL' | 'LLG';

export interface FaultAt {
  bus: string;
  type: FaultType;
  /** The odd phase: the faulted one of LG, the healthy one of LL and LLG. */
  phase?: keyof Phases;
  /** LG: phase to earth. LL: between the phases. 3ph and LLG: from each phase to the common point. Per unit. */
  zf_pu?: Complex;
  /** LLG: from the common point to earth. */
  zg_pu?: Complex;
}

export interface ElementCurrent {
  name: string;
  bus: string;
  /** Into the element at this bus. */
  sequence: Sequence;
  phases: Phases;
}

export interface SequenceFault {
  /** Driving-point impedances at the fault; null where a sequence finds no path to earth. */
  z1_pu: Complex;
  z2_pu: Complex;
  z0_pu: Complex | null;
  /** Fault current from the network into the fault, referred to phase a. */
  i_sequence: Sequence;
  i_phases: Phases;
  /** 3·I0, the current to earth. */
  i_earth_pu: number;
  voltages: { bus: string; sequence: Sequence; phases: Phases }[];
  currents: ElementCurrent[];
}

interface Network012 {
  branches: Record<SequenceName, SequenceBranch[]>;
  column: Record<SequenceName, SequenceColumn>;
}

/**
 * A fault at a bus by sequence networks (Fortescue), with E = 1 p.u. before the fault:
 *   3ph  I1 = E/(Z1 + Zf)                      LG  I1 = I2 = I0 = E/(Z1 + Z2 + Z0 + 3Zf)
 *   LL   I1 = −I2 = E/(Z1 + Z2 + Zf)           LLG I1 = E/(Z1 + Zf + (Z2 + Zf)∥(Z0 + Zf + 3Zg))
 * Angles count from the first bus of the network, before the fault; vector groups turn positive and negative sequence
 * in opposite directions. A sequence without a path to earth carries no current: an earth fault in an isolated network
 * gives none and raises the healthy phases to line voltage.
 * @throws RangeError for an unknown bus, or one without a source
 */
export function sequenceFault(network: SequenceNetwork, fault: FaultAt): SequenceFault {
  if (!network.buses.includes(fault.bus)) throw new RangeError(`no bus "${fault.bus}" in the network`);
  const turns = busTurns(network);
  const fault_deg = turns.get(fault.bus)!.shift_deg;
  const solved = solveNetworks(network, fault.bus);
  if (!solved.column.positive.earthed) throw new RangeError(`no source feeds "${fault.bus}"`);
  // Solved with the odd phase as reference, at the fault's own angle; turned to phase a and the first bus afterwards.
  const local = faultCurrents(solved, fault);
  const turn = PHASE_TURN_DEG[fault.phase ?? 'a'];
  const prefault_deg = fault_deg - turn;
  const current = rotateFrom(local.current, prefault_deg, turn);
  const v0 = local.v0 && mul(local.v0, polar(1, prefault_deg));
  const turned = (bus: string, own: Sequence): Sequence => {
    const sequence = rotate(own, turns.get(bus)!.shift_deg - fault_deg);
    const sign = turns.get(bus)!.zero * turns.get(fault.bus)!.zero;
    return { ...sequence, zero: scale(sequence.zero, sign) };
  };
  const flat = (bus: string) => busVoltage(solved, bus, current, fault_deg, v0);
  return {
    z1_pu: driving(solved, 'positive', fault.bus),
    z2_pu: driving(solved, 'negative', fault.bus),
    z0_pu: solved.column.zero.earthed ? driving(solved, 'zero', fault.bus) : null,
    i_sequence: current,
    i_phases: toPhases(current),
    i_earth_pu: 3 * abs(current.zero),
    voltages: network.buses.map((bus) => {
      const sequence = turned(bus, flat(bus));
      return { bus, sequence, phases: toPhases(sequence) };
    }),
    currents: network.elements.flatMap((element) =>
      endsOf(element).map((bus) => {
        const sequence = turned(bus, intoElement(solved, element, bus, flat, fault_deg));
        return { name: element.name, bus, sequence, phases: toPhases(sequence) };
      }),
    ),
  };
}

function solveNetworks(network: SequenceNetwork, at: string): Network012 {
  const branches = {
    zero: sequenceBranches(network, 'zero'),
    positive: sequenceBranches(network, 'positive'),
    negative: sequenceBranches(network, 'negative'),
  };
  return {
    branches,
    column: {
      zero: sequenceColumn(branches.zero, at),
      positive: sequenceColumn(branches.positive, at),
      negative: sequenceColumn(branches.negative, at),
    },
  };
}

const driving = (solved: Network012, which: SequenceName, bus: string): Complex =>
  solved.column[which].transfer.get(bus)!;

/** Sequence currents at the fault with the odd phase as phase a and E = 1∠0; V0 where no zero-sequence current can flow. */
function faultCurrents(solved: Network012, fault: FaultAt): { current: Sequence; v0: Complex | null } {
  const [z1, z2] = [driving(solved, 'positive', fault.bus), driving(solved, 'negative', fault.bus)];
  const z0 = solved.column.zero.earthed ? driving(solved, 'zero', fault.bus) : null;
  const [zf, zg] = [fault.zf_pu ?? ZERO, fault.zg_pu ?? ZERO];
  switch (fault.type) {
    case '3ph':
      return { current: { zero: ZERO, positive: div(ONE, add(z1, zf)), negative: ZERO }, v0: ZERO };
    case 'LL':
      return { current: lineToLine(add(add(z1, z2), zf)), v0: ZERO };
    case 'LG': {
      // Without a way back no current flows, and the faulted phase sits at earth: V0 = −E.
      if (!z0) return { current: { zero: ZERO, positive: ZERO, negative: ZERO }, v0: scale(ONE, -1) };
      const i = div(ONE, add(add(z1, z2), add(z0, scale(zf, 3))));
      return { current: { zero: i, positive: i, negative: i }, v0: null };
    }
    case 'LLG': {
      const [z2f, z1f] = [add(z2, zf), add(z1, zf)];
      if (!z0) {
        const current = lineToLine(add(z1f, z2f));
        const v1 = sub(ONE, mul(z1, current.positive));
        return { current, v0: scale(sub(v1, mul(z2, current.negative)), 0.5) };
      }
      const z0f = add(add(z0, zf), scale(zg, 3));
      const positive = div(ONE, add(z1f, parallel(z2f, z0f)));
      const share = div(positive, add(z2f, z0f));
      return {
        current: { positive, negative: scale(mul(share, z0f), -1), zero: scale(mul(share, z2f), -1) },
        v0: null,
      };
    }
  }
}

function lineToLine(z: Complex): Sequence {
  const positive = div(ONE, z);
  return { zero: ZERO, positive, negative: scale(positive, -1) };
}

/** From the odd phase's own view to phase a: its pre-fault voltage stands at `prefault_deg`, its sequences are turned back. */
function rotateFrom(own: Sequence, prefault_deg: number, turn_deg: number): Sequence {
  const unit = polar(1, prefault_deg);
  return rotate(
    {
      zero: mul(own.zero, unit),
      positive: mul(own.positive, unit),
      negative: mul(own.negative, unit),
    },
    turn_deg,
  );
}

/** V = E − Z_ik·I in each sequence, as seen without the turns of vector groups between this bus and the fault. */
function busVoltage(
  solved: Network012,
  bus: string,
  current: Sequence,
  fault_deg: number,
  v0: Complex | null,
): Sequence {
  const drop = (which: SequenceName) => mul(solved.column[which].transfer.get(bus) ?? ZERO, current[which]);
  const floating = v0 && !solved.column.zero.earthed && solved.column.zero.transfer.has(bus);
  return {
    zero: floating ? v0 : scale(drop('zero'), -1),
    positive: sub(polar(1, fault_deg), drop('positive')),
    negative: scale(drop('negative'), -1),
  };
}

function endsOf(element: SequenceElement): string[] {
  if (element.kind === 'source') return [element.bus];
  return element.kind === 'line' ? [element.from, element.to] : [element.hv, element.lv];
}

/** Current into an element at one of its buses, by its own branch in each sequence network. */
function intoElement(
  solved: Network012,
  element: SequenceElement,
  bus: string,
  voltage: (bus: string) => Sequence,
  fault_deg: number,
): Sequence {
  const through = (which: SequenceName): Complex => {
    const branch = solved.branches[which].find((b) => b.element === element);
    if (!branch || (branch.from !== bus && branch.to !== bus)) return ZERO;
    const emf = which === 'positive' && branch.to === undefined ? polar(1, fault_deg) : ZERO;
    const other = branch.from === bus ? branch.to : branch.from;
    const far = other === undefined ? emf : voltage(other)[which];
    return div(sub(voltage(bus)[which], far), branch.z);
  };
  return { zero: through('zero'), positive: through('positive'), negative: through('negative') };
}
