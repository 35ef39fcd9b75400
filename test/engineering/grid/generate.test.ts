import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import { acFlow } from '../../../harness/engineering/grid/ac-flow.ts';
import { dcFlow } from '../../../harness/engineering/grid/dc-flow.ts';
import {
  type DcConvention,
  dcModel,
  flowsOf,
  netInjections,
} from '../../../harness/engineering/grid/dc-model.ts';
import { meritDispatch } from '../../../harness/engineering/grid/generate/units.ts';
import { generateNetwork } from '../../../harness/engineering/grid/generate.ts';
import type { Network } from '../../../harness/engineering/grid/network.ts';
import { networkSchema } from '../../../harness/engineering/grid/network-schema.ts';
import { islands } from '../../../harness/engineering/grid/topology.ts';
import { drawNetwork } from './drawn.ts';

const drawings = fc.record({
  seed: fc.nat(1e6),
  buses: fc.integer({ min: 3, max: 60 }),
  costs: fc.constantFrom('linear' as const, 'quadratic' as const),
  commitment: fc.boolean(),
});
const drawn = drawings.map(({ seed, buses, costs, commitment }) =>
  drawNetwork(seed, buses, { costs, commitment }),
);
const totalLoad = (n: Network) => n.buses.reduce((sum, b) => sum + b.p_load_mw, 0);
const CONVENTIONS: readonly DcConvention[] = ['pm', 'mp'];

function flowsFor(network: Network, dispatch: readonly number[], convention: DcConvention): number[] {
  const model = dcModel(network, { convention });
  return flowsOf(model, netInjections(model, dispatch)).p_from_mw;
}

