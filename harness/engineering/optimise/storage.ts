import type { Infeasible } from '../grid/network.ts';
import { addColumn, addRow, createModel, type Model, type Term } from './model.ts';
import { type SolveOptions, solveLp, solveMip } from './solver.ts';

/** A store and what it must keep. Powers are at the grid side; charge and discharge never share an interval. */
export interface StorageUnit {
  name?: string;
  energy_mwh: number;
  p_charge_max_mw: number;
  p_discharge_max_mw: number;
  /** Fractions of 1: grid to store, store to grid. */
  charge_efficiency: number;
  discharge_efficiency: number;
  initial_mwh: number;
  /** Least energy stored at any time. Default 0. */
  energy_min_mwh?: number;
  /** Least energy stored at the end. Default: what it began with. */
  final_mwh?: number;
  /** Most energy delivered to the grid over the horizon, in units of `energy_mwh`. */
  max_cycles?: number;
  /** Wear, money per MWh delivered to the grid. */
  wear_cost?: number;
}

export interface ArbitrageProblem {
  storage: StorageUnit;
  /** Money per MWh, by interval; may be negative. */
  price: readonly number[];
  interval_h: number;
}

export interface StorageSchedule {
  status: 'optimal';
  charge_mw: number[];
  discharge_mw: number[];
  /** Stored at the end of each interval. */
  energy_mwh: number[];
  /** Revenue less purchases less wear, money. */
  profit: number;
}

/** @throws RangeError for efficiencies outside (0, 1] or limits the wrong way round */
export function assertStorage({ storage, interval_h }: { storage: StorageUnit; interval_h: number }): void {
  const { charge_efficiency, discharge_efficiency, initial_mwh, energy_mwh, energy_min_mwh = 0 } = storage;
  for (const efficiency of [charge_efficiency, discharge_efficiency])
    if (!(efficiency > 0 && efficiency <= 1))
      throw new RangeError('an efficiency must lie above 0 and at most at 1');
  if (!(initial_mwh >= energy_min_mwh && initial_mwh <= energy_mwh))
    throw new RangeError('initial_mwh must lie between energy_min_mwh and energy_mwh');
  if (!(interval_h > 0)) throw new RangeError('interval_h must be above 0');
}

/** Columns by interval. */
export interface StorageColumns {
  charge: number[];
  discharge: number[];
  energy: number[];
}

/**
 * Adds a store to a model: E_t = E_{t−1} + (η_c c − d/η_d) h, with limits, end and cycles; `exclusive` adds a
 * whole variable by interval that forbids charging and discharging at once.
 */
export function addStorage(
  model: Model,
  storage: StorageUnit,
  steps: number,
  interval_h: number,
  exclusive: boolean,
): StorageColumns {
  const list = (name: string, lower: number, upper: number) =>
    Array.from({ length: steps }, (_, t) =>
      addColumn(model, { name: `${name} interval ${t + 1}`, lower, upper, cost: 0 }),
    );
  const charge = list('charge in', 0, storage.p_charge_max_mw);
  const discharge = list('discharge in', 0, storage.p_discharge_max_mw);
  const energy = list('energy after', storage.energy_min_mwh ?? 0, storage.energy_mwh);
  energy.forEach((column, t) => {
    const terms: Term[] = [
      [column, 1],
      [charge[t], -storage.charge_efficiency * interval_h],
      [discharge[t], interval_h / storage.discharge_efficiency],
    ];
    if (t > 0) terms.push([energy[t - 1], -1]);
    const right = t === 0 ? storage.initial_mwh : 0;
    addRow(model, {
      name: `energy of interval ${t + 1}`,
      lower: right,
      upper: right,
      terms,
      definition: true,
    });
    if (exclusive) addExclusion(model, storage, charge[t], discharge[t], t);
  });
  const last: Term[] = [[energy[steps - 1], 1]];
  const final = storage.final_mwh ?? storage.initial_mwh;
  addRow(model, { name: 'energy at the end', lower: final, upper: Infinity, terms: last });
  if (storage.max_cycles !== undefined) {
    const terms = discharge.map((column): Term => [column, interval_h]);
    addRow(model, {
      name: 'cycles',
      lower: -Infinity,
      upper: storage.max_cycles * storage.energy_mwh,
      terms,
    });
  }
  return { charge, discharge, energy };
}

function addExclusion(
  model: Model,
  storage: StorageUnit,
  charge: number,
  discharge: number,
  t: number,
): void {
  const mode = addColumn(model, {
    name: `charging in interval ${t + 1}`,
    lower: 0,
    upper: 1,
    cost: 0,
    integer: true,
  });
  const name = `one way in interval ${t + 1}`;
  addRow(model, {
    name,
    lower: -Infinity,
    upper: 0,
    terms: [
      [charge, 1],
      [mode, -storage.p_charge_max_mw],
    ],
    definition: true,
  });
  const { p_discharge_max_mw } = storage;
  addRow(model, {
    name,
    lower: -Infinity,
    upper: p_discharge_max_mw,
    terms: [
      [discharge, 1],
      [mode, p_discharge_max_mw],
    ],
    definition: true,
  });
}

/**
 * The most profitable schedule of a price-taking store. A linear program does where prices leave no gain from
 * charging and discharging at once (burning energy pays only at negative prices); else whole variables forbid it.
 * Needs `loadSolver()`.
 */
export function arbitrage(
  problem: ArbitrageProblem,
  options: SolveOptions = {},
): StorageSchedule | Infeasible {
  assertStorage(problem);
  const { storage, price, interval_h } = problem;
  if (price.length === 0) throw new RangeError('price has no intervals');
  const attempt = (exclusive: boolean) => {
    const model = createModel();
    const columns = addStorage(model, storage, price.length, interval_h, exclusive);
    price.forEach((p, t) => {
      model.columns[columns.charge[t]].cost = p * interval_h;
      model.columns[columns.discharge[t]].cost = ((storage.wear_cost ?? 0) - p) * interval_h;
    });
    return { columns, solution: exclusive ? solveMip(model, options) : solveLp(model, options) };
  };
  let { columns, solution } = attempt(price.some((p) => p < 0));
  const both = ({ x }: { x: Float64Array }) =>
    columns.charge.some((c, t) => Math.min(x[c], x[columns.discharge[t]]) > 1e-9);
  if (solution.status === 'optimal' && both(solution)) ({ columns, solution } = attempt(true));
  if (solution.status !== 'optimal') return solution;
  const { x } = solution;
  const read = (list: readonly number[]) => list.map((column) => x[column]);
  return {
    status: 'optimal',
    charge_mw: read(columns.charge),
    discharge_mw: read(columns.discharge),
    energy_mwh: read(columns.energy),
    profit: -solution.objective,
  };
}
