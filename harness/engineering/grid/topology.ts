import type { Branch, Bus, Generator, Network } from './network.ts';

/** Position of each bus in `network.buses`, by bus number. */
export function busIndex(network: Network): ReadonlyMap<number, number> {
  return new Map(network.buses.map((bus, i) => [bus.id, i]));
}

/** The position of a bus that must exist. @throws RangeError naming the bus */
function positionOf(index: ReadonlyMap<number, number>, id: number): number {
  const position = index.get(id);
  if (position === undefined) throw new RangeError(`the network has no bus ${id}`);
  return position;
}

/** A branch that carries current: in service, and neither end isolated. */
export interface LiveBranch {
  branch: Branch;
  /** Position in `network.branches`. */
  position: number;
  from: number;
  to: number;
}

/** Branches in service between buses that are not isolated, with the positions of their end buses. */
export function liveBranches(network: Network, index = busIndex(network)): LiveBranch[] {
  const live: LiveBranch[] = [];
  network.branches.forEach((branch, position) => {
    if (!branch.in_service) return;
    const [from, to] = [positionOf(index, branch.from), positionOf(index, branch.to)];
    if (network.buses[from]!.type === 'isolated' || network.buses[to]!.type === 'isolated') return;
    live.push({ branch, position, from, to });
  });
  return live;
}

export interface LiveGenerator {
  generator: Generator;
  /** Position in `network.generators`. */
  position: number;
  bus: number;
}

/** Generators in service at buses that are not isolated. */
export function liveGenerators(network: Network, index = busIndex(network)): LiveGenerator[] {
  const live: LiveGenerator[] = [];
  network.generators.forEach((generator, position) => {
    if (!generator.in_service) return;
    const bus = positionOf(index, generator.bus);
    if (network.buses[bus]!.type !== 'isolated') live.push({ generator, position, bus });
  });
  return live;
}

/** Buses that branches join, directly or not. */
export interface Island {
  /** Positions of its buses, rising. */
  buses: number[];
  /** Positions of the buses that hold the angle and take up what is missing; empty where the island has no source. */
  slacks: number[];
}

/**
 * The islands of a network, isolated buses left out. An island's slacks are its reference buses with a generator in service;
 * without one, the PV bus with the most capacity takes the part, and without that any bus with a generator. An island without
 * a generator in service has none: it is dead.
 */
export function islands(network: Network, live = liveBranches(network)): Island[] {
  const label = components(network.buses.length, live);
  const found = new Map<number, Island>();
  network.buses.forEach((bus, i) => {
    if (bus.type === 'isolated') return;
    const island = found.get(label[i]!) ?? { buses: [], slacks: [] };
    island.buses.push(i);
    found.set(label[i]!, island);
  });
  const capacity = new Map<number, number>();
  for (const { generator, bus } of liveGenerators(network)) {
    capacity.set(bus, (capacity.get(bus) ?? 0) + Math.max(0, generator.p_max_mw));
  }
  for (const island of found.values()) island.slacks = slacksOf(network.buses, island.buses, capacity);
  return [...found.values()];
}

function slacksOf(
  buses: readonly Bus[],
  members: readonly number[],
  capacity: ReadonlyMap<number, number>,
): number[] {
  const sources = members.filter((i) => capacity.has(i));
  const references = sources.filter((i) => buses[i]!.type === 'slack');
  if (references.length > 0) return references;
  const voltageHolding = sources.filter((i) => buses[i]!.type === 'pv');
  const candidates = voltageHolding.length > 0 ? voltageHolding : sources;
  const first = candidates[0];
  if (first === undefined) return [];
  return [candidates.reduce((best, i) => (capacity.get(i)! > capacity.get(best)! ? i : best), first)];
}

/** A label for each bus, equal for buses that branches join: union by halving paths. */
function components(n: number, live: readonly LiveBranch[]): number[] {
  const parent = Array.from({ length: n }, (_, i) => i);
  const root = (i: number): number => {
    while (parent[i] !== i) {
      parent[i] = parent[parent[i]!]!;
      i = parent[i]!;
    }
    return i;
  };
  for (const { from, to } of live) parent[root(from)] = root(to);
  return parent.map((_, i) => root(i));
}

/** For each bus, the live branches at it, as positions in `live`. */
export function incidence(buses: number, live: readonly LiveBranch[]): number[][] {
  const at: number[][] = Array.from({ length: buses }, () => []);
  live.forEach(({ from, to }, k) => {
    at[from]!.push(k);
    at[to]!.push(k);
  });
  return at;
}
