import * as z from 'zod';
import type { Lang } from '../../../core/lang.ts';
import type { Random } from '../../../core/random.ts';
import type { Branch, Bus, Generator, Network } from '../../../engineering/grid/network.ts';
import { type DcOpf, dcOpf } from '../../../engineering/optimise/dc-opf.ts';

export const nodalPriceParams = z.strictObject({
  /** Fewest and most buses. */
  buses: z.tuple([z.int().min(3).max(12), z.int().min(3).max(12)]),
  /** Lines beyond the ring. */
  chords: z.int().min(0).max(6).default(1),
});
export type NodalPriceParams = z.infer<typeof nodalPriceParams>;

export interface NodalPriceFacts {
  base_mva: number;
  buses: { id: number; load_mw: number }[];
  lines: { name: string; from: number; to: number; r_pu: number; x_pu: number; limit_mw: number }[];
  units: { name: string; bus: number; p_max_mw: number; cost: number }[];
  currency: { symbol: string; unit: string };
}

const ATTEMPTS = 400;

/**
 * A meshed network in which exactly one line binds, prices differ, and both dispatch and prices are unique.
 * The limit is set below the flow that the unlimited market would send over that line; draws that come out
 * degenerate are drawn again. Needs `loadSolver()`.
 */
export function drawNodalPrice(params: NodalPriceParams, random: Random): NodalPriceFacts {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const open = drawOpen(params, random);
    const free = dcOpf(networkOf(open), { convention: 'mp', intervals: false });
    if (free.status !== 'optimal') continue;
    const facts = limited(open, free, random);
    const result = facts && dcOpf(networkOf(facts), { convention: 'mp' });
    if (facts && result?.status === 'optimal' && isTelling(result)) return facts;
  }
  throw new RangeError(`no telling network in ${ATTEMPTS} draws`);
}

function drawOpen({ buses: [fewest, most], chords }: NodalPriceParams, random: Random): NodalPriceFacts {
  const count = random.int(fewest, Math.max(fewest, most));
  const ids = Array.from({ length: count }, (_, i) => i + 1);
  const ring = ids.map((id) => [id, (id % count) + 1] as const);
  const across = ids.flatMap((from) =>
    ids.filter((to) => to > from + 1 && !(from === 1 && to === count)).map((to) => [from, to] as const),
  );
  const pairs = [...ring, ...random.sample(across, chords)];
  const lines = pairs.map(([from, to]) => {
    const x_pu = random.range(0.04, 0.2, 0.01);
    const r_pu = Number((x_pu * random.range(0.2, 0.45, 0.05)).toFixed(3));
    return {
      name: `L${Math.min(from, to)}-${Math.max(from, to)}`,
      from: Math.min(from, to),
      to: Math.max(from, to),
      r_pu,
      x_pu,
      limit_mw: 0,
    };
  });
  const plants = random.sample(ids, Math.max(2, Math.round(count * 0.6))).sort((a, b) => a - b);
  const costs = random.sample(
    Array.from({ length: 30 }, (_, i) => 14 + 2.5 * i),
    plants.length,
  );
  const units = plants.map((bus, i) => ({
    name: `G${bus}`,
    bus,
    p_max_mw: random.range(200, 600, 50),
    cost: costs[i] as number,
  }));
  const capacity = units.reduce((sum, { p_max_mw }) => sum + p_max_mw, 0);
  const loaded = random.sample(ids, Math.max(2, count - 1));
  const share = (capacity * random.range(0.45, 0.65, 0.05)) / loaded.length;
  const buses = ids.map((id) => ({
    id,
    load_mw: loaded.includes(id) ? Math.round((share * random.range(0.6, 1.4, 0.1)) / 10) * 10 : 0,
  }));
  return { base_mva: 100, buses, lines, units, currency: { symbol: '$', unit: '$/MWh' } };
}

/** Limits: the line that carries most gets 55 to 85 % of its free flow, the others room to spare. */
function limited(open: NodalPriceFacts, free: DcOpf, random: Random): NodalPriceFacts | undefined {
  const flows = free.flow_mw.map(Math.abs);
  const tight = flows.indexOf(Math.max(...flows));
  const carried = flows[tight] as number;
  if (carried < 40) return undefined;
  const limit_mw = Math.round((carried * random.range(0.55, 0.85, 0.05)) / 5) * 5;
  const roomy = Math.ceil((carried * 1.6) / 50) * 50;
  return {
    ...open,
    lines: open.lines.map((line, i) => ({ ...line, limit_mw: i === tight ? limit_mw : roomy })),
  };
}

/** One binding line, prices that differ by more than rounding, and no degenerate price. */
function isTelling(result: DcOpf): boolean {
  const prices = result.price as number[];
  const unique = prices.every(
    (price, i) =>
      Math.abs((result.price_low[i] as number) - price) < 1e-6 &&
      Math.abs((result.price_high[i] as number) - price) < 1e-6,
  );
  const binding = result.limited_by.filter((by) => by !== null).length;
  return unique && binding === 1 && Math.max(...prices) - Math.min(...prices) > 4 && Math.min(...prices) > 1;
}

/** Price level of the Chinese version. */
const YUAN = 8;

export function localiseNodalPrice(facts: NodalPriceFacts, lang: Lang): NodalPriceFacts {
  if (lang === 'en') return facts;
  const units = facts.units.map((unit) => ({ ...unit, cost: unit.cost * YUAN }));
  return { ...facts, units, currency: { symbol: '元', unit: '元/MWh' } };
}

/** The facts as the grid model has them. Voltages and reactive power play no part in the DC model. */
export function networkOf(facts: NodalPriceFacts): Network {
  const slack = facts.units[0]?.bus;
  const buses = facts.buses.map(
    ({ id, load_mw }): Bus => ({
      id,
      type: id === slack ? 'slack' : 'pv',
      p_load_mw: load_mw,
      q_load_mvar: 0,
      g_shunt_mw: 0,
      b_shunt_mvar: 0,
      base_kv: 220,
      vm_pu: 1,
      va_deg: 0,
      vm_max_pu: 1.1,
      vm_min_pu: 0.9,
    }),
  );
  const branches = facts.lines.map(
    ({ name, from, to, r_pu, x_pu, limit_mw }): Branch => ({
      name,
      from,
      to,
      r_pu,
      x_pu,
      b_pu: 0,
      rate_mva: limit_mw > 0 ? limit_mw : Number.POSITIVE_INFINITY,
      tap: 1,
      shift_deg: 0,
      in_service: true,
    }),
  );
  const generators = facts.units.map(
    ({ name, bus, p_max_mw, cost }): Generator => ({
      name,
      bus,
      p_mw: 0,
      q_mvar: 0,
      q_max_mvar: 0,
      q_min_mvar: 0,
      vm_setpoint_pu: 1,
      p_max_mw,
      p_min_mw: 0,
      in_service: true,
      cost: { kind: 'polynomial', coefficients: [0, cost] },
    }),
  );
  return { name: 'nodal-price', base_mva: facts.base_mva, buses, branches, generators };
}
