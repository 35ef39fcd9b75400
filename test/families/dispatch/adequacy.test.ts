import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import { adequacyFamily as year } from '../../../harness/families/dispatch/adequacy/adequacy.ts';
import type { AdequacyFacts } from '../../../harness/families/dispatch/adequacy/adequacy-facts.ts';
import { reserveCheckFamily as reserve } from '../../../harness/families/dispatch/adequacy/reserve.ts';

const years = Array.from({ length: 30 }, (_, seed) =>
  year.draw({ units: [5, 6] }, createRandom(`test ${seed}`)),
);
const hours = Array.from({ length: 40 }, (_, seed) =>
  reserve.draw({ units: [5, 7] }, createRandom(`test ${seed}`)),
);

/** Every combination of units up and down, one bit a unit: no table, no convolution. */
function combinations({ units }: AdequacyFacts): { up_mw: number; probability: number }[] {
  return Array.from({ length: 2 ** units.length }, (_, bits) =>
    units.reduce(
      ({ up_mw, probability }, { capacity_mw, for_percent }, i) =>
        bits & (1 << i)
          ? { up_mw, probability: (probability * for_percent) / 100 }
          : { up_mw: up_mw + capacity_mw, probability: probability * (1 - for_percent / 100) },
      { up_mw: 0, probability: 1 },
    ),
  );
}

const short = (states: ReturnType<typeof combinations>, load_mw: number) =>
  states.reduce((sum, { up_mw, probability }) => sum + (up_mw < load_mw ? probability : 0), 0);

describe('adequacy', () => {
  it('agrees with all combinations of outages, counted one by one', () => {
    for (const facts of years) {
      const states = combinations(facts);
      const answer = year.solve(facts);
      const eens = facts.loads.reduce(
        (sum, { load_mw, hours: h }) =>
          sum +
          h *
            states.reduce((mw, { up_mw, probability }) => mw + probability * Math.max(0, load_mw - up_mw), 0),
        0,
      );
      expect(answer.lolp).toBeCloseTo(100 * short(states, facts.loads[0]?.load_mw ?? 0), 6);
      expect(answer.lole_h).toBeCloseTo(
        facts.loads.reduce((sum, { load_mw, hours: h }) => sum + h * short(states, load_mw), 0),
        6,
      );
      expect(answer.lole_d).toBeCloseTo(
        facts.peaks.reduce((sum, { peak_mw, days }) => sum + days * short(states, peak_mw), 0),
        6,
      );
      expect(answer.eens).toBeCloseTo(eens, 4);
    }
  });

  it('adds the least firm capacity that going up MW by MW finds', () => {
    for (const facts of years) {
      const states = combinations(facts);
      const days = (firm: number) =>
        facts.peaks.reduce((sum, { peak_mw, days: d }) => sum + d * short(states, peak_mw - firm), 0);
      let firm = 0;
      while (days(firm) > facts.target_d) firm++;
      expect(year.solve(facts).firm).toBe(firm);
    }
  });

  it('asks of a year that has all its hours and days, with loads that meet no state', () => {
    for (const facts of years) {
      expect(facts.loads.reduce((sum, { hours: h }) => sum + h, 0)).toBe(8760);
      expect(facts.peaks.reduce((sum, { days }) => sum + days, 0)).toBe(365);
      for (const load of [
        ...facts.loads.map(({ load_mw }) => load_mw),
        ...facts.peaks.map(({ peak_mw }) => peak_mw),
      ])
        expect(combinations(facts).some(({ up_mw }) => up_mw === load)).toBe(false);
    }
  });
});

describe('reserve-check', () => {
  it('finds the worst loss by going through all of them with the lost unit taken out', () => {
    for (const facts of hours) {
      const answer = reserve.solve(facts);
      const without = (lost: string) =>
        facts.units
          .filter(({ name }) => name !== lost)
          .reduce(
            (sum, u) => sum + Math.min(u.p_max_mw, u.p_mw + facts.minutes * u.ramp_mw_per_min) - u.p_mw,
            0,
          );
      const infeeds = [...facts.units.map(({ name, p_mw }) => ({ name, p_mw })), facts.link];
      const gaps = infeeds.map(({ name, p_mw }) => ({ name, gap: p_mw - without(name) }));
      const most = Math.max(...gaps.map(({ gap }) => gap));
      expect(gaps.find(({ gap }) => gap === most)?.name).toBe(answer.worst);
      expect(answer.shortfall).toBeCloseTo(most, 6);
      const largest = infeeds.reduce((a, b) => (b.p_mw > a.p_mw ? b : a));
      expect(answer.largest).toBe(largest.name);
      expect(answer.reserve).toBeCloseTo(without(largest.name), 6);
    }
  });

  it('is not won by always naming the largest infeed, nor by never doing so', () => {
    const same = hours.filter((facts) => {
      const { largest, worst } = reserve.solve(facts);
      return largest === worst;
    }).length;
    expect(same).toBeGreaterThan(6);
    expect(same).toBeLessThan(30);
  });
});
