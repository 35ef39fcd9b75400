import * as z from 'zod';
import type { Lang } from '../../../core/lang.ts';
import type { Random } from '../../../core/random.ts';
import { dispatchFixed } from '../../../engineering/optimise/commitment-dispatch.ts';
import { solveCommitmentByStates } from '../../../engineering/optimise/commitment-dp.ts';
import {
  type Commitment,
  type CommitmentProblem,
  commitmentCost,
  totalCost,
} from '../../../engineering/optimise/unit-commitment.ts';

export const unitCommitmentParams = z.strictObject({
  units: z.tuple([z.int().min(3).max(5), z.int().min(3).max(5)]),
  hours: z.tuple([z.int().min(6).max(8), z.int().min(6).max(8)]),
});
export type UnitCommitmentParams = z.infer<typeof unitCommitmentParams>;

export interface CommitmentUnit {
  name: string;
  p_min_mw: number;
  p_max_mw: number;
  /** Money per MWh, per hour on, per start. */
  cost: number;
  no_load_cost: number;
  start_up_cost: number;
  min_up_h: number;
  min_down_h: number;
  /** Hours on (positive) or off (negative) before hour 1. */
  initial_h: number;
}

export interface UnitCommitmentFacts {
  units: CommitmentUnit[];
  demand_mw: number[];
  /** Spinning reserve in every hour. */
  reserve_mw: number;
  currency: { symbol: string; unit: string };
}

const ATTEMPTS = 300;
/** Largest first. */
const SIZES_MW = [450, 280, 180, 120, 80];

/**
 * A day's rise and fall in which leaving all units on wastes over 4 %, and leaving out the reserve or the minimum
 * times gives another cost. The optimum need not be unique: plans are simulated. Needs `loadSolver()`.
 */
export function drawUnitCommitment(params: UnitCommitmentParams, random: Random): UnitCommitmentFacts {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const facts = drawOnce(params, random);
    const best = solve(facts);
    if (best && isTelling(facts, best.cost)) return facts;
  }
  throw new RangeError(`no telling commitment in ${ATTEMPTS} draws`);
}

function drawOnce({ units, hours }: UnitCommitmentParams, random: Random): UnitCommitmentFacts {
  const count = random.int(units[0], Math.max(units[0], units[1]));
  const length = random.int(hours[0], Math.max(hours[0], hours[1]));
  const list = SIZES_MW.slice(0, count).map((size, i): CommitmentUnit => {
    const p_max_mw = size + random.range(-20, 40, 10);
    return {
      name: `G${i + 1}`,
      p_max_mw,
      p_min_mw: Math.round((p_max_mw * random.range(0.3, 0.5, 0.05)) / 10) * 10,
      cost: random.range(18, 23, 0.5) + 6 * i,
      no_load_cost: Math.round((p_max_mw * random.range(1.5, 3, 0.1)) / 10) * 10,
      start_up_cost: Math.round((p_max_mw * random.range(6, 14, 1)) / 50) * 50,
      min_up_h: Math.max(1, random.int(3, 4) - (i > 2 ? 2 : 0)),
      min_down_h: Math.max(1, random.int(2, 4) - (i > 2 ? 1 : 0)),
      initial_h: i === 0 || random.chance(0.4) ? random.int(4, 9) : -random.int(4, 9),
    };
  });
  const capacity = list.reduce((sum, { p_max_mw }) => sum + p_max_mw, 0);
  const peak = random.int(2, length - 3);
  const demand_mw = Array.from({ length }, (_, t) => {
    const share = 0.82 - 0.13 * Math.abs(t - peak) + random.range(-0.04, 0.04, 0.01);
    return Math.round((capacity * Math.max(0.3, share)) / 10) * 10;
  });
  const reserve_mw = Math.round((capacity * random.range(0.06, 0.1, 0.01)) / 10) * 10;
  return { units: list, demand_mw, reserve_mw, currency: { symbol: '$', unit: '$/MWh' } };
}

function isTelling(facts: UnitCommitmentFacts, cost: number): boolean {
  const all = allOn(facts);
  if (all && all.cost < 1.04 * cost) return false;
  const free = solve({ ...facts, reserve_mw: 0 });
  if (!free || free.cost > 0.995 * cost) return false;
  const quick = solve(withoutTimes(facts));
  return quick !== undefined && quick.cost < 0.996 * cost;
}

export function solve(facts: UnitCommitmentFacts): Commitment | undefined {
  const result = solveCommitmentByStates(problemOf(facts));
  return result.status === 'optimal' ? result : undefined;
}

/** Everything on in every hour, at its best dispatch; undefined where the least outputs exceed the demand. */
export function allOn(facts: UnitCommitmentFacts): { dispatch_mw: number[][]; cost: number } | undefined {
  const problem = problemOf(facts);
  const on = facts.units.map(() => facts.demand_mw.map(() => true));
  const best = dispatchFixed(problem, on);
  if (best.status !== 'optimal') return undefined;
  const { dispatch_mw } = best;
  return { dispatch_mw, cost: totalCost(commitmentCost(problem.units, on, dispatch_mw)) };
}

export const withoutTimes = (facts: UnitCommitmentFacts): UnitCommitmentFacts => ({
  ...facts,
  units: facts.units.map((unit) => ({ ...unit, min_up_h: 1, min_down_h: 1 })),
});

export const problemOf = ({ units, demand_mw, reserve_mw }: UnitCommitmentFacts): CommitmentProblem => ({
  units: units.map(({ cost, ...unit }) => ({
    ...unit,
    cost: { kind: 'polynomial', coefficients: [0, cost] },
  })),
  demand_mw,
  reserve_mw: demand_mw.map(() => reserve_mw),
});

/** Price level of the Chinese version. */
const YUAN = 12;

export function localiseUnitCommitment(facts: UnitCommitmentFacts, lang: Lang): UnitCommitmentFacts {
  if (lang === 'en') return facts;
  const units = facts.units.map((unit) => ({
    ...unit,
    cost: unit.cost * YUAN,
    no_load_cost: unit.no_load_cost * YUAN,
    start_up_cost: unit.start_up_cost * YUAN,
  }));
  return { ...facts, units, currency: { symbol: '元', unit: '元/MWh' } };
}
