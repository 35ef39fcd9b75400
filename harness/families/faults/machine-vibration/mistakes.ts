import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { synchronousHz } from '../../../engineering/faults/equipment/rotating-machine.ts';
import { replyWith } from '../../wording.ts';
import type { MachineVibrationFacts, Peak } from './facts.ts';
import type { MachineVibrationAnswer } from './family.ts';
import { characteristicHz, faultsOf, LINE_HZ, type MachineFault, patternOf } from './train.ts';

const PROSE: Readonly<Record<Lang, string>> = { en: 'From the spectrum:', zh: '根据频谱判断：' };

/** What each fault is taken for. */
const TAKEN_FOR: Readonly<Record<MachineFault, MachineFault>> = {
  unbalance_1: 'misalignment',
  unbalance_2: 'unbalance_1',
  misalignment: 'unbalance_1',
  looseness: 'misalignment',
  stator: 'misalignment',
  rotor_bars: 'unbalance_1',
  outer_a: 'inner_a',
  inner_a: 'outer_a',
  element_a: 'outer_a',
  outer_b: 'inner_b',
  inner_b: 'outer_b',
  element_b: 'outer_b',
  impeller: 'looseness',
  gear_pinion: 'gear_wheel',
  gear_wheel: 'gear_pinion',
};

/** Weights of the checks: fault 2, which is a gate; frequency 2, peaks 2 by F1, overall 1. */
const WHOLE = 7;
const without = (weight: number) => (WHOLE - weight) / WHOLE;

export function machineVibrationMistakes(
  facts: MachineVibrationFacts,
  right: MachineVibrationAnswer,
  lang: Lang,
): Mistake[] {
  const { train, fault, peaks } = facts;
  const say = (changes: Partial<MachineVibrationAnswer>) => replyWith(PROSE[lang], { ...right, ...changes });
  const frequency = (name: string, value: number | undefined): Mistake[] =>
    value === undefined || Math.abs(value / right.frequency - 1) < 0.004
      ? []
      : [{ name, reply: say({ frequency: Number(value.toFixed(4)) }), score: without(2) }];
  const listed = (name: string, chosen: readonly Peak[]): Mistake[] => {
    const f1 = agreement(chosen, right.peaks);
    return f1 === 1
      ? []
      : [{ name, reply: say({ peaks: chosen.map((peak) => peak.name) }), score: without(2 * (1 - f1)) }];
  };
  const overall = (name: string, value: number): Mistake[] =>
    Math.abs(value / right.overall - 1) < 0.012
      ? []
      : [{ name, reply: say({ overall: Number(value.toFixed(3)) }), score: without(1) }];
  const instead = (other: MachineFault) => say({ fault: other, frequency: characteristicHz(train, other) });
  const twin = fault.replace(/_[ab]$/, (end) => (end === '_a' ? '_b' : '_a')) as MachineFault;
  const strikes = /^(outer|inner|element)/.test(fault);
  const main = patternOf(train, fault, 0.008)[0]?.hz as number;
  const read = nearest(peaks, main);
  const levels = peaks.map(({ radial }) => radial);
  return [
    { name: `took it for ${TAKEN_FOR[fault]}`, reply: instead(TAKEN_FOR[fault]), score: 0 },
    ...(twin === fault ? [] : [{ name: 'the other bearing', reply: instead(twin), score: 0 }]),
    { name: 'took what always was loud for the fault', reply: instead(alwaysLoud(facts)), score: 0 },
    ...(strikes ? frequency('read the line in the table instead of computing it', read.hz) : []),
    ...(fault.startsWith('element')
      ? frequency('the spin of the element for its strikes', right.frequency / 2)
      : []),
    ...(fault === 'stator'
      ? []
      : frequency('reckoned with the synchronous speed', bySynchronousSpeed(facts))),
    ...(strikes ? frequency('forgot the contact angle', withoutAngle(facts)) : []),
    ...(fault === 'rotor_bars'
      ? frequency('the slip frequency for the pole pass frequency', right.frequency / train.poles)
      : []),
    ...(fault === 'stator' ? frequency('the line frequency once', LINE_HZ) : []),
    frequency('per minute for per second', right.frequency * 60)[0] as Mistake,
    ...listed('named the main line only', [read]),
    ...listed('named every line', peaks),
    ...listed(
      'named whatever is new or doubled, the neighbour as well',
      peaks.filter(({ radial, before }) => before === null || radial > 2 * before),
    ),
    ...listed(
      'named what is loud',
      peaks.filter(({ radial }) => radial >= 1),
    ),
    { name: 'added the lines as plain numbers', reply: say({ overall: sum(levels) }), score: without(1) },
    ...overall('the largest line for the overall value', Math.max(...levels)),
    ...overall('axial lines added in', Math.hypot(...levels, ...peaks.map(({ axial }) => axial))),
  ];
}

const sum = (values: readonly number[]) =>
  Number(values.reduce((total, value) => total + value, 0).toFixed(3));

const nearest = (peaks: readonly Peak[], hz: number): Peak =>
  peaks.reduce((best, peak) => (Math.abs(peak.hz - hz) < Math.abs(best.hz - hz) ? peak : best));

function agreement(chosen: readonly Peak[], right: readonly string[]): number {
  const hits = chosen.filter(({ name }) => right.includes(name)).length;
  return (2 * hits) / (chosen.length + right.length);
}

const alwaysLoud = ({ train, fault }: MachineVibrationFacts): MachineFault => {
  const loud = train.kind === 'pump' ? 'impeller' : 'gear_pinion';
  return loud === fault ? (faultsOf(train.kind)[0] as MachineFault) : loud;
};

function bySynchronousSpeed({ train, fault }: MachineVibrationFacts): number | undefined {
  if (fault === 'rotor_bars') return undefined;
  const speed_rpm = 60 * synchronousHz(LINE_HZ, train.poles);
  return characteristicHz({ ...train, speed_rpm }, fault);
}

function withoutAngle({ train, fault }: MachineVibrationFacts): number {
  const flat = <T extends { contact_deg: number }>(bearing: T) => ({ ...bearing, contact_deg: 0 });
  return characteristicHz(
    { ...train, bearing_a: flat(train.bearing_a), bearing_b: flat(train.bearing_b) },
    fault,
  );
}
