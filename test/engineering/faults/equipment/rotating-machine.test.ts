import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BearingGeometry,
  bearingFrequencies,
  overallRms,
  polePassHz,
  synchronousHz,
} from '../../../../harness/engineering/faults/equipment/rotating-machine.ts';

const geometry = fc.record({
  elements: fc.integer({ min: 6, max: 20 }),
  element_mm: fc.double({ min: 5, max: 25, noNaN: true }),
  pitch_mm: fc.double({ min: 40, max: 150, noNaN: true }),
  contact_deg: fc.double({ min: 0, max: 40, noNaN: true }),
});

/** By surface speeds at the two contacts, instead of the closed forms: the inner ring turns, the outer stands. */
function byRolling({ elements, element_mm, pitch_mm, contact_deg }: BearingGeometry, shaft_hz: number) {
  const lever = (element_mm / 2) * Math.cos((contact_deg * Math.PI) / 180);
  const inner = 2 * Math.PI * shaft_hz * (pitch_mm / 2 - lever);
  const cage_hz = inner / 2 / (2 * Math.PI * (pitch_mm / 2));
  // Seen from the cage, the outer ring runs backwards over the element at the cage's speed.
  const spin_hz = (cage_hz * (pitch_mm / 2 + lever)) / (element_mm / 2);
  return { cage_hz, outer_hz: elements * cage_hz, inner_hz: elements * (shaft_hz - cage_hz), spin_hz };
}

describe('rotating machine', () => {
  it('gives the published multiples of a 6205-2RS bearing: 0.3983, 3.5848, 5.4152 and 4.7135 for both strikes', () => {
    const frequencies = bearingFrequencies(
      { elements: 9, element_mm: 7.94004, pitch_mm: 39.0398, contact_deg: 0 },
      1,
    );
    expect(frequencies.ftf_hz).toBeCloseTo(0.39828, 3);
    expect(frequencies.bpfo_hz).toBeCloseTo(3.5848, 3);
    expect(frequencies.bpfi_hz).toBeCloseTo(5.4152, 3);
    expect(2 * frequencies.bsf_hz).toBeCloseTo(4.7135, 2);
  });

  it('agrees with surface speeds at the contacts, and both races together see every element each turn', () => {
    fc.assert(
      fc.property(geometry, fc.double({ min: 1, max: 60, noNaN: true }), (bearing, shaft_hz) => {
        const { ftf_hz, bpfo_hz, bpfi_hz, bsf_hz } = bearingFrequencies(bearing, shaft_hz);
        const { cage_hz, outer_hz, inner_hz, spin_hz } = byRolling(bearing, shaft_hz);
        expect(ftf_hz).toBeCloseTo(cage_hz, 9);
        expect(bpfo_hz).toBeCloseTo(outer_hz, 8);
        expect(bpfi_hz).toBeCloseTo(inner_hz, 8);
        expect(bsf_hz / spin_hz).toBeCloseTo(1, 9);
        expect(bpfo_hz + bpfi_hz).toBeCloseTo(bearing.elements * shaft_hz, 8);
      }),
      { numRuns: 200 },
    );
  });

  it('has a pole pass frequency of 2·s·f whatever the number of poles', () => {
    for (const poles of [2, 4, 6, 8])
      for (const slip of [0.005, 0.013, 0.03])
        expect(polePassHz(50, poles, synchronousHz(50, poles) * (1 - slip))).toBeCloseTo(2 * slip * 50, 9);
    expect(synchronousHz(60, 4) * 60).toBe(1800);
  });

  it('adds lines as the rms of a sampled signal does, not as plain numbers', () => {
    const lines = [3.2, 1.1, 0.7];
    const n = 1000;
    const samples = Array.from({ length: n }, (_, i) =>
      lines.reduce(
        (sum, v, k) => sum + Math.SQRT2 * v * Math.cos((2 * Math.PI * (3 + 4 * k) * i) / n + k),
        0,
      ),
    );
    expect(overallRms(lines)).toBeCloseTo(Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / n), 9);
  });

  it('refuses a bearing whose balls do not fit', () => {
    expect(() =>
      bearingFrequencies({ elements: 9, element_mm: 50, pitch_mm: 40, contact_deg: 0 }, 25),
    ).toThrow(RangeError);
  });
});
