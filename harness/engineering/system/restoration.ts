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
  live: Set<string>;
  lines: Set<string>;
  loads: Set<string>;
  /** When each ordered unit is on line. */
  online_at: Map<string, number>;
}

/**
 * Walks through a proposed order of actions: names of units to start, lines to close, loads to pick up. One action at a
 * time. A step that only lacks a unit still starting waits for it; any other lack is a fault, and the step is left out.
 *   line: one end live; with it the charging power is at most what units on line take up
 *   unit: its bus live (its own for black start), cranking power to spare, not after its latest start
 *   load: its bus live, capacity to spare, block ≤ block_share · capacity on line
 */
export function checkRestoration(problem: RestorationProblem, order: readonly string[]): RestorationCheck {
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

const dead = (): State => ({
  now_min: 0,
  live: new Set(),
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

/** What an action lacks at a time; undefined where it can be done then. */
function lackOf(
  problem: RestorationProblem,
  state: State,
  action: string,
  at_min: number,
): string | undefined {
  const { units, lines, loads } = problem;
  const ready = units.filter(({ name }) => (state.online_at.get(name) ?? Infinity) <= at_min);
  const capacity = ready.reduce((sum, { capacity_mw }) => sum + capacity_mw, 0);
  const starting = units.filter(({ name }) => (state.online_at.get(name) ?? -Infinity) > at_min);
  const used =
    loads.reduce((sum, { name, p_mw }) => sum + (state.loads.has(name) ? p_mw : 0), 0) +
    starting.reduce((sum, { cranking_mw }) => sum + cranking_mw, 0);
  const unit = units.find(({ name }) => name === action);
  if (unit) {
    if (state.online_at.has(action)) return 'it was started before';
    if (at_min > (unit.latest_start_min ?? Infinity))
      return `too late: a hot start was possible until minute ${unit.latest_start_min}`;
    if (unit.black_start) return undefined;
    if (!state.live.has(unit.bus)) return `bus ${unit.bus} is dead`;
    return capacity - used < unit.cranking_mw
      ? `${unit.cranking_mw} MW of cranking power are not to spare`
      : undefined;
  }
  const line = lines.find(({ name }) => name === action);
  if (line) {
    if (state.lines.has(action)) return 'it was closed before';
    if (!state.live.has(line.from) && !state.live.has(line.to)) return 'both its ends are dead';
    const charging =
      line.charging_mvar +
      lines.reduce((sum, { name, charging_mvar }) => sum + (state.lines.has(name) ? charging_mvar : 0), 0);
    const absorbed = ready.reduce((sum, { absorbs_mvar }) => sum + absorbs_mvar, 0);
    return charging > absorbed
      ? `charging of ${charging} Mvar exceeds the ${absorbed} Mvar that units on line take up`
      : undefined;
  }
  const load = loads.find(({ name }) => name === action);
  if (!load) return 'there is no such unit, line or load';
  if (state.loads.has(action)) return 'it was picked up before';
  if (!state.live.has(load.bus)) return `bus ${load.bus} is dead`;
  if (load.p_mw > problem.block_share * capacity + 1e-9)
    return `a block of ${load.p_mw} MW is too large for ${capacity} MW on line`;
  return used + load.p_mw > capacity + 1e-9 ? `only ${capacity - used} MW are to spare` : undefined;
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
  if (unit) {
    state.online_at.set(action, begins_min + unit.start_min);
    // Its own bus is live once a black-start unit runs; what is ordered next waits for that by itself.
    if (unit.black_start) state.live.add(unit.bus);
  } else if (line) {
    state.lines.add(action);
    state.live.add(line.from).add(line.to);
  } else state.loads.add(action);
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
        live: new Set(state.live),
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
