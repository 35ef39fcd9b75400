/**
 * The grid model every calculation shares. Powers in MW and Mvar, impedances in per unit on `base_mva`,
 * angles in degrees as case files have them (solvers work in rad), voltages in per unit of `base_kv`.
 * Plain data: a network is made by a reader or a generator, never mutated by a solver.
 */
export interface Network {
  name: string;
  base_mva: number;
  buses: Bus[];
  branches: Branch[];
  generators: Generator[];
  storages?: Storage[];
  /** What a reader left out of its source, for a person to see. */
  notes?: string[];
}

export type BusType = 'pq' | 'pv' | 'slack' | 'isolated';

export interface Bus {
  /** As the case file numbers it: any positive integer, not necessarily consecutive. */
  id: number;
  name?: string;
  type: BusType;
  p_load_mw: number;
  q_load_mvar: number;
  /** Shunt: MW consumed and Mvar injected at 1.0 p.u. voltage. */
  g_shunt_mw: number;
  b_shunt_mvar: number;
  base_kv: number;
  vm_pu: number;
  va_deg: number;
  vm_max_pu: number;
  vm_min_pu: number;
}

export interface Branch {
  name?: string;
  from: number;
  to: number;
  r_pu: number;
  x_pu: number;
  /** Total line charging susceptance. */
  b_pu: number;
  /** Long-term thermal limit in MVA (MW in DC studies); Infinity where the case gives none (0 in a case file). */
  rate_mva: number;
  /** Short-term and emergency limits, MVA, where the source gives them. */
  rate_b_mva?: number;
  rate_c_mva?: number;
  /** Off-nominal turns ratio at the from end; 1 for a line (0 in a case file). */
  tap: number;
  shift_deg: number;
  in_service: boolean;
  /** Limits of va_from - va_to; absent where the case gives none (±360, or 0 at both ends, in a case file). */
  angle_min_deg?: number;
  angle_max_deg?: number;
}

/**
 * Polynomial: c[0] + c[1] p + c[2] p² …, p in MW, cost in money per hour; no coefficients at all: the source gave no cost.
 * Piecewise: points (MW, money/h). A source may hold powers above two and curves that are not convex: an optimisation
 * refuses them (`assertConvex`), a power flow does not look.
 */
export type Cost =
  | { kind: 'polynomial'; coefficients: number[] }
  | { kind: 'piecewise'; points: { p_mw: number; cost: number }[] };

export interface Generator {
  name?: string;
  bus: number;
  p_mw: number;
  q_mvar: number;
  q_max_mvar: number;
  q_min_mvar: number;
  vm_setpoint_pu: number;
  p_max_mw: number;
  p_min_mw: number;
  in_service: boolean;
  cost: Cost;
  /** Fixed cost of being on, beyond the cost curve, money per hour. */
  no_load_cost?: number;
  start_up_cost?: number;
  shut_down_cost?: number;
  ramp_up_mw_per_h?: number;
  ramp_down_mw_per_h?: number;
  min_up_h?: number;
  min_down_h?: number;
  /** Output follows the weather: p_max is what is available, spilling it is curtailment. */
  renewable?: boolean;
}

export interface Storage {
  name?: string;
  bus: number;
  energy_mwh: number;
  p_charge_max_mw: number;
  p_discharge_max_mw: number;
  /** Fractions of 1: grid to store, store to grid. */
  charge_efficiency: number;
  discharge_efficiency: number;
  initial_mwh: number;
}

/** A result that could not be had, with the reason: infeasible and unbounded are answers, not exceptions. */
export type Infeasible = { status: 'infeasible' | 'unbounded'; reason: string; constraints: string[] };
