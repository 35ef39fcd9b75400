import * as z from 'zod';
import type { Lang } from '../../../core/lang.ts';
import type { Random } from '../../../core/random.ts';
import {
  type ArbitrageProblem,
  arbitrage,
  type StorageSchedule,
  type StorageUnit,
} from '../../../engineering/optimise/storage.ts';

export const arbitrageParams = z.strictObject({
  hours: z.int().min(6).max(24),
  /** With a cycle limit, wear, a floor and an end of charge other than the first, and hours of negative price. */
  market: z.boolean(),
});
export type ArbitrageParams = z.infer<typeof arbitrageParams>;

export interface ArbitrageFacts {
  /** Money per MWh, by hour. */
  prices: number[];
  storage: Required<Omit<StorageUnit, 'name' | 'max_cycles' | 'wear_cost'>> &
    Pick<StorageUnit, 'max_cycles' | 'wear_cost'>;
  currency: { symbol: string; unit: string };
}

const ATTEMPTS = 300;

/**
 * A day (or a part of one) with a valley and a peak, and a store for which every rule of the question matters: leaving
 * out the losses, the end of charge, the cycle limit or the wear gives another profit. Optima may tie: plans are simulated.
 */
export function drawArbitrage(params: ArbitrageParams, random: Random): ArbitrageFacts {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const facts = drawOnce(params, random);
    if (isTelling(facts)) return facts;
  }
  throw new RangeError(`no telling store in ${ATTEMPTS} draws`);
}

function drawOnce({ hours, market }: ArbitrageParams, random: Random): ArbitrageFacts {
  const p_max = random.range(20, 100, 5);
  const energy_mwh = Math.round((p_max * random.range(1.6, 3.4, 0.2)) / 10) * 10;
  const energy_min_mwh = market ? Math.round(energy_mwh * 0.1) : 0;
  const initial_mwh = Math.round((energy_mwh * random.range(market ? 0.2 : 0.1, 0.4, 0.05)) / 5) * 5;
  const storage = {
    energy_mwh,
    energy_min_mwh,
    p_charge_max_mw: p_max,
    p_discharge_max_mw: market ? p_max + random.range(0, 20, 5) : p_max,
    charge_efficiency: random.range(0.9, 0.96, 0.01),
    discharge_efficiency: random.range(0.89, 0.95, 0.01),
    initial_mwh: Math.max(initial_mwh, energy_min_mwh),
    final_mwh: market
      ? Math.round((energy_mwh * random.range(0.3, 0.6, 0.05)) / 5) * 5
      : Math.max(initial_mwh, energy_min_mwh),
    ...(market ? { max_cycles: random.range(1, 1.4, 0.1), wear_cost: random.range(4, 10, 1) } : {}),
  };
  return { prices: prices(hours, market, random), storage, currency: { symbol: '$', unit: '$/MWh' } };
}

/** A bell around an hour of the day, for the price of the hour that ends at `hour`. */
const bell = (hour: number, centre: number, width: number) =>
  Math.exp(-(((hour - 0.5 - centre) / width) ** 2));

/** A day with sun in the system: valley before dawn, morning peak, dip at noon, peak in the evening. */
const daily = (hour: number) =>
  0.35 +
  0.35 * bell(hour, 8, 2.2) +
  0.75 * bell(hour, 19.5, 2.4) -
  0.35 * bell(hour, 13.2, 2.3) -
  0.2 * bell(hour, 3.5, 3);

/** By clock hours for a whole market day; a part of a day has one dip and one peak. */
function prices(hours: number, market: boolean, random: Random): number[] {
  const spread = random.range(30, 55, 1);
  const shape = (t: number) =>
    market ? daily((24 * (t + 1)) / hours) : 0.5 - 0.5 * Math.cos((2 * Math.PI * t) / hours + 0.4);
  const level = market ? 12 : 25;
  const list = Array.from({ length: hours }, (_, t) =>
    Math.round(level + 1.5 * spread * shape(t) + random.range(-9, 9, 1)),
  );
  if (!market) return list;
  const low = list.indexOf(Math.min(...list));
  return list.map((price, t) => (t === low ? -random.int(3, 15) : price));
}

export const problemOf = ({ storage, prices: price }: ArbitrageFacts): ArbitrageProblem => ({
  storage,
  price,
  interval_h: 1,
});

/** @throws RangeError where no schedule keeps the rules, which no draw allows */
export function bestSchedule(facts: ArbitrageFacts): StorageSchedule {
  const result = arbitrage(problemOf(facts));
  if (result.status !== 'optimal') throw new RangeError(result.reason);
  return result;
}

/** The same store as someone saw it who overlooked a rule. */
export const withStore = (
  facts: ArbitrageFacts,
  change: Partial<ArbitrageFacts['storage']>,
): ArbitrageFacts => ({ ...facts, storage: { ...facts.storage, ...change } });

export function withoutCycles(facts: ArbitrageFacts): ArbitrageFacts {
  const { max_cycles: _dropped, ...storage } = facts.storage;
  return { ...facts, storage };
}

function isTelling(facts: ArbitrageFacts): boolean {
  const { storage } = facts;
  const { profit } = bestSchedule(facts);
  const size = 15 * storage.energy_mwh;
  if (profit < size * (storage.max_cycles === undefined ? 1 : 0.5)) return false;
  const apart = (other: ArbitrageFacts, by: number) => Math.abs(bestSchedule(other).profit / profit - 1) > by;
  if (!apart(withStore(facts, { charge_efficiency: 1, discharge_efficiency: 1 }), 0.03)) return false;
  if (!apart(withStore(facts, { final_mwh: storage.energy_min_mwh }), 0.03)) return false;
  if (storage.max_cycles === undefined) return true;
  return apart(withoutCycles(facts), 0.02) && apart(withStore(facts, { wear_cost: 0 }), 0.03);
}

/** Price level of the Chinese version. */
const YUAN = 7;

export function localiseArbitrage(facts: ArbitrageFacts, lang: Lang): ArbitrageFacts {
  if (lang === 'en') return facts;
  const { wear_cost } = facts.storage;
  return {
    prices: facts.prices.map((price) => price * YUAN),
    storage: { ...facts.storage, ...(wear_cost === undefined ? {} : { wear_cost: wear_cost * YUAN }) },
    currency: { symbol: '元', unit: '元/MWh' },
  };
}
