import * as z from 'zod';
import { checkPair, chooseTms, tripOrder } from '../../../engineering/faults/relays/coordination.ts';
import {
  type CurveName,
  curveTime,
  type OvercurrentRelay,
  operatingTime,
} from '../../../engineering/faults/relays/curves.ts';

export const relayCoordinationParams = z.strictObject({});
export type RelayCoordinationParams = z.infer<typeof relayCoordinationParams>;

const IEC_CURVES = ['IEC-SI', 'IEC-VI', 'IEC-EI'] as const satisfies CurveName[];

export interface RelaySetting {
  name: 'R1' | 'R2' | 'R3';
  curve: (typeof IEC_CURVES)[number];
  ct_primary_a: number;
  ct_secondary_a: number;
  /** Secondary amperes; null for R2, which is to be set. */
  pickup_a: number | null;
  tms: number | null;
}

export interface RelayCoordinationFacts {
  /** R1 farthest from the source, R3 nearest; in any order. */
  relays: RelaySetting[];
  /** Largest load through R2, primary, and what its pick-up must leave: margin over the load, and reset over pick-up. */
  load_a: number;
  margin_factor: number;
  reset_ratio: number;
  interval_s: number;
  /** Largest primary fault current just behind R1, and just behind R2. */
  at_r1_a: number;
  at_r2_a: number;
  /** A fault between R2 and R1 of this current. */
  asked_a: number;
}

export const VERDICTS = ['coordinated', 'short-interval', 'upstream-first'] as const;
export type CoordinationVerdict = (typeof VERDICTS)[number];

/** What is set, what follows from it, and the unrounded values on the way. */
export interface Graded {
  pickup_exact: number;
  /** Secondary amperes. */
  pickup2: number;
  t1: number;
  tms_exact: number;
  tms2: number;
  worst_margin: number;
  verdict: CoordinationVerdict;
  first: 'R2' | 'R3';
  /** Apart of the two times at the asked current, s. */
  apart_s: number;
  tms3_exact: number;
  /** Smallest multiplier of R3 that keeps the interval in the whole range. */
  tms3: number;
}

/** Steps of a pick-up setting, of rated secondary current, and of a time multiplier. */
const PICKUP_STEP = 0.05;
const TMS_STEP = 0.01;
/** A hair below, so that 0.3/0.01 does not count as more than 30 steps. */
const stepsUp = (value: number, step: number): number =>
  Number((Math.ceil(value / step - 1e-9) * step).toPrecision(12));

export const settingOf = ({ relays }: RelayCoordinationFacts, name: RelaySetting['name']): RelaySetting =>
  relays.find((relay) => relay.name === name) as RelaySetting;

export const primary = ({ ct_primary_a, ct_secondary_a }: RelaySetting, pickup_a: number): number =>
  Number(((pickup_a * ct_primary_a) / ct_secondary_a).toPrecision(12));

/** A relay in primary amperes, with the given pick-up (secondary) and multiplier where it has none of its own. */
export const relayOf = (setting: RelaySetting, pickup_a: number, tms: number): OvercurrentRelay => ({
  name: setting.name,
  curve: setting.curve,
  pickup_a: primary(setting, setting.pickup_a ?? pickup_a),
  tms: setting.tms ?? tms,
});

/**
 * R2 set above the load and graded over R1, then R3 as it is set held against R2 over the section between them, and set anew.
 * `pickup2` given: what someone set instead.
 */
export function grade(facts: RelayCoordinationFacts, instead?: { pickup2: number }): Graded {
  const [r1, r2] = [settingOf(facts, 'R1'), settingOf(facts, 'R2')];
  const pickup_exact =
    (((facts.margin_factor * facts.load_a) / facts.reset_ratio) * r2.ct_secondary_a) / r2.ct_primary_a;
  const pickup2 = instead?.pickup2 ?? stepsUp(pickup_exact, PICKUP_STEP * r2.ct_secondary_a);
  const t1 = operatingTime(relayOf(r1, 0, 0), facts.at_r1_a);
  const { tms_exact, tms: tms2 } = chooseTms(
    { curve: r2.curve, pickup_a: primary(r2, pickup2), step: TMS_STEP },
    facts.at_r1_a,
    t1,
    facts.interval_s,
  );
  return { pickup_exact, pickup2, t1, tms_exact, tms2, ...held(facts, relayOf(r2, pickup2, tms2)) };
}

/** R3 against R2 as it is now set. */
function held(
  facts: RelayCoordinationFacts,
  downstream: OvercurrentRelay,
): Pick<Graded, 'worst_margin' | 'verdict' | 'first' | 'apart_s' | 'tms3_exact' | 'tms3'> {
  const { interval_s, at_r1_a, at_r2_a, asked_a } = facts;
  const upstream = relayOf(settingOf(facts, 'R3'), 0, 0);
  const pair = { downstream, upstream, min_a: at_r1_a, max_a: at_r2_a };
  const { worst_margin_s, verdict } = checkPair(pair, interval_s);
  if (worst_margin_s === null || verdict === 'downstream-blind')
    throw new RangeError('a relay does not pick up in the range that is graded');
  const [quick, slow] = tripOrder([downstream, upstream].map((relay) => ({ relay, current_a: asked_a })));
  const tms3_exact = smallestUpstream(pair, interval_s);
  return {
    worst_margin: worst_margin_s,
    verdict,
    first: quick?.name === 'R3' ? 'R3' : 'R2',
    apart_s: (slow?.time_s ?? 0) - (quick?.time_s ?? 0),
    tms3_exact,
    tms3: stepsUp(tms3_exact, TMS_STEP),
  };
}

const GRID = 400;

/** Times are in proportion to the multiplier: the largest (t_down + interval)/(time at a multiplier of 1) of the range. */
function smallestUpstream(
  { downstream, upstream, min_a, max_a }: Parameters<typeof checkPair>[0],
  interval_s: number,
): number {
  const needs = Array.from({ length: GRID + 1 }, (_, i) => {
    const current = i === GRID ? max_a : min_a * (max_a / min_a) ** (i / GRID);
    return (
      (operatingTime(downstream, current) + interval_s) /
      curveTime(upstream.curve, current / upstream.pickup_a)
    );
  });
  return Math.max(...needs);
}
