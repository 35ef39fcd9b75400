import { addCost } from './cost-curve.ts';
import { addColumn, addRow, createModel, type Model, type NoOptimum, type Term } from './model.ts';
import { solveLp } from './solver.ts';
import { type CommitmentProblem, startLimit, stopLimit } from './unit-commitment.ts';

/** Output limits that a unit's own neighbours in time leave it in an hour: 0 when off. */
export function outputRange(
  problem: CommitmentProblem,
  on: readonly (readonly boolean[])[],
  i: number,
  t: number,
): { min_mw: number; max_mw: number } {
  const unit = problem.units[i];
  if (!on[i][t]) return { min_mw: 0, max_mw: 0 };
  const before = t === 0 ? unit.initial_h > 0 : on[i][t - 1];
  const after = on[i][t + 1] ?? true;
  const max_mw = Math.min(
    unit.p_max_mw,
    before ? Number.POSITIVE_INFINITY : startLimit(unit),
    after ? Number.POSITIVE_INFINITY : stopLimit(unit),
  );
  return { min_mw: unit.p_min_mw, max_mw };
}

/** The output a ramp starts from, where a ramp applies: the unit is on in this hour and the one before. */
export function rampBase(
  problem: CommitmentProblem,
  on: readonly (readonly boolean[])[],
  i: number,
  t: number,
): 'initial' | 'hour' | undefined {
  if (!on[i][t]) return undefined;
  const unit = problem.units[i];
  if (t > 0) return on[i][t - 1] ? 'hour' : undefined;
  return unit.initial_h > 0 && unit.initial_mw !== undefined ? 'initial' : undefined;
}

/** Least energy cost over all hours for a fixed commitment, by one linear program with ramps. Needs `loadSolver()`. */
export function dispatchFixed(
  problem: CommitmentProblem,
  on: readonly (readonly boolean[])[],
): { status: 'optimal'; dispatch_mw: number[][]; energy_cost: number } | NoOptimum {
  const model = createModel();
  const power = problem.units.map((unit, i) =>
    problem.demand_mw.map((_, t) => {
      const name = `${unit.name} in hour ${t + 1}`;
      const { min_mw, max_mw } = outputRange(problem, on, i, t);
      const column = addColumn(model, { name, lower: min_mw, upper: max_mw, cost: 0 });
      if (on[i][t]) addCost(model, column, unit.cost, name);
      return column;
    }),
  );
  problem.units.forEach((_, i) => {
    addRamps(model, problem, on, i, power[i]);
  });
  problem.demand_mw.forEach((demand, t) => {
    const terms = power.map((columns): Term => [columns[t], 1]);
    addRow(model, { name: `power balance in hour ${t + 1}`, lower: demand, upper: demand, terms });
    const running = problem.units.map((_, i) => i).filter((i) => on[i][t]);
    addReserve(model, problem, running, t, (i) => power[i][t]);
  });
  const solution = solveLp(model);
  if (solution.status !== 'optimal') return solution;
  return {
    status: 'optimal',
    dispatch_mw: power.map((columns) => columns.map((column) => solution.x[column])),
    energy_cost: solution.objective,
  };
}

function addRamps(
  model: Model,
  problem: CommitmentProblem,
  on: readonly (readonly boolean[])[],
  i: number,
  power: readonly number[],
): void {
  const {
    name,
    initial_mw = 0,
    ramp_up_mw_per_h = Infinity,
    ramp_down_mw_per_h = Infinity,
  } = problem.units[i];
  power.forEach((column, t) => {
    const base = rampBase(problem, on, i, t);
    if (!base) return;
    const from = base === 'initial' ? initial_mw : 0;
    const terms: Term[] = [[column, 1]];
    if (base === 'hour') terms.push([power[t - 1], -1]);
    const [lower, upper] = [from - ramp_down_mw_per_h, from + ramp_up_mw_per_h];
    addRow(model, { name: `ramp of ${name} into hour ${t + 1}`, lower, upper, terms });
  });
}

function addReserve(
  model: Model,
  { units, reserve_mw, reserve_max_mw }: CommitmentProblem,
  running: readonly number[],
  t: number,
  powerOf: (i: number) => number,
): void {
  const needed = reserve_mw?.[t] ?? 0;
  if (needed <= 0) return;
  const terms = running.map((i): Term => {
    const name = `reserve of ${units[i].name} in hour ${t + 1}`;
    const held = addColumn(model, { name, lower: 0, upper: reserve_max_mw?.[i] ?? Infinity, cost: 0 });
    const both: Term[] = [
      [held, 1],
      [powerOf(i), 1],
    ];
    addRow(model, { name, lower: -Infinity, upper: units[i].p_max_mw, terms: both, definition: true });
    return [held, 1];
  });
  addRow(model, { name: `reserve in hour ${t + 1}`, lower: needed, upper: Infinity, terms });
}
