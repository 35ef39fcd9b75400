import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  apparentImpedance,
  effectiveReach,
  infeedFactor,
  insideMho,
  toSecondary,
  zone2Conflict,
  zoneOf,
  zoneReaches,
} from '../../../../harness/engineering/faults/relays/distance.ts';
import { sequenceFault } from '../../../../harness/engineering/faults/short-circuit/sequence-fault.ts';
import { abs, complex, div, scale, sub } from '../../../../harness/engineering/math/complex.ts';

const line = complex(2, 10);

describe('zone reaches', () => {
  it('80 % of the line, half of the shortest next, 120 % of the longest', () => {
    const reaches = zoneReaches(line, [complex(4, 20), complex(1.6, 8)]);
    expect(reaches.zone1).toEqual(complex(1.6, 8));
    expect(abs(sub(reaches.zone2, complex(2.8, 14)))).toBeLessThan(1e-12);
    expect(abs(sub(reaches.zone3, complex(6.8, 34)))).toBeLessThan(1e-12);
  });

  it('a short next line does not pull zone 2 below 120 % of the own line, and the conflict is named', () => {
    const short = complex(0.2, 1);
    const reaches = zoneReaches(line, [short]);
    expect(abs(reaches.zone2)).toBeCloseTo(1.2 * abs(line), 12);
    expect(zone2Conflict(reaches, line, [short, complex(4, 20)])).toEqual([short]);
  });

  it('secondary ohms multiply by the CT and divide by the VT ratio', () => {
    expect(toSecondary(complex(0, 11), 120, 1100).im).toBeCloseTo(1.2, 12);
  });

  it('a mho does not see behind itself, and just reaches its setting', () => {
    expect(insideMho(scale(line, -0.01), line)).toBe(false);
    expect(insideMho(scale(line, 0.999), line)).toBe(true);
    expect(insideMho(scale(line, 1.001), line)).toBe(false);
    expect(zoneOf(scale(line, 0.9), zoneReaches(line, [line]))).toBe(2);
    expect(zoneOf(scale(line, 50), zoneReaches(line, [line]))).toBeNull();
  });
});

describe('infeed at the remote bus', () => {
  const ohms = fc.double({ min: 1, max: 20, noNaN: true });

  it('V/I at the relay of a solved network is Z_L + K·n·Z_next', () => {
    fc.assert(
      fc.property(
        ohms,
        ohms,
        ohms,
        ohms,
        fc.double({ min: 0.05, max: 1, noNaN: true }),
        (xs, xi, xl, xn, n) => {
          const [zl, zn] = [complex(0.2 * xl, xl), complex(0.3 * xn, xn)];
          const net = sequenceFault(
            {
              buses: ['A', 'B', 'F'],
              elements: [
                { kind: 'source', name: 'S', bus: 'A', z1_pu: complex(0.5, xs) },
                { kind: 'source', name: 'I', bus: 'B', z1_pu: complex(0.1, xi) },
                { kind: 'line', name: 'L', from: 'A', to: 'B', z1_pu: zl, z0_pu: zl },
                { kind: 'line', name: 'N', from: 'B', to: 'F', z1_pu: scale(zn, n), z0_pu: zn },
              ],
            },
            { bus: 'F', type: '3ph' },
          );
          const current = (name: string, bus: string) =>
            net.currents.find((c) => c.name === name && c.bus === bus)!.sequence.positive;
          const relay = current('L', 'A');
          const infeed = scale(current('I', 'B'), -1);
          const seen = div(net.voltages[0]!.sequence.positive, relay);
          const expected = apparentImpedance(zl, zn, n, infeedFactor(relay, infeed));
          expect(abs(sub(seen, expected))).toBeLessThan(1e-7);
          // Infeed makes the fault look farther away.
          expect(abs(seen)).toBeGreaterThan(abs(apparentImpedance(zl, zn, n)));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('shortens the effective reach by the factor', () => {
    const next = complex(2, 10);
    const reach = zoneReaches(line, [next]).zone2;
    expect(effectiveReach(reach, line, next)).toBeCloseTo(0.5, 12);
    expect(effectiveReach(reach, line, next, complex(2.5))).toBeCloseTo(0.2, 12);
    expect(effectiveReach(zoneReaches(line, [next]).zone1, line, next)).toBeLessThan(0);
  });
});
