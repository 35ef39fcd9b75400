import { dispatchFixed } from './commitment-dispatch.ts';
import { meritOrder } from './economic-dispatch.ts';
import { type CommitmentProblem, startLimit, stopLimit, type ThermalUnit } from './unit-commitment.ts';

/**
 * The stages of unit commitment: states are the units' hours on or off so far, coded into one number. A step's
 * cost is starts, stops, no-load and the cheapest dispatch of its hour seen alone.
 */
export interface Stages {
  hours: number;
  names: string[];
  initial: number;
  /** Whether ramps or start and stop limits tie hours together, so that costs here are only lower bounds. */
  coupled: boolean;
  steps(hour: number, state: number): Step[];
  /** Least cost of all hours after `hour`; Infinity where no way leads to the end. Hour −1 is before the first. */
  costToGo(hour: number, state: number): number;
}

export interface Step {
  state: number;
  /** Bit i: unit i is on. */
  mask: number;
  cost: number;
}

/** @throws RangeError beyond `limit` states, or more than 20 units */
export function createStages(problem: CommitmentProblem, limit: number): Stages {
  const { units, demand_mw } = problem;
  if (units.length > 20)
    throw new RangeError('too many units for dynamic programming: use the integer program');
  const stageCost = memo((key: number) => hourCost(problem, key % 2 ** 20, Math.floor(key / 2 ** 20)));
  const radix = units.map((unit) => (unit.min_up_h ?? 1) + (unit.min_down_h ?? 1));
  let states = 0;
  const steps = memo((key: number): Step[] => {
    if (++states > limit)
      throw new RangeError('too many states for dynamic programming: use the integer program');
    const [hour, state] = [Math.floor(key / 2 ** 40) - 1, key % 2 ** 40];
    return unitSteps(units, decode(state, radix), hour)
      .map(({ next, mask, cost }) => ({
        state: encode(next, radix),
        mask,
        cost: cost + stageCost((hour + 1) * 2 ** 20 + mask),
      }))
      .filter(({ cost }) => cost < Infinity);
  });
  if (radix.reduce((product, r) => product * r, 1) > 2 ** 40)
    throw new RangeError('too many states for dynamic programming: use the integer program');
  const keyOf = (hour: number, state: number) => (hour + 1) * 2 ** 40 + state;
  const costToGo = memo((key: number): number => {
    const hour = Math.floor(key / 2 ** 40) - 1;
    if (hour === demand_mw.length - 1) return 0;
    return Math.min(
      Infinity,
      ...steps(key).map(({ state, cost }) => cost + costToGo(keyOf(hour + 1, state))),
    );
  });
  return {
    hours: demand_mw.length,
    names: units.map(({ name }) => name),
    initial: encode(units.map(initialSlot), radix),
    coupled: units.some(isCoupled),
    steps: (hour, state) => steps(keyOf(hour, state)),
    costToGo: (hour, state) => costToGo(keyOf(hour, state)),
  };
}

const isCoupled = (unit: ThermalUnit): boolean =>
  Math.min(unit.ramp_up_mw_per_h ?? Infinity, unit.ramp_down_mw_per_h ?? Infinity) <
    unit.p_max_mw - unit.p_min_mw ||
  Math.min(startLimit(unit), stopLimit(unit)) < unit.p_max_mw ||
  unit.initial_mw !== undefined;

/** Slots 0…min_up−1: on for 1, 2, … hours (the last means "or more"); then the same for off. */
function initialSlot(unit: ThermalUnit): number {
  const [up, down] = [unit.min_up_h ?? 1, unit.min_down_h ?? 1];
  return unit.initial_h > 0 ? Math.min(unit.initial_h, up) - 1 : up + Math.min(-unit.initial_h, down) - 1;
}

interface Way {
  next: number[];
  mask: number;
  cost: number;
}

/** Every way the units may go into the next hour, with its start, stop and no-load costs. */
function unitSteps(units: readonly ThermalUnit[], slots: readonly number[], hour: number): Way[] {
  let ways: Way[] = [{ next: [], mask: 0, cost: 0 }];
  units.forEach((unit, i) => {
    const choices = unitChoices(unit, slots[i], hour);
    ways = ways.flatMap((way) =>
      choices.map(({ slot, on, cost }) => ({
        next: [...way.next, slot],
        mask: on ? way.mask | (1 << i) : way.mask,
        cost: way.cost + cost,
      })),
    );
  });
  return ways;
}

function unitChoices(
  unit: ThermalUnit,
  slot: number,
  hour: number,
): { slot: number; on: boolean; cost: number }[] {
  const [up, down] = [unit.min_up_h ?? 1, unit.min_down_h ?? 1];
  const wasOn = slot < up;
  const choices: { slot: number; on: boolean; cost: number }[] = [];
  const free = wasOn ? slot === up - 1 : slot === up + down - 1;
  const heldUp =
    hour === -1 && wasOn && unit.initial_mw !== undefined && unit.initial_mw > stopLimit(unit) + 1e-9;
  if (wasOn || free) {
    const cost = (unit.no_load_cost ?? 0) + (wasOn ? 0 : (unit.start_up_cost ?? 0));
    choices.push({ slot: wasOn ? Math.min(slot + 1, up - 1) : 0, on: true, cost });
  }
  if ((!wasOn || (free && !heldUp)) && !unit.must_run) {
    const cost = wasOn ? (unit.shut_down_cost ?? 0) : 0;
    choices.push({ slot: wasOn ? up : Math.min(slot + 1, up + down - 1), on: false, cost });
  }
  return choices;
}

/** Cheapest dispatch of one hour by the units of a mask, seen alone; Infinity where they cannot serve it. */
function hourCost(problem: CommitmentProblem, mask: number, hour: number): number {
  const running = problem.units.map((_, i) => i).filter((i) => (mask & (1 << i)) !== 0);
  const units = running.map((i) => problem.units[i]);
  const demand = problem.demand_mw[hour];
  const reserve = problem.reserve_mw?.[hour] ?? 0;
  const capacity = units.reduce((sum, { p_max_mw }) => sum + p_max_mw, 0);
  if (reserve > 0 && capacity < demand + reserve - 1e-9) return Infinity;
  if (reserve > 0 && problem.reserve_max_mw) {
    const alone = dispatchFixed(
      {
        units: units.map((unit) => ({ ...unit, initial_h: 1, initial_mw: undefined })),
        demand_mw: [demand],
        reserve_mw: [reserve],
        reserve_max_mw: running.map((i) => problem.reserve_max_mw?.[i] ?? Infinity),
      },
      units.map(() => [true]),
    );
    return alone.status === 'optimal' ? alone.energy_cost : Infinity;
  }
  const alone = meritOrder(units, demand);
  return alone.status === 'optimal' ? alone.cost : Infinity;
}

function encode(slots: readonly number[], radix: readonly number[]): number {
  return slots.reduceRight((code, slot, i) => code * radix[i] + slot, 0);
}

function decode(code: number, radix: readonly number[]): number[] {
  return radix.map((r) => {
    const slot = code % r;
    code = Math.floor(code / r);
    return slot;
  });
}

function memo<T>(of: (key: number) => T): (key: number) => T {
  const known = new Map<number, T>();
  return (key) => {
    const found = known.get(key);
    if (found !== undefined) return found;
    const value = of(key);
    known.set(key, value);
    return value;
  };
}
