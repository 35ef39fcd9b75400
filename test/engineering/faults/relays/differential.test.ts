import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type TransformerDifferential,
  tapCurrent,
  thresholdAt,
  transformerDifferential,
} from '../../../../harness/engineering/faults/relays/differential.ts';
import { sequenceFault } from '../../../../harness/engineering/faults/short-circuit/sequence-fault.ts';
import type { SequenceNetwork } from '../../../../harness/engineering/faults/short-circuit/sequence-network.ts';
import {
  type Phases,
  scalePhases,
} from '../../../../harness/engineering/faults/short-circuit/symmetrical.ts';
import { complex, polar } from '../../../../harness/engineering/math/complex.ts';

const base: Omit<TransformerDifferential, 'vector_group'> = {
  s_mva: 40,
  hv: { un_kv: 110, ct_ratio: 300 },
  lv: { un_kv: 10.5, ct_ratio: 2500 },
  pickup_pu: 0.3,
  slope1_percent: 30,
  slope2_percent: 70,
  knee_pu: 2,
};
const balanced = (size: number, angle: number): Phases => ({
  a: polar(size, angle),
  b: polar(size, angle - 120),
  c: polar(size, angle + 120),
});
/** The phase currents of a fault in secondary amperes of the two current transformers. */
const secondary = (type: 'LG' | 'LL' | 'LLG' | '3ph', vector_group: string, bus: 'HV' | 'LV') => {
  const net: SequenceNetwork = {
    buses: ['HV', 'LV', 'X'],
    elements: [
      { kind: 'source', name: 'Q', bus: 'HV', z1_pu: complex(0.01, 0.1), z0_pu: complex(0.01, 0.08) },
      { kind: 'transformer', name: 'T', hv: 'HV', lv: 'LV', z1_pu: complex(0.005, 0.1), vector_group },
      { kind: 'line', name: 'L', from: 'LV', to: 'X', z1_pu: complex(0.1, 0.2), z0_pu: complex(0.2, 0.5) },
      { kind: 'source', name: 'G', bus: 'X', z1_pu: complex(0.01, 0.3), z0_pu: complex(0.01, 0.2) },
    ],
  };
  const result = sequenceFault(net, { bus, type });
  const p = { ...base, vector_group };
  const at = (side: 'HV' | 'LV') =>
    scalePhases(
      result.currents.find((c) => c.name === 'T' && c.bus === side)!.phases,
      tapCurrent(p.s_mva, side === 'HV' ? p.hv : p.lv),
    );
  return { protection: p, hv: at('HV'), lv: at('LV') };
};

describe('transformer differential', () => {
  it('tap currents of a 40 MVA 110/10.5 kV unit are 0.700 and 0.880 A', () => {
    expect(tapCurrent(40, base.hv)).toBeCloseTo(0.69982, 5);
    expect(tapCurrent(40, base.lv)).toBeCloseTo(0.87977, 5);
  });

  it('stays still for every fault outside, in every vector group', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('YNd11', 'YNd1', 'Dyn11', 'Dyn5', 'YNyn0', 'Yyn6', 'Dd0', 'YNd5'),
        fc.constantFrom('LG', 'LL', 'LLG', '3ph') as fc.Arbitrary<'LG'>,
        fc.constantFrom('HV', 'LV') as fc.Arbitrary<'HV'>,
        (group, type, bus) => {
          const { protection, hv, lv } = secondary(type, group, bus);
          for (const phase of transformerDifferential(protection, hv, lv)) {
            expect(phase.differential_pu).toBeLessThan(1e-9);
            expect(phase.trips).toBe(false);
          }
        },
      ),
    );
  });

  it('without the vector-group step a Dyn11 shows 2·sin 15° of through load as differential', () => {
    const p = { ...base, vector_group: 'Dyn11' };
    const hv = balanced(tapCurrent(40, p.hv), 0);
    const lv = balanced(tapCurrent(40, p.lv), 180 + 30);
    expect(transformerDifferential(p, hv, lv)[0]!.differential_pu).toBeLessThan(1e-12);
    const raw = transformerDifferential(p, hv, lv, { vector_group: false, zero_sequence: true });
    expect(raw[0]!.differential_pu).toBeCloseTo(2 * Math.sin(Math.PI / 12), 9);
    expect(raw[0]!.trips).toBe(true);
  });

  it('without taking zero sequence out, an earth fault outside trips a YNd11', () => {
    const { protection, hv, lv } = secondary('LG', 'YNd11', 'HV');
    const raw = transformerDifferential(protection, hv, lv, { vector_group: true, zero_sequence: false });
    expect(raw.some((phase) => phase.trips)).toBe(true);
  });

  it('trips for a fault inside, fed from both sides', () => {
    const p = { ...base, vector_group: 'YNd11' };
    const inside = transformerDifferential(
      p,
      balanced(5 * tapCurrent(40, p.hv), -80),
      balanced(3 * tapCurrent(40, p.lv), -80 + 30),
    );
    // The low-voltage current is 11 hours behind: turned ahead by 330° it stands at −80° again.
    expect(inside[0]!.differential_pu).toBeCloseTo(8, 9);
    expect(inside.every((phase) => phase.trips)).toBe(true);
  });

  it('the characteristic is continuous at the knee and never below pick-up', () => {
    expect(thresholdAt(base, 0)).toBe(0.3);
    expect(thresholdAt(base, 2)).toBeCloseTo(0.6, 12);
    expect(thresholdAt(base, 2.000001)).toBeCloseTo(0.6, 5);
    expect(thresholdAt(base, 4)).toBeCloseTo(2, 12);
  });
});
