/** A point of a power curve: hub-height wind in m/s at the reference density, power in kW. */
export interface CurvePoint {
  v_ms: number;
  p_kw: number;
}

/** Gas constant of dry air, J/(kg·K), and the reference density of power curves, kg/m³ (IEC 61400-12-1). */
const R_DRY_AIR = 287.05;
export const REFERENCE_DENSITY = 1.225;

/** Density of dry air, kg/m³: ρ = p/(R·T), pressure in hPa, temperature in °C. Humidity is left out. */
export const airDensity = (pressure_hpa: number, temp_c: number): number =>
  (pressure_hpa * 100) / (R_DRY_AIR * (temp_c + 273.15));

/**
 * Wind speed of the same power density in reference air, for turbines that hold power by pitch:
 *   v_n = v·(ρ/ρ_0)^(1/3)
 * Source: density normalisation of IEC 61400-12-1.
 */
export const normalisedSpeed = (v_ms: number, density: number): number =>
  v_ms * Math.cbrt(density / REFERENCE_DENSITY);

/** Power at a speed, by straight lines between the points in whatever order; 0 outside the curve. */
export function curvePower(curve: readonly CurvePoint[], v_ms: number): number {
  const points = [...curve].sort((a, b) => a.v_ms - b.v_ms);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || v_ms < first.v_ms || v_ms > last.v_ms) return 0;
  const upper = points.findIndex((point) => point.v_ms >= v_ms);
  const [a, b] = [points[Math.max(0, upper - 1)] as CurvePoint, points[upper] as CurvePoint];
  if (a === b) return b.p_kw;
  return a.p_kw + ((b.p_kw - a.p_kw) * (v_ms - a.v_ms)) / (b.v_ms - a.v_ms);
}

export interface TenMinutes {
  v_ms: number;
  p_kw: number;
}

/** Energy missing against the curve at the measured wind, kWh: Σ(P_expected − P)·(10 min). What is drawn from the grid counts as negative power. */
export const lostEnergy = (
  curve: readonly CurvePoint[],
  density: number,
  rows: readonly TenMinutes[],
): number =>
  rows.reduce(
    (sum, { v_ms, p_kw }) => sum + (curvePower(curve, normalisedSpeed(v_ms, density)) - p_kw) / 6,
    0,
  );
