import { describe, expect, it } from 'vitest';
import {
  breakingCurrent,
  decayFactor,
  motorDecayFactor,
} from '../../../../harness/engineering/faults/short-circuit/breaking.ts';
import {
  fictitiousResistance,
  generatorFactor,
  transformerFactor,
} from '../../../../harness/engineering/faults/short-circuit/corrections.ts';
import { shortCircuit } from '../../../../harness/engineering/faults/short-circuit/iec60909.ts';
import type { ShortCircuitNetwork } from '../../../../harness/engineering/faults/short-circuit/network.ts';

describe('decay until the contacts part', () => {
  it('μ falls with the time delay and with the ratio, and a far machine does not decay', () => {
    expect(decayFactor(5, 0.1)).toBeCloseTo(0.62 + 0.72 * Math.exp(-1.6), 12);
    expect(decayFactor(2, 0.25)).toBe(1);
    for (const r of [2.5, 4, 6, 9])
      for (const [sooner, later] of [
        [0.02, 0.05],
        [0.05, 0.1],
        [0.1, 0.25],
      ] as const)
        expect(decayFactor(r, later)).toBeLessThan(decayFactor(r, sooner));
    // Held outside the standard's times instead of carried on.
    expect(decayFactor(6, 0.5)).toBe(decayFactor(6, 0.25));
    expect(decayFactor(6, 0)).toBe(decayFactor(6, 0.02));
    expect(decayFactor(6, 0.075)).toBeCloseTo((decayFactor(6, 0.05) + decayFactor(6, 0.1)) / 2, 12);
  });

  it('q of a small motor is never negative, of a large one never above one', () => {
    expect(motorDecayFactor(1, 0.1)).toBeCloseTo(0.57, 12);
    expect(motorDecayFactor(0.001, 0.25)).toBe(0);
    expect(motorDecayFactor(100, 0.02)).toBe(1);
  });

  it('a generator alone breaks μ·I″k less the dip that its resistance leaves', () => {
    const network: ShortCircuitNetwork = {
      buses: [{ id: 'G', un_kv: 10 }],
      elements: [
        {
          kind: 'generator',
          name: 'G',
          bus: 'G',
          sr_mva: 25,
          ur_kv: 10.5,
          xd_pu: 0.12,
          r_ohm: 0,
          cos_phi: 0.8,
        },
      ],
    };
    const result = shortCircuit(network, 'G', { t_min_s: 0.1 });
    const ratio = result.ik_ka / (25 / (Math.sqrt(3) * 10.5));
    // Without resistance the whole source voltage is the machine's dip, so that I_b = μ·I″k exactly.
    expect(result.ib_ka).toBeCloseTo(decayFactor(ratio, 0.1) * result.ik_ka, 9);
    expect(breakingCurrent({ re: 0, im: -5 }, 6, [], 0.1)).toBe(5);
  });

  it('a lone motor leaves no steady-state current, and is left out of the smallest current', () => {
    const network: ShortCircuitNetwork = {
      buses: [{ id: 'M', un_kv: 6 }],
      elements: [
        {
          kind: 'motor',
          name: 'M',
          bus: 'M',
          p_mw: 2,
          ur_kv: 6,
          cos_phi: 0.9,
          efficiency: 0.95,
          ilr_ratio: 6,
          pole_pairs: 2,
        },
      ],
    };
    const result = shortCircuit(network, 'M');
    // c times the locked-rotor current.
    expect(result.ik_ka).toBeCloseTo((1.1 * 6 * 2) / (0.9 * 0.95 * Math.sqrt(3) * 6), 9);
    expect(result.ik_steady_ka).toBeNull();
    expect(() => shortCircuit(network, 'M', { case: 'min' })).toThrow(/no source/);
  });
});

describe('correction factors by hand', () => {
  it('K_T of 12 % reactance at c 1.1 is 0.9748; K_G takes sin φ, not cos φ', () => {
    expect(transformerFactor(0.12, 1.1)).toBeCloseTo(0.9748, 4);
    const machine = { sr_mva: 10, ur_kv: 10.5, xd_pu: 0.1, r_ohm: 0.018, cos_phi: 0.8 };
    expect(generatorFactor(machine, 10, 1.1)).toBeCloseTo(((10 / 10.5) * 1.1) / (1 + 0.1 * 0.6), 12);
    expect(fictitiousResistance(machine)).toBeCloseTo((0.07 * 0.1 * 10.5 ** 2) / 10, 12);
    expect(fictitiousResistance({ ...machine, sr_mva: 100 })).toBeCloseTo((0.05 * 0.1 * 10.5 ** 2) / 100, 12);
    expect(fictitiousResistance({ ...machine, ur_kv: 0.4 })).toBeCloseTo((0.15 * 0.1 * 0.4 ** 2) / 10, 12);
  });
});
