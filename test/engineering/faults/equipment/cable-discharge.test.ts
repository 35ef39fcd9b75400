import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  distanceByEcho,
  distanceByTwoEnds,
  pulseSpeed,
} from '../../../../harness/engineering/faults/equipment/cable-discharge.ts';

/** Arrival times by walking every path, μs after the discharge: straight to A, over B to A, straight to B. */
const arrivals = (length: number, x: number, speed: number) => ({
  direct: x / speed,
  echo: (length - x + length) / speed,
  far: (length - x) / speed,
});

describe('cable discharge', () => {
  it('finds the place that pulses were walked from, by one end and by two', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 200, max: 6000, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 140, max: 200, noNaN: true }),
        (length, share, speed) => {
          const x = share * length;
          const { direct, echo, far } = arrivals(length, x, speed);
          const measured = pulseSpeed(length, (2 * length) / speed);
          expect(distanceByEcho(length, measured, echo - direct)).toBeCloseTo(x, 6);
          expect(distanceByTwoEnds(length, measured, direct - far)).toBeCloseTo(x, 6);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('puts a discharge of no delay at the far end and one of a whole echo at the near end', () => {
    expect(distanceByEcho(1000, 170, 0)).toBe(1000);
    expect(distanceByEcho(1000, 170, 2000 / 170)).toBeCloseTo(0, 9);
    expect(distanceByTwoEnds(1000, 170, 0)).toBe(500);
  });

  it('gives less than the speed in lossless polyethylene, c/√2.3, for the usual echo of a kilometre', () => {
    const limit = 299.792458 / Math.sqrt(2.3);
    expect(limit).toBeCloseTo(197.7, 1);
    expect(pulseSpeed(1000, 11.9)).toBeLessThan(limit);
    expect(pulseSpeed(1000, 2000 / limit)).toBeCloseTo(limit, 9);
  });
});
