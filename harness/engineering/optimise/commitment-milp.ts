import {
  addLogic,
  addMinimumTimes,
  addOutputLimits,
  addRamps,
  type UnitColumns,
} from './commitment-limits.ts';
import { costAt, segments } from './cost-curve.ts';
import { addColumn, addRow, createModel, type Model, type Term } from './model.ts';
import { type SolveOptions, solveMip } from './solver.ts';
import {
  assertCommitmentProblem,
  type CommitmentProblem,
  type CommitmentResult,
  commitmentCost,
  initialHold,
  type ThermalUnit,
  totalCost,
} from './unit-commitment.ts';

/**
 * Unit commitment as a mixed-integer linear program with on, start and stop variables and the turn-on and
 * turn-off inequalities of Rajan and Takriti for minimum up and down times. Needs `loadSolver()`.
 * @throws RangeError for a malformed problem, SolverError at the time limit
 */
export function solveCommitment(problem: CommitmentProblem, options: SolveOptions = {}): CommitmentResult {
  assertCommitmentProblem(problem);
  const { model, columns } = buildCommitment(problem);
  const solution = solveMip(model, options);
  if (solution.status !== 'optimal') return solution;
  const { x } = solution;
  const on = columns.map((unit) => unit.on.map((column) => x[column] > 0.5));
  const dispatch_mw = columns.map((unit, i) =>
    unit.above.map((column, t) => (on[i][t] ? problem.units[i].p_min_mw + x[column] : 0)),
  );
  const cost_parts = commitmentCost(problem.units, on, dispatch_mw);
  return { status: 'optimal', on, dispatch_mw, cost: totalCost(cost_parts), cost_parts };
}

function buildCommitment(problem: CommitmentProblem): { model: Model; columns: UnitColumns[] } {
  const model = createModel();
  const columns = problem.units.map((unit) => addUnit(model, unit, problem.demand_mw.length));
  problem.demand_mw.forEach((demand, t) => {
    const balance: Term[] = columns.flatMap(({ on, above }, i): Term[] => [
      [on[t], problem.units[i].p_min_mw],
      [above[t], 1],
    ]);
    addRow(model, { name: `power balance in hour ${t + 1}`, lower: demand, upper: demand, terms: balance });
    const reserve = problem.reserve_mw?.[t] ?? 0;
    if (reserve > 0) addReserve(model, problem, columns, t, reserve);
  });
  return { model, columns };
}

function addReserve(
  model: Model,
  problem: CommitmentProblem,
  columns: UnitColumns[],
  t: number,
  reserve: number,
): void {
  const terms = columns.flatMap(({ on, above }, i): Term[] => {
    const unit = problem.units[i];
    const most = problem.reserve_max_mw?.[i];
    const range = unit.p_max_mw - unit.p_min_mw;
    if (most === undefined || most >= range)
      return [
        [on[t], range],
        [above[t], -1],
      ];
    const held = addColumn(model, {
      name: `reserve of ${unit.name} in hour ${t + 1}`,
      lower: 0,
      upper: most,
      cost: 0,
    });
    const headroom: Term[] = [
      [held, 1],
      [above[t], 1],
      [on[t], -range],
    ];
    addRow(model, {
      name: `headroom of ${unit.name} in hour ${t + 1}`,
      lower: -Infinity,
      upper: 0,
      terms: headroom,
      definition: true,
    });
    return [[held, 1]];
  });
  addRow(model, { name: `reserve in hour ${t + 1}`, lower: reserve, upper: Infinity, terms });
}

function addUnit(model: Model, unit: ThermalUnit, hours: number): UnitColumns {
  const hold = initialHold(unit);
  const flag = (name: string, t: number, cost: number, lower = 0, upper = 1) =>
    addColumn(model, { name: `${unit.name} ${name} in hour ${t + 1}`, lower, upper, cost, integer: true });
  const list = <T>(make: (t: number) => T) => Array.from({ length: hours }, (_, t) => make(t));
  const fixed = costAt(unit.cost, unit.p_min_mw) + (unit.no_load_cost ?? 0);
  const on = list((t) => {
    const held = t < hold.hours;
    const lower = (held && hold.on) || unit.must_run ? 1 : 0;
    return flag('on', t, fixed, lower, held && !hold.on ? 0 : 1);
  });
  const start = list((t) => flag('starts', t, unit.start_up_cost ?? 0));
  const stop = list((t) => flag('stops', t, unit.shut_down_cost ?? 0));
  const above = list((t) => addOutput(model, unit, t));
  const columns = { on, start, stop, above };
  addLogic(model, unit, columns);
  addMinimumTimes(model, unit, columns);
  addOutputLimits(model, unit, columns);
  addRamps(model, unit, columns);
  return columns;
}

/** Output above p_min, as the sum of its cost segments: convex, so the cheap ones fill first. */
function addOutput(model: Model, unit: ThermalUnit, t: number): number {
  const name = `${unit.name} above p_min in hour ${t + 1}`;
  const parts = segments(unit.cost, unit.p_min_mw, unit.p_max_mw, unit.name);
  const total = addColumn(model, {
    name,
    lower: 0,
    upper: unit.p_max_mw - unit.p_min_mw,
    cost: parts.length === 1 ? parts[0].slope : 0,
  });
  if (parts.length < 2) return total;
  const terms: Term[] = parts.map(({ from_mw, to_mw, slope }) => [
    addColumn(model, {
      name: `${name}, ${from_mw}-${to_mw} MW`,
      lower: 0,
      upper: to_mw - from_mw,
      cost: slope,
    }),
    1,
  ]);
  addRow(model, { name, lower: 0, upper: 0, terms: [...terms, [total, -1]], definition: true });
  return total;
}
