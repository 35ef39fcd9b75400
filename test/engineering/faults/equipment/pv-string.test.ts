import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  BYPASS_V,
  type ChainGroup,
  chainVoltage,
  curveFigures,
  maximumPower,
  sheetPower,
  stringVoltage,
} from '../../../../harness/engineering/faults/equipment/pv-string.ts';

const one: ChainGroup = {
  count: 1,
  photo_a: 7,
  saturation_a: 6e-7,
  thermal_v: 0.5,
  series_ohm: 0.1,
  shunt_ohm: 20,
};

describe('pv string', () => {
  it('agrees with the published figures of I_L 7 A, I_0 0.6 µA, R_s 0.1 Ω, R_sh 20 Ω, a 0.5 V', () => {
    const { isc_a, voc_v, imp_a, vmp_v } = curveFigures([one]);
    expect(isc_a).toBeCloseTo(6.965172322, 6);
    expect(voc_v).toBeCloseTo(8.106300147, 6);
    expect(imp_a).toBeCloseTo(6.13626736, 3);
    expect(vmp_v).toBeCloseTo(6.224339375, 3);
    expect(imp_a * vmp_v).toBeCloseTo(38.19421055, 6);
  });

  it('satisfies the diode equation it was solved from', () => {
    const model = fc.record({
      photo_a: fc.double({ min: 0.5, max: 14, noNaN: true }),
      saturation_a: fc.double({ min: 1e-12, max: 1e-7, noNaN: true }),
      thermal_v: fc.double({ min: 0.3, max: 2, noNaN: true }),
      series_ohm: fc.double({ min: 0, max: 0.5, noNaN: true }),
      shunt_ohm: fc.double({ min: 5, max: 1000, noNaN: true }),
    });
    fc.assert(
      fc.property(model, fc.double({ min: 0, max: 1, noNaN: true }), (chain, share) => {
        const i = share * chain.photo_a;
        const vd = chainVoltage(chain, i) + i * chain.series_ohm;
        const diode = chain.saturation_a * Math.expm1(vd / chain.thermal_v);
        expect(chain.photo_a - diode - vd / chain.shunt_ohm - i).toBeCloseTo(0, 7);
      }),
      { numRuns: 300 },
    );
  });

  it('finds the highest of several maxima of a shaded string, as a fine scan does', () => {
    const shaded: ChainGroup = { ...one, count: 8, photo_a: 2.5 };
    for (const bright of [4, 12, 30]) {
      const groups = [{ ...one, count: bright }, shaded];
      let best = 0;
      for (let i = 0; i < 7; i += 0.0005) best = Math.max(best, i * stringVoltage(groups, i));
      const { v, i } = maximumPower(groups);
      expect(v * i).toBeGreaterThanOrEqual(best - 1e-6);
    }
  });

  it('bypasses a chain that cannot carry the current instead of reversing it', () => {
    const dark: ChainGroup = { ...one, photo_a: 0.1 };
    expect(stringVoltage([dark], 5)).toBe(-BYPASS_V);
  });

  it('counts the data sheet from 25 °C and 1000 W/m²', () => {
    expect(sheetPower(540, 1000, 25, -0.0035)).toBe(540);
    expect(sheetPower(540, 800, 45, -0.0035)).toBeCloseTo(540 * 0.8 * 0.93, 9);
  });
});
