import { type PeakShavingProblem, shavePeak } from './peak-shaving.ts';
import {
  listFaults,
  type PlanCheck,
  type PlanOptions,
  required,
  unusable,
  type Violation,
  verdict,
  violations,
} from './plan-check.ts';
import { type ArbitrageProblem, arbitrage, type StorageUnit } from './storage.ts';

export interface StoragePlan {
  charge_mw: readonly number[];
  discharge_mw: readonly number[];
}

/** Checks a proposed schedule of an arbitrage problem. Its cost is the profit with the sign turned. */
export function checkStorage(
  problem: ArbitrageProblem,
  plan: StoragePlan,
  options: PlanOptions = {},
): PlanCheck {
  const { storage, price, interval_h } = problem;
  const optimum = options.optimum ?? -required(arbitrage(problem)).profit;
  const faults = planFaults(plan, price.length);
  if (faults.length) return unusable(faults, optimum, options);
  const cost = price.reduce(
    (sum, p, t) =>
      sum + interval_h * (p * plan.charge_mw[t] + ((storage.wear_cost ?? 0) - p) * plan.discharge_mw[t]),
    0,
  );
  return verdict(storageViolations(storage, plan, interval_h, options.tolerance), cost, optimum, options);
}

/** Checks a proposed schedule of a peak-shaving problem. Its cost is the peak, in MW. */
export function checkPeakShaving(
  problem: PeakShavingProblem,
  plan: StoragePlan,
  options: PlanOptions = {},
): PlanCheck {
  const { storage, load_mw, interval_h } = problem;
  const optimum = options.optimum ?? required(shavePeak(problem)).peak_mw;
  const inMw = { ...options, currency: 'MW' };
  const faults = planFaults(plan, load_mw.length);
  if (faults.length) return unusable(faults, optimum, inMw);
  const peak = Math.max(...load_mw.map((load, t) => load + plan.charge_mw[t] - plan.discharge_mw[t]));
  return verdict(storageViolations(storage, plan, interval_h, options.tolerance), peak, optimum, inMw);
}

const planFaults = ({ charge_mw, discharge_mw }: StoragePlan, length: number): Violation[] => [
  ...listFaults(charge_mw, length, 'charge_mw'),
  ...listFaults(discharge_mw, length, 'discharge_mw'),
];

/** What a schedule breaks of its store. Powers rounded by the tolerance may add up: stored energy is allowed their sum. */
function storageViolations(
  storage: StorageUnit,
  plan: StoragePlan,
  interval_h: number,
  tolerance = 0.01,
): Violation[] {
  const found = violations(tolerance);
  const { charge_efficiency, discharge_efficiency, energy_min_mwh = 0 } = storage;
  let [energy, delivered, drift] = [storage.initial_mwh, 0, 0];
  plan.charge_mw.forEach((charge, t) => {
    const discharge = plan.discharge_mw[t];
    const where = `interval ${t + 1}`;
    found.atLeast(charge, 0, 'charge not below 0', where);
    found.atLeast(discharge, 0, 'discharge not below 0', where);
    found.atMost(charge, storage.p_charge_max_mw, 'charge limit', where);
    found.atMost(discharge, storage.p_discharge_max_mw, 'discharge limit', where);
    found.atMost(Math.min(charge, discharge), 0, 'not both ways at once', where);
    energy += (charge * charge_efficiency - discharge / discharge_efficiency) * interval_h;
    delivered += discharge * interval_h;
    if (charge !== 0 || discharge !== 0) drift += (tolerance * interval_h) / discharge_efficiency;
    found.atMost(energy - drift, storage.energy_mwh, 'energy capacity', where, 'MWh');
    found.atLeast(energy + drift, energy_min_mwh, 'least energy', where, 'MWh');
  });
  found.atLeast(energy + drift, storage.final_mwh ?? storage.initial_mwh, 'energy at the end', 'end', 'MWh');
  if (storage.max_cycles !== undefined)
    found.atMost(delivered - drift, storage.max_cycles * storage.energy_mwh, 'cycles', 'horizon', 'MWh');
  return found.list;
}
