import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acFlow } from '../../../harness/engineering/grid/ac-flow.ts';
import { builtinNetwork } from '../../../harness/engineering/grid/builtin.ts';
import { dcFlow } from '../../../harness/engineering/grid/dc-flow.ts';
import { n1Ac, n1Dc } from '../../../harness/engineering/grid/n-1.ts';
import type { Network } from '../../../harness/engineering/grid/network.ts';
import { switchBranch } from '../../../harness/engineering/grid/remedies.ts';
import { apparentPower, overloads } from '../../../harness/engineering/grid/violations.ts';
import { drawNetwork, networks } from './drawn.ts';

describe('DC screening', () => {
  it('lists the overloads that solving each outage again finds, bridges included', () => {
    let found = 0;
    fc.assert(
      fc.property(
        networks(25, true),
        fc.constantFrom('pm' as const, 'mp' as const),
        (network, convention) => {
          const outages = n1Dc(network, { convention });
          expect(outages.map((o) => o.branch)).toEqual(network.branches.map((_, i) => i));
          for (const outage of outages) {
            const after = dcFlow(switchBranch(network, outage.branch, false), { convention }).p_from_mw;
            // By branch: two overloads that are equal but for rounding may be listed either way round.
            const byBranch = (a: { branch: number }, b: { branch: number }) => a.branch - b.branch;
            const expected = [...overloads(network, (i) => after[i]!)].sort(byBranch);
            const listed = [...outage.overloads].sort(byBranch);
            expect(listed.map((o) => o.branch)).toEqual(expected.map((o) => o.branch));
            listed.forEach((o, i) => {
              expect(o.flow_mva).toBeCloseTo(expected[i]!.flow_mva, 5);
            });
            found += expected.length;
          }
        },
      ),
      { numRuns: 15 },
    );
    expect(found).toBeGreaterThan(10);
  });

  it('names what an outage cuts off, and whether it goes dark', () => {
    const outages = n1Dc(builtinNetwork('case14')!);
    const splitting = outages.filter((o) => o.islanding);
    expect(splitting.map((o) => o.branch)).toEqual([13]);
    expect(splitting[0]!.islanding).toEqual({ buses: [8], load_mw: 0, generation_mw: 0, dead: false });
    const feeder = n1Dc(builtinNetwork('case33bw')!);
    expect(feeder).toHaveLength(32);
    expect(feeder.every((o) => o.islanding?.dead)).toBe(true);
    expect(feeder[0]!.islanding).toMatchObject({ load_mw: expect.closeTo(3.715, 9) });
    expect(feeder[0]!.islanding!.buses).toHaveLength(32);
  });

  it('uses the emergency limit where it is asked for and given', () => {
    const network = drawNetwork(3, 20);
    const loose = {
      ...network,
      branches: network.branches.map((b) => ({ ...b, rate_c_mva: 10 * b.rate_mva })),
    };
    expect(n1Dc(loose).some((o) => o.overloads.length > 0)).toBe(true);
    expect(n1Dc(loose, { rating: 'c' }).some((o) => o.overloads.length > 0)).toBe(false);
    expect(n1Dc(network, { rating: 'c' })).toEqual(n1Dc(network, { rating: 'a' }));
  });
});

describe('AC screening', () => {
  it('finds what solving each outage from scratch finds', () => {
    const network = builtinNetwork('case30')!;
    const outages = n1Ac(network);
    expect(outages).toHaveLength(41);
    for (const outage of outages) {
      const flow = acFlow(switchBranch(network, outage.branch, false));
      expect(outage.converged).toBe(flow.converged);
      if (!flow.converged) continue;
      const expected = overloads(network, apparentPower(flow));
      expect(outage.overloads.map((o) => o.branch)).toEqual(expected.map((o) => o.branch));
      expect(outage.vm_lowest!.vm_pu).toBeCloseTo(flow.vm_lowest.vm_pu, 6);
    }
  });

  it('reports a collapse as no flow, not as an outage without violations', () => {
    const network = builtinNetwork('case6ww')!;
    const loaded: Network = {
      ...network,
      buses: network.buses.map((b) => ({
        ...b,
        p_load_mw: 2 * b.p_load_mw,
        q_load_mvar: 2 * b.q_load_mvar,
      })),
    };
    const outages = n1Ac(loaded);
    const collapsed = outages.filter((o) => !o.converged);
    expect(collapsed).toHaveLength(2);
    for (const { reason } of collapsed) expect(reason).toBeTruthy();
  });

  it('refuses to screen a network that has no flow to begin with', () => {
    const network = builtinNetwork('case6ww')!;
    const loaded = { ...network, buses: network.buses.map((b) => ({ ...b, p_load_mw: 9 * b.p_load_mw })) };
    expect(() => n1Ac(loaded)).toThrow(/no flow before any outage/);
  });

  it('lists voltages outside their band with the side they are on', () => {
    const outages = n1Ac(builtinNetwork('case6ww')!);
    const low = outages.flatMap((o) => o.voltage_violations).filter((v) => v.side === 'low');
    expect(low.length).toBeGreaterThan(0);
    for (const v of low) expect(v.vm_pu).toBeLessThan(0.95);
  });
});
