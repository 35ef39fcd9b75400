import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  capacityFrom,
  chargeLeft,
  jouleHeat,
  type OcvPoint,
  ocvAt,
  socAt,
  stepResistance,
} from '../../../../harness/engineering/faults/equipment/battery-cells.ts';

const curve: OcvPoint[] = [
  { soc_pct: 50, v: 3.68 },
  { soc_pct: 0, v: 3.2 },
  { soc_pct: 100, v: 4.18 },
  { soc_pct: 20, v: 3.55 },
];

describe('battery cells', () => {
  it('reads the open-circuit curve backwards to where it came from', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 100, noNaN: true }), (soc) => {
        expect(socAt(curve, ocvAt(curve, soc))).toBeCloseTo(soc, 9);
      }),
      { numRuns: 200 },
    );
    expect(ocvAt(curve, 35)).toBeCloseTo(3.615, 12);
    expect(() => socAt(curve, 4.3)).toThrow(RangeError);
    expect(() => ocvAt(curve, -1)).toThrow(RangeError);
  });

  it('ends a discharge in series where the first cell is empty, as counting second by second does', () => {
    const cells = [
      { capacity: 100, soc: 60 },
      { capacity: 84, soc: 66 },
      { capacity: 100, soc: 52 },
    ];
    const current = 40;
    let hours = 0;
    const left = cells.map(({ capacity, soc }) => (capacity * soc) / 100);
    while (left.every((ah) => ah > 0)) {
      hours += 1 / 3600;
      for (let i = 0; i < left.length; i++) left[i] = (left[i] as number) - current / 3600;
    }
    const least = Math.min(...cells.map(({ capacity, soc }) => chargeLeft(capacity, soc)));
    expect(hours * current).toBeCloseTo(least, 1);
  });

  it('finds the capacity that a simulated discharge had', () => {
    for (const capacity of [70, 102.5, 280]) {
      const [soc1, charge] = [93, 0.55 * capacity];
      const v1 = ocvAt(curve, soc1);
      const v2 = ocvAt(curve, soc1 - (100 * charge) / capacity);
      expect(capacityFrom(charge, socAt(curve, v1), socAt(curve, v2))).toBeCloseTo(capacity, 6);
    }
  });

  it('has heat that equals voltage drop times current', () => {
    const drops = [0.06, 0.055, 0.13];
    const current = 75;
    const resistances = drops.map((drop) => stepResistance(4.1, 4.1 - drop, current));
    expect(resistances[0]).toBeCloseTo(0.8, 9);
    expect(jouleHeat(current, resistances)).toBeCloseTo(current * (0.06 + 0.055 + 0.13), 9);
  });
});
