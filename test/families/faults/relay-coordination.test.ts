import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import {
  type RelayCoordinationFacts,
  type RelaySetting,
  VERDICTS,
} from '../../../harness/families/faults/relay-coordination/facts.ts';
import { relayCoordinationFamily as family } from '../../../harness/families/faults/relay-coordination/family.ts';

const draws = Array.from({ length: 60 }, (_, seed) => family.draw({}, createRandom(`test ${seed}`)));

const CONSTANTS = { 'IEC-SI': [0.14, 0.02], 'IEC-VI': [13.5, 1], 'IEC-EI': [80, 2] } as const;

/** The prompt's formula on secondary amperes: the fault is brought to the relay, not the setting to the line. */
const time = (relay: RelaySetting, pickup_a: number, tms: number, primary_a: number) => {
  const [k, alpha] = CONSTANTS[relay.curve];
  const secondary_a = (primary_a * relay.ct_secondary_a) / relay.ct_primary_a;
  return (tms * k) / ((secondary_a / pickup_a) ** alpha - 1);
};
const own = (relay: RelaySetting, primary_a: number) =>
  time(relay, relay.pickup_a ?? Number.NaN, relay.tms ?? Number.NaN, primary_a);
const three = ({ relays }: RelayCoordinationFacts) =>
  (['R1', 'R2', 'R3'] as const).map((name) => relays.find((relay) => relay.name === name)) as [
    RelaySetting,
    RelaySetting,
    RelaySetting,
  ];
const hundredths = Array.from({ length: 200 }, (_, i) => (i + 1) / 100);
const scan = ({ at_r1_a, at_r2_a }: RelayCoordinationFacts) =>
  Array.from({ length: 4001 }, (_, i) => at_r1_a + ((at_r2_a - at_r1_a) * i) / 4000);

describe('relay-coordination', () => {
  it('has the first pick-up of R2, step by step, whose reset lies above the load with its margin', () => {
    for (const facts of draws) {
      const [, r2] = three(facts);
      const settings = Array.from({ length: 60 }, (_, i) => (i + 1) * 0.05 * r2.ct_secondary_a);
      const first = settings.find(
        (pickup) =>
          ((pickup * r2.ct_primary_a) / r2.ct_secondary_a) * facts.reset_ratio >=
          facts.margin_factor * facts.load_a,
      );
      expect(family.solve(facts).pickup2).toBeCloseTo(first ?? Number.NaN, 9);
    }
  });

  it('has the time of R1 and the smallest multiplier of R2 that the formula of the prompt gives', () => {
    for (const facts of draws) {
      const [r1, r2] = three(facts);
      const answer = family.solve(facts);
      const t1 = own(r1, facts.at_r1_a);
      expect(answer.t1).toBeCloseTo(t1, 5);
      const first = hundredths.find(
        (tms) => time(r2, answer.pickup2, tms, facts.at_r1_a) >= t1 + facts.interval_s,
      );
      expect(answer.tms2).toBeCloseTo(first ?? Number.NaN, 9);
    }
  });

  it('has the smallest margin that a scan of the whole range finds', () => {
    for (const facts of draws) {
      const { pickup2, tms2, worst_margin, verdict } = family.solve(facts);
      const [, r2, r3] = three(facts);
      const least = Math.min(...scan(facts).map((a) => own(r3, a) - time(r2, pickup2, tms2, a)));
      expect(worst_margin).toBeCloseTo(least, 3);
      expect(verdict).toBe(
        least < 0 ? 'upstream-first' : least < facts.interval_s ? 'short-interval' : 'coordinated',
      );
    }
  });

  it('names the relay whose time is shorter, and the first multiplier of R3 that keeps the interval everywhere', () => {
    for (const facts of draws) {
      const { pickup2, tms2, first, tms3 } = family.solve(facts);
      const [, r2, r3] = three(facts);
      const sooner = own(r3, facts.asked_a) < time(r2, pickup2, tms2, facts.asked_a) ? 'R3' : 'R2';
      expect(first).toBe(sooner);
      const currents = scan(facts);
      const enough = hundredths.find((tms) =>
        currents.every(
          (a) =>
            time(r3, r3.pickup_a ?? Number.NaN, tms, a) >=
            time(r2, pickup2, tms2, a) + facts.interval_s - 1e-9,
        ),
      );
      expect(tms3).toBeCloseTo(enough ?? Number.NaN, 9);
    }
  });

  it('reaches every verdict and either relay first, and keeps margins clear of a change of verdict', () => {
    const answers = draws.map((facts) => family.solve(facts));
    expect(new Set(answers.map(({ verdict }) => verdict))).toEqual(new Set(VERDICTS));
    expect(answers.filter(({ first }) => first === 'R3').length).toBeGreaterThan(5);
    // A mis-coordination somewhere need not show at the current that is asked.
    expect(answers.some(({ first, verdict }) => first === 'R2' && verdict === 'upstream-first')).toBe(true);
    for (const [i, { worst_margin }] of answers.entries()) {
      expect(Math.abs(worst_margin)).toBeGreaterThan(0.0199);
      expect(Math.abs(worst_margin - (draws[i]?.interval_s ?? 0))).toBeGreaterThan(0.0199);
    }
  });

  it('has pick-ups that rise towards the source, as those of real feeders do', () => {
    for (const facts of draws) {
      const { pickup2 } = family.solve(facts);
      const [low, middle, high] = three(facts).map(
        ({ pickup_a, ct_primary_a, ct_secondary_a }) =>
          ((pickup_a ?? pickup2) * ct_primary_a) / ct_secondary_a,
      ) as [number, number, number];
      expect(middle).toBeGreaterThan(low);
      expect(high).toBeGreaterThan(middle);
    }
  });

  it('does not depend on the order in which the relays are listed', () => {
    for (const facts of draws.slice(0, 10))
      expect(family.solve({ ...facts, relays: [...facts.relays].reverse() })).toEqual(family.solve(facts));
  });

  it('knows at least six wrong replies to every draw', () => {
    for (const facts of draws)
      expect(family.mistakes(facts, family.solve(facts), 'en').length).toBeGreaterThanOrEqual(6);
  });
});
