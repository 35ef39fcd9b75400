import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  airDensity,
  type CurvePoint,
  curvePower,
  lostEnergy,
  normalisedSpeed,
  REFERENCE_DENSITY,
} from '../../../../harness/engineering/faults/equipment/wind-turbine.ts';

const curve: CurvePoint[] = [
  { v_ms: 3, p_kw: 20 },
  { v_ms: 8, p_kw: 900 },
  { v_ms: 12, p_kw: 2500 },
  { v_ms: 25, p_kw: 2500 },
];

describe('wind turbine', () => {
  it('gives the density of the standard atmosphere: 1.225 kg/m³ at sea level, 1.0066 at 2000 m', () => {
    expect(airDensity(1013.25, 15)).toBeCloseTo(1.225, 3);
    expect(airDensity(794.95, 2)).toBeCloseTo(1.0066, 3);
  });

  it('agrees with the molar gas law', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 700, max: 1050, noNaN: true }),
        fc.double({ min: -40, max: 45, noNaN: true }),
        (p, t) => {
          const molar = (p * 100 * 0.0289652) / (8.314462618 * (t + 273.15));
          expect(airDensity(p, t) / molar).toBeCloseTo(1, 4);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('keeps the power in the wind when the speed is normalised', () => {
    for (const density of [0.95, 1.1, 1.3])
      expect(REFERENCE_DENSITY * normalisedSpeed(9, density) ** 3).toBeCloseTo(density * 9 ** 3, 9);
  });

  it('reads a shuffled curve as the sorted one, its points exactly, and nothing outside it', () => {
    const shuffled = [curve[2], curve[0], curve[3], curve[1]] as CurvePoint[];
    for (const { v_ms, p_kw } of curve) expect(curvePower(shuffled, v_ms)).toBe(p_kw);
    expect(curvePower(shuffled, 10)).toBe(1700);
    expect(curvePower(shuffled, 2.9)).toBe(0);
    expect(curvePower(shuffled, 25.1)).toBe(0);
  });

  it('counts ten minutes as a sixth of an hour, and what a standing turbine draws as lost as well', () => {
    expect(lostEnergy(curve, REFERENCE_DENSITY, [{ v_ms: 12, p_kw: -10 }])).toBeCloseTo(2510 / 6, 9);
    const dense = lostEnergy(curve, 1.3, [{ v_ms: 10, p_kw: 1000 }]);
    expect(dense).toBeGreaterThan(lostEnergy(curve, 1.1, [{ v_ms: 10, p_kw: 1000 }]));
  });
});
