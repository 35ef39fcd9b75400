import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import { byHand } from '../../../harness/families/faults/short-circuit/by-hand.ts';
import { type ShortCircuitFacts, VERDICTS } from '../../../harness/families/faults/short-circuit/facts.ts';
import { shortCircuitFamily as family } from '../../../harness/families/faults/short-circuit/family.ts';

const draws = Array.from({ length: 120 }, (_, seed) =>
  family.draw({ levels: ['mv', 'lv'] }, createRandom(`test ${seed}`)),
);

type Z = [r: number, x: number];
const inverse = ([r, x]: Z): Z => [r / (r * r + x * x), -x / (r * r + x * x)];
const plus = (a: Z, b: Z): Z => [a[0] + b[0], a[1] + b[1]];
const times = (a: Z, k: number): Z => [a[0] * k, a[1] * k];

/**
 * In per unit of 100 MVA and the nominal voltages, in own arithmetic from the sentences of the prompt: no ohms, no matrix,
 * nothing of the engineering code.
 */
function perUnit(facts: ShortCircuitFacts): { ik: number; ip: number } {
  const { transformers: t, machine: m, cable, feeder } = facts;
  const c = facts.c_max;
  const zBase = facts.un_kv ** 2 / 100;
  const iBase = 100 / (Math.sqrt(3) * facts.un_kv);
  // The turns ratio off nominal: seen from the fault, the feeder's ohms shrink by the rated ratio, not the nominal one.
  const turns = ((t.ur_lv_kv / t.ur_hv_kv) * (facts.un_hv_kv / facts.un_kv)) ** 2;
  const q = (1.1 * 100 * turns) / (Math.sqrt(3) * facts.un_hv_kv * feeder.ik_ka);
  const zq: Z = [q * Math.sin(Math.atan(feeder.rx)), q * Math.cos(Math.atan(feeder.rx))];
  const xt = Math.sqrt(t.uk_percent ** 2 - t.ukr_percent ** 2) / 100;
  const kt = (0.95 * c) / (1 + 0.6 * xt);
  const tBase = ((100 / t.sr_mva) * (t.ur_lv_kv / facts.un_kv) ** 2 * kt) / t.count;
  const zt: Z = [(t.ukr_percent / 100) * tBase, xt * tBase];
  const zl: Z = times([cable.r_ohm_per_km, cable.x_ohm_per_km], cable.length_m / 1000 / zBase);
  const zm = (peak: boolean): Z => {
    if (m.kind === 'motors') {
      const z =
        (100 * m.efficiency * m.cos_phi * 1000 * (m.ur_kv / facts.un_kv) ** 2) /
        (m.count * m.p_kw * m.ilr_ratio);
      return [z * Math.sin(Math.atan(m.rx)), z * Math.cos(Math.atan(m.rx))];
    }
    const kg = ((facts.un_kv / m.ur_kv) * c) / (1 + m.xd_pu * Math.sin(Math.acos(m.cos_phi)));
    const x = (m.xd_pu * 100 * (m.ur_kv / facts.un_kv) ** 2) / m.sr_mva;
    return times([peak ? 0.07 * x : m.r_ohm / zBase, x], kg);
  };
  const slow = ([r, x]: Z, f: number): Z => [r, x * f];
  const seen = (f: number, peak: boolean) =>
    plus(slow(zl, f), inverse(plus(inverse(slow(plus(zq, zt), f)), inverse(slow(zm(peak), f)))));
  const ik = (c * iBase) / Math.hypot(...seen(1, false));
  const kappa = (rx: number) => 1.02 + 0.98 * Math.exp(-3 * rx);
  const [r, x] = seen(1, true);
  const [rc, xc] = seen(0.4, true);
  const small = [zq, zt, zl, zm(true)].every((z) => z[0] / z[1] < 0.3);
  const k =
    facts.kappa_method === 'C'
      ? kappa((0.4 * rc) / xc)
      : Math.min((small ? 1 : 1.15) * kappa(r / x), facts.un_kv > 1 ? 2 : 1.8);
  return { ik, ip: k * Math.SQRT2 * ik };
}

describe('short-circuit', () => {
  it('has the key that per-unit arithmetic from the prompt alone gives', () => {
    for (const facts of draws) {
      const { ik, ip } = family.solve(facts);
      const other = perUnit(facts);
      expect(ik / other.ik).toBeCloseTo(1, 6);
      expect(ip / other.ip).toBeCloseTo(1, 6);
    }
  });

  it('shows in the worked solution the same currents as the key', () => {
    for (const facts of draws) {
      const { ik, ip } = family.solve(facts);
      const hand = byHand(facts);
      expect(hand.ik_ka / ik).toBeCloseTo(1, 6);
      expect(hand.ip_ka / ip).toBeCloseTo(1, 6);
    }
  });

  it('keeps every breaker 3 % clear of its limit', () => {
    for (const facts of draws) {
      const { ik, ip } = family.solve(facts);
      expect(Math.abs(ik / facts.breaker.breaking_ka - 1)).toBeGreaterThan(0.0299);
      expect(Math.abs(ip / facts.breaker.making_ka - 1)).toBeGreaterThan(0.0299);
    }
  });

  it('has every verdict about as often, so that none can be left out by habit', () => {
    const verdicts = Array.from(
      { length: 120 },
      (_, seed) =>
        family.solve(family.draw({ levels: ['mv', 'lv'] }, createRandom(`verdict ${seed}`))).breaker,
    );
    for (const verdict of VERDICTS)
      expect(verdicts.filter((drawn) => drawn === verdict).length, verdict).toBeGreaterThan(15);
  });

  it('is not solved by forgetting the machines, the cable or a winding ratio', () => {
    for (const facts of draws) {
      const { ik } = family.solve(facts);
      for (const slips of [{ without_machine: true }, { without_cable: true }, { transformer_at_hv: true }])
        expect(Math.abs(byHand(facts, slips).ik_ka / ik - 1), JSON.stringify(slips)).toBeGreaterThan(0.003);
    }
  });

  it('knows at least six wrong replies to every draw', () => {
    for (const facts of draws)
      expect(family.mistakes(facts, family.solve(facts), 'zh').length).toBeGreaterThanOrEqual(6);
  });
});
