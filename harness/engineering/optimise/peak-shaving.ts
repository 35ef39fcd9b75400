import type { Infeasible } from '../grid/network.ts';
import { addColumn, addRow, createModel } from './model.ts';
import { solveLp } from './solver.ts';
import { addStorage, assertStorage, type StorageUnit } from './storage.ts';

export interface PeakShavingProblem {
  storage: StorageUnit;
  load_mw: readonly number[];
  interval_h: number;
}

export interface PeakShaving {
  status: 'optimal';
  /** Least possible maximum of load − discharge + charge. */
  peak_mw: number;
  charge_mw: number[];
  discharge_mw: number[];
  energy_mwh: number[];
}

/** The schedule with the lowest peak of net load, and among those the least energy moved. Needs `loadSolver()`. */
export function shavePeak(problem: PeakShavingProblem): PeakShaving | Infeasible {
  assertStorage(problem);
  const first = solvePeak(problem, undefined);
  if (first.status !== 'optimal') return first;
  const second = solvePeak(problem, first.peak_mw);
  return second.status === 'optimal' ? { ...second, peak_mw: first.peak_mw } : first;
}

function solvePeak(
  { storage, load_mw, interval_h }: PeakShavingProblem,
  known: number | undefined,
): PeakShaving | Infeasible {
  const model = createModel();
  const columns = addStorage(model, storage, load_mw.length, interval_h, false);
  const peak = addColumn(model, {
    name: 'peak',
    lower: -Infinity,
    upper: known === undefined ? Infinity : known + 1e-7,
    cost: known === undefined ? 1 : 0,
  });
  load_mw.forEach((load, t) => {
    const terms = [
      [peak, 1],
      [columns.discharge[t], 1],
      [columns.charge[t], -1],
    ] as const;
    addRow(model, { name: `net load in interval ${t + 1}`, lower: load, upper: Infinity, terms });
    if (known !== undefined)
      for (const list of [columns.charge, columns.discharge]) model.columns[list[t]].cost = interval_h;
  });
  const solution = solveLp(model);
  if (solution.status !== 'optimal') return solution;
  const read = (list: readonly number[]) => list.map((column) => solution.x[column]);
  return {
    status: 'optimal',
    peak_mw: solution.x[peak],
    charge_mw: read(columns.charge),
    discharge_mw: read(columns.discharge),
    energy_mwh: read(columns.energy),
  };
}

/**
 * The same peak without a program: bisection on the peak, each tried by the greedy rule that keeps the store as
 * full as the peak allows, which no other schedule can beat. The cycle limit is not taken.
 */
export function shavePeakBySearch({ storage, load_mw, interval_h }: PeakShavingProblem): number {
  assertStorage({ storage, interval_h });
  if (storage.max_cycles !== undefined) throw new RangeError('the search takes no cycle limit');
  const holds = (peak: number): boolean => {
    let energy = storage.initial_mwh;
    for (const load of load_mw) {
      const room = peak - load;
      if (room < -storage.p_discharge_max_mw - 1e-12) return false;
      if (room >= 0) {
        const gain = Math.min(room, storage.p_charge_max_mw) * storage.charge_efficiency * interval_h;
        energy = Math.min(storage.energy_mwh, energy + gain);
      } else energy += (room * interval_h) / storage.discharge_efficiency;
      if (energy < (storage.energy_min_mwh ?? 0) - 1e-9) return false;
    }
    return energy >= (storage.final_mwh ?? storage.initial_mwh) - 1e-9;
  };
  let [low, high] = [
    Math.min(...load_mw) - storage.p_discharge_max_mw,
    Math.max(...load_mw) + storage.p_charge_max_mw,
  ];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (holds(middle)) high = middle;
    else low = middle;
  }
  return high;
}
