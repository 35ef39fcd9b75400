import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtinNetwork } from '../../../harness/engineering/grid/builtin.ts';
import { dcFlow } from '../../../harness/engineering/grid/dc-flow.ts';
import { branchSusceptance, type DcConvention } from '../../../harness/engineering/grid/dc-model.ts';
import type { Branch, Network } from '../../../harness/engineering/grid/network.ts';
import { networks } from './drawn.ts';

const conventions = fc.constantFrom<DcConvention>('pm', 'mp');

/** Generation minus load minus what the branches take away, MW, by bus: 0 where the flow is right. */
function imbalance(network: Network, p_gen_mw: readonly number[], p_from_mw: readonly number[]): number[] {
  const left = new Map(network.buses.map((bus) => [bus.id, -bus.p_load_mw - bus.g_shunt_mw]));
  const add = (bus: number, p: number) => {
    left.set(bus, left.get(bus)! + p);
  };
  network.generators.forEach((g, i) => {
    add(g.bus, p_gen_mw[i]!);
  });
  network.branches.forEach((branch, i) => {
    add(branch.from, -p_from_mw[i]!);
    add(branch.to, p_from_mw[i]!);
  });
  return [...left.values()];
}

const triangle = (change: Partial<Branch> = {}): Network => {
  const network = builtinNetwork('case3')!;
  return {
    ...network,
    branches: network.branches.map((branch, i) => (i === 0 ? { ...branch, ...change } : branch)),
  };
};

describe('branchSusceptance', () => {
  const transformer: Branch = {
    from: 1,
    to: 2,
    r_pu: 0.03,
    x_pu: 0.04,
    b_pu: 0,
    rate_mva: 100,
    tap: 0.8,
    shift_deg: 10,
    in_service: true,
  };
  it('keeps resistance and drops the tap under pm, the reverse under mp', () => {
    expect(branchSusceptance(transformer, 'pm')).toBeCloseTo(16, 10);
    expect(branchSusceptance(transformer, 'mp')).toBeCloseTo(31.25, 10);
  });
});

