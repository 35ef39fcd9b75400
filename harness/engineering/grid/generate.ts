import { onGrid, shuffled, type Uniform } from './generate/draw.ts';
import { line, transformer, voltageLevel } from './generate/equipment.ts';
import { setLimits, strengthen } from './generate/limits.ts';
import { distanceKm, meshLines, placeSites, type Site } from './generate/sites.ts';
import { drawUnits, evenDispatch, meritDispatch, type UnitOptions } from './generate/units.ts';
import type { Branch, Bus, Network } from './network.ts';

export interface GenerateOptions extends Partial<UnitOptions> {
  /** All randomness: uniform numbers in [0, 1). */
  uniform: Uniform;
  /** At least 3. */
  buses: number;
  /** Nominal voltages, highest first: of 500, 220, 110 and 35 kV. Default 220, from 7 buses 220 and 110, from 150 also 500. */
  levels_kv?: readonly number[];
  /** Default 3 in 10 buses, at least 3. */
  generators?: number;
  /** Lines for each bus of a level: about 1 is a ring, 1.5 well meshed. Default 1.4. */
  lines_per_bus?: number;
  /** Branches whose limit the cheapest dispatch breaks, so that a DC optimum is congested; 0 for none. Default 1, from 15 buses 2. */
  binding?: number;
  /** Installed capacity over load. Default 1.6. */
  capacity_margin?: number;
  name?: string;
}

const BASE_MVA = 100;
/** A drawing whose two dispatches load too few lines differently is drawn again. */
const MAX_DRAWS = 50;

interface Level {
  kv: number;
  /** Positions of its buses. */
  members: number[];
}

function levelsOf({ buses, levels_kv }: GenerateOptions): Level[] {
  const voltages = levels_kv ?? (buses < 7 ? [220] : buses < 150 ? [220, 110] : [500, 220, 110]);
  const shares = [[1], [0.4, 0.6], [0.15, 0.3, 0.55], [0.1, 0.2, 0.3, 0.4]][voltages.length - 1];
  if (!shares || buses < 3 * voltages.length) {
    throw new RangeError(
      `${buses} buses are too few for ${voltages.length} voltage levels: 3 for each are needed`,
    );
  }
  let next = 0;
  return voltages.map((kv, k) => {
    const left = voltages.length - 1 - k;
    const count =
      left === 0
        ? buses - next
        : Math.max(3, Math.min(Math.round(shares[k]! * buses), buses - next - 3 * left));
    const members = Array.from({ length: count }, (_, i) => next + i);
    next += count;
    return { kv, members };
  });
}

/** About one transformer for four lower buses, at least two: each joins an upper bus to the nearest lower one still free. */
function transformersBetween(uniform: Uniform, upper: Level, lower: Level, sites: readonly Site[]): Branch[] {
  const count = Math.min(upper.members.length, Math.max(2, Math.round(lower.members.length / 4)));
  const free = new Set(lower.members);
  return shuffled(uniform, upper.members)
    .slice(0, count)
    .map((high) => {
      const low = [...free].reduce((best, i) =>
        distanceKm(sites[i]!, sites[high]!) < distanceKm(sites[best]!, sites[high]!) ? i : best,
      );
      free.delete(low);
      return transformer(uniform, upper.kv, high + 1, low + 1, BASE_MVA);
    });
}

function drawBranches(
  uniform: Uniform,
  levels: readonly Level[],
  sites: readonly Site[],
  lines_per_bus: number,
): Branch[] {
  const lines = levels.flatMap(({ kv, members }) => {
    const own = members.map((i) => sites[i]!);
    return meshLines(uniform, own, lines_per_bus).map(([a, b]) =>
      line(
        uniform,
        voltageLevel(kv),
        members[a]! + 1,
        members[b]! + 1,
        distanceKm(own[a]!, own[b]!),
        BASE_MVA,
      ),
    );
  });
  const transformers = levels
    .slice(1)
    .flatMap((lower, k) => transformersBetween(uniform, levels[k]!, lower, sites));
  return [...lines, ...transformers];
}

/** Part of the buses that draw load; the rest are junctions or power stations. */
const LOADED = 0.75;

