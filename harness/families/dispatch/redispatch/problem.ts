import type { Network } from '../../../engineering/grid/network.ts';
import { checkRedispatch } from '../../../engineering/optimise/check-redispatch.ts';
import type { PlanCheck } from '../../../engineering/optimise/plan-check.ts';
import {
  dispatchFlows,
  type RedispatchOffer,
  type RedispatchProblem,
} from '../../../engineering/optimise/redispatch.ts';
import { networkOf } from '../nodal-price/facts.ts';
import type { RedispatchFacts } from './facts.ts';

/** Before the outage, or after it; one and the same where no outage is asked for. */
export type State = 'before' | 'after';

function gridIn({ base_mva, buses, lines, units, outage }: RedispatchFacts, state: State): Network {
  const grid = networkOf({
    base_mva,
    buses,
    lines: lines.map((line) => ({ ...line, r_pu: 0 })),
    units: units.map(({ name, bus, p_max_mw }) => ({ name, bus, p_max_mw, cost: 0 })),
    currency: { symbol: '$', unit: '$/MWh' },
  });
  return {
    ...grid,
    branches: grid.branches.map((branch) =>
      state === 'after' && branch.name === outage ? { ...branch, in_service: false } : branch,
    ),
    generators: grid.generators.map((unit, i) => ({ ...unit, p_min_mw: units[i]?.p_min_mw ?? 0 })),
  };
}

/** What each unit may move within the minutes there are, and at what money; null for a unit that is tied. */
function offersOf({ units, minutes }: RedispatchFacts): (RedispatchOffer | null)[] {
  return units.map(({ kind, p_mw, p_min_mw, p_max_mw, ramp_mw_per_min, up_price, down_price }) => {
    if (kind === 'heat') return null;
    const ramp = ramp_mw_per_min * minutes;
    return {
      // A wind farm that could go up would earn by going both ways; it has nothing to go up with.
      up_price: kind === 'wind' ? Math.max(0, down_price) : up_price,
      down_price: -down_price,
      up_max_mw: Math.min(ramp, p_max_mw - p_mw),
      down_max_mw: Math.min(ramp, p_mw - p_min_mw),
    };
  });
}

function problemIn(facts: RedispatchFacts, state: State): RedispatchProblem {
  return {
    network: gridIn(facts, state),
    convention: 'mp',
    dispatch_mw: facts.units.map(({ p_mw }) => p_mw),
    offers: offersOf(facts),
  };
}

/** The state in which the overloads stand. */
export const problemOf = (facts: RedispatchFacts): RedispatchProblem => problemIn(facts, 'after');

/** MW on each line, positive from the lower to the higher bus number. */
export const flowsIn = (
  facts: RedispatchFacts,
  state: State,
  dispatch_mw: readonly number[] = facts.units.map(({ p_mw }) => p_mw),
): number[] => Array.from(dispatchFlows({ network: gridIn(facts, state), convention: 'mp' }, dispatch_mw));

/** A plan must hold with every line in and, where an outage is named, after it; its cost is the same in both. */
export function checkPlan(
  facts: RedispatchFacts,
  change_mw: readonly number[],
  options: { optimum: number; tolerance: number },
): PlanCheck {
  const check = checkRedispatch(problemOf(facts), change_mw, options);
  if (facts.outage === null || check.cost === null) return check;
  const before = checkRedispatch(problemIn(facts, 'before'), change_mw, options).violations.filter(
    ({ constraint }) => constraint === 'branch limit',
  );
  const violations = [
    ...check.violations,
    ...before.map((one) => ({ ...one, where: `${one.where}, before the outage` })),
  ];
  return { ...check, violations, feasible: violations.length === 0 };
}