describe('DC flow', () => {
  it('balances at every bus, whatever the taps and shifts', () => {
    fc.assert(
      fc.property(networks(40, true), conventions, (network, convention) => {
        const flow = dcFlow(network, { convention });
        for (const left of imbalance(network, flow.p_gen_mw, flow.p_from_mw)) {
          expect(Math.abs(left)).toBeLessThan(1e-6);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('obeys the branch equation at the angles it reports', () => {
    fc.assert(
      fc.property(networks(30, true), conventions, (network, convention) => {
        const flow = dcFlow(network, { convention });
        const va = new Map(network.buses.map((bus, i) => [bus.id, (flow.va_deg[i]! * Math.PI) / 180]));
        network.branches.forEach((branch, i) => {
          const shift = convention === 'mp' ? (branch.shift_deg * Math.PI) / 180 : 0;
          const angle = va.get(branch.from)! - va.get(branch.to)! - shift;
          const expected = network.base_mva * branchSusceptance(branch, convention) * angle;
          expect(flow.p_from_mw[i]).toBeCloseTo(expected, 6);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('splits a transfer over a triangle by reactance, as the hand calculation does', () => {
    const network = triangle();
    const bare: Network = {
      ...network,
      buses: network.buses.map((bus) => ({ ...bus, p_load_mw: bus.id === 3 ? 90 : 0 })),
      branches: [
        { ...network.branches[0]!, from: 1, to: 3, x_pu: 0.1 },
        { ...network.branches[1]!, from: 3, to: 2, x_pu: 0.1 },
        { ...network.branches[2]!, from: 1, to: 2, x_pu: 0.1 },
      ],
      generators: network.generators.map((g) => ({ ...g, p_mw: 0 })),
    };
    const flow = dcFlow(bare, { convention: 'mp' });
    expect(flow.p_from_mw[0]).toBeCloseTo(60, 9);
    expect(flow.p_from_mw[1]).toBeCloseTo(-30, 9);
    expect(flow.slack).toEqual([{ bus: 1, change_mw: expect.closeTo(90, 9) }]);
  });

  it('ignores a phase shift under pm and drives a loop flow by it under mp', () => {
    const still = (n: Network): Network => ({
      ...n,
      buses: n.buses.map((bus) => ({ ...bus, p_load_mw: 0 })),
      generators: n.generators.map((g) => ({ ...g, p_mw: 0 })),
    });
    const shifted = still(triangle({ shift_deg: 5 }));
    expect(Math.max(...dcFlow(shifted, { convention: 'pm' }).p_from_mw.map(Math.abs))).toBeLessThan(1e-9);
    const loop = dcFlow(shifted, { convention: 'mp' }).p_from_mw;
    // One loop of x = .62 + .75 + .9: the shift drives -shift / Σx through it.
    const expected = (-100 * ((5 * Math.PI) / 180)) / (0.62 + 0.75 + 0.9);
    expect(loop[0]).toBeCloseTo(expected, 9);
    expect(loop[2]).toBeCloseTo(-expected, 9);
  });

  it('sends nothing over a branch out of service', () => {
    const flow = dcFlow(triangle({ in_service: false }), { convention: 'mp' });
    expect(flow.p_from_mw[0]).toBe(0);
    expect(flow.p_from_mw[1]).toBeCloseTo(-95, 9);
  });

  it('balances each island at its own slack and leaves an island without a source dark', () => {
    const network = builtinNetwork('case6ww')!;
    // Without 1-2, 1-4, 1-5 bus 1 is alone; without the lines of 6 bus 6 is alone and has no unit.
    const split: Network = {
      ...network,
      branches: network.branches.map((b) => ({
        ...b,
        in_service: b.from !== 1 && b.to !== 6,
      })),
    };
    const flow = dcFlow(split, { convention: 'mp' });
    expect(flow.dead_buses).toEqual([6]);
    expect(flow.va_deg[5]).toBe(0);
    expect(flow.slack.map((s) => s.bus)).toEqual([1, 3]);
    expect(flow.served_mw).toBe(140);
    const served = { ...split, buses: split.buses.map((b) => (b.id === 6 ? { ...b, p_load_mw: 0 } : b)) };
    for (const left of imbalance(served, flow.p_gen_mw, flow.p_from_mw)) expect(left).toBeCloseTo(0, 8);
  });

  it('leaves an isolated bus out, with its branches and units', () => {
    const network = builtinNetwork('case5')!;
    const isolated: Network = {
      ...network,
      buses: network.buses.map((bus) => (bus.id === 1 ? { ...bus, type: 'isolated' as const } : bus)),
    };
    const flow = dcFlow(isolated, { convention: 'mp' });
    expect(flow.dead_buses).toEqual([1]);
    expect(flow.p_gen_mw.slice(0, 2)).toEqual([0, 0]);
    expect(flow.p_from_mw.slice(0, 3)).toEqual([0, 0, 0]);
  });

  it('says which branch has no reactance instead of returning NaN', () => {
    const network = triangle({ x_pu: 0 });
    expect(() => dcFlow(network, { convention: 'mp' })).toThrow(/branch 1 \(1-3\) has x = 0/);
    expect(() => dcFlow(network, { convention: 'pm' })).toThrow(/branch 1 \(1-3\)/);
  });

  it('reports reactances that cancel instead of dividing by zero', () => {
    const network = builtinNetwork('case3')!;
    const cancelling: Network = {
      ...network,
      branches: [
        { ...network.branches[0]!, x_pu: 0.5 },
        { ...network.branches[1]!, in_service: false },
        { ...network.branches[0]!, x_pu: -0.5 },
        { ...network.branches[2]! },
      ],
    };
    expect(() => dcFlow(cancelling, { convention: 'mp' })).toThrow(/cancel/);
  });
});