function drawBus(uniform: Uniform, kv: number, id: number): Bus {
  const [low, high] = voltageLevel(kv).load_mw;
  const p_load_mw = uniform() < LOADED ? onGrid(uniform, low, high, low < 10 ? 0.5 : 5) : 0;
  const q_load_mvar = Math.round(p_load_mw * (0.2 + 0.2 * uniform()));
  return {
    id,
    type: 'pq',
    p_load_mw,
    q_load_mvar,
    g_shunt_mw: 0,
    // Most of the reactive load is compensated at most substations.
    b_shunt_mvar: uniform() < 0.8 ? Math.round(0.8 * q_load_mvar) : 0,
    base_kv: kv,
    vm_pu: 1,
    va_deg: 0,
    vm_max_pu: 1.1,
    vm_min_pu: 0.9,
  };
}

/** Units stand at any bus, those of the upper levels first in two of three cases. */
function unitBuses(uniform: Uniform, buses: readonly Bus[], count: number): Bus[] {
  const top = buses[0]!.base_kv;
  const keyed = shuffled(uniform, buses).map((bus) => ({
    bus,
    late: bus.base_kv < top && uniform() < 2 / 3 ? 1 : 0,
  }));
  return keyed
    .sort((a, b) => a.late - b.late)
    .slice(0, count)
    .map(({ bus }) => bus)
    .sort((a, b) => a.id - b.id);
}

function draw(options: GenerateOptions): Network | undefined {
  const { uniform, buses: count } = options;
  const levels = levelsOf(options);
  const side_km = voltageLevel(levels[0]!.kv).spacing_km * Math.sqrt(levels[0]!.members.length);
  const sites = placeSites(uniform, count, side_km);
  const buses = levels.flatMap(({ kv, members }) => members.map((i) => drawBus(uniform, kv, i + 1)));
  const load_mw = buses.reduce((sum, bus) => sum + bus.p_load_mw, 0);
  if (load_mw === 0) return undefined;
  const at = unitBuses(
    uniform,
    buses,
    Math.min(count, options.generators ?? Math.max(3, Math.round(0.3 * count))),
  );
  const units = drawUnits(uniform, at, load_mw * (options.capacity_margin ?? 1.6), {
    costs: options.costs ?? 'linear',
    commitment: options.commitment ?? false,
  });
  const largest = units.reduce((best, g) => (g.p_max_mw > best.p_max_mw ? g : best)).bus;
  for (const { bus } of units) buses[bus - 1]!.type = bus === largest ? 'slack' : 'pv';
  const bare: Network = {
    name: options.name ?? `generated-${count}`,
    base_mva: BASE_MVA,
    buses,
    branches: drawBranches(uniform, levels, sites, options.lines_per_bus ?? 1.4),
    generators: units,
  };
  const cheapest = meritDispatch(units, load_mw);
  const even = evenDispatch(units, load_mw);
  // Half-way: still feasible, and nearer to the optimum than the even dispatch.
  const possible = cheapest.map((p, i) => (p + even[i]!) / 2);
  const built = { ...bare, branches: strengthen(bare, [cheapest, possible]) };
  const branches = setLimits(uniform, built, cheapest, possible, options.binding ?? (count < 15 ? 1 : 2));
  if (!branches) return undefined;
  return {
    ...bare,
    branches,
    generators: units.map((g, i) => ({ ...g, p_mw: Number(possible[i]!.toFixed(1)) })),
  };
}

/**
 * A plausible network, drawn: substations on a map, meshed lines with the impedance of their length and voltage, transformers
 * between levels, loads, units with costs that all differ, and limits such that the cheapest dispatch is not possible but another
 * is (under both DC conventions). The schedule in `p_mw` respects all limits. The same numbers give the same network on every
 * machine. Money is in the currency the reader likes; prices are of the order of $/MWh.
 * @throws RangeError for options that no network can meet
 */
export function generateNetwork(options: GenerateOptions): Network {
  if (!Number.isInteger(options.buses) || options.buses < 3) {
    throw new RangeError(`a network needs at least 3 buses, not ${options.buses}`);
  }
  for (let i = 0; i < MAX_DRAWS; i++) {
    const network = draw(options);
    if (network) return network;
  }
  throw new RangeError(
    `no network with ${options.binding ?? 'enough'} binding limits was found in ${MAX_DRAWS} draws`,
  );
}
