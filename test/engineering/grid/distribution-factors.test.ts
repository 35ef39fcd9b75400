import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtinNetwork } from '../../../harness/engineering/grid/builtin.ts';
import { dcFlow } from '../../../harness/engineering/grid/dc-flow.ts';
import type { DcConvention } from '../../../harness/engineering/grid/dc-model.ts';
import { lodf, ptdf } from '../../../harness/engineering/grid/distribution-factors.ts';
import { switchBranch } from '../../../harness/engineering/grid/remedies.ts';
import { networks } from './drawn.ts';

const conventions = fc.constantFrom<DcConvention>('pm', 'mp');

describe('PTDF', () => {
  it('gives flow = PTDF · P + offset on every case, with shifters', () => {
    fc.assert(
      fc.property(networks(30, true), conventions, (network, convention) => {
        const flow = dcFlow(network, { convention });
        const { factors, offset_mw } = ptdf(network, { convention });
        const injection = network.buses.map((bus) => -bus.p_load_mw - bus.g_shunt_mw);
        network.generators.forEach((g, i) => {
          injection[network.buses.findIndex((bus) => bus.id === g.bus)]! += flow.p_gen_mw[i]!;
        });
        factors.forEach((row, l) => {
          const sum = injection.reduce((total, p, i) => total + p * row[i]!, offset_mw[l]!);
          expect(sum).toBeCloseTo(flow.p_from_mw[l]!, 6);
        });
      }),
      { numRuns: 40 },
    );
  });

  it('differs between two buses by the same amount wherever the slack is', () => {
    fc.assert(
      fc.property(networks(20), conventions, (network, convention) => {
        const single = ptdf(network, { convention }).factors;
        const spread = ptdf(network, { convention, slack_weights: network.buses.map(() => 1) }).factors;
        single.forEach((row, l) => {
          for (let i = 1; i < row.length; i++) {
            expect(spread[l]![i]! - spread[l]![0]!).toBeCloseTo(row[i]! - row[0]!, 9);
          }
          expect(spread[l]!.reduce((sum, f) => sum + f, 0)).toBeCloseTo(0, 8);
        });
      }),
      { numRuns: 20 },
    );
  });

  it('refuses slack weights that do not fit the buses', () => {
    const network = builtinNetwork('case5')!;
    expect(() => ptdf(network, { convention: 'mp', slack_weights: [1] })).toThrow(RangeError);
    expect(() => ptdf(network, { convention: 'mp', slack_weights: [0, 0, 0, 0, 0] })).toThrow(RangeError);
  });
});

describe('LODF', () => {
  it('predicts the flows after every outage that does not split the network', () => {
    fc.assert(
      fc.property(networks(20, true), conventions, (network, convention) => {
        const before = dcFlow(network, { convention }).p_from_mw;
        const { factors, islanding } = lodf(network, { convention });
        network.branches.forEach((_, k) => {
          if (islanding[k]) return;
          const after = dcFlow(switchBranch(network, k, false), { convention }).p_from_mw;
          factors.forEach((row, l) => {
            expect(before[l]! + row[k]! * before[k]!).toBeCloseTo(after[l]!, 5);
          });
        });
      }),
      { numRuns: 20 },
    );
  });

  it('holds a finite number everywhere and calls exactly the bridges islanding', () => {
    fc.assert(
      fc.property(networks(30), (network) => {
        const { factors, islanding } = lodf(network, { convention: 'mp' });
        for (const row of factors) expect(row.every(Number.isFinite)).toBe(true);
        network.branches.forEach((_, k) => {
          const { dead_buses, slack } = dcFlow(switchBranch(network, k, false), { convention: 'mp' });
          expect(islanding[k]).toBe(dead_buses.length > 0 || slack.length > 1);
        });
      }),
      { numRuns: 20 },
    );
  });

  it('does not take one of two parallel lines for a bridge', () => {
    const network = builtinNetwork('case33bw')!;
    const doubled = { ...network, branches: [...network.branches, { ...network.branches[0]! }] };
    const { factors, islanding } = lodf(doubled, { convention: 'mp' });
    expect(islanding[0]).toBe(false);
    expect(factors.at(-1)![0]).toBeCloseTo(1, 9);
    expect(islanding[1]).toBe(true);
  });
});
