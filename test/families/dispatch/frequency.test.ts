import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import { frequencyResponse } from '../../../harness/engineering/system/swing.ts';
import { areaControlFamily as area } from '../../../harness/families/dispatch/frequency/area.ts';
import type { AreaFacts } from '../../../harness/families/dispatch/frequency/area-facts.ts';
import { frequencyNadirFamily as island } from '../../../harness/families/dispatch/frequency/nadir.ts';
import {
  lossOf,
  type NadirFacts,
  stayingOn,
} from '../../../harness/families/dispatch/frequency/nadir-facts.ts';

const draws = <F>(count: number, draw: (seed: string) => F): F[] =>
  Array.from({ length: count }, (_, seed) => draw(`test ${seed}`));
const inBoth = <F>(family: { localise?(facts: F, lang: 'en' | 'zh'): F }, list: readonly F[]): F[] =>
  list.flatMap((facts) => [facts, family.localise?.(facts, 'zh') ?? facts]);

const plain = inBoth<AreaFacts>(
  area,
  draws(25, (seed) => area.draw({ units: [3, 5], agc: false }, createRandom(seed))),
);
const withAgc = inBoth<AreaFacts>(
  area,
  draws(20, (seed) => area.draw({ units: [4, 5], agc: true }, createRandom(seed))),
);
const islands = inBoth<NadirFacts>(
  island,
  draws(15, (seed) => island.draw({ units: [4, 6] }, createRandom(seed))),
);

/** By which units are at their maximum, one guess after another: the balance is linear in each. */
function byActiveSet({
  f0_hz,
  deadband_hz,
  units,
  loss_mw,
  damping_mw_per_hz,
  beta_b_mw_per_hz,
}: AreaFacts): number {
  const full = new Set<string>();
  for (;;) {
    const free = units.filter(({ name }) => !full.has(name));
    const given = units.reduce((sum, u) => sum + (full.has(u.name) ? u.p_rated_mw - u.p_mw : 0), 0);
    const gain = free.reduce((sum, u) => sum + (100 * u.p_rated_mw) / (u.droop_percent * f0_hz), 0);
    const depth = (loss_mw - given + gain * deadband_hz) / (gain + damping_mw_per_hz + beta_b_mw_per_hz);
    const more = free.filter(
      (u) =>
        ((100 * u.p_rated_mw) / (u.droop_percent * f0_hz)) * (depth - deadband_hz) > u.p_rated_mw - u.p_mw,
    );
    if (more.length === 0) return -depth;
    for (const { name } of more) full.add(name);
  }
}

describe('area-control', () => {
  it('settles where the balance by hand settles, limits found one after another', () => {
    for (const facts of [...plain, ...withAgc])
      expect(area.solve(facts).df).toBeCloseTo(byActiveSet(facts), 6);
  });

  it('covers the loss to the last MW, and ties and ACE follow from the deviation', () => {
    for (const facts of [...plain, ...withAgc]) {
      const { df, response, tie_deviation, ace } = area.solve(facts);
      const governors = Object.values(response).reduce((sum, p) => sum + p, 0);
      const rest = -(facts.damping_mw_per_hz + facts.beta_b_mw_per_hz) * df;
      expect(governors + rest).toBeCloseTo(facts.loss_mw, 2);
      expect(tie_deviation).toBeCloseTo(facts.beta_b_mw_per_hz * df, 3);
      expect(ace).toBeCloseTo((facts.beta_b_mw_per_hz + facts.bias_mw_per_hz) * df, 3);
    }
  });

  it('asks of AGC what pouring it out in small cups gives, no unit above ramp or rating', () => {
    for (const facts of withAgc) {
      const { ace, agc, response } = area.solve(facts);
      const room = facts.units.map((u) =>
        Math.min(u.ramp_mw_per_min * facts.agc_min, u.p_rated_mw - u.p_mw - (response[u.name] as number)),
      );
      const poured = facts.units.map(() => 0);
      let rest = -ace;
      while (rest > 1e-6) {
        const open = facts.units.map((u, i) =>
          (room[i] as number) - (poured[i] as number) > 1e-9 ? u.participation_percent : 0,
        );
        const total = open.reduce((sum, share) => sum + share, 0);
        if (total === 0) break;
        const cup = Math.min(rest, 0.02);
        open.forEach((share, i) => {
          const drop = Math.min((cup * share) / total, (room[i] as number) - (poured[i] as number));
          poured[i] = (poured[i] as number) + drop;
          rest -= drop;
        });
      }
      facts.units.forEach(({ name }, i) => {
        expect(agc[name]).toBeCloseTo(poured[i] as number, 0);
      });
    }
  });
});

describe('frequency-nadir', () => {
  const followed = (facts: NadirFacts, battery_mw = 0) =>
    frequencyResponse({
      f0_hz: facts.f0_hz,
      base_mva: 1,
      inertia_s: stayingOn(facts).reduce((sum, { h_s, s_mva }) => sum + h_s * s_mva, 0),
      damping_mw_per_hz: (facts.damping_pu * facts.load_mw) / facts.f0_hz,
      loss_mw: lossOf(facts) - battery_mw,
      governors: stayingOn(facts)
        .filter(({ droop_percent }) => droop_percent !== undefined)
        .map(({ name, p_rated_mw, p_mw, droop_percent = 1 }) => ({
          name,
          p_rated_mw,
          droop_pu: droop_percent / 100,
          t_s: facts.governor_s,
          headroom_mw: p_rated_mw - p_mw,
        })),
      duration_s: 120,
    });

  it('is what integrating every governor by itself gives, none of them at its limit', () => {
    for (const facts of islands) {
      const answer = island.solve(facts);
      const run = followed(facts);
      expect(run.extreme_hz).toBeCloseTo(answer.nadir, 4);
      expect(Math.abs(run.extreme_s - answer.t_nadir)).toBeLessThan(0.01);
      expect(run.final_hz).toBeCloseTo(answer.f_settled, 3);
      expect(run.rocof_hz_per_s).toBeCloseTo(answer.rocof, 5);
      expect(run.limited).toEqual([]);
    }
  });

  it('has a battery with which the integration touches the threshold and no more', () => {
    for (const facts of islands.slice(0, 12)) {
      const { battery } = island.solve(facts);
      expect(followed(facts, battery).extreme_hz).toBeCloseTo(facts.threshold_hz, 4);
    }
  });

  it('falls half as fast with twice the inertia, and settles in the same place', () => {
    for (const facts of islands.slice(0, 6)) {
      const heavy = { ...facts, units: facts.units.map((unit) => ({ ...unit, h_s: 2 * unit.h_s })) };
      const [light, slow] = [island.solve(facts), island.solve(heavy)];
      expect(slow.rocof / light.rocof).toBeCloseTo(0.5, 4);
      expect(slow.f_settled).toBe(light.f_settled);
      expect(slow.nadir).toBeGreaterThan(light.nadir);
    }
  });
});
