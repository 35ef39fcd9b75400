/** Speed of pulses from a calibration pulse that comes back from the open far end, m/μs: v = 2·L/T. */
export const pulseSpeed = (length_m: number, echo_us: number): number => (2 * length_m) / echo_us;

/**
 * Distance of a discharge from the measuring end, m, by reflectometry at one end: the second pulse has gone to the far
 * end and back over the place of origin,
 *   x = L − v·Δt/2
 */
export const distanceByEcho = (length_m: number, speed_m_us: number, delay_us: number): number =>
  length_m - (speed_m_us * delay_us) / 2;

/**
 * Distance from end A, m, by arrival times at both ends on one clock:
 *   x = (L + v·(t_A − t_B))/2
 */
export const distanceByTwoEnds = (length_m: number, speed_m_us: number, a_minus_b_us: number): number =>
  (length_m + speed_m_us * a_minus_b_us) / 2;
