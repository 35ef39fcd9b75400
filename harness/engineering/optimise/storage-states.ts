import { type ArbitrageProblem, assertStorage } from './storage.ts';

/**
 * Storage arbitrage by dynamic programming over the energy stored, on a grid of `step_mwh`. Exact where the
 * capacity, the least, first and last energy and both power limits (in stored energy an interval) are whole
 * steps; elsewhere a lower bound of the profit. Cycle limits are not taken.
 * @returns the best profit, or −Infinity where no schedule ends high enough
 */
export function arbitrageByStates(problem: ArbitrageProblem, step_mwh: number): number {
  assertStorage(problem);
  const { storage, price, interval_h } = problem;
  if (storage.max_cycles !== undefined) throw new RangeError('the dynamic program takes no cycle limit');
  const floor = storage.energy_min_mwh ?? 0;
  const steps = (mwh: number) => Math.floor(mwh / step_mwh + 1e-9);
  const levels = steps(storage.energy_mwh - floor) + 1;
  const up = steps(storage.p_charge_max_mw * storage.charge_efficiency * interval_h);
  const down = steps((storage.p_discharge_max_mw / storage.discharge_efficiency) * interval_h);
  const last = Math.ceil(((storage.final_mwh ?? storage.initial_mwh) - floor) / step_mwh - 1e-9);
  let value = Float64Array.from({ length: levels }, (_, level) => (level >= last ? 0 : -Infinity));
  for (let t = price.length - 1; t >= 0; t--) {
    const earned = Float64Array.from({ length: down + up + 1 }, (_, i) => {
      const change = (i - down) * step_mwh;
      return change > 0
        ? (-price[t] * change) / storage.charge_efficiency
        : (price[t] - (storage.wear_cost ?? 0)) * -change * storage.discharge_efficiency;
    });
    value = value.map((_, level) => {
      const lowest = Math.max(0, level - down);
      const highest = Math.min(levels - 1, level + up);
      let best = -Infinity;
      for (let next = lowest; next <= highest; next++) {
        const whole = earned[next - level + down] + value[next];
        if (whole > best) best = whole;
      }
      return best;
    });
  }
  return value[steps(storage.initial_mwh - floor)];
}
