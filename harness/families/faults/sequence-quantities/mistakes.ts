import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { inWords, replyWith } from '../../wording.ts';
import type { SequenceQuantitiesFacts } from './facts.ts';
import { answerOf, type SequenceQuantitiesAnswer } from './family.ts';
import { computed, kvOf } from './quantities.ts';

type Answer = SequenceQuantitiesAnswer;
const FIELDS = [
  'i_3ph',
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

export function sequenceQuantitiesMistakes(
  facts: SequenceQuantitiesFacts,
  right: Answer,
  lang: Lang,
): Mistake[] {
  const prose = inWords(lang, { en: 'My result:', zh: '计算结果如下：' });
  const say = (name: string, changes: Partial<Answer>): Mistake | undefined => {
    const answer = { ...right, ...changes };
    const away = FIELDS.map((field) => off(field, answer[field], right[field]));
    if (away.some((share) => Math.abs(share - 1) < UNSURE)) return undefined;
    const score = away.filter((share) => share < 1).length / FIELDS.length;
    return { name, reply: replyWith(prose, answer), score };
  };
  const other = (change: Partial<SequenceQuantitiesFacts>): Answer =>
    answerOf(computed({ ...facts, ...change }));
  const fault = (r_ohm: number) => other({ fault: { ...facts.fault, r_ohm } });
  const { type, r_ohm } = facts.fault;
  const ratio = kvOf(facts, facts.far_bus) / kvOf(facts, facts.fault_bus);
  const list = [
    say('ignored the vector group', answerOf(computed(facts, 'none'))),
    say('turned negative sequence the way of positive', answerOf(computed(facts, 'all-one-way'))),
    say('turned against the clock number', answerOf(computed(facts, 'backwards'))),
    say('forgot the fault resistance', fault(0)),
    type === 'LL'
      ? say('took three times the resistance between lines', fault(3 * r_ohm))
      : say('took the resistance to earth once instead of three times', fault(r_ohm / 3)),
    say(
      'took the neutral resistor once instead of three times',
      other({ neutral_ohm: facts.neutral_ohm / 3 }),
    ),
    say('took Z2 for Z1', other({ elements: facts.elements.map((row) => ({ ...row, z2_pu: row.z1_pu })) })),
    say(
      'took Z1 for Z0',
      other({ elements: facts.elements.map((row) => ({ ...row, z0_pu: row.z0_pu && row.z1_pu })) }),
    ),
    say('forgot the voltage before the fault', other({ prefault_pu: 1 })),
    say('forgot the root of 3 in the base current', times(right, Math.sqrt(3))),
    say('left the far side at the base current of the fault', {
      i_far_a: right.i_far_a * ratio,
      i_far_b: right.i_far_b * ratio,
      i_far_c: right.i_far_c * ratio,
    }),
    say('angles with the sign turned over', { i_fault_deg: -right.i_fault_deg, i_far_deg: -right.i_far_deg }),
    say('angles in radians', {
      i_fault_deg: (right.i_fault_deg * Math.PI) / 180,
      i_far_deg: (right.i_far_deg * Math.PI) / 180,
    }),
    say('gave the voltage to earth for that between lines', { v_far: right.v_far / Math.sqrt(3) }),
    say('took every fault for a three-phase one', {
      i_fault: right.i_3ph,
      i_far_a: right.i_3ph,
      i_far_b: right.i_3ph,
      i_far_c: right.i_3ph,
      v_far: 0,
    }),
    amperes(right, prose),
  ];
  return list.filter((mistake) => mistake !== undefined).filter(({ score }) => score !== 1);
}

const CURRENTS = ['i_3ph', 'i_fault', 'i_far_a', 'i_far_b', 'i_far_c'] as const;

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
