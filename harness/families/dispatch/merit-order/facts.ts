import * as z from 'zod';
import type { Lang } from '../../../core/lang.ts';
import type { Random } from '../../../core/random.ts';
import type { DispatchUnit } from '../../../engineering/optimise/economic-dispatch.ts';

export const meritOrderParams = z.strictObject({
  /** Fewest and most units. */
  units: z.tuple([z.int().min(4).max(12), z.int().min(4).max(12)]),
});
export type MeritOrderParams = z.infer<typeof meritOrderParams>;

export interface MeritUnit {
  name: string;
  capacity_mw: number;
  p_min_mw: number;
  /** Output that heat supply or security asks for whatever the price; absent for most. */
  must_run_mw?: number;
  /** Money per MWh. */
  cost: number;
}

export interface MeritOrderFacts {
  demand_mw: number;
  units: MeritUnit[];
  currency: { symbol: string; unit: string };
}

/**
 * All units are on, costs differ from unit to unit, and demand leaves the marginal unit strictly inside its range:
 * so the dispatch and the price are unique. One of the dear units must run above its minimum.
 */
export function drawMeritOrder({ units: [fewest, most] }: MeritOrderParams, random: Random): MeritOrderFacts {
  const count = random.int(fewest, Math.max(fewest, most));
  const costs = random
    .sample(
      Array.from({ length: 60 }, (_, i) => 18 + 1.3 * i),
      count,
    )
    .map((cost) => Number(cost.toFixed(1)));
  const names = random.shuffle(Array.from({ length: count }, (_, i) => `G${i + 1}`)).sort();
  const units: MeritUnit[] = names.map((name, i) => {
    const capacity_mw = random.range(100, 660, 20);
    const p_min_mw = Math.round((capacity_mw * random.range(0.25, 0.5, 0.05)) / 10) * 10;
    return { name, capacity_mw, p_min_mw, cost: costs[i] as number };
  });
  const byCost = [...units].sort((a, b) => a.cost - b.cost);
  const dearest = byCost.at(-1) as MeritUnit;
  dearest.must_run_mw =
    dearest.p_min_mw +
    Math.max(
      10,
      Math.round(((dearest.capacity_mw - dearest.p_min_mw) * random.range(0.2, 0.5, 0.1)) / 10) * 10,
    );
  // Not the cheapest unit, nor one of the two dearest: with these a mistake would come out right.
  const marginal = byCost[random.int(1, count - 3)] as MeritUnit;
  const cheaper = byCost.slice(0, byCost.indexOf(marginal));
  const rest = units.reduce((sum, unit) => sum + (unit.must_run_mw ?? unit.p_min_mw), 0);
  const filled = cheaper.reduce((sum, unit) => sum + unit.capacity_mw - unit.p_min_mw, 0);
  const inside = (marginal.capacity_mw - marginal.p_min_mw) * random.range(0.25, 0.75, 0.05);
  const demand_mw = Math.round(rest + filled + inside);
  return { demand_mw, units, currency: { symbol: '$', unit: '$/MWh' } };
}

/** Price level of the Chinese version: seven yuan where the English one has a dollar. */
const YUAN = 7;

export function localiseMeritOrder(facts: MeritOrderFacts, lang: Lang): MeritOrderFacts {
  if (lang === 'en') return facts;
  const units = facts.units.map((unit) => ({ ...unit, cost: Number((unit.cost * YUAN).toFixed(1)) }));
  return { ...facts, units, currency: { symbol: '元', unit: '元/MWh' } };
}

export const dispatchUnits = ({ units }: MeritOrderFacts): DispatchUnit[] =>
  units.map(({ name, capacity_mw, p_min_mw, must_run_mw, cost }) => ({
    name,
    p_min_mw,
    p_max_mw: capacity_mw,
    ...(must_run_mw === undefined ? {} : { must_run_mw }),
    cost: { kind: 'polynomial', coefficients: [0, cost] },
  }));
