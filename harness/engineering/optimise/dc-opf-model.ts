import type { Branch, Bus, Generator, Network } from '../grid/network.ts';
import { addCost } from './cost-curve.ts';
import { type Convention, dcSusceptance } from './dc-branch.ts';
import { addColumn, addRow, createModel, type Model, type Term } from './model.ts';

/** A branch that takes part: both buses live and itself in service. `b_mw` is MW per radian. */
export interface LiveBranch {
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
  branches: LiveBranch[];
  generators: { index: number; generator: Generator; name: string; at: number }[];
  /** By island: position in `buses` of its angle reference (the slack, else the first bus with a generator). */
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
  convention: Convention;
  /** Whether limits of angle difference are enforced. */
  angle_limits: boolean;
}

export function liveNetwork(network: Network, options: LiveOptions): LiveNetwork {
  const buses = network.buses
    .map((bus, index) => ({ index, bus, island: -1 }))
    .filter(({ bus }) => bus.type !== 'isolated');
  const position = new Map(buses.map(({ bus }, i) => [bus.id, i]));
  const branches = network.branches.flatMap((branch, index) => {
    const [from, to] = [position.get(branch.from), position.get(branch.to)];
    if (!branch.in_service || from === undefined || to === undefined) return [];
    return [liveBranch(branch, index, from, to, network.base_mva, options)];
  });
  const generators = network.generators.flatMap((generator, index) => {
    const at = position.get(generator.bus);
    if (!generator.in_service || at === undefined) return [];
    return [
      { index, generator, at, name: generator.name ?? `generator ${index + 1} at bus ${generator.bus}` },
    ];
  });
  const islands = markIslands(buses, branches);
  const references = Array.from({ length: islands }, (_, island) => {
    const members = buses.map(({ island: own }, i) => (own === island ? i : -1)).filter((i) => i >= 0);
    const slack = members.find((i) => buses[i].bus.type === 'slack');
    return slack ?? members.find((i) => generators.some(({ at }) => at === i)) ?? members[0];
  });
  return { buses, branches, generators, references };
}

function liveBranch(
  branch: Branch,
  index: number,
  from: number,
  to: number,
  base_mva: number,
  { convention, angle_limits }: LiveOptions,
): LiveBranch {
  const b_mw = base_mva * dcSusceptance(branch, convention);
  const shift_rad = convention === 'mp' ? (branch.shift_deg * Math.PI) / 180 : 0;
  const rate = branch.rate_mva;
  // flow = b (Δ − shift), so limits of the angle difference Δ are limits of the flow; a negative b swaps the ends.
  const ends = [branch.angle_min_deg ?? -Infinity, branch.angle_max_deg ?? Infinity].map((deg) =>
    angle_limits && Number.isFinite(deg) ? b_mw * ((deg * Math.PI) / 180 - shift_rad) : undefined,
  );
  const [low = -Infinity, high = Infinity] = b_mw < 0 ? [ends[1], ends[0]] : ends;
  return {
    index,
    name: branch.name ?? `branch ${index + 1} (${branch.from}-${branch.to})`,
    from,
    to,
    b_mw,
    shift_rad,
    flow_min_mw: Math.max(-rate, low),
    flow_max_mw: Math.min(rate, high),
    min_by: low > -rate ? 'angle' : 'rate',
    max_by: high < rate ? 'angle' : 'rate',
  };
}

/** Numbers the islands in the order of their first buses. @returns how many */
function markIslands(buses: LiveNetwork['buses'], branches: readonly LiveBranch[]): number {
  const neighbours: number[][] = buses.map(() => []);
  for (const { from, to } of branches) {
    neighbours[from].push(to);
    neighbours[to].push(from);
  }
  let count = 0;
  buses.forEach((start, i) => {
    if (start.island >= 0) return;
    const queue = [i];
    start.island = count;
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      for (const other of neighbours[next]) {
        if (buses[other].island >= 0) continue;
        buses[other].island = count;
        queue.push(other);
      }
    }
    count++;
  });
  return count;
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
  const angle = live.buses.map(({ bus }, i) => {
    const fixed = live.references.includes(i);
    return addColumn(model, {
      name: `angle of bus ${bus.id}`,
      lower: fixed ? 0 : -Infinity,
      upper: fixed ? 0 : Infinity,
      cost: 0,
    });
  });
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
  const balance = live.buses.map(({ bus }, i) =>
    addRow(model, {
      name: `power balance at bus ${bus.id}`,
      lower: right[i],
      upper: right[i],
      terms: terms[i],
    }),
  );
  const limit = live.branches.map((branch) => {
    if (branch.flow_min_mw === -Infinity && branch.flow_max_mw === Infinity) return undefined;
    const drift = branch.b_mw * branch.shift_rad;
    return addRow(model, {
      name: `limit of ${branch.name}`,
      lower: branch.flow_min_mw + drift,
      upper: branch.flow_max_mw + drift,
      terms: [
        [angle[branch.from], branch.b_mw],
        [angle[branch.to], -branch.b_mw],
      ],
    });
  });
  return { model, live, power, angle, balance, limit };
}
