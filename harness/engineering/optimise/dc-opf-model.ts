import { branchShift, branchSusceptance, type DcConvention } from '../grid/dc-model.ts';
import type { Bus, Generator, Network } from '../grid/network.ts';
import { islands, type LiveBranch, liveBranches, liveGenerators } from '../grid/topology.ts';
import { addCost } from './cost-curve.ts';
import { addColumn, addRow, createModel, type Model, type Term } from './model.ts';

/** A branch that takes part, with its ends as positions in `LiveNetwork.buses`. `b_mw` is MW per radian. */
export interface LimitedBranch {
  /** Position in the network's own list. */
  index: number;
  name: string;
  from: number;
  to: number;
  b_mw: number;
  shift_rad: number;
  /** Limits of the flow in MW, rate and angle limits taken together, and which of the two binds first on each side. */
  flow_min_mw: number;
  flow_max_mw: number;
  min_by: 'rate' | 'angle';
  max_by: 'rate' | 'angle';
}

/** The parts of a network that a DC study sees, by position in the network's own lists. */
export interface LiveNetwork {
  /** Positions of the buses that are not isolated, and which island each belongs to. */
  buses: { index: number; bus: Bus; island: number }[];
  branches: LimitedBranch[];
  generators: { index: number; generator: Generator; name: string; at: number }[];
  /** By island: position in `buses` of its angle reference (its slack, as `islands` finds it). */
  references: number[];
}

export interface DcOpfModel {
  model: Model;
  live: LiveNetwork;
  /** Columns: output of each live generator, angle (rad) of each live bus. */
  power: number[];
  angle: number[];
  /** Rows: balance of each live bus; limits of each live branch, absent where it has none. */
  balance: number[];
  limit: (number | undefined)[];
}

export interface LiveOptions {
  convention: DcConvention;
  /** Whether limits of angle difference are enforced. */
  angle_limits: boolean;
}

export function liveNetwork(network: Network, options: LiveOptions): LiveNetwork {
  const live = liveBranches(network);
  const parts = islands(network, live);
  const islandOf = new Map(parts.flatMap(({ buses }, island) => buses.map((bus) => [bus, island] as const)));
  const buses = network.buses.flatMap((bus, index) => {
    const island = islandOf.get(index);
    return island === undefined ? [] : [{ index, bus, island }];
  });
  const compact = new Map(buses.map(({ index }, i) => [index, i]));
  const at = (index: number): number => compact.get(index) as number;
  return {
    buses,
    branches: live.map((branch) => limitedBranch(branch, at, network.base_mva, options)),
    generators: liveGenerators(network).map(({ generator, position, bus }) => ({
      index: position,
      generator,
      at: at(bus),
      name: generator.name ?? `generator ${position + 1} at bus ${generator.bus}`,
    })),
    references: parts.map((island) => at(island.slacks[0] ?? island.buses[0])),
  };
}

function limitedBranch(
  { branch, position, from, to }: LiveBranch,
  at: (index: number) => number,
  base_mva: number,
  { convention, angle_limits }: LiveOptions,
): LimitedBranch {
  const name = branch.name ?? `branch ${position + 1} (${branch.from}-${branch.to})`;
  const b_mw = base_mva * branchSusceptance(branch, convention);
  if (!Number.isFinite(b_mw) || b_mw === 0)
    throw new RangeError(`${name} has x = 0: a DC model gives it no finite susceptance other than 0`);
  const shift_rad = branchShift(branch, convention);
  const rate = branch.rate_mva;
  // flow = b (Δ − shift), so limits of the angle difference Δ are limits of the flow; a negative b swaps the ends.
  const flowAt = (deg: number | undefined) =>
    angle_limits && deg !== undefined ? b_mw * ((deg * Math.PI) / 180 - shift_rad) : undefined;
  const ends = [flowAt(branch.angle_min_deg), flowAt(branch.angle_max_deg)];
  const [low = -Infinity, high = Infinity] = b_mw < 0 ? [ends[1], ends[0]] : ends;
  return {
    index: position,
    name,
    from: at(from),
    to: at(to),
    b_mw,
    shift_rad,
    flow_min_mw: Math.max(-rate, low),
    flow_max_mw: Math.min(rate, high),
    min_by: low > -rate ? 'angle' : 'rate',
    max_by: high < rate ? 'angle' : 'rate',
  };
}

/**
 * The DC optimal power flow:
 *   min Σ c(Pg)  subject at each bus to  Σ Pg − Σ ± b (θ_from − θ_to − shift) = Pd + Gs,
 *   and on each branch to  flow_min ≤ b (θ_from − θ_to − shift) ≤ flow_max.
 * Powers in MW, angles in rad, Gs at 1.0 p.u. voltage.
 */
export function buildDcOpf(network: Network, options: LiveOptions): DcOpfModel {
  const live = liveNetwork(network, options);
  const model = createModel();
  const power = live.generators.map(({ generator: { p_min_mw, p_max_mw }, name }) =>
    addColumn(model, { name, lower: p_min_mw, upper: p_max_mw, cost: 0 }),
  );
  live.generators.forEach(({ generator, name }, i) => {
    addCost(model, power[i], generator.cost, name);
  });
  const references = new Set(live.references);
  const angle = live.buses.map(({ bus }, i) => {
    const [lower, upper] = references.has(i) ? [0, 0] : [-Infinity, Infinity];
    return addColumn(model, { name: `angle of bus ${bus.id}`, lower, upper, cost: 0 });
  });
  const balance = addBalances(model, live, power, angle);
  return { model, live, power, angle, balance, limit: addLimits(model, live, angle) };
}

function addBalances(
  model: Model,
  live: LiveNetwork,
  power: readonly number[],
  angle: readonly number[],
): number[] {
  const terms: Term[][] = live.buses.map(() => []);
  const right = live.buses.map(({ bus }) => bus.p_load_mw + bus.g_shunt_mw);
  live.generators.forEach(({ at }, i) => {
    terms[at].push([power[i], 1]);
  });
  for (const { from, to, b_mw, shift_rad } of live.branches) {
    terms[from].push([angle[from], -b_mw], [angle[to], b_mw]);
    terms[to].push([angle[from], b_mw], [angle[to], -b_mw]);
    right[from] -= b_mw * shift_rad;
    right[to] += b_mw * shift_rad;
  }
  return live.buses.map(({ bus }, i) =>
    addRow(model, {
      name: `power balance at bus ${bus.id}`,
      lower: right[i],
      upper: right[i],
      terms: terms[i],
    }),
  );
}

function addLimits(model: Model, live: LiveNetwork, angle: readonly number[]): (number | undefined)[] {
  return live.branches.map(({ name, from, to, b_mw, shift_rad, flow_min_mw, flow_max_mw, ...by }) => {
    if (flow_min_mw === -Infinity && flow_max_mw === Infinity) return undefined;
    const terms: Term[] = [
      [angle[from], b_mw],
      [angle[to], -b_mw],
    ];
    const drift = b_mw * shift_rad;
    // A reason that speaks of a limit should not send its reader to a rating that the branch does not have.
    const kind = by.min_by === 'angle' || by.max_by === 'angle' ? 'limit (rating or angle)' : 'limit';
    return addRow(model, {
      name: `${kind} of ${name}`,
      lower: flow_min_mw + drift,
      upper: flow_max_mw + drift,
      terms,
    });
  });
}
