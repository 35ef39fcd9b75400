/** A unit of a dead system. A black-start unit needs no power to start. */
export interface RestorationUnit {
  name: string;
  bus: string;
  black_start: boolean;
  /** Power that must be there before and while it starts. */
  cranking_mw: number;
  /** From the order to start until it is on line. */
  start_min: number;
  capacity_mw: number;
  /** Charging power it can take up, Mvar. */
  absorbs_mvar: number;
  /** A hot start must be ordered by then, counted from the beginning; absent: any time. */
  latest_start_min?: number;
}

export interface RestorationLine {
  name: string;
  from: string;
  to: string;
  charging_mvar: number;
  switch_min: number;
}

export interface RestorationLoad {
  name: string;
  bus: string;
  p_mw: number;
  switch_min: number;
}

export interface RestorationProblem {
  units: readonly RestorationUnit[];
  lines: readonly RestorationLine[];
  loads: readonly RestorationLoad[];
  /** Largest block picked up at once, as a part of the capacity on line: keeps the frequency step small. */
  block_share: number;
}

export interface RestorationStep {
  action: string;
  /** When the step begins and ends, minutes; it waits until units it needs are on line. */
  begins_min: number;
  ends_min: number;
}

export interface RestorationFault {
  /** Counts from 1. */
  step: number;
  action: string;
  reason: string;
}

export interface RestorationCheck {
  feasible: boolean;
  faults: RestorationFault[];
  steps: RestorationStep[];
  /** Σ load · minutes until it is picked up, MWh; loads never picked up count to the end of the sequence. */
  unserved_mwh: number;
  restored_mw: number;
  unserved_loads: string[];
}

interface State {
  /** Operators do one thing at a time. */
  now_min: number;
  lines: Set<string>;
  loads: Set<string>;
  /** When each ordered unit is on line. */
  online_at: Map<string, number>;
}

/**
 * Walks through a proposed order of actions: names of units to start, lines to close, loads to pick up. One action at a
 * time. A step that only lacks a unit still starting waits for it; any other lack is a fault, and the step is left out.
 *   Buses joined by closed lines are an island, live once a unit of it is on line; islands share nothing.
 *   line: one end live; with it the island's charging power is at most what its units on line take up
 *   unit: its bus live (but for black start), cranking power to spare in its island, not after its latest start
 *   load: its bus live, capacity to spare, block ≤ block_share · capacity on line
 */
export function checkRestoration(problem: RestorationProblem, order: readonly string[]): RestorationCheck {
  checkNames(problem);
  const state = dead();
  const faults: RestorationFault[] = [];
  const steps: RestorationStep[] = [];
  const picked = new Map<string, number>();
  order.forEach((action, index) => {
    const outcome = perform(problem, state, action);
    if ('reason' in outcome) faults.push({ step: index + 1, action, reason: outcome.reason });
    else {
      steps.push({ action, ...outcome });
      if (problem.loads.some(({ name }) => name === action)) picked.set(action, outcome.ends_min);
    }
  });
  const missing = problem.loads.filter(({ name }) => !picked.has(name));
  const unserved_mwh = problem.loads.reduce(
    (sum, { name, p_mw }) => sum + (p_mw * (picked.get(name) ?? state.now_min)) / 60,
    0,
  );
  return {
    feasible: faults.length === 0 && missing.length === 0,
    faults,
    steps,
    unserved_mwh,
    restored_mw: problem.loads.reduce((sum, { name, p_mw }) => sum + (picked.has(name) ? p_mw : 0), 0),
    unserved_loads: missing.map(({ name }) => name),
  };
}

/** An action is named by what it acts on, so no two may share a name. */
function checkNames({ units, lines, loads }: RestorationProblem): void {
  const names = [...units, ...lines, ...loads].map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new RangeError(`two units, lines or loads are called "${twice}"`);
}

const dead = (): State => ({
  now_min: 0,
  lines: new Set(),
  loads: new Set(),
  online_at: new Map(),
});

type Outcome = { begins_min: number; ends_min: number } | { reason: string };

/** Does one action, or says why it cannot be done at all; waits for units under way where that helps. */
function perform(problem: RestorationProblem, state: State, action: string): Outcome {
  const due = [
    state.now_min,
    ...[...state.online_at.values()].filter((at) => at > state.now_min).sort((a, b) => a - b),
  ];
  let reason = 'there is no such unit, line or load';
  for (const begins_min of due) {
    const lack = lackOf(problem, state, action, begins_min);
    if (lack === undefined) return commit(problem, state, action, begins_min);
    reason = lack;
  }
  return { reason };
}

/** Buses joined to one by closed lines: an island shares its power and its Mvar, and nothing of other islands. */
function islandOf(problem: RestorationProblem, closed: ReadonlySet<string>, bus: string): Set<string> {
  const island = new Set([bus]);
  for (const at of island) {
    for (const { name, from, to } of problem.lines) {
      if (closed.has(name) && (from === at || to === at)) island.add(from === at ? to : from);
    }
  }
  return island;
}

