/**
 * Angle by which a line differential relay misplaces the far current, rad, if it halves the round trip though the two
 * ways differ: half the difference of the ways, as a share of a cycle. θ = 2π·f·(t_to − t_from)/2
 */
export const asymmetryAngle = (frequency_hz: number, to_ms: number, from_ms: number): number =>
  (Math.PI * frequency_hz * (to_ms - from_ms)) / 1000;

/** Largest difference of the ways, ms, at which a through current makes no more than the setting: 2·I·sin(θ/2) = I_set, so θ = 2·asin(I_set/2I). */
export const tolerableAsymmetry = (frequency_hz: number, through: number, setting: number): number =>
  setting >= 2 * through
    ? Number.POSITIVE_INFINITY
    : (2000 * Math.asin(setting / (2 * through))) / (Math.PI * frequency_hz);

/**
 * Differential current of two ends, A: |I_A + I_B| with I_B turned by `off_rad` away from being opposite to I_A,
 *   I_d² = a² + b² − 2·a·b·cos φ
 */
export const differentialCurrent = (a: number, b: number, off_rad: number): number =>
  Math.sqrt(Math.max(0, a * a + b * b - 2 * a * b * Math.cos(off_rad)));

/** What the relay must see to act, A: the pick-up, or the slope times the mean of both ends' magnitudes if that is more. */
export const restraint = (pickup_a: number, slope: number, a: number, b: number): number =>
  Math.max(pickup_a, (slope * (a + b)) / 2);
