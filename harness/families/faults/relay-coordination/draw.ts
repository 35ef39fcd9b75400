import type { Random } from '../../../core/random.ts';
import { operatingTime } from '../../../engineering/faults/relays/curves.ts';
import {
  grade,
  type RelayCoordinationFacts,
  type RelayCoordinationParams,
  type RelaySetting,
  relayOf,
  settingOf,
  VERDICTS,
} from './facts.ts';

/** How far from a change of verdict a margin must stay, s. */
const CLEAR_S = 0.02;
const CURVES = ['IEC-SI', 'IEC-VI', 'IEC-EI'] as const;

/**
 * A radial feeder whose relays all pick up for every fault asked about. No exact setting is near a whole step and the
 * smallest margin not near 0 or the interval; times are those of real feeders. Verdicts are wanted evenly, and where
 * R3 is faster somewhere the asked fault lies where it is in half of the draws.
 */
export function drawRelayCoordination(
  _params: RelayCoordinationParams,
  random: Random,
): RelayCoordinationFacts {
  const wanted = random.pick(VERDICTS);
  const upper = random.chance(0.6) ? 'R3' : 'R2';
  for (;;) {
    const facts = drawFeeder(random);
    const graded = grade(facts);
    if (graded.verdict !== wanted || !isUsual(facts, graded)) continue;
    if (wanted === 'upstream-first' && graded.first !== upper) continue;
    return facts;
  }
}

function isUsual(facts: RelayCoordinationFacts, graded: ReturnType<typeof grade>): boolean {
  const { worst_margin, t1, tms2, tms3, pickup2 } = graded;
  const r2 = settingOf(facts, 'R2');
  // Pick-ups rise towards the source, or no multiplier could make the relays grade just above them.
  const [low, middle, high] = (['R1', 'R2', 'R3'] as const).map(
    (name) => relayOf(settingOf(facts, name), pickup2, 1).pickup_a,
  ) as [number, number, number];
  const backup_s = operatingTime(relayOf(settingOf(facts, 'R3'), 0, 0), facts.at_r1_a);
  const clear = Math.abs(worst_margin) > CLEAR_S && Math.abs(worst_margin - facts.interval_s) > CLEAR_S;
  const between = [
    graded.tms_exact * 100,
    graded.tms3_exact * 100,
    graded.pickup_exact / (0.05 * r2.ct_secondary_a),
  ].every((steps) => steps % 1 > 0.1 && steps % 1 < 0.9);
  return (
    clear &&
    middle >= 1.1 * low &&
    high >= 1.1 * middle &&
    between &&
    worst_margin < 1 &&
    graded.apart_s > CLEAR_S &&
    t1 > 0.1 &&
    t1 < 1.2 &&
    [tms2, tms3].every((tms) => tms >= 0.05 && tms <= 1.5) &&
    backup_s < 3 &&
    pickup2 >= 0.6 * r2.ct_secondary_a &&
    pickup2 <= 1.4 * r2.ct_secondary_a
  );
}

function drawFeeder(random: Random): RelayCoordinationFacts {
  const secondary = random.pick([1, 5]);
  const setting = (name: RelaySetting['name'], ct_primary_a: number, tms: number | null): RelaySetting => ({
    name,
    curve: random.pick(CURVES),
    ct_primary_a,
    ct_secondary_a: secondary,
    pickup_a: tms === null ? null : Number((secondary * random.range(0.8, 1.2, 0.1)).toFixed(1)),
    tms,
  });
  const at_r1_a = random.range(1600, 3200, 50);
  const ct2 = random.pick([300, 400]);
  const at_r2_a = Math.round((at_r1_a * random.range(1.5, 2.6, 0.1)) / 50) * 50;
  return {
    relays: [
      setting('R1', random.pick([100, 150]), random.range(0.05, 0.4, 0.01)),
      setting('R2', ct2, null),
      setting('R3', random.pick([600, 800]), random.range(0.1, 1.2, 0.01)),
    ],
    load_a: Math.round((ct2 * random.range(0.5, 1, 0.01)) / 5) * 5,
    margin_factor: random.pick([1.15, 1.2, 1.25, 1.3]),
    reset_ratio: random.pick([0.85, 0.9, 0.95]),
    interval_s: random.pick([0.25, 0.3, 0.35, 0.4]),
    at_r1_a,
    at_r2_a,
    asked_a: Math.round((at_r1_a + (at_r2_a - at_r1_a) * random.range(0.05, 0.95, 0.05)) / 10) * 10,
  };
}
