import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import { type RelaySetting, VERDICTS } from '../../../harness/families/faults/relay-coordination/facts.ts';
import { relayCoordinationFamily as family } from '../../../harness/families/faults/relay-coordination/family.ts';

const draws = Array.from({ length: 60 }, (_, seed) => family.draw({}, createRandom(`test ${seed}`)));

const CONSTANTS = { 'IEC-SI': [0.14, 0.02], 'IEC-VI': [13.5, 1], 'IEC-EI': [80, 2] } as const;

/** The prompt's formula on secondary amperes: the fault is brought to the relay, not the setting to the line. */
const time = (relay: RelaySetting, tms: number, primary_a: number) => {
  const [k, alpha] = CONSTANTS[relay.curve];
  const secondary_a = (primary_a * relay.ct_secondary_a) / relay.ct_primary_a;
  return (tms * k) / ((secondary_a / relay.pickup_a) ** alpha - 1);
};

describe('relay-coordination', () => {
  it('has the time of R1 and the smallest multiplier of R2 that the formula of the prompt gives', () => {
    for (const { relays, tms1, at_r1_a, interval_s, ...rest } of draws) {
      const [r1, r2] = relays;
      const answer = family.solve({ relays, tms1, at_r1_a, interval_s, ...rest });
      const t1 = time(r1, tms1, at_r1_a);
      expect(answer.t1).toBeCloseTo(t1, 5);
      const steps = Array.from({ length: 200 }, (_, i) => (i + 1) / 100);
      const first = steps.find((tms) => time(r2, tms, at_r1_a) >= t1 + interval_s);
      expect(answer.tms2).toBeCloseTo(first ?? Number.NaN, 9);
    }
  });

  it('has the smallest margin that a scan of the whole range finds', () => {
    for (const facts of draws) {
      const { tms2, worst_margin, verdict } = family.solve(facts);
      const [, r2, r3] = facts.relays;
      let least = Number.POSITIVE_INFINITY;
      for (let i = 0; i <= 4000; i++) {
        const current = facts.at_r1_a + ((facts.at_r2_a - facts.at_r1_a) * i) / 4000;
        least = Math.min(least, time(r3, facts.tms3, current) - time(r2, tms2, current));
      }
      expect(worst_margin).toBeCloseTo(least, 3);
      expect(verdict).toBe(
        least < 0 ? 'upstream-first' : least < facts.interval_s ? 'short-interval' : 'coordinated',
      );
    }
  });

  it('reaches every verdict, and keeps margins clear of a change of verdict', () => {
    expect(new Set(draws.map((facts) => family.solve(facts).verdict))).toEqual(new Set(VERDICTS));
    for (const facts of draws) {
      const { worst_margin } = family.solve(facts);
      expect(Math.abs(worst_margin)).toBeGreaterThan(0.0199);
      expect(Math.abs(worst_margin - facts.interval_s)).toBeGreaterThan(0.0199);
    }
  });

  it('knows at least six wrong replies to every draw', () => {
    for (const facts of draws)
      expect(family.mistakes(facts, family.solve(facts), 'en').length).toBeGreaterThanOrEqual(6);
  });
});
