import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { inWords, replyWith } from '../../wording.ts';
import type { SequenceQuantitiesFacts } from './facts.ts';
import { answerOf, type SequenceQuantitiesAnswer } from './family.ts';
import { computed, kvOf } from './quantities.ts';

type Answer = SequenceQuantitiesAnswer;
const FIELDS = [
  'i_3ph',
  'i1',
  'i2',
  'i0',
  'i_fault',
  'i_fault_deg',
  'i_far_a',
  'i_far_b',
  'i_far_c',
  'i_far_deg',
  'v_far',
] as const satisfies (keyof Answer)[];

/** The checks, all of weight 1: 0.5 % (a current of none to 1 A), 0.5°. */
const REL = 0.005;
const NONE_KA = 0.001;
const DEG = 0.5;
/** A slip this near to the edge of a tolerance is too close to call. */
const UNSURE = 0.1;

/** How far off a value is, in tolerances. */
function off(field: (typeof FIELDS)[number], given: number, right: number): number {
  const size = Math.abs(given - right);
  if (field.endsWith('_deg')) return size / DEG;
  return field === 'v_far' ? size / (REL * right) : size / Math.max(REL * right, NONE_KA);
}

type Slip = readonly [name: string, changes: Partial<Answer>];

export function sequenceQuantitiesMistakes(
  facts: SequenceQuantitiesFacts,
  right: Answer,
  lang: Lang,
): Mistake[] {
  const prose = inWords(lang, { en: 'My result:', zh: '计算结果如下：' });
  const list = [...slipsOfNetwork(facts), ...slipsOfFigures(facts, right)].flatMap(([name, changes]) => {
    const answer = { ...right, ...changes };
    const away = FIELDS.map((field) => off(field, answer[field], right[field]));
    const score = away.filter((share) => share < 1).length / FIELDS.length;
    const unsure = away.some((share) => Math.abs(share - 1) < UNSURE);
    return unsure || score === 1 ? [] : [{ name, reply: replyWith(prose, answer), score }];
  });
  return [...list, amperes(right, prose)];
}

/** Whoever sees another network, another fault or another transformer. */
function slipsOfNetwork(facts: SequenceQuantitiesFacts): Slip[] {
  const other = (change: Partial<SequenceQuantitiesFacts>): Answer =>
    answerOf(computed({ ...facts, ...change }));
  const { elements, fault } = facts;
  const { type, r_ohm } = fault;
  const withResistance = (ohm: number) => other({ fault: { ...fault, r_ohm: ohm } });
  return [
    ['ignored the vector group', answerOf(computed(facts, 'none'))],
    ['turned negative sequence the way of positive', answerOf(computed(facts, 'all-one-way'))],
    ['turned against the clock number', answerOf(computed(facts, 'backwards'))],
    ['forgot the fault resistance', withResistance(0)],
    type === 'LL'
      ? ['took three times the resistance between lines', withResistance(3 * r_ohm)]
      : ['took the resistance to earth once instead of three times', withResistance(r_ohm / 3)],
    ['took the neutral resistor once instead of three times', other({ neutral_ohm: facts.neutral_ohm / 3 })],
    ['took Z2 for Z1', other({ elements: elements.map((row) => ({ ...row, z2_pu: row.z1_pu })) })],
    [
      'took Z1 for Z0',
      other({ elements: elements.map((row) => ({ ...row, z0_pu: row.z0_pu && row.z1_pu })) }),
    ],
    ['forgot the voltage before the fault', other({ prefault_pu: 1 })],
  ];
}

/** Whoever has it right up to the last line. */
function slipsOfFigures(facts: SequenceQuantitiesFacts, right: Answer): Slip[] {
  const ratio = kvOf(facts, facts.far_bus) / kvOf(facts, facts.fault_bus);
  const { i_3ph, i0, i_far_a, i_far_b, i_far_c, i_fault_deg, i_far_deg, v_far } = right;
  const far = (of: (ka: number) => number) => ({
    i_far_a: of(i_far_a),
    i_far_b: of(i_far_b),
    i_far_c: of(i_far_c),
  });
  const angles = (of: (deg: number) => number) => ({
    i_fault_deg: of(i_fault_deg),
    i_far_deg: of(i_far_deg),
  });
  return [
    ['forgot the root of 3 in the base current', times(right, Math.sqrt(3))],
    ['left the far side at the base current of the fault', far((ka) => ka * ratio)],
    ['angles with the sign turned over', angles((deg) => -deg)],
    ['angles in radians', angles((deg) => (deg * Math.PI) / 180)],
    ['gave 3I0 for I0', { i0: 3 * i0 }],
    ['gave the voltage to earth for that between lines', { v_far: v_far / Math.sqrt(3) }],
    [
      'took every fault for a three-phase one',
      { i1: i_3ph, i2: 0, i0: 0, i_fault: i_3ph, ...far(() => i_3ph), v_far: 0 },
    ],
  ];
}

const CURRENTS = ['i_3ph', 'i1', 'i2', 'i0', 'i_fault', 'i_far_a', 'i_far_b', 'i_far_c'] as const;

const times = (right: Answer, factor: number): Partial<Answer> =>
  Object.fromEntries(CURRENTS.map((name) => [name, right[name] * factor]));

/** The figures of kiloamperes with A beside them: what is not none is wrong by a thousand. */
function amperes(right: Answer, prose: string): Mistake {
  const stated = Object.fromEntries(CURRENTS.map((name) => [name, `${right[name].toFixed(4)} A`]));
  const none = CURRENTS.filter((name) => right[name] < NONE_KA / 2).length;
  return {
    name: 'wrote amperes for kiloamperes',
    reply: replyWith(prose, { ...right, ...stated }),
    score: (3 + none) / FIELDS.length,
  };
}
