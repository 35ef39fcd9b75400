import type { Family } from '../../../core/family.ts';
import { abs } from '../../../engineering/math/complex.ts';
import { replyWith } from '../../wording.ts';
import {
  drawSequenceQuantities,
  type SequenceQuantitiesFacts,
  type SequenceQuantitiesParams,
  sequenceQuantitiesParams,
} from './facts.ts';
import { sequenceQuantitiesMistakes } from './mistakes.ts';
import { computed, kvOf, zBase } from './quantities.ts';
import { sequenceQuantitiesWork } from './work.ts';

export type SequenceQuantitiesAnswer = {
  /** Bolted three-phase current at the same bus, kA. */
  i_3ph: number;
  /** Sequence currents into the fault, kA. */
  i1: number;
  i2: number;
  i0: number;
  /** The asked phase's current into the fault, kA and degrees. */
  i_fault: number;
  i_fault_deg: number;
  /** Line currents into the transformer on its other side, kA, and the angle of one of them. */
  i_far_a: number;
  i_far_b: number;
  i_far_c: number;
  i_far_deg: number;
  /** Lowest of the three line-to-line voltages on the other side, kV. */
  v_far: number;
};

/**
 * An unbalanced fault with resistance by sequence networks, and what the other side of the transformer sees of it: the
 * vector group turns positive and negative sequence in opposite directions and stops zero sequence at a delta.
 */
export const sequenceQuantitiesFamily: Family<
  SequenceQuantitiesParams,
  SequenceQuantitiesFacts,
  SequenceQuantitiesAnswer
> = {
  name: 'sequence-quantities',
  version: 2,
  params: sequenceQuantitiesParams,
  targets: {
    i_3ph: { type: 'number', unit: 'kA' },
    i1: { type: 'number', unit: 'kA' },
    i2: { type: 'number', unit: 'kA' },
    i0: { type: 'number', unit: 'kA' },
    i_fault: { type: 'number', unit: 'kA' },
    i_fault_deg: { type: 'number', unit: 'deg' },
    i_far_a: { type: 'number', unit: 'kA' },
    i_far_b: { type: 'number', unit: 'kA' },
    i_far_c: { type: 'number', unit: 'kA' },
    i_far_deg: { type: 'number', unit: 'deg' },
    v_far: { type: 'number', unit: 'kV' },
  },
  draw: drawSequenceQuantities,
  unordered: ['elements'],
  solve: (facts) => answerOf(computed(facts)),
  vars(facts) {
    const { fault, fault_bus, far_bus } = facts;
    return {
      ...facts,
      faulted: faultedPhases(fault).map((name) => name.toUpperCase()),
      asked: facts.asked_phase.toUpperCase(),
      far_asked: facts.far_phase.toUpperCase(),
      fault_kv: kvOf(facts, fault_bus),
      far_kv: kvOf(facts, far_bus),
      rows: facts.elements.map(({ z1_pu, z2_pu, z0_pu, from, to, ...row }) => ({
        ...row,
        where: to === null ? [from] : [from, to],
        z: [z1_pu, z2_pu, z0_pu ?? 'none'],
        ohm: zBase(facts, from),
      })),
    };
  },
  reply(_facts, answer, lang) {
    const prose = {
      en: 'With the sequence networks joined for this fault, and positive and negative sequence turned in opposite directions by the vector group:',
      zh: '按故障类型连接复合序网求出各序电流，经联结组别换算到另一侧（正、负序移相方向相反），结果如下：',
    };
    const digits = (name: string) => (name.endsWith('_deg') ? 2 : 4);
    return replyWith(
      prose[lang],
      Object.fromEntries(Object.entries(answer).map(([k, v]) => [k, Number(v.toFixed(digits(k)))])),
    );
  },
  mistakes: sequenceQuantitiesMistakes,
  work: sequenceQuantitiesWork,
};

/** In cyclic order, as phases between which a fault lies are named: CA, not AC. */
function faultedPhases({ type, phase }: SequenceQuantitiesFacts['fault']): string[] {
  if (type === 'LG') return [phase];
  return { a: ['b', 'c'], b: ['c', 'a'], c: ['a', 'b'] }[phase];
}

export function answerOf({
  three_phase_ka,
  fault,
  fault_ka,
  fault_deg,
  far_ka,
  far_deg,
  far_kv,
}: ReturnType<typeof computed>): SequenceQuantitiesAnswer {
  const answer = {
    i_3ph: three_phase_ka,
    i1: abs(fault.positive),
    i2: abs(fault.negative),
    i0: abs(fault.zero),
    i_fault: fault_ka,
    i_fault_deg: fault_deg,
    i_far_a: far_ka.a,
    i_far_b: far_ka.b,
    i_far_c: far_ka.c,
    i_far_deg: far_deg,
    v_far: Math.min(...far_kv),
  };
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [name, Number(value.toFixed(8))]),
  ) as SequenceQuantitiesAnswer;
}
