import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Network } from '../../../harness/engineering/grid/network.ts';
import { dcOpf } from '../../../harness/engineering/optimise/dc-opf.ts';
import { loadSolver } from '../../../harness/engineering/optimise/solver.ts';
import { randomNetwork, seeded } from './random-network.ts';

beforeAll(loadSolver);

const options = { convention: 'mp' } as const;

function objective(network: Network): number | undefined {
  const result = dcOpf(network, { ...options, intervals: false });
  return result.status === 'optimal' ? result.objective : undefined;
}

const withLoad = (network: Network, at: number, more: number): Network => ({
  ...network,
  buses: network.buses.map((bus, i) => (i === at ? { ...bus, p_load_mw: bus.p_load_mw + more } : bus)),
});

/** A network whose optimum sits exactly at limits that do not steer it: degenerate by construction. */
function tightened(network: Network, uniform: () => number): Network | undefined {
  const result = dcOpf(network, { ...options, intervals: false });
  if (result.status !== 'optimal') return undefined;
  return {
    ...network,
    generators: network.generators.map((unit, i) => {
      const p = result.dispatch_mw[i];
      return p > 1 && p < unit.p_max_mw - 1 && uniform() < 0.7 ? { ...unit, p_max_mw: p } : unit;
    }),
    branches: network.branches.map((branch, i) => {
      const flow = Math.abs(result.flow_mw[i]);
      return flow > 1 && uniform() < 0.2 ? { ...branch, rate_mva: flow } : branch;
    }),
  };
}

describe('intervals of prices', () => {
  it.each([
    ['linear', false],
    ['quadratic', true],
  ] as const)('end at the cost of one MW less and one MW more at every bus, %s costs', (_, quadratic) => {
    let wide = 0;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 3, max: 14 }), (seed, size) => {
        const uniform = seeded(seed);
        const network = tightened(randomNetwork(uniform, size, { tight: 1, quadratic }), uniform);
        const result = network && dcOpf(network, options);
        if (!network || result?.status !== 'optimal') return;
        const h = 1e-3;
        network.buses.forEach((_bus, at) => {
          const [low, high] = [result.price_low[at] as number, result.price_high[at] as number];
          if (high - low > 0.01) wide++;
          const slack = 0.01 * Math.max(1, Math.abs(result.price[at] as number));
          const [less, more] = [-h, h].map((change) => objective(withLoad(network, at, change)));
          if (more === undefined) expect(high).toBe(Number.POSITIVE_INFINITY);
          else expect(Math.abs((more - result.objective) / h - high)).toBeLessThan(slack);
          if (less === undefined) expect(low).toBe(Number.NEGATIVE_INFINITY);
          else expect(Math.abs((result.objective - less) / h - low)).toBeLessThan(slack);
        });
      }),
      { numRuns: 30, seed: 51 },
    );
    expect(wide).toBeGreaterThan(20);
  });
});
