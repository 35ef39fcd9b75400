/**
 * Inverse-time curves. IEC 60255-151: t = TMS·k/(M^α − 1). IEEE C37.112: t = TD·(A/(M^p − 1) + B).
 * M is the current over the pick-up current. One form holds both: t = m·(k/(M^p − 1) + b).
 */
export const CURVES = {
  'IEC-SI': { k: 0.14, p: 0.02, b: 0 },
  'IEC-VI': { k: 13.5, p: 1, b: 0 },
  'IEC-EI': { k: 80, p: 2, b: 0 },
  'IEC-LTI': { k: 120, p: 1, b: 0 },
  'IEEE-MI': { k: 0.0515, p: 0.02, b: 0.114 },
  'IEEE-VI': { k: 19.61, p: 2, b: 0.491 },
  'IEEE-EI': { k: 28.2, p: 2, b: 0.1217 },
} as const;
export type CurveName = keyof typeof CURVES;
export const CURVE_NAMES = Object.keys(CURVES) as CurveName[];

export interface OvercurrentRelay {
  name: string;
  curve: CurveName;
  /** Primary amperes. */
  pickup_a: number;
  /** Time multiplier (TMS of IEC, time dial of IEEE). */
  tms: number;
  /** High-set element: trips in `instantaneous_s` (0.05 where absent) from this primary current on. */
  instantaneous_a?: number;
  instantaneous_s?: number;
}

/**
 * Operating time in s at a primary current; Infinity where the relay does not pick up (M ≤ 1). The curve is not cut off at
 * high multiples, as some relays do at 20 or 30 times.
 */
export function operatingTime(relay: OvercurrentRelay, current_a: number): number {
  const inverse = curveTime(relay.curve, current_a / relay.pickup_a) * relay.tms;
  if (relay.instantaneous_a !== undefined && current_a >= relay.instantaneous_a)
    return Math.min(inverse, relay.instantaneous_s ?? 0.05);
  return inverse;
}

/** Time at a multiplier of 1. */
export function curveTime(name: CurveName, multiple: number): number {
  if (!(multiple > 1)) return Number.POSITIVE_INFINITY;
  const { k, p, b } = CURVES[name];
  // expm1 keeps its digits just above pick-up, where M^0.02 − 1 loses them.
  return k / Math.expm1(p * Math.log(multiple)) + b;
}

/** The current at which a relay's inverse element takes a given time: the curve turned around; null where it never does. */
export function currentForTime(relay: OvercurrentRelay, time_s: number): number | null {
  const { k, p, b } = CURVES[relay.curve];
  const left = time_s / relay.tms - b;
  return left > 0 ? relay.pickup_a * (k / left + 1) ** (1 / p) : null;
}
