import type { Winding } from './vector-group.ts';

/**
 * A network as IEC 60909-0 describes it: rated data of equipment, in the units of its nameplate.
 * Nodes are named by text; impedances become ohms at their own voltage level.
 */
export interface ShortCircuitNetwork {
  frequency_hz?: number;
  buses: ShortCircuitBus[];
  elements: ShortCircuitElement[];
}

export interface ShortCircuitBus {
  id: string;
  /** Nominal line-to-line voltage. */
  un_kv: number;
  /** Voltage tolerance that picks the factor c at or below 1 kV; 10 % where absent. */
  tolerance_percent?: 6 | 10;
}

export interface Feeder {
  kind: 'feeder';
  name: string;
  bus: string;
  /** Initial symmetrical short-circuit current the feeding network gives at its connection, largest and smallest. */
  ik_max_ka: number;
  ik_min_ka?: number;
  /** R/X of the feeder's impedance; 0.1 where absent (IEC 60909-0 gives it for want of data). */
  rx?: number;
  /** X0/X1 and R0/X0, for earth faults; absent: the feeding network has no earthed neutral. */
  x0_x1?: number;
  r0_x0?: number;
}

/** An overhead line or a cable; `parallel` equal circuits. Positive-sequence, resistance at 20 °C. */
export interface Line {
  kind: 'line';
  name: string;
  from: string;
  to: string;
  length_km: number;
  r_ohm_per_km: number;
  x_ohm_per_km: number;
  parallel?: number;
  /** Conductor temperature at the end of the short circuit: raises R in the minimum case; 20 °C where absent. */
  end_temperature_c?: number;
  /** Zero sequence; absent: the line carries none. */
  r0_ohm_per_km?: number;
  x0_ohm_per_km?: number;
}

/** A series reactor or any other given impedance. */
export interface SeriesImpedance {
  kind: 'impedance';
  name: string;
  from: string;
  to: string;
  r_ohm: number;
  x_ohm: number;
}

export interface TransformerRating {
  sr_mva: number;
  ur_hv_kv: number;
  ur_lv_kv: number;
  /** Short-circuit voltage and its resistive part, percent of the rating. */
  uk_percent: number;
  ukr_percent: number;
  /** `YNd5` and the like; without it the transformer has no path for zero sequence. */
  vector_group?: string;
  /** Zero sequence, percent; as the positive one where absent. */
  uk0_percent?: number;
  ukr0_percent?: number;
  /** Reactance between neutral and earth, at its own side. */
  xn_hv_ohm?: number;
  xn_lv_ohm?: number;
}

export interface Transformer2 extends TransformerRating {
  kind: 'transformer';
  name: string;
  hv: string;
  lv: string;
}

/** Each pair's short-circuit voltage is in percent of that pair's own throughput power. */
export interface Transformer3 {
  kind: 'transformer3';
  name: string;
  hv: string;
  mv: string;
  lv: string;
  ur_hv_kv: number;
  ur_mv_kv: number;
  ur_lv_kv: number;
  hv_mv: WindingPair;
  hv_lv: WindingPair;
  mv_lv: WindingPair;
  /** Which windings are earthed stars, stars or deltas; absent: no path for zero sequence. */
  windings?: { hv: Winding; mv: Winding; lv: Winding };
  /** Reactance between the neutral of the medium-voltage winding and earth. */
  xn_mv_ohm?: number;
}

export interface WindingPair {
  sr_mva: number;
  uk_percent: number;
  ukr_percent: number;
  /** Zero sequence; as the positive one where absent. */
  uk0_percent?: number;
  ukr0_percent?: number;
}

export interface SynchronousMachine {
  sr_mva: number;
  ur_kv: number;
  /** Saturated subtransient reactance. */
  xd_pu: number;
  r_ohm: number;
  cos_phi: number;
  /** Range of the terminal voltage above rated, percent: U_G = U_rG·(1 + p_G). */
  p_g_percent?: number;
}

/** A generator connected without a unit transformer. */
export interface Generator extends SynchronousMachine {
  kind: 'generator';
  name: string;
  bus: string;
}

/** A generator and its unit transformer, taken as one. `bus` is the high-voltage side, `terminal` the generator's. */
export interface PowerStation {
  kind: 'power-station';
  name: string;
  bus: string;
  terminal: string;
  generator: SynchronousMachine;
  transformer: TransformerRating;
  /** With an on-load tap changer the factor is KS, without KSO. */
  on_load_tap_changer: boolean;
  /** Off-load taps in permanent use: the 1 ± p_T of KSO; 0 where absent. */
  p_t_percent?: number;
}

/** An asynchronous motor, or `count` equal ones side by side. */
export interface Motor {
  kind: 'motor';
  name: string;
  bus: string;
  p_mw: number;
  ur_kv: number;
  cos_phi: number;
  /** 0 to 1. */
  efficiency: number;
  /** Locked-rotor current over rated current. */
  ilr_ratio: number;
  pole_pairs: number;
  /** R/X; by size and voltage where absent (0.10, 0.15, 0.42). */
  rx?: number;
  count?: number;
}

export type ShortCircuitElement =
  | Feeder
  | Line
  | SeriesImpedance
  | Transformer2
  | Transformer3
  | Generator
  | PowerStation
  | Motor;

export type CurrentCase = 'max' | 'min';

/** Voltage factor c of IEC 60909-0: above 1 kV 1.10 and 1.00; below 1.05 and 0.95 (±6 %), or 1.10 and 0.90 (±10 %). */
export function voltageFactor(bus: ShortCircuitBus, which: CurrentCase): number {
  if (bus.un_kv > 1) return which === 'max' ? 1.1 : 1;
  if (bus.tolerance_percent === 6) return which === 'max' ? 1.05 : 0.95;
  return which === 'max' ? 1.1 : 0.9;
}

/** The buses an element stands at. */
export function busesOf(element: ShortCircuitElement): string[] {
  switch (element.kind) {
    case 'line':
    case 'impedance':
      return [element.from, element.to];
    case 'transformer':
      return [element.hv, element.lv];
    case 'transformer3':
      return [element.hv, element.mv, element.lv];
    case 'power-station':
      return [element.bus, element.terminal];
    case 'feeder':
    case 'generator':
    case 'motor':
      return [element.bus];
  }
}

/** @throws RangeError where an element stands at a bus that the network does not list */
export function checkBuses(network: ShortCircuitNetwork): void {
  const known = new Set(network.buses.map((bus) => bus.id));
  for (const element of network.elements)
    for (const id of busesOf(element))
      if (!known.has(id)) throw new RangeError(`${element.name} stands at bus "${id}", which is not listed`);
}

/** @throws RangeError naming the bus, where the network has none of that name */
export function busOf(network: ShortCircuitNetwork, id: string): ShortCircuitBus {
  const bus = network.buses.find((candidate) => candidate.id === id);
  if (!bus) throw new RangeError(`no bus "${id}" in the network`);
  return bus;
}
