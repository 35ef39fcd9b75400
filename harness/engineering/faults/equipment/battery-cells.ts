/** A point of the open-circuit curve: state of charge in per cent, voltage in V. */
export interface OcvPoint {
  soc_pct: number;
  v: number;
}

const bySoc = (curve: readonly OcvPoint[]) => [...curve].sort((a, b) => a.soc_pct - b.soc_pct);

/** Open-circuit voltage at a state of charge, V, by straight lines between the points in whatever order. */
export function ocvAt(curve: readonly OcvPoint[], soc_pct: number): number {
  const points = bySoc(curve);
  const upper = Math.max(
    1,
    points.findIndex((point) => point.soc_pct >= soc_pct),
  );
  const [a, b] = [points[upper - 1], points[upper]];
  if (!a || !b || soc_pct < a.soc_pct || soc_pct > b.soc_pct)
    throw new RangeError(`${soc_pct} % lies outside the open-circuit curve`);
  return a.v + ((b.v - a.v) * (soc_pct - a.soc_pct)) / (b.soc_pct - a.soc_pct);
}

/** State of charge at a voltage of rest, per cent: the curve read backwards, since it only rises. @throws RangeError outside it */
export function socAt(curve: readonly OcvPoint[], v: number): number {
  const points = bySoc(curve);
  const upper = Math.max(
    1,
    points.findIndex((point) => point.v >= v),
  );
  const [a, b] = [points[upper - 1], points[upper]];
  if (!a || !b || v < a.v || v > b.v) throw new RangeError(`${v} V lies outside the open-circuit curve`);
  return a.soc_pct + ((b.soc_pct - a.soc_pct) * (v - a.v)) / (b.v - a.v);
}

/** Resistance of a current step, mΩ: R = (V_before − V_after)/I, voltages in V, discharge current in A. */
export const stepResistance = (before_v: number, after_v: number, current_a: number): number =>
  ((before_v - after_v) / current_a) * 1000;

/** Capacity from a discharge between two rests, Ah: C = Q/(SOC_1 − SOC_2). */
export const capacityFrom = (charge_ah: number, soc1_pct: number, soc2_pct: number): number =>
  (100 * charge_ah) / (soc1_pct - soc2_pct);

/** Charge a cell still holds, Ah. In series the cell with the least ends the discharge for all. */
export const chargeLeft = (capacity_ah: number, soc_pct: number): number => (capacity_ah * soc_pct) / 100;

/** Heat of resistances in series at a current, W: P = I²·ΣR, R in mΩ. */
export const jouleHeat = (current_a: number, resistances_mohm: readonly number[]): number =>
  (current_a * current_a * resistances_mohm.reduce((sum, r) => sum + r, 0)) / 1000;
