import type { Bus, Generator } from '../network.ts';
import { onGrid, shuffled, tidy, type Uniform } from './draw.ts';

interface Technology {
  name: string;
  /** Money per MWh at rest. */
  price: readonly [number, number];
  p_min_share: number;
  /** Of p_max, per hour. */
  ramp_share: number;
  min_up_h: number;
  min_down_h: number;
  start_up_per_mw: number;
}

const TECHNOLOGIES: readonly Technology[] = [
  {
    name: 'coal',
    price: [22, 34],
    p_min_share: 0.4,
    ramp_share: 0.6,
    min_up_h: 8,
    min_down_h: 6,
    start_up_per_mw: 60,
  },
  {
    name: 'gas',
    price: [38, 62],
    p_min_share: 0.3,
    ramp_share: 2,
    min_up_h: 2,
    min_down_h: 2,
    start_up_per_mw: 25,
  },
  {
    name: 'hydro',
    price: [6, 14],
    p_min_share: 0.1,
    ramp_share: 6,
    min_up_h: 1,
    min_down_h: 1,
    start_up_per_mw: 2,
  },
  {
    name: 'coal',
    price: [22, 34],
    p_min_share: 0.4,
    ramp_share: 0.6,
    min_up_h: 8,
    min_down_h: 6,
    start_up_per_mw: 60,
  },
];

export interface UnitOptions {
  costs: 'linear' | 'quadratic';
  /** Give minimum outputs, ramps, minimum times and start-up costs. */
  commitment: boolean;
}

/** Prices stand this far apart, so that the order of merit is never a tie. */
const PRICE_STEP = 0.5;

/** A price of the technology's range that no earlier unit has; beyond the range where all are taken. */
function ownPrice(uniform: Uniform, [low, high]: readonly [number, number], taken: Set<number>): number {
  let price = onGrid(uniform, low, high, PRICE_STEP);
  while (taken.has(price)) price = tidy(price + PRICE_STEP);
  taken.add(price);
  return price;
}

function unit(
  uniform: Uniform,
  bus: number,
  p_max_mw: number,
  technology: Technology,
  price: number,
  options: UnitOptions,
): Generator {
  const { name, p_min_share, ramp_share, min_up_h, min_down_h, start_up_per_mw } = technology;
  const p_min_mw = options.commitment ? Math.round(p_min_share * p_max_mw) : 0;
  // A slope that rises by about a fifth of the price over the range of the unit.
  const bend =
    options.costs === 'quadratic' ? tidy(onGrid(uniform, 0.05, 0.15, 0.01) * (price / p_max_mw), 3) : 0;
  return {
    name: `G${bus} ${name}`,
    bus,
    p_mw: 0,
    q_mvar: 0,
    q_max_mvar: Math.round(0.6 * p_max_mw),
    q_min_mvar: -Math.round(0.4 * p_max_mw),
    vm_setpoint_pu: onGrid(uniform, 1.01, 1.04, 0.005),
    p_max_mw,
    p_min_mw,
    in_service: true,
    cost: { kind: 'polynomial', coefficients: bend > 0 ? [0, price, bend] : [0, price] },
    ...(options.commitment
      ? {
          no_load_cost: Math.round(price * p_min_share * p_max_mw * 0.2),
          start_up_cost: Math.round(start_up_per_mw * p_max_mw),
          ramp_up_mw_per_h: Math.min(p_max_mw, Math.round(ramp_share * p_max_mw)),
          ramp_down_mw_per_h: Math.min(p_max_mw, Math.round(ramp_share * p_max_mw)),
          min_up_h,
          min_down_h,
        }
      : {}),
  };
}

/** One unit at each of `buses`; their capacities share out `capacity_mw` unevenly, in steps of 5 MW, more to higher voltages. */
export function drawUnits(
  uniform: Uniform,
  buses: readonly Bus[],
  capacity_mw: number,
  options: UnitOptions,
): Generator[] {
  const weights = buses.map((bus) => (0.5 + uniform()) * bus.base_kv);
  const total = weights.reduce((sum, w) => sum + w, 0);
  const taken = new Set<number>();
  const mix = shuffled(uniform, TECHNOLOGIES);
  return buses.map((bus, i) => {
    const p_max_mw = Math.max(10, 5 * Math.ceil((capacity_mw * weights[i]!) / total / 5));
    const technology = mix[i % mix.length]!;
    return unit(uniform, bus.id, p_max_mw, technology, ownPrice(uniform, technology.price, taken), options);
  });
}

const rangeOf = (g: Generator) => g.p_max_mw - g.p_min_mw;

/** Every unit at the same part of its range, MW, together giving `load_mw`. */
export function evenDispatch(units: readonly Generator[], load_mw: number): number[] {
  const least = units.reduce((sum, g) => sum + g.p_min_mw, 0);
  const room = units.reduce((sum, g) => sum + rangeOf(g), 0);
  return units.map((g) => g.p_min_mw + ((load_mw - least) * rangeOf(g)) / room);
}

/** Cheapest dispatch without a network: each unit at the price λ where together they give `load_mw` (bisection on λ). */
export function meritDispatch(units: readonly Generator[], load_mw: number): number[] {
  const at = (price: number) => units.map((g) => outputAt(g, price));
  const sum = (outputs: readonly number[]) => outputs.reduce((total, p) => total + p, 0);
  let [low, high] = [0, 1e4];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (sum(at(middle)) < load_mw) low = middle;
    else high = middle;
  }
  const outputs = at(low);
  // With constant prices the unit at the margin jumps at λ: it takes what is missing.
  let missing = load_mw - sum(outputs);
  at(high).forEach((p, i) => {
    const step = Math.min(missing, p - outputs[i]!);
    outputs[i]! += step;
    missing -= step;
  });
  return outputs;
}

function outputAt(g: Generator, price: number): number {
  const [, slope = 0, bend = 0] = g.cost.kind === 'polynomial' ? g.cost.coefficients : [];
  if (bend === 0) return price > slope ? g.p_max_mw : g.p_min_mw;
  return Math.min(g.p_max_mw, Math.max(g.p_min_mw, (price - slope) / (2 * bend)));
}