describe('a drawn network', () => {
  it('is connected, has the buses asked for, and is a network that a reader takes', () => {
    fc.assert(
      fc.property(drawings, ({ seed, buses, costs, commitment }) => {
        const network = drawNetwork(seed, buses, { costs, commitment });
        expect(network.buses).toHaveLength(buses);
        expect(islands(network)).toHaveLength(1);
        expect(network.buses.filter((b) => b.type === 'slack')).toHaveLength(1);
        expect(networkSchema.parse(JSON.parse(JSON.stringify(network)))).toEqual(network);
      }),
      { numRuns: 60 },
    );
  });

  it('is congested at its cheapest dispatch and free at the scheduled one, under both DC conventions', () => {
    fc.assert(
      fc.property(drawn, (network) => {
        const cheapest = meritDispatch(network.generators, totalLoad(network));
        for (const convention of CONVENTIONS) {
          const over = (flows: readonly number[]) =>
            network.branches.filter((b, i) => Math.abs(flows[i]!) > b.rate_mva).length;
          expect(over(flowsFor(network, cheapest, convention))).toBe(network.buses.length < 15 ? 1 : 2);
          expect(over(dcFlow(network, { convention }).p_from_mw)).toBe(0);
        }
        network.generators.forEach((g) => {
          expect(g.p_mw).toBeGreaterThanOrEqual(g.p_min_mw - 0.1);
          expect(g.p_mw).toBeLessThanOrEqual(g.p_max_mw + 0.1);
        });
      }),
      { numRuns: 60 },
    );
  });

  it('has an AC flow within reason', () => {
    fc.assert(
      fc.property(drawn, (network) => {
        const flow = acFlow(network);
        expect(flow.converged).toBe(true);
        if (!flow.converged) return;
        expect(flow.loss_mw / totalLoad(network)).toBeLessThan(0.05);
        expect(flow.vm_lowest.vm_pu).toBeGreaterThan(0.7);
      }),
      // Likely, not certain: the same drawings each time.
      { numRuns: 60, seed: 20 },
    );
  });

  it('has impedances of the length and voltage of its lines', () => {
    fc.assert(
      fc.property(drawn, (network) => {
        const kv = new Map(network.buses.map((b) => [b.id, b.base_kv]));
        for (const b of network.branches) {
          if (kv.get(b.from) !== kv.get(b.to)) {
            expect(b.x_pu / b.r_pu).toBeCloseTo(40, 0);
            continue;
          }
          const ohm = (b.x_pu * kv.get(b.from)! ** 2) / network.base_mva;
          expect(ohm).toBeGreaterThan(0.05);
          expect(ohm).toBeLessThan(80);
          expect(b.x_pu / b.r_pu).toBeGreaterThan(1.5);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('has no two units at one price, so that its merit order has no tie', () => {
    fc.assert(
      fc.property(drawn, ({ generators }) => {
        const prices = generators.map((g) => (g.cost.kind === 'polynomial' ? g.cost.coefficients[1] : 0));
        expect(new Set(prices).size).toBe(generators.length);
      }),
      { numRuns: 30 },
    );
  });

  it('is the same for the same seed and another for another', () => {
    expect(drawNetwork(1, 14)).toEqual(drawNetwork(1, 14));
    expect(drawNetwork(1, 14)).not.toEqual(drawNetwork(2, 14));
  });

  it('leaves limits wide where no binding one is asked for', () => {
    const network = drawNetwork(5, 12, { binding: 0 });
    const cheapest = meritDispatch(network.generators, totalLoad(network));
    for (const convention of CONVENTIONS) {
      flowsFor(network, cheapest, convention).forEach((p, i) => {
        expect(Math.abs(p)).toBeLessThan(network.branches[i]!.rate_mva);
      });
    }
  });

  it('gives commitment data only where asked', () => {
    expect(drawNetwork(1, 6).generators[0]).not.toHaveProperty('min_up_h');
    const unit = drawNetwork(1, 6, { commitment: true }).generators[0]!;
    expect(unit.min_up_h).toBeGreaterThan(0);
    expect(unit.p_min_mw).toBeGreaterThan(0);
    expect(unit.ramp_up_mw_per_h).toBeGreaterThan(0);
  });

  it('refuses what no network can be', () => {
    const { uniform } = createRandom('x');
    expect(() => generateNetwork({ uniform, buses: 2 })).toThrow(RangeError);
    expect(() => generateNetwork({ uniform, buses: 5.5 })).toThrow(RangeError);
    expect(() => generateNetwork({ uniform, buses: 5, levels_kv: [220, 110] })).toThrow(/too few/);
    expect(() => generateNetwork({ uniform, buses: 5, levels_kv: [400] })).toThrow(/400 kV/);
  });
});

describe('meritDispatch', () => {
  it('costs no more than any other way of serving the load', () => {
    fc.assert(
      fc.property(
        drawn,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 20, maxLength: 20 }),
        (network, shares) => {
          const { generators: units } = network;
          const load = totalLoad(network);
          const cost = (outputs: readonly number[]) =>
            units.reduce((sum, g, i) => {
              const [c0 = 0, c1 = 0, c2 = 0] = g.cost.kind === 'polynomial' ? g.cost.coefficients : [];
              return sum + c0 + c1 * outputs[i]! + c2 * outputs[i]! ** 2;
            }, 0);
          const best = meritDispatch(units, load);
          expect(best.reduce((sum, p) => sum + p, 0)).toBeCloseTo(load, 6);
          // Another feasible dispatch: move power between two units as far as both can.
          const [i, j] = [
            Math.floor(shares[0]! * (units.length - 1)),
            Math.floor(shares[1]! * (units.length - 1)),
          ];
          const room = Math.min(units[i]!.p_max_mw - best[i]!, best[j]! - units[j]!.p_min_mw) * shares[2]!;
          const moved = best.map((p, k) => p + (k === i ? room : 0) - (k === j ? room : 0));
          expect(cost(moved)).toBeGreaterThanOrEqual(cost(best) - 1e-6);
        },
      ),
      { numRuns: 60 },
    );
  });
});
