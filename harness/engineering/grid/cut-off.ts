import { type Bridge, bridges } from './bridges.ts';
import type { Network } from './network.ts';
import { type Island, type LiveBranch, liveGenerators } from './topology.ts';

/** The branches whose outage splits a live island, with the buses that lose its slack. */
export function islandBridges(
  network: Network,
  live: readonly LiveBranch[],
  parts: readonly Island[],
): Bridge[] {
  const roots = parts.flatMap(({ slacks }) => slacks.slice(0, 1));
  return bridges(network.buses.length, live, roots);
}

/** What an outage separates from its island's slack. */
export interface CutOff {
  buses: number[];
  load_mw: number;
  /** Scheduled output of the units cut off. Where it is 0 and no unit is there, the load is lost. */
  generation_mw: number;
  /** No unit in service is cut off with them: the part goes dark. */
  dead: boolean;
}

/** What the outage of each bridge cuts off, by position of the branch in the network. */
export function cutOffs(
  network: Network,
  live: readonly LiveBranch[],
  parts: readonly Island[],
): Map<number, CutOff> {
  const units = liveGenerators(network);
  const describe = ({ cutOff }: Bridge): CutOff => {
    const members = new Set(cutOff);
    const lost = units.filter(({ bus }) => members.has(bus));
    return {
      buses: cutOff.map((i) => network.buses[i]!.id),
      load_mw: cutOff.reduce((sum, i) => sum + network.buses[i]!.p_load_mw, 0),
      generation_mw: lost.reduce((sum, { generator }) => sum + generator.p_mw, 0),
      dead: lost.length === 0,
    };
  };
  return new Map(
    islandBridges(network, live, parts).map((bridge) => [live[bridge.live]!.position, describe(bridge)]),
  );
}
