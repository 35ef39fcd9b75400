import * as z from 'zod';
import type { Lang } from '../../../core/lang.ts';
import type { Random } from '../../../core/random.ts';
import type { Network } from '../../../engineering/grid/network.ts';
import { type DcOpf, dcOpf } from '../../../engineering/optimise/dc-opf.ts';
import { drawLines } from '../draw-lines.ts';
import { networkOf as gridOf } from '../nodal-price/facts.ts';
import { type Tightened, withRoomOnTheOthers } from './limits.ts';
import { drawStatements, type Statement } from './statements.ts';
import { drawTransfer, type Transfer } from './transfer.ts';

export const priceSeparationParams = z.strictObject({
  /** Fewest and most buses. */
  buses: z.tuple([z.int().min(4).max(10), z.int().min(4).max(10)]),
  /** Lines beyond the ring. */
  chords: z.int().min(1).max(5),
  /** How many lines bind. */
  binding: z.int().min(1).max(3),
});
export type PriceSeparationParams = z.infer<typeof priceSeparationParams>;

/** A market report after clearing: what was offered, what was dispatched, and the nodal prices that came out. */
export interface PriceSeparationFacts {
  base_mva: number;
  /** Price in money per MWh, to a thousandth as published. */
  buses: { id: number; load_mw: number; price: number }[];
  lines: { name: string; from: number; to: number; x_pu: number; limit_mw: number }[];
  /** Dispatched output to a hundredth of a MW as published. */
  units: { name: string; bus: number; p_max_mw: number; cost: number; output_mw: number }[];
  transfer: Transfer;
  statements: Statement[];
  currency: { symbol: string; unit: string };
}

export type Market = Pick<PriceSeparationFacts, 'base_mva' | 'buses' | 'lines' | 'units'>;

const ATTEMPTS = 2000;

/** Lossless DC model, b = 1/x, as the prompt says. */
export function networkOf(market: Market): Network {
  const lines = market.lines.map((line) => ({ ...line, r_pu: 0 }));
  return gridOf({ ...market, lines, currency: { symbol: '$', unit: '$/MWh' } });
}

export function clear(market: Market, intervals = false): DcOpf | undefined {
  const result = dcOpf(networkOf(market), { convention: 'mp', intervals });
  return result.status === 'optimal' ? result : undefined;
}

/**
 * A cleared market in which as many lines bind as asked and another runs within a few megawatts of its limit without
 * binding, so that "the fullest line" is no diagnosis. Needs `loadSolver()`.
 */
export function drawPriceSeparation(params: PriceSeparationParams, random: Random): PriceSeparationFacts {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const open = drawOpen(params, random);
    const tight = tightened(open, params.binding, random);
    const market = tight && withRoomOnTheOthers(tight, random);
    const result = market && clear(market, true);
    if (!market || !result || !isTelling(market, result, params.binding)) continue;
    const transfer = drawTransfer(market, result, random);
    const statements = transfer && drawStatements(market, result, random);
    if (!transfer || !statements) continue;
    return {
      ...market,
      ...published(market, result),
      transfer,
      statements,
      currency: { symbol: '$', unit: '$/MWh' },
    };
  }
  throw new RangeError(`no telling market in ${ATTEMPTS} draws`);
}

function drawOpen({ buses: [fewest, most], chords }: PriceSeparationParams, random: Random): Market {
  const count = random.int(fewest, Math.max(fewest, most));
  const ids = Array.from({ length: count }, (_, i) => i + 1);
  const lines = drawLines(ids, chords, random);
  const plants = random.sample(ids, Math.max(4, Math.round(count * 0.7))).sort((a, b) => a - b);
  const costs = random.sample(
    Array.from({ length: 28 }, (_, i) => 16 + 2.5 * i),
    plants.length,
  );
  const units = plants.map((bus, i) => ({
    name: `G${bus}`,
    bus,
    p_max_mw: random.range(160, 520, 20),
    cost: costs[i] as number,
    output_mw: 0,
  }));
  const capacity = units.reduce((sum, { p_max_mw }) => sum + p_max_mw, 0);
  const loaded = random.sample(ids, count - 1);
  const share = (capacity * random.range(0.45, 0.65, 0.05)) / loaded.length;
  const buses = ids.map((id) => ({
    id,
    load_mw: loaded.includes(id) ? Math.round((share * random.range(0.5, 1.5, 0.1)) / 5) * 5 : 0,
    price: 0,
  }));
  return { base_mva: 100, buses, lines, units };
}

/** Gives the lines that carry most in the open market less room than they took; the others stay without a limit for now. */
function tightened(open: Market, binding: number, random: Random): Tightened | undefined {
  const free = clear(open);
  if (!free) return undefined;
  const order = free.flow_mw.map((flow, i) => ({ i, mw: Math.abs(flow) })).sort((a, b) => b.mw - a.mw);
  const chosen = order.slice(0, binding);
  if (chosen.some(({ mw }) => mw < 40)) return undefined;
  const lines = open.lines.map((line, i) => {
    const carried = chosen.find((one) => one.i === i)?.mw;
    return carried === undefined
      ? line
      : { ...line, limit_mw: Math.round((carried * random.range(0.5, 0.85, 0.05)) / 5) * 5 };
  });
  const market = { ...open, lines };
  const result = clear(market);
  return result && { market, flow_mw: result.flow_mw };
}

/** As many binding lines as asked, each worth something; one marginal unit more than that; prices and dispatch unique. */
function isTelling({ units }: Market, result: DcOpf, binding: number): boolean {
  const prices = result.price as number[];
  const shadows = result.shadow_price_per_branch.filter((shadow) => shadow > 1e-6);
  const marginal = units.filter(({ p_max_mw }, i) => {
    const p = result.dispatch_mw[i] as number;
    return p > 2 && p < p_max_mw - 2;
  });
  const atLimit = units.filter(({ p_max_mw }, i) => {
    const p = result.dispatch_mw[i] as number;
    return p < 1e-6 || p > p_max_mw - 1e-6;
  });
  const unique = prices.every(
    (price, i) => result.price_low[i] === price && result.price_high[i] === price && price > 1,
  );
  return (
    unique &&
    shadows.length === binding &&
    Math.min(...shadows) > 5 &&
    marginal.length === binding + 1 &&
    marginal.length + atLimit.length === units.length &&
    result.congestion_rent > 600
  );
}

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

/** What the report prints of a clearing. */
function published({ buses, units }: Market, result: DcOpf): Pick<Market, 'buses' | 'units'> {
  return {
    buses: buses.map((bus, i) => ({ ...bus, price: rounded(result.price[i] as number, 3) })),
    units: units.map((unit, i) => ({ ...unit, output_mw: rounded(result.dispatch_mw[i] as number, 2) })),
  };
}

/** Price level of the Chinese version. */
const YUAN = 8;

/** @throws RangeError where the market does not clear, which no draw allows */
export function localisePriceSeparation(facts: PriceSeparationFacts, lang: Lang): PriceSeparationFacts {
  if (lang === 'en') return facts;
  const units = facts.units.map((unit) => ({ ...unit, cost: unit.cost * YUAN }));
  const result = clear({ ...facts, units });
  if (!result) throw new RangeError('the market does not clear');
  const statements = facts.statements.map((statement) =>
    statement.kind === 'saves' ? { ...statement, saving: rounded(statement.saving * YUAN, 2) } : statement,
  );
  return {
    ...facts,
    ...published({ ...facts, units }, result),
    statements,
    currency: { symbol: '元', unit: '元/MWh' },
  };
}
