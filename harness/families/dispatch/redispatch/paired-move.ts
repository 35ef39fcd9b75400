import type { RedispatchFacts } from './facts.ts';
import { checkPlan, flowsIn } from './problem.ts';

export interface PairedMove {
  change_mw: number[];
  cost: number;
  /** Whether it happens to clear every overload. */
  clears: boolean;
}

/**
 * What someone does who sees no network: takes the whole overload off the unit that pays back most on the sending side of the
 * worst line and puts it on the unit with the cheapest bid, MW for MW, within their limits.
 */
export function pairedMove(facts: RedispatchFacts): PairedMove {
  const flows = flowsIn(facts, 'after').map(Math.abs);
  const excess = Math.max(...flows.map((flow, i) => flow - (facts.lines[i]?.limit_mw as number)));
  const mobile = facts.units.map((unit, i) => ({ ...unit, i })).filter(({ kind }) => kind === 'thermal');
  const down = mobile.reduce((a, b) => (b.down_price > a.down_price ? b : a));
  const up = mobile.filter(({ i }) => i !== down.i).reduce((a, b) => (b.up_price < a.up_price ? b : a));
  const mw = Math.min(
    excess,
    down.p_mw - down.p_min_mw,
    up.p_max_mw - up.p_mw,
    facts.minutes * Math.min(down.ramp_mw_per_min, up.ramp_mw_per_min),
  );
  const change_mw = facts.units.map((_, i) => (i === up.i ? mw : i === down.i ? -mw : 0));
  const check = checkPlan(facts, change_mw, { optimum: 1, tolerance: 0.1 });
  return { change_mw, cost: mw * (up.up_price - down.down_price), clears: check.feasible };
}
