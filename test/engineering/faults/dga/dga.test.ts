import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { attentionValues, dlt722 } from '../../../../harness/engineering/faults/dga/dlt722.ts';
import { doernenburg } from '../../../../harness/engineering/faults/dga/doernenburg.ts';
import { duvalTriangle1, duvalZone } from '../../../../harness/engineering/faults/dga/duval.ts';
import type { FaultCode, Gases } from '../../../../harness/engineering/faults/dga/gases.ts';
import { DGA_METHODS, diagnose } from '../../../../harness/engineering/faults/dga/methods.ts';
import { iec60599, rogers } from '../../../../harness/engineering/faults/dga/ratio-tables.ts';
import { CODES, plain, ZONES } from './second-reading.ts';

const area = (corners: [number, number][]) =>
  Math.abs(
    corners.reduce((total, [x, y], i) => {
      const [nx, ny] = corners[(i + 1) % corners.length]!;
      return total + x * ny - nx * y;
    }, 0),
  ) / 2;
const inside = (corners: [number, number][], x: number, y: number) =>
  corners.reduce((within, [ax, ay], i) => {
    const [bx, by] = corners[(i + 1) % corners.length]!;
    return ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax ? !within : within;
  }, false);

const ppm = fc.oneof(
  { weight: 1, arbitrary: fc.constant(0) },
  { weight: 6, arbitrary: fc.double({ min: 0.1, max: 5000, noNaN: true }) },
);
const gases: fc.Arbitrary<Gases> = fc.record({ H2: ppm, CH4: ppm, C2H2: ppm, C2H4: ppm, C2H6: ppm });
const of = (H2: number, CH4: number, C2H2: number, C2H4: number, C2H6: number): Gases => ({
  H2,
  CH4,
  C2H2,
  C2H4,
  C2H6,
});

describe('Duval triangle 1', () => {
  it('the drawn zones cover the triangle exactly once', () => {
    expect(Object.values(ZONES).reduce((total, zone) => total + area(zone), 0)).toBeCloseTo(5000, 9);
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (u, v) => {
          const [x, y] = u + v > 1 ? [100 - 100 * u, 100 - 100 * v] : [100 * u, 100 * v];
          expect(Object.values(ZONES).filter((zone) => inside(zone, x, y)).length).toBeLessThanOrEqual(1);
        },
      ),
    );
  });

  it('the rules put every point of a fine grid into the zone that is drawn there', () => {
    const share: Record<string, number> = {};
    let count = 0;
    for (let i = 0; i < 200; i++)
      for (let j = 0; i + j < 200; j++) {
        // Off the boundaries, which are at whole percents.
        const [x, y] = [(i + 0.31) / 2, (j + 0.27) / 2];
        if (x + y >= 100) continue;
        const zone = duvalZone({ CH4: 100 - x - y, C2H2: y, C2H4: x });
        expect(inside(ZONES[zone]!, x, y), `${x} ${y} ${zone}`).toBe(true);
        share[zone] = (share[zone] ?? 0) + 1;
        count++;
      }
    for (const [zone, corners] of Object.entries(ZONES))
      expect(Math.abs(share[zone]! / count - area(corners) / 5000)).toBeLessThan(0.004);
  });

  it('a boundary belongs to the zone of the higher share', () => {
    expect(duvalZone({ CH4: 80, C2H2: 0, C2H4: 20 })).toBe('T2');
    expect(duvalZone({ CH4: 50, C2H2: 0, C2H4: 50 })).toBe('T3');
    expect(duvalZone({ CH4: 64, C2H2: 13, C2H4: 23 })).toBe('D2');
    expect(duvalZone({ CH4: 98, C2H2: 1, C2H4: 1 })).toBe('PD');
  });

  it('no hydrocarbons is no point, not PD', () => {
    expect(duvalTriangle1(of(900, 0, 0, 0, 40)).diagnoses).toEqual([]);
  });
});

describe('IEC 60599', () => {
  it('the overlap of D1 and D2 is a set of two', () => {
    expect(iec60599(of(1000, 300, 200, 100, 20)).diagnoses).toEqual(['D1', 'D2']);
  });

  it('a gap of the table is no diagnosis, not the nearest row', () => {
    // R2 between 0.2 and 0.6 with R1 > 1 lies in no row.
    expect(iec60599(of(100, 200, 40, 100, 20)).diagnoses).toEqual([]);
  });

  it('every single row is reached by a mixture inside it', () => {
    const inRow: [FaultCode, Gases][] = [
      ['PD', of(1000, 50, 0, 10, 100)],
      ['D1', of(1000, 200, 300, 100, 50)],
      ['D2', of(1000, 600, 100, 100, 20)],
      ['T1', of(100, 300, 0, 50, 200)],
      ['T2', of(100, 300, 1, 200, 100)],
      ['T3', of(100, 300, 60, 500, 100)],
    ];
    for (const [fault, mixture] of inRow) expect(iec60599(mixture).diagnoses).toContain(fault);
  });

  it('PD does not ask for acetylene: C2H2 = C2H4 = 0 is PD where CH4/H2 and C2H4/C2H6 fit', () => {
    expect(iec60599(of(1000, 50, 0, 0, 100)).diagnoses).toEqual(['PD']);
    expect(iec60599(of(1000, 50, 0, 0, 0)).diagnoses).toEqual([]);
  });
});

