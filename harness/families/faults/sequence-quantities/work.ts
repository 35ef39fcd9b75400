import type { Lang } from '../../../core/lang.ts';
import { abs, arg_deg, type Complex } from '../../../engineering/math/complex.ts';
import { decimals } from '../../wording.ts';
import type { SequenceQuantitiesFacts } from './facts.ts';
import type { SequenceQuantitiesAnswer } from './family.ts';
import { computed, farLead, iBase, zBase } from './quantities.ts';

const JOIN: Readonly<Record<'LG' | 'LL' | 'LLG', string>> = {
  LG: 'I1 = I2 = I0 = E/(Z1 + Z2 + Z0 + 3·R)',
  LL: 'I1 = −I2 = E/(Z1 + Z2 + R), I0 = 0',
  LLG: 'I1 = E/(Z1 + Z2∥(Z0 + 3·R)), I2 = −I1·(Z0 + 3·R)/(Z2 + Z0 + 3·R), I0 = −I1·Z2/(Z2 + Z0 + 3·R)',
};

/** Driving-point impedances, how the networks are joined, the sequence currents on either side, the phases. */
export function sequenceQuantitiesWork(
  facts: SequenceQuantitiesFacts,
  answer: SequenceQuantitiesAnswer,
  lang: Lang,
): string {
  const c = computed(facts);
  const { fault, fault_bus, far_bus, prefault_pu } = facts;
  const ohms = [
    `Z1 = ${show(c.z1_pu)}`,
    `Z2 = ${show(c.z2_pu)}`,
    c.z0_pu ? `Z0 = ${show(c.z0_pu)}` : 'Z0 = ∞',
  ];
  const r = decimals(fault.r_ohm / zBase(facts, fault_bus), 4);
  const at = ({ positive, negative, zero }: typeof c.fault) =>
    `I1 = ${polar(positive)}, I2 = ${polar(negative)}, I0 = ${polar(zero)} kA`;
  const [lead, phase, farPhase] = [
    farLead(facts),
    facts.asked_phase.toUpperCase(),
    facts.far_phase.toUpperCase(),
  ];
  const bases = [fault_bus, far_bus].map((bus) => `${bus} ${decimals(iBase(facts, bus), 4)} kA`).join(', ');
  const far = [answer.i_far_a, answer.i_far_b, answer.i_far_c].map((ka) => decimals(ka, 4)).join(' / ');
  const volts = c.far_kv.map((kv) => decimals(kv, 3)).join(' / ');
  const own = phase === 'A' ? '' : PHASE_NOTE[lang];
  const share = decimals(abs(c.far.positive) / abs(c.fault.positive), 4);
  return (
    lang === 'zh'
      ? [
          `1. 故障点 ${fault_bus} 的各序等值阻抗（标幺值）：${ohms.join('，')}；过渡电阻 R = ${r}；基准电流：${bases.replaceAll(', ', '，')}。`,
          `2. 三相金属性短路：E/|Z1| = ${prefault_pu}/${decimals(abs(c.z1_pu), 4)}，即 ${decimals(answer.i_3ph, 4)} kA。`,
          `3. 以特殊相为基准相：${JOIN[fault.type].replaceAll(', ', '，')}。换算为以 A 相为基准：${at(c.fault).replaceAll(', ', '，')}。${own}合成后 ${phase} 相电流 ${decimals(answer.i_fault, 4)} kA，相角 ${decimals(answer.i_fault_deg, 2)}°。`,
          `4. ${far_bus} 侧 A 相电压相对故障侧的相移为 ${lead}°（超前为正）：正序电流加 ${lead}°，负序电流加 ${-lead}°，${ZERO[fault.type === 'LL' ? 'none' : lead === 0 ? 'through' : 'delta'].zh}。该侧流入变压器：${at(c.far).replaceAll(', ', '，')}（计入分流和变比，正序分量为故障点的 ${share} 倍）。`,
          `5. 合成 A/B/C 三相：${far} kA，${farPhase} 相相角 ${decimals(answer.i_far_deg, 2)}°。`,
          `6. ${far_bus} 各序电压（相值）由 E − ΣZ·I 求得并作同样移相：V1 = ${polar(c.far_v.positive)}，V2 = ${polar(c.far_v.negative)} kV；零序在线电压中抵消。线电压 AB/BC/CA 为 ${volts} kV，最低 ${decimals(answer.v_far, 3)} kV。`,
        ]
      : [
          `1. Impedances seen from ${fault_bus}, per unit: ${ohms.join(', ')}; fault resistance R = ${r}; base currents: ${bases}.`,
          `2. Bolted three-phase: E/|Z1| = ${prefault_pu}/${decimals(abs(c.z1_pu), 4)}, which is ${decimals(answer.i_3ph, 4)} kA.`,
          `3. With the odd phase as reference: ${JOIN[fault.type]}. Referred to phase A: ${at(c.fault)}. ${own}Phase ${phase} is their sum: ${decimals(answer.i_fault, 4)} kA at ${decimals(answer.i_fault_deg, 2)}°.`,
          `4. The voltage of phase A at ${far_bus} stands at ${lead}° to that at the fault (leading is positive): positive sequence turns by ${lead}°, negative by ${-lead}°, and ${ZERO[fault.type === 'LL' ? 'none' : lead === 0 ? 'through' : 'delta'].en}. Into the transformer there: ${at(c.far)} (positive sequence is ${share} of that in the fault, by the division of the current and the voltage ratio).`,
          `5. Phases A/B/C of it: ${far} kA; phase ${farPhase} stands at ${decimals(answer.i_far_deg, 2)}°.`,
          `6. The sequence voltages at ${far_bus} are E − ΣZ·I, turned likewise: V1 = ${polar(c.far_v.positive)}, V2 = ${polar(c.far_v.negative)} kV to earth; zero sequence drops out between lines. AB/BC/CA ${volts} kV, the lowest ${decimals(answer.v_far, 3)} kV.`,
        ]
  ).join('\n\n');
}

const ZERO = {
  none: { en: 'there is no zero sequence', zh: '本故障没有零序电流' },
  through: { en: 'zero sequence goes through', zh: '零序电流可通过' },
  delta: {
    en: 'zero sequence stays in the delta and is in no line current',
    zh: '零序电流在三角形绕组内环流，线电流中没有零序',
  },
} as const;

const PHASE_NOTE = {
  en: 'With α = 1∠120°, B = I0 + α²·I1 + α·I2 and C = I0 + α·I1 + α²·I2. ',
  zh: '取 α = 1∠120°，B 相 = I0 + α²·I1 + α·I2，C 相 = I0 + α·I1 + α²·I2。',
} as const;

const show = ({ re, im }: Complex): string => `${decimals(re, 4)} + j${decimals(im, 4)}`;
const polar = (value: Complex): string =>
  abs(value) < 1e-9 ? '0' : `${decimals(abs(value), 4)}∠${decimals(arg_deg(value), 2)}°`;
