import type { DcConvention } from '../grid/dc-model.ts';
import type { Infeasible, Network } from '../grid/network.ts';
import { isQuadratic } from './cost-curve.ts';
import { buildDcOpf, type DcOpfModel, type LiveNetwork } from './dc-opf-model.ts';
import type { Optimum } from './model.ts';
import { priceRanges } from './price-interval.ts';
import { solveQp } from './qp.ts';
import { solveLp } from './solver.ts';

export interface DcOpfOptions {
  /**
   * `pm`: b = x/(r²+x²), taps and shifts ignored (PowerModels' DC, and the figures PGLib publishes).
   * `mp`: b = 1/(x·tap), shifts kept (MATPOWER's DC).
   */
  convention: DcConvention;
  /** Enforce limits of angle difference where branches have them, as PowerModels and MATPOWER do. Default true. */
  angle_limits?: boolean;
  /** Whose price is called energy: a bus by id (default: each island's slack), or the load-weighted mean of the island. */
  reference?: { kind: 'bus'; bus: number } | { kind: 'load' };
  /** Search all prices that support the optimum. Default true; false leaves `price_low` and `price_high` equal to `price`. */
  intervals?: boolean;
}

/** Lists are in the network's own order, whole: what is out of service holds 0, the price of an isolated bus null. */
export interface DcOpf {
  status: 'optimal';
  convention: DcConvention;
  /** Money per hour. */
  objective: number;
  dispatch_mw: number[];
  /** From end to to end. */
  flow_mw: number[];
  va_deg: number[];
  /** Cost of one more MW of load at each bus, money per MWh. */
  price: (number | null)[];
  /** All prices between these support the optimum too; they differ from `price` only where it is degenerate. */
  price_low: (number | null)[];
  price_high: (number | null)[];
  /** Price at the reference, by island in order of their first buses; `energy_price` is that of the first. */
  energy_price: number;
  islands: { buses: number[]; reference: string; energy_price: number }[];
  /** price − energy price of the island. */
  congestion: (number | null)[];
  /** What one more MW of each branch's limit would save, money per MWh; 0 where it does not bind. */
  shadow_price_per_branch: number[];
  limited_by: ('rate' | 'angle' | null)[];
  /** Σ flow · (price at to end − price at from end): what loads pay beyond what generators get, money per hour. */
  congestion_rent: number;
}

/**
 * Least-cost dispatch of a network under the DC model, with nodal prices. Needs `loadSolver()`.
 * @throws RangeError for a cost curve that is not convex, or a reference bus that does not exist
 */
export function dcOpf(network: Network, options: DcOpfOptions): DcOpf | Infeasible {
  const opf = buildDcOpf(network, {
    convention: options.convention,
    angle_limits: options.angle_limits ?? true,
  });
  const quadratic = opf.live.generators.some(({ generator }) => isQuadratic(generator.cost));
  const solution = quadratic ? solveQp(opf.model) : solveLp(opf.model);
  if (solution.status !== 'optimal') return solution;
  return report(network, options, opf, solution);
}

function report(network: Network, options: DcOpfOptions, opf: DcOpfModel, solution: Optimum): DcOpf {
  const { live } = opf;
  const { x, row_dual } = solution;
  const prices = opf.balance.map((row) => row_dual[row]);
  const duals = opf.limit.map((row) => (row === undefined ? 0 : row_dual[row]));
  const flows = live.branches.map(
    ({ from, to, b_mw, shift_rad }) => b_mw * (x[opf.angle[from]] - x[opf.angle[to]] - shift_rad),
  );
  const ranges = options.intervals === false ? undefined : priceRanges(opf, x);
  const islands = priceIslands(live, prices, options.reference);
  const byBus = <T>(of: (i: number) => T, empty: T): T[] =>
    spread(network.buses.length, live.buses, of, empty);
  const byBranch = <T>(of: (i: number) => T, empty: T): T[] =>
    spread(network.branches.length, live.branches, of, empty);
  const edge = (i: number, side: 'low' | 'high') => widened(prices[i], ranges?.[i]?.[side], side);
  return {
    status: 'optimal',
    convention: options.convention,
    objective: solution.objective,
    dispatch_mw: spread(network.generators.length, live.generators, (i) => x[opf.power[i]], 0),
    flow_mw: byBranch((i) => flows[i], 0),
    va_deg: byBus((i) => (x[opf.angle[i]] * 180) / Math.PI, 0),
    price: byBus<number | null>((i) => prices[i], null),
    price_low: byBus<number | null>((i) => edge(i, 'low'), null),
    price_high: byBus<number | null>((i) => edge(i, 'high'), null),
    energy_price: islands[0]?.energy_price ?? 0,
    islands,
    congestion: byBus<number | null>((i) => prices[i] - islands[live.buses[i].island].energy_price, null),
    shadow_price_per_branch: byBranch((i) => Math.abs(duals[i]), 0),
    limited_by: byBranch((i) => limitedBy(live, i, duals[i]), null),
    congestion_rent: live.branches.reduce(
      (sum, { from, to }, i) => sum + flows[i] * (prices[to] - prices[from]),
      0,
    ),
  };
}

function limitedBy(live: LiveNetwork, i: number, dual: number): 'rate' | 'angle' | null {
  const { min_by, max_by } = live.branches[i];
  if (Math.abs(dual) < 1e-7) return null;
  return dual < 0 ? max_by : min_by;
}

/** A range that only wobbles around the solver's price is that price. */
function widened(price: number, edge: number | undefined, side: 'low' | 'high'): number {
  if (edge === undefined) return price;
  const wider = side === 'low' ? price - edge : edge - price;
  return wider > 1e-4 * Math.max(1, Math.abs(price)) ? edge : price;
}

function spread<T>(length: number, live: readonly { index: number }[], of: (i: number) => T, empty: T): T[] {
  const out = new Array<T>(length).fill(empty);
  live.forEach(({ index }, i) => {
    out[index] = of(i);
  });
  return out;
}

function priceIslands(
  live: LiveNetwork,
  prices: readonly number[],
  reference: DcOpfOptions['reference'],
): DcOpf['islands'] {
  const named = reference?.kind === 'bus' ? live.buses.findIndex(({ bus }) => bus.id === reference.bus) : -1;
  if (reference?.kind === 'bus' && named < 0)
    throw new RangeError(`reference bus ${reference.bus} is not a live bus`);
  return live.references.map((own, island) => {
    const members = live.buses.map((bus, i) => ({ ...bus, i })).filter((bus) => bus.island === island);
    const buses = members.map(({ bus }) => bus.id);
    const load = members.reduce((sum, { bus }) => sum + bus.p_load_mw, 0);
    if (reference?.kind === 'load' && load > 0) {
      const paid = members.reduce((sum, { bus, i }) => sum + bus.p_load_mw * prices[i], 0);
      return { buses, reference: 'load-weighted mean', energy_price: paid / load };
    }
    const at = named >= 0 && live.buses[named].island === island ? named : own;
    return { buses, reference: `bus ${live.buses[at].bus.id}`, energy_price: prices[at] };
  });
}
