import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type FaultAt,
  sequenceFault,
} from '../../../../harness/engineering/faults/short-circuit/sequence-fault.ts';
import {
  busTurns,
  type SequenceElement,
  type SequenceNetwork,
} from '../../../../harness/engineering/faults/short-circuit/sequence-network.ts';
import { toPhases, toSequence } from '../../../../harness/engineering/faults/short-circuit/symmetrical.ts';
import { parseVectorGroup } from '../../../../harness/engineering/faults/short-circuit/vector-group.ts';
import { abs, add, arg_deg, complex, scale, sum } from '../../../../harness/engineering/math/complex.ts';
import { distance, NEARLY_BOLTED, ThreePhaseNetwork } from './three-phase-oracle.ts';

const real = (min: number, max: number) => fc.double({ min, max, noNaN: true });
const impedance = fc.record({ re: real(0.002, 0.05), im: real(0.02, 0.5) });
const GROUPS = [
  'YNd11',
  'YNd1',
  'YNd5',
  'Dyn11',
  'Dyn1',
  'YNyn0',
  'Yyn0',
  'YNy6',
  'Dd0',
  'Dd2',
  'Yd7',
  'YNyn6',
];

/** A chain of lines and transformers with a source at each end, an extra source in the middle and a second line. */
const network: fc.Arbitrary<SequenceNetwork> = fc
  .record({
    links: fc.array(
      fc.record({
        group: fc.option(fc.constantFrom(...GROUPS), { nil: null, freq: 3 }),
        z1: impedance,
        z0: impedance,
        zn: fc.option(impedance, { nil: undefined }),
        double: fc.boolean(),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    first: fc.record({ z1: impedance, z2: impedance, z0: impedance }),
    last: fc.option(fc.record({ z1: impedance, z0: fc.option(impedance, { nil: undefined }) }), {
      nil: undefined,
    }),
  })
  .map(({ links, first, last }) => {
    const elements: SequenceElement[] = [
      { kind: 'source', name: 'G', bus: 'b0', z1_pu: first.z1, z2_pu: first.z2, z0_pu: first.z0 },
    ];
    links.forEach(({ group, z1, z0, zn, double }, i) => {
      const [from, to] = [`b${i}`, `b${i + 1}`];
      if (group)
        elements.push({
          kind: 'transformer',
          name: `T${i}`,
          hv: from,
          lv: to,
          z1_pu: z1,
          vector_group: group,
          ...(zn ? { zn_hv_pu: zn, zn_lv_pu: scale(zn, 0.5) } : {}),
        });
      else
        for (let k = 0; k < (double ? 2 : 1); k++)
          elements.push({
            kind: 'line',
            name: `L${i}${k}`,
            from,
            to,
            z1_pu: z1,
            z0_pu: add(z0, scale(z1, k)),
          });
    });
    if (last)
      elements.push({
        kind: 'source',
        name: 'Q',
        bus: `b${links.length}`,
        z1_pu: last.z1,
        ...(last.z0 ? { z0_pu: last.z0, zn_pu: complex(0.01, 0.02) } : {}),
      });
    return { buses: [...links, null].map((_, i) => `b${i}`), elements };
  });

const fault = fc.record({
  at: real(0, 0.999),
  type: fc.constantFrom('3ph', 'LG', 'LL', 'LLG') as fc.Arbitrary<FaultAt['type']>,
  phase: fc.constantFrom('a', 'b', 'c') as fc.Arbitrary<'a' | 'b' | 'c'>,
  zf_pu: fc.option(impedance, { nil: undefined }),
  zg_pu: fc.option(impedance, { nil: undefined }),
});

describe('sequence networks against the whole network in phase quantities', () => {
  it('every bus voltage agrees for every fault type, impedance and vector group', () => {
    fc.assert(
      fc.property(network, fault, (net, f) => {
        const at: FaultAt = {
          bus: net.buses[Math.floor(f.at * net.buses.length)]!,
          type: f.type,
          phase: f.phase,
          zf_pu: f.zf_pu ?? NEARLY_BOLTED,
          zg_pu: f.zg_pu ?? NEARLY_BOLTED,
        };
        const expected = new ThreePhaseNetwork(net, at, busTurns(net)).voltages();
        for (const { bus, phases } of sequenceFault(net, at).voltages)
          for (const p of ['a', 'b', 'c'] as const)
            expect(distance(phases[p], expected.get(`${bus}.${p}`)!)).toBeLessThan(1e-4);
      }),
      { numRuns: 250 },
    );
  });

  it("currents into every bus add up to nothing, and at the fault to the fault's own", () => {
    fc.assert(
      fc.property(network, fault, (net, f) => {
        const bus = net.buses[Math.floor(f.at * net.buses.length)]!;
        const result = sequenceFault(net, { bus, type: f.type, phase: f.phase });
        for (const b of net.buses)
          for (const p of ['a', 'b', 'c'] as const) {
            const out = sum(...result.currents.filter((c) => c.bus === b).map((c) => c.phases[p]));
            const drawn = b === bus ? result.i_phases[p] : complex(0);
            expect(abs(add(out, drawn))).toBeLessThan(1e-8);
          }
      }),
      { numRuns: 100 },
    );
  });
});

const simple: SequenceNetwork = {
  buses: ['A'],
  elements: [
    {
      kind: 'source',
      name: 'G',
      bus: 'A',
      z1_pu: complex(0, 0.2),
      z2_pu: complex(0, 0.25),
      z0_pu: complex(0, 0.1),
    },
  ],
};

describe('the closed forms of a bolted fault', () => {
  it('LG is 3E/(Z1+Z2+Z0), LL √3E/(Z1+Z2), 3ph E/Z1, LLG earth current 3·Z2/(Z1Z2+Z2Z0+Z0Z1)', () => {
    expect(abs(sequenceFault(simple, { bus: 'A', type: 'LG' }).i_phases.a)).toBeCloseTo(3 / 0.55, 12);
    expect(abs(sequenceFault(simple, { bus: 'A', type: 'LL' }).i_phases.b)).toBeCloseTo(
      Math.sqrt(3) / 0.45,
      12,
    );
    expect(abs(sequenceFault(simple, { bus: 'A', type: '3ph' }).i_phases.c)).toBeCloseTo(5, 12);
    const llg = sequenceFault(simple, { bus: 'A', type: 'LLG' });
    expect(llg.i_earth_pu).toBeCloseTo((3 * 0.25) / (0.2 * 0.25 + 0.25 * 0.1 + 0.1 * 0.2), 12);
  });

  it('LG on phase b lags the one on phase a by 120°', () => {
    const [a, b] = (['a', 'b'] as const).map((phase) =>
      sequenceFault(simple, { bus: 'A', type: 'LG', phase }),
    );
    expect(arg_deg(a!.i_phases.a)).toBeCloseTo(-90, 9);
    expect(arg_deg(b!.i_phases.b)).toBeCloseTo(150, 9);
    expect(abs(b!.i_phases.a)).toBeLessThan(1e-12);
  });

  it('an earth fault in an isolated network carries nothing and lifts the healthy phases by √3', () => {
    const isolated: SequenceNetwork = {
      buses: ['A'],
      elements: [{ kind: 'source', name: 'G', bus: 'A', z1_pu: complex(0, 0.2) }],
    };
    const result = sequenceFault(isolated, { bus: 'A', type: 'LG' });
    expect(result.z0_pu).toBeNull();
    expect(result.i_earth_pu).toBe(0);
    expect(abs(result.voltages[0]!.phases.b)).toBeCloseTo(Math.sqrt(3), 12);
    expect(abs(result.voltages[0]!.phases.a)).toBeCloseTo(0, 12);
  });

  it('an LG fault behind Dyn flows in two lines of the delta side, without zero sequence', () => {
    const net: SequenceNetwork = {
      buses: ['HV', 'LV'],
      elements: [
        { kind: 'source', name: 'Q', bus: 'HV', z1_pu: complex(0, 0.1), z0_pu: complex(0, 0.1) },
        { kind: 'transformer', name: 'T', hv: 'HV', lv: 'LV', z1_pu: complex(0, 0.1), vector_group: 'Dyn11' },
      ],
    };
    const result = sequenceFault(net, { bus: 'LV', type: 'LG' });
    const high = result.currents.find((c) => c.name === 'T' && c.bus === 'HV')!;
    expect(abs(high.sequence.zero)).toBe(0);
    // 1/√3 of the fault current, out in one line and back in another; the third line carries none.
    const size = (['a', 'b', 'c'] as const).map((p) => abs(high.phases[p])).sort((x, y) => x - y);
    expect(size[0]).toBeCloseTo(0, 12);
    expect(size[1]).toBeCloseTo(abs(result.i_phases.a) / Math.sqrt(3), 12);
    expect(size[2]).toBeCloseTo(abs(result.i_phases.a) / Math.sqrt(3), 12);
  });
});

describe('inputs', () => {
  it('phases to sequences and back is the identity', () => {
    fc.assert(
      fc.property(impedance, impedance, impedance, (a, b, c) => {
        const back = toPhases(toSequence({ a, b, c }));
        expect(distance(back.a, a) + distance(back.b, b) + distance(back.c, c)).toBeLessThan(1e-12);
      }),
    );
  });

  it('a vector group of an impossible clock is refused', () => {
    expect(() => parseVectorGroup('Yd0')).toThrow(/no clock 0/);
    expect(() => parseVectorGroup('Yy5')).toThrow(/no clock 5/);
    expect(() => parseVectorGroup('ynD1')).toThrow(/not a vector group/);
    expect(() => parseVectorGroup('Yd12')).toThrow();
  });

  it('YNd1 beside YNd11 makes a loop that does not close, and says so', () => {
    const t = (name: string, vector_group: string): SequenceElement => ({
      kind: 'transformer',
      name,
      hv: 'A',
      lv: 'B',
      z1_pu: complex(0, 0.1),
      vector_group,
    });
    const net: SequenceNetwork = {
      buses: ['A', 'B'],
      elements: [...simple.elements, t('T1', 'YNd1'), t('T2', 'YNd11')],
    };
    expect(() => sequenceFault(net, { bus: 'B', type: 'LG' })).toThrow(/loop through T2/);
  });
});
