import * as z from 'zod';
import type { Lang } from '../../../core/lang.ts';
import type { Random } from '../../../core/random.ts';
import {
  dispatchWithLosses,
  type LossCoefficients,
  type LossDispatch,
  type LossUnit,
} from '../../../engineering/optimise/dispatch-with-losses.ts';

export const quadraticDispatchParams = z.strictObject({
  /** Fewest and most units. */
  units: z.tuple([z.int().min(3).max(6), z.int().min(3).max(6)]),
});
export type QuadraticDispatchParams = z.infer<typeof quadraticDispatchParams>;

export interface QuadraticUnit {
  name: string;
  /** Money per hour, per MWh, per MW²h: cost = a + b P + c P². */
  a: number;
  b: number;
  c: number;
  p_min_mw: number;
  p_max_mw: number;
}

export interface QuadraticDispatchFacts {
  demand_mw: number;
  units: QuadraticUnit[];
  /** B by the names of both units, symmetric, in 10⁻⁵ per MW: by name, since the order of the units means nothing. */
  loss_e5: Record<string, Record<string, number>>;
  currency: { symbol: string; unit: string };
}

const ATTEMPTS = 200;
/** A unit is inside its limits by at least so much, MW, so that nobody's rounding puts it on one. */
const CLEAR_MW = 8;

/**
 * Exactly one unit ends at its capacity, which is set below what it would make without one; all others end clear
 * of their limits. The costs are strictly convex and the losses small, so the optimum is unique.
 */
export function drawQuadraticDispatch(
  params: QuadraticDispatchParams,
  random: Random,
): QuadraticDispatchFacts {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const open = drawOpen(params, random);
    const free = optimum(open);
    if (!free) continue;
    const tight = random.int(0, open.units.length - 1);
    const wanted = free.dispatch_mw[tight] as number;
    const p_max_mw = Math.round((wanted * random.range(0.75, 0.88, 0.01)) / 5) * 5;
    const facts = {
      ...open,
      units: open.units.map((unit, i) => (i === tight ? { ...unit, p_max_mw } : unit)),
    };
    const result = optimum(facts);
    if (result && isTelling(facts, result, tight)) return facts;
  }
  throw new RangeError(`no telling dispatch in ${ATTEMPTS} draws`);
}

function drawOpen(
  { units: [fewest, most] }: QuadraticDispatchParams,
  random: Random,
): QuadraticDispatchFacts {
  const count = random.int(fewest, Math.max(fewest, most));
  const units = Array.from({ length: count }, (_, i): QuadraticUnit => {
    const p_max_mw = random.range(350, 600, 25);
    return {
      name: `G${i + 1}`,
      a: random.range(200, 700, 20),
      b: random.range(14, 22, 0.2),
      c: random.range(0.012, 0.036, 0.002),
      p_min_mw: Math.round((p_max_mw * random.range(0.15, 0.3, 0.05)) / 10) * 10,
      p_max_mw,
    };
  });
  const loss_e5: QuadraticDispatchFacts['loss_e5'] = Object.fromEntries(units.map(({ name }) => [name, {}]));
  const couple = (a: string, b: string, value: number) => {
    (loss_e5[a] as Record<string, number>)[b] = value;
    (loss_e5[b] as Record<string, number>)[a] = value;
  };
  units.forEach(({ name }, i) => {
    couple(name, name, random.range(3, 9, 0.1));
    for (const other of units.slice(0, i)) couple(name, other.name, random.range(-0.4, 1.6, 0.1));
  });
  const capacity = units.reduce((sum, { p_max_mw }) => sum + p_max_mw, 0);
  const demand_mw = Math.round((capacity * random.range(0.5, 0.65, 0.01)) / 10) * 10;
  return { demand_mw, units, loss_e5, currency: { symbol: '$', unit: '$/MWh' } };
}

function isTelling({ units }: QuadraticDispatchFacts, { dispatch_mw }: LossDispatch, tight: number): boolean {
  return units.every(({ p_min_mw, p_max_mw }, i) => {
    const p = dispatch_mw[i] as number;
    const below = i === tight ? p > p_max_mw - 1e-6 : p < p_max_mw - CLEAR_MW;
    return below && p > p_min_mw + CLEAR_MW;
  });
}

function optimum(facts: QuadraticDispatchFacts): LossDispatch | undefined {
  const result = dispatchWithLosses(lossUnits(facts), facts.demand_mw, lossesOf(facts));
  return result.status === 'optimal' ? result : undefined;
}

export const lossUnits = ({ units }: QuadraticDispatchFacts): LossUnit[] =>
  units.map(({ name, a, b, c, p_min_mw, p_max_mw }) => ({
    name,
    p_min_mw,
    p_max_mw,
    coefficients: [a, b, c],
  }));

/** B between two units, 10⁻⁵ per MW. */
export const lossBetween = ({ loss_e5 }: QuadraticDispatchFacts, a: string, b: string): number =>
  loss_e5[a]?.[b] as number;

/** In the order of the units. */
export const lossesOf = (facts: QuadraticDispatchFacts): LossCoefficients => ({
  b: facts.units.map((a) => facts.units.map((b) => lossBetween(facts, a.name, b.name) * 1e-5)),
});

/** The same system without losses. */
export const lossless = (facts: QuadraticDispatchFacts): QuadraticDispatchFacts => {
  const none = Object.fromEntries(facts.units.map(({ name }) => [name, 0]));
  return { ...facts, loss_e5: Object.fromEntries(facts.units.map(({ name }) => [name, none])) };
};

/** Price level of the Chinese version. */
const YUAN = 14;

export function localiseQuadraticDispatch(facts: QuadraticDispatchFacts, lang: Lang): QuadraticDispatchFacts {
  if (lang === 'en') return facts;
  const yuan = (value: number) => Number((value * YUAN).toPrecision(12));
  const units = facts.units.map((unit) => ({ ...unit, a: yuan(unit.a), b: yuan(unit.b), c: yuan(unit.c) }));
  return { ...facts, units, currency: { symbol: '元', unit: '元/MWh' } };
}
