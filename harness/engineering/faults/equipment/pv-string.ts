/** A chain of solar cells by the single-diode model: photocurrent and saturation current in A, a = n·Ns·kT/q in V, resistances in Ω. */
export interface DiodeModel {
  photo_a: number;
  saturation_a: number;
  thermal_v: number;
  series_ohm: number;
  shunt_ohm: number;
}

export interface OperatingPoint {
  v: number;
  i: number;
}

/** What a tracer reads off an I-V curve: short circuit, open circuit, the point of most power, and the slopes at both ends. */
export interface CurveFigures {
  isc_a: number;
  voc_v: number;
  imp_a: number;
  vmp_v: number;
  /** −dV/dI at open circuit and at short circuit, Ω. */
  r_oc_ohm: number;
  r_sc_ohm: number;
}

/** Equal chains in series, each with a bypass diode; a shorted diode takes its chain out of the string. */
export interface ChainGroup extends DiodeModel {
  count: number;
}

/** Forward voltage of a conducting bypass diode, V. */
export const BYPASS_V = 0.5;

/**
 * Voltage of a chain that carries `i`, single-diode model:
 *   i = I_L − I_0·(e^(V_d/a) − 1) − V_d/R_sh,   V = V_d − i·R_s
 * i falls as V_d rises, so V_d is found by Newton's method kept inside a bracket.
 */
export function chainVoltage(chain: DiodeModel, i: number): number {
  const { photo_a, saturation_a, thermal_v, series_ohm, shunt_ohm } = chain;
  const excess = (vd: number) => photo_a - saturation_a * Math.expm1(vd / thermal_v) - vd / shunt_ohm - i;
  let high = thermal_v * Math.log1p(Math.max(0, photo_a - Math.min(0, i)) / saturation_a);
  let low = Math.min(0, (photo_a - i) * shunt_ohm) - 1e-9;
  let vd = (low + high) / 2;
  for (let step = 0; step < 80 && high - low > 1e-12 * Math.max(1, Math.abs(high)); step++) {
    const f = excess(vd);
    if (f > 0) low = vd;
    else high = vd;
    const slope = (saturation_a / thermal_v) * Math.exp(vd / thermal_v) + 1 / shunt_ohm;
    const next = vd + f / slope;
    vd = next > low && next < high ? next : (low + high) / 2;
  }
  return vd - i * series_ohm;
}

/** Voltage of a string that carries `i` in A: a chain that cannot carry it is bypassed. */
export const stringVoltage = (groups: readonly ChainGroup[], i: number): number =>
  groups.reduce((sum, group) => sum + group.count * Math.max(-BYPASS_V, chainVoltage(group, i)), 0);

/**
 * The point of most power of a string: a scan of the current, since a partly shaded string has several maxima, then
 * golden section around the best.
 */
export function maximumPower(groups: readonly ChainGroup[]): OperatingPoint {
  const most = Math.max(...groups.map(({ photo_a }) => photo_a));
  const steps = 120;
  const power = (i: number) => i * stringVoltage(groups, i);
  let best = 0;
  for (let k = 1; k <= steps; k++) if (power((most * k) / steps) > power((most * best) / steps)) best = k;
  let [low, high] = [(most * Math.max(0, best - 1)) / steps, (most * Math.min(steps, best + 1)) / steps];
  const golden = (Math.sqrt(5) - 1) / 2;
  while (high - low > 1e-7 * most) {
    const [a, b] = [high - golden * (high - low), low + golden * (high - low)];
    if (power(a) < power(b)) low = a;
    else high = b;
  }
  const i = (low + high) / 2;
  return { v: stringVoltage(groups, i), i };
}

/** Figures of a string's curve; slopes by differences of 0.5 % of the short-circuit current and of 2 % of the open-circuit voltage. */
export function curveFigures(groups: readonly ChainGroup[]): CurveFigures {
  const voc_v = stringVoltage(groups, 0);
  const isc_a = currentAt(groups, 0);
  const { v: vmp_v, i: imp_a } = maximumPower(groups);
  const di = 0.005 * isc_a;
  const dv = 0.02 * voc_v;
  return {
    isc_a,
    voc_v,
    imp_a,
    vmp_v,
    r_oc_ohm: (voc_v - stringVoltage(groups, di)) / di,
    r_sc_ohm: dv / (isc_a - currentAt(groups, dv)),
  };
}

/** Current of a string at a voltage, A, by bisection: the voltage falls as the current rises. */
function currentAt(groups: readonly ChainGroup[], v: number): number {
  let [low, high] = [0, Math.max(...groups.map(({ photo_a }) => photo_a))];
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (stringVoltage(groups, middle) > v) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Power by data sheet: P = P_stc·G/1000·(1 + γ·(T − 25)), γ in 1/K, G in W/m², T of the cells in °C. */
export const sheetPower = (p_stc: number, g_wm2: number, cell_c: number, gamma: number): number =>
  ((p_stc * g_wm2) / 1000) * (1 + gamma * (cell_c - 25));
