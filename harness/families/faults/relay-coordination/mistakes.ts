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
  settingOf,
} from './facts.ts';
import type { RelayCoordinationAnswer } from './family.ts';

type Answer = RelayCoordinationAnswer;

/** Absolute tolerances of the checks, and weights of all. */
const TOLERANCE = { pickup2: 0.001, t1: 0.005, tms2: 0.001, worst_margin: 0.01, tms3: 0.001 } as const;
const WEIGHT = { pickup2: 1, t1: 1, tms2: 2, worst_margin: 2, tms3: 3 } as const;
const CHOICES = ['verdict', 'first'] as const;
const TOTAL = 11;
const NUMBERS = ['pickup2', 't1', 'tms2', 'worst_margin', 'tms3'] as const;

type Say = (name: string, changes: Partial<Answer>) => Mistake | undefined;

export function relayCoordinationMistakes(
  facts: RelayCoordinationFacts,
  right: Answer,
  lang: Lang,
): Mistake[] {
  const prose = inWords(lang, { en: 'My result:', zh: '计算结果如下：' });
  const say: Say = (name, changes) => {
    const answer = { ...right, ...changes };
    const off = NUMBERS.map((field) => Math.abs(answer[field] - right[field]) / TOLERANCE[field]);
    if (off.some((share) => !Number.isFinite(share) || (share > 0.9 && share < 1.1))) return undefined;
    const points = NUMBERS.reduce((sum, field, i) => sum + ((off[i] as number) < 1 ? WEIGHT[field] : 0), 0);
    const chosen = CHOICES.filter((field) => answer[field] === right[field]).length;
    return { name, reply: replyWith(prose, answer), score: (points + chosen) / TOTAL };
  };
  const { t1, tms2, worst_margin } = right;
  const { tms_exact, tms3_exact, pickup_exact } = grade(facts);
  const r2 = settingOf(facts, 'R2');
  const r1 = settingOf(facts, 'R1');
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
    pickup(facts, 'forgot the reset ratio', say, pickup_exact * facts.reset_ratio),
    pickup(facts, 'forgot the margin over the load', say, pickup_exact / facts.margin_factor),
    pickup(facts, 'rounded the pick-up down', say, pickup_exact - 0.05 * r2.ct_secondary_a),
    say('gave the pick-up in primary amperes', {
      pickup2: (right.pickup2 * r2.ct_primary_a) / r2.ct_secondary_a,
    }),
    say('forgot the time multiplier of R1', { t1: t1 / (r1.tms ?? 1) }),
    say('milliseconds for seconds', { t1: t1 * 1000, worst_margin: worst_margin * 1000 }),
    say('rounded the multipliers down', {
      tms2: Number((tms2 - 0.01).toFixed(2)),
      tms3: Number((right.tms3 - 0.01).toFixed(2)),
    }),
    say('left the multipliers unrounded', {
      tms2: Number(tms_exact.toFixed(4)),
      tms3: Number(tms3_exact.toFixed(4)),
    }),
    say('forgot the interval', { tms2: multiplier(facts, right, t1, 0) }),
    say('forgot the time of R1', { tms2: multiplier(facts, right, 0, facts.interval_s) }),
    say('looked at the current behind R2 only', atOnly(facts, right, facts.at_r2_a)),
    say('looked at the current behind R1 only', atOnly(facts, right, facts.at_r1_a)),
    say('margin with the wrong sign', { worst_margin: -worst_margin }),
    say('gave the interval as the margin', { worst_margin: facts.interval_s, verdict: 'coordinated' }),
    say('took for granted that the nearer relay is first', { first: 'R2', verdict: 'coordinated' }),
    say('left R3 as it is', { tms3: settingOf(facts, 'R3').tms ?? 0 }),
  ];
  return list.filter((mistake) => mistake !== undefined).filter(({ score }) => score !== 1);
}

/** The answer of someone who saw other relays; none where they would not even pick up. */
function otherFeeder(
  facts: RelayCoordinationFacts,
  name: string,
  say: Say,
  change: (relay: RelaySetting) => RelaySetting,
): Mistake | undefined {
  const other = { ...facts, relays: facts.relays.map(change) };
  return graded(other, name, say, grade(facts).pickup2);
}

function graded(facts: RelayCoordinationFacts, name: string, say: Say, pickup2: number): Mistake | undefined {
  try {
    const { t1, tms2, worst_margin, verdict, first, tms3 } = grade(facts, { pickup2 });
    return say(name, { pickup2, t1, tms2, worst_margin, verdict, first, tms3 });
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Whoever sets R2 otherwise has another relay from there on. */
function pickup(facts: RelayCoordinationFacts, name: string, say: Say, exact: number): Mistake | undefined {
  const step = 0.05 * settingOf(facts, 'R2').ct_secondary_a;
  const pickup2 = Number((Math.ceil(exact / step - 1e-9) * step).toPrecision(12));
  return pickup2 > 0 ? graded(facts, name, say, pickup2) : undefined;
}

/** Time multiplier of R2 for other terms of the sum, rounded up as asked. */
function multiplier(
  facts: RelayCoordinationFacts,
  { pickup2 }: Answer,
  t1: number,
  interval_s: number,
): number {
  const unit = operatingTime(relayOf(settingOf(facts, 'R2'), pickup2, 1), facts.at_r1_a);
  return Number((Math.ceil(((t1 + interval_s) / unit) * 100 - 1e-9) / 100).toFixed(2));
}

function atOnly(
  facts: RelayCoordinationFacts,
  { pickup2, tms2 }: Answer,
  current_a: number,
): Pick<Answer, 'worst_margin' | 'verdict' | 'first'> {
  const t2 = operatingTime(relayOf(settingOf(facts, 'R2'), pickup2, tms2), current_a);
  const worst_margin = operatingTime(relayOf(settingOf(facts, 'R3'), 0, 0), current_a) - t2;
  const verdict: CoordinationVerdict =
    worst_margin < 0 ? 'upstream-first' : worst_margin < facts.interval_s ? 'short-interval' : 'coordinated';
  return { worst_margin, verdict, first: worst_margin < 0 ? 'R3' : 'R2' };
}
