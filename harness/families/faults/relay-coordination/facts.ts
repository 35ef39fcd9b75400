import { z } from 'zod';
import type { Random } from '../../../core/random.ts';
import { checkPair, chooseTms } from '../../../engineering/faults/relays/coordination.ts';
import {
  type CurveName,
  type OvercurrentRelay,
  operatingTime,
} from '../../../engineering/faults/relays/curves.ts';

export const relayCoordinationParams = z.strictObject({});
export type RelayCoordinationParams = z.infer<typeof relayCoordinationParams>;

const IEC_CURVES = ['IEC-SI', 'IEC-VI', 'IEC-EI'] as const satisfies CurveName[];

export interface RelaySetting {
  name: string;
  curve: (typeof IEC_CURVES)[number];
  ct_primary_a: number;
  ct_secondary_a: number;
  /** Secondary amperes. */
  pickup_a: number;
}

export interface RelayCoordinationFacts {
  /** R1 farthest from the source, R3 nearest. */
  relays: [RelaySetting, RelaySetting, RelaySetting];
  tms1: number;
  tms3: number;
  interval_s: number;
  /** Largest primary fault current just behind R1, and just behind R2. */
  at_r1_a: number;
  at_r2_a: number;
}

export const VERDICTS = ['coordinated', 'short-interval', 'upstream-first'] as const;
export type CoordinationVerdict = (typeof VERDICTS)[number];

export interface Graded {
  t1: number;
  tms_exact: number;
  tms2: number;
  worst_margin: number;
  verdict: CoordinationVerdict;
}

const primary = ({ pickup_a, ct_primary_a, ct_secondary_a }: RelaySetting): number =>
  Number(((pickup_a * ct_primary_a) / ct_secondary_a).toPrecision(12));

export const relayOf = (setting: RelaySetting, tms: number): OvercurrentRelay => ({
  name: setting.name,
  curve: setting.curve,
  pickup_a: primary(setting),
  tms,
});

/** R2 graded over R1, then R3 as it is set held against R2 over the section between them. */
export function grade(facts: RelayCoordinationFacts): Graded {
  const [r1, r2, r3] = facts.relays;
  const t1 = operatingTime(relayOf(r1, facts.tms1), facts.at_r1_a);
  const choice = chooseTms(
    { curve: r2.curve, pickup_a: primary(r2), step: 0.01 },
    facts.at_r1_a,
    t1,
    facts.interval_s,
  );
  const pair = {
    downstream: relayOf(r2, choice.tms),
    upstream: relayOf(r3, facts.tms3),
    min_a: facts.at_r1_a,
    max_a: facts.at_r2_a,
  };
  const { worst_margin_s, verdict } = checkPair(pair, facts.interval_s);
  if (worst_margin_s === null || verdict === 'downstream-blind')
    throw new RangeError('a relay does not pick up in the range that is graded');
  return { t1, tms_exact: choice.tms_exact, tms2: choice.tms, worst_margin: worst_margin_s, verdict };
}

/** How far from a change of verdict a margin must stay, s. */
const CLEAR_S = 0.02;

/**
 * A radial feeder whose relays all pick up for every fault asked about. The exact time multiplier is not near a whole step, and the
 * smallest margin not near 0 or the interval, times are those of real feeders; verdicts are wanted evenly.
 */
export function drawRelayCoordination(
  _params: RelayCoordinationParams,
  random: Random,
): RelayCoordinationFacts {
  const wanted = random.pick(VERDICTS);
  for (;;) {
    const facts = drawFeeder(random);
    const graded = grade(facts);
    const step = (graded.tms_exact * 100) % 1;
    const clear =
      Math.abs(graded.worst_margin) > CLEAR_S &&
      Math.abs(graded.worst_margin - facts.interval_s) > CLEAR_S &&
      graded.worst_margin < 1;
    const usual = graded.t1 > 0.1 && graded.t1 < 1.2 && graded.tms2 >= 0.05 && graded.tms2 <= 1.5;
    const backup_s = operatingTime(relayOf(facts.relays[2], facts.tms3), facts.at_r1_a);
    if (graded.verdict === wanted && clear && usual && backup_s < 3 && step > 0.1 && step < 0.9) return facts;
  }
}

function drawFeeder(random: Random): RelayCoordinationFacts {
  const secondary = random.pick([1, 5]);
  const setting = (name: string, ct_primary_a: number): RelaySetting => ({
    name,
    curve: random.pick(IEC_CURVES),
    ct_primary_a,
    ct_secondary_a: secondary,
    pickup_a: Number((secondary * random.range(0.8, 1.2, 0.1)).toFixed(1)),
  });
  const at_r1_a = random.range(1600, 3200, 50);
  return {
    relays: [
      setting('R1', random.pick([100, 150])),
      setting('R2', random.pick([300, 400])),
      setting('R3', random.pick([600, 800])),
    ],
    tms1: random.range(0.05, 0.4, 0.01),
    tms3: random.range(0.1, 1.2, 0.01),
    interval_s: random.pick([0.25, 0.3, 0.35, 0.4]),
    at_r1_a,
    at_r2_a: Math.round((at_r1_a * random.range(1.5, 2.6, 0.1)) / 50) * 50,
  };
}
