import type { Network } from './network.ts';
import { case33bw } from './networks/feeder.ts';
import { case14, case30 } from './networks/ieee.ts';
import { case39 } from './networks/new-england.ts';
import { case3, case5, case6ww, case9 } from './networks/small.ts';

const NETWORKS: ReadonlyMap<string, () => Network> = new Map([
  ['case3', case3],
  ['case5', case5],
  ['case6ww', case6ww],
  ['case9', case9],
  ['case14', case14],
  ['case30', case30],
  ['case33bw', case33bw],
  ['case39', case39],
]);

export const builtinNames: readonly string[] = [...NETWORKS.keys()];

/** A fresh copy of a published network that comes with the harness, or undefined where none has this name. */
export function builtinNetwork(name: string): Network | undefined {
  return NETWORKS.get(name)?.();
}
