import { dispatchFixed, outputRange, rampBase } from './commitment-dispatch.ts';
import { solveCommitment } from './commitment-milp.ts';
import {
  type PlanCheck,
  type PlanOptions,
  required,
  tableFaults,
  unusable,
  type Violation,
  type Violations,
  verdict,
  violations,
} from './plan-check.ts';
import {
  type CommitmentProblem,
  commitmentCost,
  initialHold,
  type ThermalUnit,
  totalCost,
} from './unit-commitment.ts';

export interface CommitmentPlan {
  /** By unit, then hour: 1 (or true) is on. */
  on: readonly (readonly (number | boolean)[])[];
  /** Left out, the commitment is judged with the best dispatch it allows. */
  dispatch_mw?: readonly (readonly number[])[];
}

/** Checks a proposed commitment and its dispatch: every broken limit of units, balance and reserve, and the regret. */
export function checkCommitment(
  problem: CommitmentProblem,
  plan: CommitmentPlan,
  options: PlanOptions = {},
): PlanCheck {
  const optimum = options.optimum ?? required(solveCommitment(problem)).cost;
  const flags = asNumbers(plan.on);
  const faults = planFaults(problem, flags, plan.dispatch_mw);
  if (faults.length) return unusable(faults, optimum, options);
  const on = flags.map((list) => list.map((flag) => flag === 1));
  const found = violations(options.tolerance ?? 0.01);
  problem.units.forEach((unit, i) => {
    checkTimes(unit, on[i], found);
  });
  const costOf = (dispatch_mw: CommitmentPlan['dispatch_mw'] & object) =>
    totalCost(commitmentCost(problem.units, on, dispatch_mw));
  if (plan.dispatch_mw) {
    checkOutputs(problem, on, plan.dispatch_mw, found);
    checkSystem(problem, on, plan.dispatch_mw, found);
    return verdict(found.list, costOf(plan.dispatch_mw), optimum, options);
  }
  const best = dispatchFixed(problem, on);
  if (best.status === 'optimal') return verdict(found.list, costOf(best.dispatch_mw), optimum, options);
  const missed = best.relaxations.map(({ constraint, by }) => ({
    constraint,
    size: by,
    unit: 'MW',
    where: 'best dispatch',
  }));
  return unusable([...found.list, ...missed], optimum, options);
}

function planFaults(
  { units, demand_mw }: CommitmentProblem,
  flags: readonly (readonly number[])[],
  dispatch_mw: CommitmentPlan['dispatch_mw'],
): Violation[] {
  const names = units.map(({ name }) => name);
  const faults = tableFaults(flags, names, demand_mw.length);
  if (faults.length) return faults;
  if (flags.some((list) => list.some((flag) => flag !== 0 && flag !== 1)))
    return [{ constraint: 'on is 0 or 1', size: 1, unit: 'numbers', where: 'on' }];
  return dispatch_mw === undefined ? [] : tableFaults(dispatch_mw, names, demand_mw.length);
}

function asNumbers(on: CommitmentPlan['on']): number[][] {
  if (!Array.isArray(on)) return [];
  return on.map((list: CommitmentPlan['on'][number]) =>
    Array.isArray(list)
      ? list.map((flag: number | boolean) => (typeof flag === 'boolean' ? Number(flag) : flag))
      : [],
  );
}

/** Minimum up and down times: every run that ends within the horizon must have lasted; what began before counts too. */
function checkTimes(unit: ThermalUnit, on: readonly boolean[], found: Violations): void {
  const { min_up_h = 1, min_down_h = 1, name } = unit;
  let state = unit.initial_h > 0;
  let lasted = Math.abs(unit.initial_h);
  on.forEach((now, t) => {
    if (unit.must_run && !now) found.atLeast(0, 1, 'must run', `${name}, hour ${t + 1}`, 'h');
    if (now === state) {
      lasted++;
      return;
    }
    const where = `${name}, hour ${t + 1}`;
    if (state) found.atLeast(lasted, min_up_h, 'minimum up time', where, 'h');
    else found.atLeast(lasted, min_down_h, 'minimum down time', where, 'h');
    [state, lasted] = [now, 1];
  });
}

function checkOutputs(
  problem: CommitmentProblem,
  on: readonly (readonly boolean[])[],
  dispatch_mw: readonly (readonly number[])[],
  found: Violations,
): void {
  problem.units.forEach((unit, i) => {
    const { ramp_up_mw_per_h = Infinity, ramp_down_mw_per_h = Infinity, initial_mw = 0 } = unit;
    dispatch_mw[i].forEach((p, t) => {
      const where = `${unit.name}, hour ${t + 1}`;
      const { min_mw, max_mw } = outputRange(problem, on, i, t);
      if (!on[i][t]) {
        found.equal(p, 0, 'no output when off', where);
        return;
      }
      found.atLeast(p, min_mw, 'minimum output', where);
      found.atMost(p, max_mw, max_mw < unit.p_max_mw ? 'start or stop limit' : 'maximum output', where);
      const base = rampBase(problem, on, i, t);
      if (!base) return;
      const before = base === 'hour' ? dispatch_mw[i][t - 1] : initial_mw;
      found.atMost(p - before, ramp_up_mw_per_h, 'ramp up', where, 'MW/h');
      found.atMost(before - p, ramp_down_mw_per_h, 'ramp down', where, 'MW/h');
    });
    const stopsFirst = unit.initial_h > 0 && !on[i][0] && initialHold(unit).hours === 0;
    if (stopsFirst && unit.initial_mw !== undefined)
      found.atMost(
        unit.initial_mw,
        unit.shut_down_limit_mw ?? Infinity,
        'start or stop limit',
        `${unit.name}, before hour 1`,
      );
  });
}

function checkSystem(
  problem: CommitmentProblem,
  on: readonly (readonly boolean[])[],
  dispatch_mw: readonly (readonly number[])[],
  found: Violations,
): void {
  problem.demand_mw.forEach((demand, t) => {
    const served = dispatch_mw.reduce((sum, list) => sum + list[t], 0);
    found.equal(served, demand, 'power balance', `hour ${t + 1}`);
    const held = problem.units.reduce((sum, unit, i) => {
      const headroom = on[i][t] ? unit.p_max_mw - dispatch_mw[i][t] : 0;
      return sum + Math.min(Math.max(0, headroom), problem.reserve_max_mw?.[i] ?? Infinity);
    }, 0);
    found.atLeast(held, problem.reserve_mw?.[t] ?? 0, 'reserve', `hour ${t + 1}`);
  });
}
