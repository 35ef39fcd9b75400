import { describe, expect, it } from 'vitest';
import { shortCircuit } from '../../../../harness/engineering/faults/short-circuit/iec60909.ts';
import { IEC_60909_4 } from '../../../../harness/engineering/faults/short-circuit/reference-network.ts';
import { sequenceFault } from '../../../../harness/engineering/faults/short-circuit/sequence-fault.ts';
import { unbalancedShortCircuit } from '../../../../harness/engineering/faults/short-circuit/unbalanced.ts';
import { abs, complex, parallel } from '../../../../harness/engineering/math/complex.ts';

// Published for the network of IEC TR 60909-4 (line-to-earth and line-to-line, kA).
const IK1_KA = { 1: 24.6526, 2: 15.9722, 3: 10.4106, 4: 9.0498, 5: 17.0452, 6: 0.06337, 7: 0.0633 };
const IK2_KA = {
  1: 35.1994,
  2: 27.5249,
  3: 17.0373,
  4: 14.0536,
  5: 28.7429,
  6: 32.5304,
  7: 22.1611,
  8: 11.7586,
};

describe('unbalanced currents in the network of IEC TR 60909-4', () => {
  it.each(Object.entries(IK1_KA))('line-to-earth at bus %s is %s kA', (bus, published) => {
    const digit = published < 1 ? 1e-4 : 0.6e-4;
    expect(Math.abs(unbalancedShortCircuit(IEC_60909_4, bus).ik1_ka - published)).toBeLessThan(digit);
  });

  it.each(Object.entries(IK2_KA))('line-to-line at bus %s is %s kA', (bus, published) => {
    expect(Math.abs(unbalancedShortCircuit(IEC_60909_4, bus).ik2_ka - published)).toBeLessThan(1.1e-4);
  });

  it('an earth fault where no neutral is earthed has no current, and two lines to earth carry I_k2', () => {
    const at8 = unbalancedShortCircuit(IEC_60909_4, '8');
    expect(at8).toMatchObject({ z0_ohm: null, ik1_ka: 0, ike2e_ka: 0 });
    expect(at8.ik2e_l2_ka).toBe(at8.ik2_ka);
  });

  it.each(['1', '2', '5', '6'])(
    'bus %s: every kind agrees with sequence networks of the same impedances',
    (bus) => {
      const result = unbalancedShortCircuit(IEC_60909_4, bus);
      const un = IEC_60909_4.buses.find((b) => b.id === bus)!.un_kv;
      const network = {
        buses: ['F'],
        elements: [
          {
            kind: 'source' as const,
            name: 'behind',
            bus: 'F',
            z1_pu: complex(result.z1_ohm.r, result.z1_ohm.x),
            z0_pu: complex(result.z0_ohm!.r, result.z0_ohm!.x),
          },
        ],
      };
      const e = (1.1 * un) / Math.sqrt(3);
      const fault = (type: 'LG' | 'LL' | 'LLG') => sequenceFault(network, { bus: 'F', type });
      expect(abs(fault('LG').i_phases.a) * e).toBeCloseTo(result.ik1_ka, 9);
      expect(abs(fault('LL').i_phases.b) * e).toBeCloseTo(result.ik2_ka, 9);
      const llg = fault('LLG');
      expect(abs(llg.i_phases.b) * e).toBeCloseTo(result.ik2e_l2_ka, 9);
      expect(abs(llg.i_phases.c) * e).toBeCloseTo(result.ik2e_l3_ka, 9);
      expect(llg.i_earth_pu * e).toBeCloseTo(result.ike2e_ka, 9);
    },
  );
});

describe('two-winding transformers in zero sequence', () => {
  // One transformer and one line behind a feeder, c·U_n/√3 as the source of the sequence networks, everything in ohms at 20 kV.
  const uk = { sr_mva: 20, uk_percent: 10, ukr_percent: 0.6, uk0_percent: 9 };
  const build = (vector_group: string) => ({
    buses: [
      { id: 'H', un_kv: 110 },
      { id: 'M', un_kv: 20 },
    ],
    elements: [
      { kind: 'feeder' as const, name: 'Q', bus: 'H', ik_max_ka: 10, x0_x1: 2, r0_x0: 0.3 },
      {
        kind: 'transformer' as const,
        name: 'T',
        hv: 'H',
        lv: 'M',
        ...uk,
        ur_hv_kv: 110,
        ur_lv_kv: 20,
        vector_group,
        xn_hv_ohm: 4,
        xn_lv_ohm: 2,
      },
    ],
  });
  const ratio2 = 5.5 ** 2;
  const zq = (1.1 * 110) / (Math.sqrt(3) * 10);
  const xq = zq / Math.hypot(1, 0.1);
  const k = (0.95 * 1.1) / (1 + 0.6 * Math.sqrt(0.1 ** 2 - 0.006 ** 2));
  const xt0 = (k * Math.sqrt(0.09 ** 2 - 0.006 ** 2) * 110 ** 2) / 20;
  const rt0 = (k * 0.006 * 110 ** 2) / 20;

  it('Dyn5 earths the low side alone: Z_T0 and three times its own neutral', () => {
    const { z0_ohm } = unbalancedShortCircuit(build('Dyn5'), 'M');
    expect(z0_ohm!.x).toBeCloseTo(xt0 / ratio2 + 3 * 2, 10);
    expect(z0_ohm!.r).toBeCloseTo(rt0 / ratio2, 10);
    expect(unbalancedShortCircuit(build('Dyn5'), 'H').z0_ohm!.x).toBeCloseTo(2 * xq, 10);
  });

  it('YNyn0 goes through: the feeder, the transformer and both neutrals in series', () => {
    const { z0_ohm } = unbalancedShortCircuit(build('YNyn0'), 'M');
    expect(z0_ohm!.x).toBeCloseTo((2 * xq + xt0 + 3 * 4) / ratio2 + 3 * 2, 10);
  });

  it('YNd11 lies beside the feeder at the high side, and leaves the low side without earth', () => {
    const low = unbalancedShortCircuit(build('YNd11'), 'M');
    expect(low.z0_ohm).toBeNull();
    const { z0_ohm } = unbalancedShortCircuit(build('YNd11'), 'H');
    const beside = parallel(complex(0.3 * 2 * xq, 2 * xq), complex(rt0, xt0 + 12));
    expect(z0_ohm!.x).toBeCloseTo(beside.im, 10);
    expect(z0_ohm!.r).toBeCloseTo(beside.re, 10);
    expect(unbalancedShortCircuit(build('Yyn0'), 'M').z0_ohm).toBeNull();
  });
});

describe('a network that does not hold together', () => {
  it('an element at an unlisted bus is named, instead of hanging on a bus that nobody meant', () => {
    const typo = {
      ...IEC_60909_4,
      elements: [
        ...IEC_60909_4.elements,
        { kind: 'impedance' as const, name: 'X9', from: '1', to: '9', r_ohm: 1, x_ohm: 1 },
      ],
    };
    expect(() => shortCircuit(typo, '1')).toThrow('X9 stands at bus "9"');
  });
});
