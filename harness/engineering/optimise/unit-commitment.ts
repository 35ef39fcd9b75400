import type { Cost, Infeasible } from '../grid/network.ts';
import { assertConvex, costAt, isQuadratic } from './cost-curve.ts';

/** A thermal unit. Hours are whole; outputs are constant over an hour. */
export interface ThermalUnit {
  name: string;
  p_min_mw: number;
  p_max_mw: number;
  /** Linear or piecewise: money per hour at an output between p_min and p_max. */
  cost: Cost;
  /** Money for every hour on, beside the cost curve. */
  no_load_cost?: number;
  start_up_cost?: number;
  shut_down_cost?: number;
  /** Once started (stopped), on (off) for at least so many hours. Default 1. */
  min_up_h?: number;
  min_down_h?: number;
  /** Between two hours in which the unit is on. */
  ramp_up_mw_per_h?: number;
  ramp_down_mw_per_h?: number;
  /** Most output in the hour of starting, and in the last hour before stopping. Default p_max. */
  start_up_limit_mw?: number;
  shut_down_limit_mw?: number;
  /** Hours already on (positive) or off (negative) when the horizon begins. Not 0. */
  initial_h: number;
  /** Output just before the horizon, for the first ramp: of a unit that is on, default no ramp in the first hour. */
  initial_mw?: number;
  must_run?: boolean;
}

/**
 * Who runs when, and at what output, at least cost:
 *   each hour Σ p = demand, and Σ over units on of min(p_max − p, reserve_max) ≥ reserve.
 */
export interface CommitmentProblem {
  units: readonly ThermalUnit[];
  demand_mw: readonly number[];
  /** Spinning reserve upwards, by hour. */
  reserve_mw?: readonly number[];
  /** What one unit's reserve counts at most, by unit. Default: all its headroom. */
  reserve_max_mw?: readonly number[];
}

export interface Commitment {
  status: 'optimal';
  /** By unit, then hour. */
  on: boolean[][];
  dispatch_mw: number[][];
  cost: number;
  cost_parts: CommitmentCost;
}

export interface CommitmentCost {
  energy: number;
  no_load: number;
  start_up: number;
  shut_down: number;
}

export type CommitmentResult = Commitment | Infeasible;

/** @throws RangeError naming what is wrong: lists of different lengths, limits the wrong way round, a curve that is not convex */
export function assertCommitmentProblem({
  units,
  demand_mw,
  reserve_mw,
  reserve_max_mw,
}: CommitmentProblem): void {
  if (demand_mw.length === 0) throw new RangeError('demand_mw has no hours');
  if (reserve_mw && reserve_mw.length !== demand_mw.length)
    throw new RangeError(`reserve_mw has ${reserve_mw.length} hours, demand_mw ${demand_mw.length}`);
  if (reserve_max_mw && reserve_max_mw.length !== units.length)
    throw new RangeError(`reserve_max_mw has ${reserve_max_mw.length} units, units ${units.length}`);
  for (const unit of units) {
    assertConvex(unit.cost, unit.name);
    if (isQuadratic(unit.cost))
      throw new RangeError(`${unit.name}: state a quadratic cost as piecewise points`);
    if (!(unit.p_min_mw >= 0 && unit.p_max_mw >= unit.p_min_mw))
      throw new RangeError(`${unit.name}: needs 0 ≤ p_min_mw ≤ p_max_mw`);
    for (const [key, hours] of [
      ['initial_h', Math.abs(unit.initial_h)],
      ['min_up_h', unit.min_up_h ?? 1],
      ['min_down_h', unit.min_down_h ?? 1],
    ] as const)
      if (!Number.isInteger(hours) || hours < 1)
        throw new RangeError(`${unit.name}: ${key} is not a whole number of hours`);
  }
}

export const startLimit = (unit: ThermalUnit): number => unit.start_up_limit_mw ?? unit.p_max_mw;
export const stopLimit = (unit: ThermalUnit): number => unit.shut_down_limit_mw ?? unit.p_max_mw;

/** Hours at the start in which a unit's state is not free: `on` is what it is held at. */
export function initialHold(unit: ThermalUnit): { on: boolean; hours: number } {
  const on = unit.initial_h > 0;
  const needed = on ? (unit.min_up_h ?? 1) : (unit.min_down_h ?? 1);
  return { on, hours: Math.max(0, needed - Math.abs(unit.initial_h)) };
}

/** Cost of a plan, whether or not it is feasible. */
export function commitmentCost(
  units: readonly ThermalUnit[],
  on: readonly (readonly boolean[])[],
  dispatch_mw: readonly (readonly number[])[],
): CommitmentCost {
  const parts: CommitmentCost = { energy: 0, no_load: 0, start_up: 0, shut_down: 0 };
  units.forEach((unit, i) => {
    let before = unit.initial_h > 0;
    on[i].forEach((now, t) => {
      if (now) {
        parts.energy += costAt(unit.cost, dispatch_mw[i][t]);
        parts.no_load += unit.no_load_cost ?? 0;
      }
      if (now && !before) parts.start_up += unit.start_up_cost ?? 0;
      if (!now && before) parts.shut_down += unit.shut_down_cost ?? 0;
      before = now;
    });
  });
  return parts;
}

export const totalCost = ({ energy, no_load, start_up, shut_down }: CommitmentCost): number =>
  energy + no_load + start_up + shut_down;
