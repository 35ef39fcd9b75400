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

/** Above this nobody believes a time multiplier. */
const TMS_SEEN = 20;

type Slip = readonly [name: string, changes: Partial<Answer> | undefined];

export function relayCoordinationMistakes(
  facts: RelayCoordinationFacts,
  right: Answer,
  lang: Lang,
): Mistake[] {
  const prose = inWords(lang, { en: 'My result:', zh: '计算结果如下：' });
  return [...slipsOfSetting(facts, right), ...slipsOfGrading(facts, right)].flatMap(([name, changes]) => {
    const answer = { ...right, ...changes };
    const score = changes && worth(answer, right);
    // A multiplier in the hundreds would be noticed by whoever worked it out.
    const seen = answer.tms2 > TMS_SEEN || answer.tms3 > TMS_SEEN;
    return score === undefined || score === 1 || seen
      ? []
      : [{ name, reply: replyWith(prose, answer), score }];
  });
}

/** What the checks give for an answer; undefined where a number lies too near to the edge of its tolerance to say. */
function worth(given: Answer, right: Answer): number | undefined {
  const off = NUMBERS.map((field) => Math.abs(given[field] - right[field]) / TOLERANCE[field]);
  if (off.some((share) => !Number.isFinite(share) || (share > 0.9 && share < 1.1))) return undefined;
  const points = NUMBERS.reduce((sum, field, i) => sum + ((off[i] as number) < 1 ? WEIGHT[field] : 0), 0);
  return (points + CHOICES.filter((field) => given[field] === right[field]).length) / TOTAL;
}

function slipsOfSetting(facts: RelayCoordinationFacts, right: Answer): Slip[] {
  const { tms_exact, tms3_exact, pickup_exact } = grade(facts);
  const [r1, r2] = [settingOf(facts, 'R1'), settingOf(facts, 'R2')];
  const { t1, tms2, tms3, pickup2 } = right;
  const others = (change: (relay: RelaySetting) => RelaySetting) =>
    graded({ ...facts, relays: facts.relays.map(change) }, pickup2);
  const step = 0.05 * r2.ct_secondary_a;
  const down = (tms: number) => Number((tms - 0.01).toFixed(2));
  const unrounded = (tms: number) => Number(tms.toFixed(4));
  return [
    [
      'took secondary pick-ups for primary ones',
      others((relay) => ({ ...relay, ct_primary_a: 1, ct_secondary_a: 1 })),
    ],
    ['took the standard inverse curve for all', others((relay) => ({ ...relay, curve: 'IEC-SI' }))],
    ['forgot the reset ratio', picked(facts, pickup_exact * facts.reset_ratio)],
    ['forgot the margin over the load', picked(facts, pickup_exact / facts.margin_factor)],
    ['rounded the pick-up down', picked(facts, pickup_exact - step)],
    ['gave the pick-up in primary amperes', { pickup2: (pickup2 * r2.ct_primary_a) / r2.ct_secondary_a }],
    ['forgot the time multiplier of R1', { t1: t1 / (r1.tms ?? 1) }],
    ['rounded the multipliers down', { tms2: down(tms2), tms3: down(tms3) }],
    ['left the multipliers unrounded', { tms2: unrounded(tms_exact), tms3: unrounded(tms3_exact) }],
    ['forgot the interval', { tms2: multiplier(facts, right, t1, 0) }],
    ['forgot the time of R1', { tms2: multiplier(facts, right, 0, facts.interval_s) }],
  ];
}

function slipsOfGrading(facts: RelayCoordinationFacts, right: Answer): Slip[] {
  const { t1, worst_margin } = right;
  return [
    ['milliseconds for seconds', { t1: t1 * 1000, worst_margin: worst_margin * 1000 }],
    ['looked at the current behind R2 only', atOnly(facts, right, facts.at_r2_a)],
    ['looked at the current behind R1 only', atOnly(facts, right, facts.at_r1_a)],
    ['margin with the wrong sign', { worst_margin: -worst_margin }],
    ['gave the interval as the margin', { worst_margin: facts.interval_s, verdict: 'coordinated' }],
    ['took for granted that the nearer relay is first', { first: 'R2', verdict: 'coordinated' }],
    ['left R3 as it is', { tms3: settingOf(facts, 'R3').tms ?? 0 }],
  ];
}

/** The answer of someone who saw other relays, or set another pick-up; none where they would not even pick up. */
function graded(facts: RelayCoordinationFacts, pickup2: number): Partial<Answer> | undefined {
  try {
    const { t1, tms2, worst_margin, verdict, first, tms3 } = grade(facts, { pickup2 });
    return { pickup2, t1, tms2, worst_margin, verdict, first, tms3 };
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

/** Whoever sets R2 otherwise has another relay from there on. */
function picked(facts: RelayCoordinationFacts, exact: number): Partial<Answer> | undefined {
  const step = 0.05 * settingOf(facts, 'R2').ct_secondary_a;
  const pickup2 = Number((Math.ceil(exact / step - 1e-9) * step).toPrecision(12));
  return pickup2 > 0 ? graded(facts, pickup2) : undefined;
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
