import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { operatingTime } from '../../../engineering/faults/relays/curves.ts';
import { inWords, replyWith } from '../../wording.ts';
import {
  type CoordinationVerdict,
  grade,
  type RelayCoordinationFacts,
  type RelaySetting,
  relayOf,
} from './facts.ts';
import type { RelayCoordinationAnswer } from './family.ts';

/** Absolute tolerances of the checks; weights t1 1, tms2 2, margin 2, verdict 1. */
const TOLERANCE = { t1: 0.005, tms2: 0.001, worst_margin: 0.01 } as const;
const WEIGHT = { t1: 1, tms2: 2, worst_margin: 2 } as const;
const NUMBERS = ['t1', 'tms2', 'worst_margin'] as const;

export function relayCoordinationMistakes(
  facts: RelayCoordinationFacts,
  right: RelayCoordinationAnswer,
  lang: Lang,
): Mistake[] {
  const prose = inWords(lang, { en: 'My result:', zh: '计算结果如下：' });
  const say = (name: string, changes: Partial<RelayCoordinationAnswer>): Mistake | undefined => {
    const answer = { ...right, ...changes };
    const off = NUMBERS.map((field) => Math.abs(answer[field] - right[field]) / TOLERANCE[field]);
    if (off.some((share) => share > 0.9 && share < 1.1)) return undefined;
    const points = NUMBERS.reduce((sum, field, i) => sum + ((off[i] as number) < 1 ? WEIGHT[field] : 0), 0);
    const score = (points + (answer.verdict === right.verdict ? 1 : 0)) / 6;
    return { name, reply: replyWith(prose, answer), score };
  };
  const { t1, tms2, worst_margin } = right;
  const { tms_exact } = grade(facts);
  const list = [
    otherFeeder(facts, 'took secondary pick-ups for primary ones', say, (relay) => ({
      ...relay,
      ct_primary_a: 1,
      ct_secondary_a: 1,
    })),
    otherFeeder(facts, 'took the standard inverse curve for all', say, (relay) => ({
      ...relay,
      curve: 'IEC-SI',
    })),
    say('forgot the time multiplier of R1', { t1: t1 / facts.tms1 }),
    say('milliseconds for seconds', { t1: t1 * 1000, worst_margin: worst_margin * 1000 }),
    say('rounded the multiplier down', { tms2: Number((tms2 - 0.01).toFixed(2)) }),
    say('left the multiplier unrounded', { tms2: Number(tms_exact.toFixed(4)) }),
    say('forgot the interval', { tms2: multiplier(facts, t1, 0) }),
    say('forgot the time of R1', { tms2: multiplier(facts, 0, facts.interval_s) }),
    say('looked at the current behind R2 only', atOnly(facts, tms2, facts.at_r2_a)),
    say('looked at the current behind R1 only', atOnly(facts, tms2, facts.at_r1_a)),
    say('margin with the wrong sign', { worst_margin: -worst_margin }),
    say('gave the interval as the margin', { worst_margin: facts.interval_s, verdict: 'coordinated' }),
  ];
  return list.filter((mistake) => mistake !== undefined).filter(({ score }) => score !== 1);
}

/** The answer of someone who saw other relays. */
function otherFeeder(
  facts: RelayCoordinationFacts,
  name: string,
  say: (name: string, changes: Partial<RelayCoordinationAnswer>) => Mistake | undefined,
  change: (relay: RelaySetting) => RelaySetting,
): Mistake | undefined {
  const [r1, r2, r3] = facts.relays;
  const { t1, tms2, worst_margin, verdict } = grade({
    ...facts,
    relays: [change(r1), change(r2), change(r3)],
  });
  return say(name, { t1, tms2, worst_margin, verdict });
}

/** Time multiplier of R2 for other terms of the sum, rounded up as asked. */
function multiplier({ relays, at_r1_a }: RelayCoordinationFacts, t1: number, interval_s: number): number {
  const unit = operatingTime(relayOf(relays[1], 1), at_r1_a);
  return Number((Math.ceil(((t1 + interval_s) / unit) * 100 - 1e-9) / 100).toFixed(2));
}

function atOnly(
  { relays, tms3, interval_s }: RelayCoordinationFacts,
  tms2: number,
  current_a: number,
): Pick<RelayCoordinationAnswer, 'worst_margin' | 'verdict'> {
  const [, r2, r3] = relays;
  const worst_margin =
    operatingTime(relayOf(r3, tms3), current_a) - operatingTime(relayOf(r2, tms2), current_a);
  const verdict: CoordinationVerdict =
    worst_margin < 0 ? 'upstream-first' : worst_margin < interval_s ? 'short-interval' : 'coordinated';
  return { worst_margin, verdict };
}