/** What an island has at a time. It is live once a unit of it is on line. */
function means(problem: RestorationProblem, state: State, island: ReadonlySet<string>, at_min: number) {
  const units = problem.units.filter(({ name, bus }) => island.has(bus) && state.online_at.has(name));
  const ready = units.filter(({ name }) => (state.online_at.get(name) as number) <= at_min);
  const starting = units.filter((unit) => !ready.includes(unit));
  const total = <T>(items: readonly T[], of: (item: T) => number) =>
    items.reduce((sum, item) => sum + of(item), 0);
  const picked = problem.loads.filter(({ name, bus }) => island.has(bus) && state.loads.has(name));
  return {
    live: ready.length > 0,
    capacity_mw: total(ready, ({ capacity_mw }) => capacity_mw),
    used_mw: total(picked, ({ p_mw }) => p_mw) + total(starting, ({ cranking_mw }) => cranking_mw),
    absorbs_mvar: total(ready, ({ absorbs_mvar }) => absorbs_mvar),
    charging_mvar: total(
      problem.lines.filter(({ name, from }) => state.lines.has(name) && island.has(from)),
      ({ charging_mvar }) => charging_mvar,
    ),
  };
}

/** What an action lacks at a time; undefined where it can be done then. */
function lackOf(
  problem: RestorationProblem,
  state: State,
  action: string,
  at_min: number,
): string | undefined {
  const at = (bus: string) => means(problem, state, islandOf(problem, state.lines, bus), at_min);
  const unit = problem.units.find(({ name }) => name === action);
  if (unit) return lackOfUnit(unit, state, at(unit.bus), at_min);
  const line = problem.lines.find(({ name }) => name === action);
  if (line) {
    if (state.lines.has(action)) return 'it was closed before';
    if (!at(line.from).live && !at(line.to).live) return 'both its ends are dead';
    const joined = means(
      problem,
      state,
      islandOf(problem, new Set([...state.lines, action]), line.from),
      at_min,
    );
    const charging = joined.charging_mvar + line.charging_mvar;
    return charging > joined.absorbs_mvar
      ? `charging of ${charging} Mvar exceeds the ${joined.absorbs_mvar} Mvar that units on line take up`
      : undefined;
  }
  const load = problem.loads.find(({ name }) => name === action);
  if (!load) return 'there is no such unit, line or load';
  if (state.loads.has(action)) return 'it was picked up before';
  const { live, capacity_mw, used_mw } = at(load.bus);
  if (!live) return `bus ${load.bus} is dead`;
  if (load.p_mw > problem.block_share * capacity_mw + 1e-9)
    return `a block of ${load.p_mw} MW is too large for ${capacity_mw} MW on line`;
  return used_mw + load.p_mw > capacity_mw + 1e-9
    ? `only ${capacity_mw - used_mw} MW are to spare`
    : undefined;
}

function lackOfUnit(
  unit: RestorationUnit,
  state: State,
  { live, capacity_mw, used_mw }: ReturnType<typeof means>,
  at_min: number,
): string | undefined {
  if (state.online_at.has(unit.name)) return 'it was started before';
  if (at_min > (unit.latest_start_min ?? Infinity))
    return `too late: a hot start was possible until minute ${unit.latest_start_min}`;
  if (unit.black_start) return undefined;
  if (!live) return `bus ${unit.bus} is dead`;
  return capacity_mw - used_mw < unit.cranking_mw
    ? `${unit.cranking_mw} MW of cranking power are not to spare`
    : undefined;
}

function commit(
  problem: RestorationProblem,
  state: State,
  action: string,
  begins_min: number,
): { begins_min: number; ends_min: number } {
  const unit = problem.units.find(({ name }) => name === action);
  const line = problem.lines.find(({ name }) => name === action);
  const load = problem.loads.find(({ name }) => name === action);
  const ends_min = begins_min + (line?.switch_min ?? load?.switch_min ?? 0);
  if (unit) state.online_at.set(action, begins_min + unit.start_min);
  else if (line) state.lines.add(action);
  else state.loads.add(action);
  state.now_min = ends_min;
  return { begins_min, ends_min };
}

/**
 * The order that leaves the least energy unserved, by depth-first search with a bound: loads not yet picked up cannot be
 * picked up before now. Exact; for small systems (about ten actions).
 * @returns undefined where no order restores every load
 * @throws RangeError above 12 actions
 */
export function bestRestoration(
  problem: RestorationProblem,
): { order: string[]; unserved_mwh: number } | undefined {
  const names = [...problem.units, ...problem.lines, ...problem.loads].map(({ name }) => name);
  checkNames(problem);
  if (names.length > 12) throw new RangeError(`${names.length} actions are too many to search`);
  let best: { order: string[]; unserved_mwh: number } | undefined;
  const search = (state: State, order: string[], served_mwmin: number) => {
    const open = problem.loads.filter(({ name }) => !state.loads.has(name));
    if (open.length === 0) {
      if (!best || served_mwmin / 60 < best.unserved_mwh - 1e-9)
        best = { order: [...order], unserved_mwh: served_mwmin / 60 };
      return;
    }
    const least =
      served_mwmin + open.reduce((sum, { p_mw, switch_min }) => sum + p_mw * (state.now_min + switch_min), 0);
    if (best && least / 60 >= best.unserved_mwh - 1e-9) return;
    for (const action of names) {
      if (order.includes(action)) continue;
      const next: State = {
        now_min: state.now_min,
        lines: new Set(state.lines),
        loads: new Set(state.loads),
        online_at: new Map(state.online_at),
      };
      const outcome = perform(problem, next, action);
      if ('reason' in outcome) continue;
      const load = problem.loads.find(({ name }) => name === action);
      search(next, [...order, action], served_mwmin + (load ? load.p_mw * outcome.ends_min : 0));
    }
  };
  search(dead(), [], 0);
  return best;
}