describe('the three ratios of DL/T 722', () => {
  const digits = ['0', '1', '2'];
  const all = digits.flatMap((a) => digits.flatMap((b) => digits.map((c) => `${a}${b}${c}`)));
  const R2 = { 0: 0.05, 1: 0.9, 2: 3 };
  const R1 = { 0: 0.1, 1: 0.09, 2: 1 };
  const R5 = { 0: 0.99, 1: 1, 2: 3 };

  it.each(all.map((code) => [code, CODES[code] ?? 'not in the table']))('code %s is %s', (code) => {
    const [a, b, c] = [...code].map(Number) as [0 | 1 | 2, 0 | 1 | 2, 0 | 1 | 2];
    // C2H4 = 1000 sets R2 and R5 by their other gas.
    const mixture = of(500, 500 * R1[b], 1000 * R2[a], 1000, 1000 / R5[c]);
    const result = dlt722(mixture);
    expect(result.code).toBe(code);
    expect(result.diagnoses.map(plain)).toEqual(CODES[code] ? [CODES[code]] : []);
  });

  it('below every attention value there is no diagnosis where the attention values are asked for', () => {
    const little = of(50, 30, 0.5, 40, 10);
    expect(dlt722(little).diagnoses).toEqual(['T3']);
    expect(dlt722(little, attentionValues(220)).diagnoses).toEqual([]);
    expect(dlt722({ ...little, C2H2: 1 }, attentionValues(500)).diagnoses).not.toEqual([]);
    expect(dlt722({ ...little, C2H2: 1 }, attentionValues(220)).diagnoses).toEqual([]);
  });

  it('a ratio of two absent gases has no code', () => {
    expect(dlt722(of(500, 10, 0, 0, 20)).code).toBeUndefined();
  });
});

describe('Rogers', () => {
  it('knows "normal", and names each of its six cases', () => {
    expect(rogers(of(100, 50, 1, 20, 50)).diagnoses).toEqual(['normal']);
    expect(rogers(of(1000, 50, 1, 20, 50)).diagnoses).toEqual(['PD']);
    expect(rogers(of(1000, 500, 100, 100, 20)).diagnoses).toEqual(['D2']);
    expect(rogers(of(100, 50, 1, 100, 50)).diagnoses).toEqual(['T-low']);
    expect(rogers(of(100, 200, 1, 100, 50)).diagnoses).toEqual(['T<700']);
    expect(rogers(of(100, 200, 1, 400, 50)).diagnoses).toEqual(['T>700']);
  });

  it('a spark with much acetylene over ethylene is outside its table', () => {
    expect(rogers(of(1000, 200, 400, 100, 20)).diagnoses).toEqual([]);
  });
});

describe('Doernenburg', () => {
  it('names overheating, corona and arcing', () => {
    expect(doernenburg(of(200, 600, 2, 700, 300)).diagnoses).toEqual(['T']);
    expect(doernenburg(of(3000, 200, 10, 30, 100)).diagnoses).toEqual(['PD']);
    expect(doernenburg(of(1000, 300, 400, 300, 50)).diagnoses).toEqual(['D']);
  });

  it('one high gas alone is not a fault, and a ratio of two low gases is not significant', () => {
    expect(doernenburg(of(5000, 10, 0, 10, 10)).reason).toMatch(/not held to be faulty/);
    expect(doernenburg(of(500, 400, 0, 10, 10)).reason).toMatch(/^R2: neither/);
  });
});

describe('every method', () => {
  it('on any mixture gives a set without repeats, and the same for twice the gas', () => {
    fc.assert(
      fc.property(gases, fc.constantFrom(...DGA_METHODS), (mixture, method) => {
        const { diagnoses } = diagnose(method, mixture);
        expect(new Set(diagnoses).size).toBe(diagnoses.length);
        // Twice, since a power of two leaves every ratio exactly as it was.
        const twice = Object.fromEntries(
          Object.entries(mixture).map(([gas, v]) => [gas, 2 * v]),
        ) as never as Gases;
        if (method !== 'doernenburg') expect(diagnose(method, twice).diagnoses).toEqual(diagnoses);
        else if (diagnoses.length > 0) expect(diagnose(method, twice).diagnoses).toEqual(diagnoses);
      }),
      { numRuns: 400 },
    );
  });

  it('refuses a negative or missing concentration', () => {
    expect(() => diagnose('rogers', of(-1, 1, 1, 1, 1))).toThrow(/H2: -1/);
    expect(() => diagnose('duval1', of(1, Number.NaN, 1, 1, 1))).toThrow(/CH4: NaN/);
  });
});
