import fc from 'fast-check';
import { createRandom } from '../../../harness/core/random.ts';
import { type GenerateOptions, generateNetwork } from '../../../harness/engineering/grid/generate.ts';
import type { Network } from '../../../harness/engineering/grid/network.ts';

export const drawNetwork = (
  seed: number,
  buses: number,
  options: Omit<GenerateOptions, 'uniform' | 'buses'> = {},
): Network => generateNetwork({ uniform: createRandom(`grid/${seed}`).uniform, buses, ...options });

/** Generated networks; with phase shifters and shunts added where `awkward`, which the generator leaves out. */
export const networks = (max = 30, awkward = false): fc.Arbitrary<Network> =>
  fc.record({ seed: fc.nat(1e6), buses: fc.integer({ min: 3, max }) }).map(({ seed, buses }) => {
    const network = drawNetwork(seed, buses);
    if (!awkward) return network;
    const random = createRandom(`awkward/${seed}`);
    return {
      ...network,
      buses: network.buses.map((bus) => ({ ...bus, g_shunt_mw: random.int(0, 2) })),
      branches: network.branches.map((branch) => ({
        ...branch,
        shift_deg: random.chance(0.2) ? random.int(-4, 4) : 0,
        tap: random.chance(0.3) ? random.range(0.95, 1.05, 0.0125) : 1,
      })),
    };
  });
