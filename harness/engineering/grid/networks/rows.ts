import type { Branch, Bus, BusType, Generator, Network } from '../network.ts';

/** Number, type, load in MW and Mvar, and what differs from the network's common values. */
export type BusRow = readonly [
  id: number,
  type: BusType,
  p_load_mw: number,
  q_load_mvar: number,
  more?: Partial<Bus>,
];
/** Ends, r and x and total charging in per unit, limit in MVA (0: none), and what makes it more than a line. */
export type BranchRow = readonly [
  from: number,
  to: number,
  r: number,
  x: number,
  b: number,
  rate_mva: number,
  more?: Partial<Branch>,
];
/** Bus, output in MW, held voltage, bounds of P and of Q, and cost coefficients c0, c1, c2. */
export type GeneratorRow = readonly [
  bus: number,
  p_mw: number,
  vm_setpoint_pu: number,
  p_bounds: readonly [number, number],
  q_bounds: readonly [number, number],
  cost: readonly number[],
  more?: Partial<Generator>,
];

export interface NetworkRows {
  name: string;
  base_mva: number;
  base_kv: number;
  /** Lowest and highest voltage allowed, per unit. */
  voltage_band: readonly [number, number];
  buses: readonly BusRow[];
  branches: readonly BranchRow[];
  generators: readonly GeneratorRow[];
}

/** Spells a compact table out as a network. Buses start at 1 p.u. and 0°. */
export function fromRows(rows: NetworkRows): Network {
  const [vm_min_pu, vm_max_pu] = rows.voltage_band;
  return {
    name: rows.name,
    base_mva: rows.base_mva,
    buses: rows.buses.map(([id, type, p_load_mw, q_load_mvar, more]) => ({
      id,
      type,
      p_load_mw,
      q_load_mvar,
      g_shunt_mw: 0,
      b_shunt_mvar: 0,
      base_kv: rows.base_kv,
      vm_pu: 1,
      va_deg: 0,
      vm_max_pu,
      vm_min_pu,
      ...more,
    })),
    branches: rows.branches.map(([from, to, r_pu, x_pu, b_pu, rate, more]) => ({
      from,
      to,
      r_pu,
      x_pu,
      b_pu,
      rate_mva: rate || Number.POSITIVE_INFINITY,
      tap: 1,
      shift_deg: 0,
      in_service: true,
      ...more,
    })),
    generators: rows.generators.map(([bus, p_mw, vm_setpoint_pu, p, q, coefficients, more]) => ({
      bus,
      p_mw,
      q_mvar: 0,
      q_min_mvar: q[0],
      q_max_mvar: q[1],
      vm_setpoint_pu,
      p_min_mw: p[0],
      p_max_mw: p[1],
      in_service: true,
      cost: { kind: 'polynomial', coefficients: [...coefficients] },
      ...more,
    })),
  };
}
