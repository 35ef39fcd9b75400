import { type FaultAt, sequenceFault } from '../../../engineering/faults/short-circuit/sequence-fault.ts';
import type {
  SequenceElement,
  SequenceNetwork,
} from '../../../engineering/faults/short-circuit/sequence-network.ts';
import {
  type Phases,
  rotate,
  type Sequence,
  scalePhases,
  toPhases,
} from '../../../engineering/faults/short-circuit/symmetrical.ts';
import { parseVectorGroup } from '../../../engineering/faults/short-circuit/vector-group.ts';
import { abs, arg_deg, type Complex, complex, mul, polar, sub } from '../../../engineering/math/complex.ts';
import type { ElementRow, Ohms, PhaseName, SequenceQuantitiesFacts } from './facts.ts';

type Facts = SequenceQuantitiesFacts;

/** How someone turns what the other side of the transformer sees. */
export type Turning = 'right' | 'none' | 'all-one-way' | 'backwards';

export interface Computed {
  /** Into the fault, and into the transformer at the far bus; kA, degrees from phase a before the fault at the fault's bus. */
  three_phase_ka: number;
  fault: Sequence;
  fault_ka: number;
  fault_deg: number;
  far: Sequence;
  far_ka: Record<PhaseName, number>;
  far_deg: number;
  /** To earth at the far bus, kV, with the angles of that side. */
  far_v: Sequence;
  /** Between lines at the far bus, kV: ab, bc, ca. */
  far_kv: readonly [number, number, number];
  z1_pu: Complex;
  z2_pu: Complex;
  z0_pu: Complex | null;
}

/** The network of the engineering library: the fault's bus first, since the angles count from there. */
function networkOf(facts: Facts): SequenceNetwork {
  const names = facts.buses.map(({ name }) => name);
  return {
    buses: [facts.fault_bus, ...names.filter((name) => name !== facts.fault_bus)],
    elements: facts.elements.map((row) => elementOf(row, facts)),
  };
}

const z = ([r, x]: Ohms): Complex => complex(r, x);

function elementOf(row: ElementRow, facts: Facts): SequenceElement {
  const { name, z1_pu, z2_pu, z0_pu, from, to } = row;
  if (row.kind === 'line')
    return { kind: 'line', name, from, to: to as string, z1_pu: z(z1_pu), z0_pu: z(z0_pu as Ohms) };
  if (row.kind === 'transformer') {
    const neutral = facts.neutral_ohm / zBase(facts, to as string);
    return {
      kind: 'transformer',
      name,
      hv: from,
      lv: to as string,
      z1_pu: z(z1_pu),
      z0_pu: z(z0_pu as Ohms),
      vector_group: facts.vector_group,
      ...(neutral > 0 ? { zn_lv_pu: complex(neutral) } : {}),
    };
  }
  return {
    kind: 'source',
    name,
    bus: from,
    z1_pu: z(z1_pu),
    z2_pu: z(z2_pu),
    ...(z0_pu ? { z0_pu: z(z0_pu) } : {}),
  };
}

export const kvOf = ({ buses }: Facts, bus: string): number =>
  (buses.find(({ name }) => name === bus) as { un_kv: number }).un_kv;
export const zBase = (facts: Facts, bus: string): number => kvOf(facts, bus) ** 2 / facts.s_base_mva;
export const iBase = (facts: Facts, bus: string): number =>
  facts.s_base_mva / (Math.sqrt(3) * kvOf(facts, bus));

function faultOf(facts: Facts): FaultAt {
  const { type, phase, r_ohm } = facts.fault;
  const r = complex(r_ohm / zBase(facts, facts.fault_bus));
  return { bus: facts.fault_bus, type, phase, ...(type === 'LLG' ? { zg_pu: r } : { zf_pu: r }) };
}

/** Degrees by which phase a at the far bus leads phase a at the fault's bus before the fault. */
export function farLead(facts: Facts): number {
  const lag = 30 * parseVectorGroup(facts.vector_group).clock;
  const t = facts.elements.find(({ kind }) => kind === 'transformer') as ElementRow;
  const lead = facts.far_bus === t.to ? -lag : lag;
  return ((lead + 540) % 360) - 180;
}

/** All that is asked, by sequence networks. `turning` is how someone carries the far side's current through the vector group. */
export function computed(facts: Facts, turning: Turning = 'right'): Computed {
  const network = networkOf(facts);
  const solved = sequenceFault(network, faultOf(facts));
  const bolted = sequenceFault(network, { bus: facts.fault_bus, type: '3ph' });
  const t = network.elements.find(({ kind }) => kind === 'transformer') as SequenceElement;
  const current = solved.currents.find(({ name, bus }) => name === t.name && bus === facts.far_bus);
  const far = turned((current as { sequence: Sequence }).sequence, farLead(facts), turning);
  const voltage = solved.voltages.find(({ bus }) => bus === facts.far_bus) as { sequence: Sequence };
  const amps = (bus: string) => facts.prefault_pu * iBase(facts, bus);
  const fault = scalePhases(solved.i_phases, amps(facts.fault_bus));
  const farPhases = scalePhases(toPhases(far), amps(facts.far_bus));
  const kv = (facts.prefault_pu * kvOf(facts, facts.far_bus)) / Math.sqrt(3);
  const { a, b, c } = scalePhases(toPhases(voltage.sequence), kv);
  return {
    three_phase_ka: abs(bolted.i_sequence.positive) * amps(facts.fault_bus),
    fault: scaled(solved.i_sequence, amps(facts.fault_bus)),
    fault_ka: abs(fault[facts.asked_phase]),
    fault_deg: arg_deg(fault[facts.asked_phase]),
    far: scaled(far, amps(facts.far_bus)),
    far_ka: magnitudes(farPhases),
    far_deg: arg_deg(farPhases[facts.far_phase]),
    far_v: scaled(voltage.sequence, kv),
    far_kv: [abs(sub(a, b)), abs(sub(b, c)), abs(sub(c, a))],
    z1_pu: solved.z1_pu,
    z2_pu: solved.z2_pu,
    z0_pu: solved.z0_pu,
  };
}

/** From what the far side sees rightly to what someone makes of it who turns otherwise. */
function turned(right: Sequence, lead_deg: number, turning: Turning): Sequence {
  if (turning === 'none') return rotate(right, -lead_deg);
  if (turning === 'backwards') return rotate(right, -2 * lead_deg);
  if (turning === 'all-one-way') return { ...right, negative: mul(right.negative, polar(1, 2 * lead_deg)) };
  return right;
}

const scaled = ({ zero, positive, negative }: Sequence, factor: number): Sequence => {
  const { a, b, c } = scalePhases({ a: zero, b: positive, c: negative }, factor);
  return { zero: a, positive: b, negative: c };
};

/** Rounding leaves a trillionth of an ampere where the right current is none. */
const magnitudes = ({ a, b, c }: Phases): Record<PhaseName, number> => {
  const [x, y, w] = [a, b, c].map((value) => (abs(value) < 1e-9 ? 0 : abs(value))) as [
    number,
    number,
    number,
  ];
  return { a: x, b: y, c: w };
};
