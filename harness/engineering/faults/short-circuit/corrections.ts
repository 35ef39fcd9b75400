import type { PowerStation, SynchronousMachine, TransformerRating } from './network.ts';

/** sin φ of a machine's rated power factor. */
export const sinPhi = (machine: SynchronousMachine): number => Math.sqrt(1 - machine.cos_phi ** 2);

/** Relative reactance of a transformer: x_T = sqrt(u_k² − u_kr²). */
export const relativeReactance = (uk_percent: number, ukr_percent: number): number =>
  Math.sqrt(Math.max(0, uk_percent ** 2 - ukr_percent ** 2)) / 100;

/** Network transformer (IEC 60909-0): K_T = 0.95·c_max/(1 + 0.6·x_T), c_max of the low-voltage side. */
export const transformerFactor = (xt_pu: number, c_max: number): number => (0.95 * c_max) / (1 + 0.6 * xt_pu);

/** Generator without unit transformer: K_G = U_n/(U_rG·(1 + p_G)) · c_max/(1 + x″d·sin φ). */
export function generatorFactor(machine: SynchronousMachine, un_kv: number, c_max: number): number {
  const ug = machine.ur_kv * (1 + (machine.p_g_percent ?? 0) / 100);
  return ((un_kv / ug) * c_max) / (1 + machine.xd_pu * sinPhi(machine));
}

/**
 * Power-station unit, fault on the high-voltage side:
 *   K_S  = (U_nQ/U_rG)²·(U_rTLV/U_rTHV)²·c_max/(1 + |x″d − x_T|·sin φ)      with on-load tap changer
 *   K_SO = U_nQ/(U_rG·(1 + p_G)) · U_rTLV/U_rTHV · (1 − p_T) · c_max/(1 + x″d·sin φ)   without
 * The sign of p_T is the one that gives the larger current when the fault is on the high-voltage side.
 */
export function unitFactor(unit: PowerStation, un_kv: number, c_max: number): number {
  const { generator: g, transformer: t } = unit;
  if (unit.on_load_tap_changer) {
    const xt = relativeReactance(t.uk_percent, t.ukr_percent);
    const voltages = ((un_kv / g.ur_kv) * (t.ur_lv_kv / t.ur_hv_kv)) ** 2;
    return (voltages * c_max) / (1 + Math.abs(g.xd_pu - xt) * sinPhi(g));
  }
  const ug = g.ur_kv * (1 + (g.p_g_percent ?? 0) / 100);
  const voltages = (un_kv / ug) * (t.ur_lv_kv / t.ur_hv_kv) * (1 - (unit.p_t_percent ?? 0) / 100);
  return (voltages * c_max) / (1 + g.xd_pu * sinPhi(g));
}

/**
 * The generator of a unit for a fault at its own terminals: K_GS = c_max/(1 + x″d·sin φ) with an on-load tap changer,
 * K_GSO = that over 1 + p_G without. The unit transformer, which feeds the fault from the network, is not corrected then.
 */
export function terminalFactor({ generator: g, on_load_tap_changer }: PowerStation, c_max: number): number {
  const raised = on_load_tap_changer ? 1 : 1 + (g.p_g_percent ?? 0) / 100;
  return c_max / raised / (1 + g.xd_pu * sinPhi(g));
}

/** Ohms of a transformer on one side: |Z| = u_k·U_r²/S_r, R = u_kr·U_r²/S_r. */
export function transformerImpedance(
  rating: Pick<TransformerRating, 'sr_mva' | 'uk_percent' | 'ukr_percent'>,
  ur_kv: number,
): { r_ohm: number; x_ohm: number } {
  const base = ur_kv ** 2 / rating.sr_mva;
  return {
    r_ohm: (rating.ukr_percent / 100) * base,
    x_ohm: relativeReactance(rating.uk_percent, rating.ukr_percent) * base,
  };
}

/**
 * The resistance that stands for a generator where the decay of the aperiodic current is concerned (peak current only):
 * 0.05·X″d from 100 MVA, 0.07·X″d below, both above 1 kV; 0.15·X″d up to 1 kV.
 */
export function fictitiousResistance(machine: SynchronousMachine): number {
  const x = (machine.xd_pu * machine.ur_kv ** 2) / machine.sr_mva;
  if (machine.ur_kv <= 1) return 0.15 * x;
  return (machine.sr_mva >= 100 ? 0.05 : 0.07) * x;
}
