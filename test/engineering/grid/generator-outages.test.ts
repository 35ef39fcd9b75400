import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acFlow } from '../../../harness/engineering/grid/ac-flow.ts';
import { builtinNetwork } from '../../../harness/engineering/grid/builtin.ts';
import { dcFlow } from '../../../harness/engineering/grid/dc-flow.ts';
import { ptdf } from '../../../harness/engineering/grid/distribution-factors.ts';
import {
  generatorOutagesAc,
  generatorOutagesDc,
} from '../../../harness/engineering/grid/generator-outages.ts';
import { setDispatch, switchGenerator } from '../../../harness/engineering/grid/remedies.ts';
import { overloads } from '../../../harness/engineering/grid/violations.ts';
import { networks } from './drawn.ts';

describe('unit outages', () => {
  it('shift the lost output by room, as PTDFs of the same shift predict', () => {
    fc.assert(
      fc.property(networks(25), (network) => {
        const before = dcFlow(network, { convention: 'mp' });
        const balanced = {
          ...network,
          generators: network.generators.map((g, i) => ({ ...g, p_mw: before.p_gen_mw[i]! })),
        };
        const { factors } = ptdf(balanced, { convention: 'mp' });
        const column = (bus: number) => network.buses.findIndex((b) => b.id === bus);
        for (const outage of generatorOutagesDc(balanced)) {
          if (outage.shortfall_mw > 0) continue;
          const room = balanced.generators.map((g, i) =>
            i === outage.generator ? 0 : Math.max(0, g.p_max_mw - g.p_mw),
          );
          const total = room.reduce((sum, r) => sum + r, 0);
          const flows = before.p_from_mw.map((p, l) =>
            balanced.generators.reduce(
              (sum, g, i) => sum + (factors[l]![column(g.bus)]! * outage.lost_mw * room[i]!) / total,
              p - factors[l]![column(outage.bus)]! * outage.lost_mw,
            ),
          );
          const expected = overloads(balanced, (l) => flows[l]!);
          expect(outage.overloads.map((o) => [o.branch, o.flow_mva.toFixed(4)])).toEqual(
            expected.map((o) => [o.branch, o.flow_mva.toFixed(4)]),
          );
        }
      }),
      { numRuns: 15 },
    );
  });

  it('say what the others have no room for', () => {
    const network = builtinNetwork('case5')!;
    const outage = generatorOutagesDc(network).find((o) => o.generator === 4)!;
    // Room: 0 + 0 + 196.51 + 200 MW for the 466.51 MW of Brighton.
    expect(outage).toMatchObject({ bus: 5, lost_mw: 466.51, shortfall_mw: expect.closeTo(70, 9) });
  });

  it('are solved again under AC with the same taking up', () => {
    const network = builtinNetwork('case9')!;
    const outage = generatorOutagesAc(network)[2]!;
    const room = [250 - 72.3, 300 - 163];
    const share = room.map((r) => (85 * r) / (room[0]! + room[1]!));
    const after = switchGenerator(
      setDispatch(setDispatch(network, 0, 72.3 + share[0]!), 1, 163 + share[1]!),
      2,
      false,
    );
    const flow = acFlow(after);
    expect(flow.converged && flow.vm_lowest).toEqual(outage.vm_lowest);
    expect(outage.converged).toBe(true);
  });

  it('report the loss of the only source, and leave the network as it was', () => {
    const feeder = builtinNetwork('case33bw')!;
    const copy = structuredClone(feeder);
    expect(generatorOutagesAc(feeder)).toMatchObject([
      { converged: false, reason: expect.stringContaining('generator') },
    ]);
    expect(feeder).toEqual(copy);
  });
});
