import { costAt, segments } from './cost-curve.ts';
import { addColumn, addRow, createModel, type Model, type Term } from './model.ts';
import { type SolveOptions, solveMip } from './solver.ts';
import {
  assertCommitmentProblem,
  type CommitmentProblem,
  type CommitmentResult,
  commitmentCost,
  initialHold,
  startLimit,
  stopLimit,
  type ThermalUnit,
  totalCost,
} from './unit-commitment.ts';

/** Columns of one unit, by hour: on, start, stop (0 or 1), and output above p_min. */
interface UnitColumns {
  on: number[];
  start: number[];
  stop: number[];
  above: number[];
}

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

export function buildCommitment(problem: CommitmentProblem): { model: Model; columns: UnitColumns[] } {
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

function addLogic(model: Model, unit: ThermalUnit, { on, start, stop }: UnitColumns): void {
  on.forEach((column, t) => {
    const before = unit.initial_h > 0 ? 1 : 0;
    const right = t === 0 ? before : 0;
    const terms: Term[] = [
      [column, 1],
      [start[t], -1],
      [stop[t], 1],
    ];
    if (t > 0) terms.push([on[t - 1], -1]);
    addRow(model, {
      name: `${unit.name} starts and stops`,
      lower: right,
      upper: right,
      terms,
      definition: true,
    });
    // Not both in one hour, which would dodge the costs of neither but the limits of both.
    addRow(model, {
      name: `${unit.name} starts or stops`,
      lower: -Infinity,
      upper: 1,
      terms: [
        [start[t], 1],
        [stop[t], 1],
      ],
      definition: true,
    });
  });
}

function addMinimumTimes(model: Model, unit: ThermalUnit, { on, start, stop }: UnitColumns): void {
  const recent = (list: number[], t: number, hours: number): Term[] =>
    list.slice(Math.max(0, t - hours + 1), t + 1).map((column) => [column, 1]);
  on.forEach((column, t) => {
    const up = recent(start, t, unit.min_up_h ?? 1);
    addRow(model, {
      name: `minimum up time of ${unit.name}`,
      lower: -Infinity,
      upper: 0,
      terms: [...up, [column, -1]],
    });
    const down = recent(stop, t, unit.min_down_h ?? 1);
    addRow(model, {
      name: `minimum down time of ${unit.name}`,
      lower: -Infinity,
      upper: 1,
      terms: [...down, [column, 1]],
    });
  });
}

/** p ≤ p_max while on; ≤ the start limit in an hour of starting; ≤ the stop limit in the hour before stopping. */
function addOutputLimits(model: Model, unit: ThermalUnit, { on, start, stop, above }: UnitColumns): void {
  const range = unit.p_max_mw - unit.p_min_mw;
  const [lostAtStart, lostAtStop] = [unit.p_max_mw - startLimit(unit), unit.p_max_mw - stopLimit(unit)];
  above.forEach((column, t) => {
    const cap: Term[] = [
      [column, 1],
      [on[t], -range],
    ];
    const stopsNext = stop[t + 1];
    const limit = (terms: Term[]) =>
      addRow(model, {
        name: `output limit of ${unit.name} in hour ${t + 1}`,
        lower: -Infinity,
        upper: 0,
        terms,
        definition: true,
      });
    limit(lostAtStart > 0 ? [...cap, [start[t], lostAtStart]] : cap);
    if (lostAtStop > 0 && stopsNext !== undefined) limit([...cap, [stopsNext, lostAtStop]]);
  });
  const last = unit.initial_mw;
  if (unit.initial_h > 0 && last !== undefined && last > stopLimit(unit) + 1e-9)
    addRow(model, {
      name: `stop limit of ${unit.name} in hour 1`,
      lower: 0,
      upper: 0,
      terms: [[stop[0], 1]],
    });
}

/** Between two hours on: −down ≤ p_t − p_{t−1} ≤ up. A start or stop is bound by its own limit alone. */
function addRamps(model: Model, unit: ThermalUnit, { start, stop, above }: UnitColumns): void {
  const range = unit.p_max_mw - unit.p_min_mw;
  const name = (t: number) => `ramp of ${unit.name} into hour ${t + 1}`;
  above.forEach((column, t) => {
    const first = t === 0;
    if (first && (unit.initial_h < 0 || unit.initial_mw === undefined)) return;
    const before = first ? (unit.initial_mw ?? 0) - unit.p_min_mw : 0;
    const change: Term[] = first
      ? [[column, 1]]
      : [
          [column, 1],
          [above[t - 1], -1],
        ];
    const [up, down] = [unit.ramp_up_mw_per_h ?? Infinity, unit.ramp_down_mw_per_h ?? Infinity];
    if (up < range || first)
      addRow(model, {
        name: name(t),
        lower: -Infinity,
        upper: before + up,
        terms: [...change, [start[t], -range]],
      });
    // In an hour of stopping `above` falls to 0 by itself; the release lets it fall from any height.
    const release = Math.max(range, before);
    if (down < range || first)
      addRow(model, {
        name: name(t),
        lower: before - down,
        upper: Infinity,
        terms: [...change, [stop[t], release]],
      });
  });
}
