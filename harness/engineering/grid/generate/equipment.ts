import type { Branch } from '../network.ts';
import { onGrid, tidy, type Uniform } from './draw.ts';

/** Typical overhead lines and their grid, by nominal voltage: aluminium conductor steel reinforced, bundled from 220 kV up. */
export interface VoltageLevel {
  kv: number;
  r_ohm_per_km: number;
  x_ohm_per_km: number;
  b_us_per_km: number;
  /** Thermal limit of one circuit, MVA. */
  rate_mva: number;
  /** Load of a substation, MW. */
  load_mw: readonly [number, number];
  /** Usual distance of substations. */
  spacing_km: number;
}

const LEVELS: ReadonlyMap<number, VoltageLevel> = new Map(
  [
    {
      kv: 500,
      r_ohm_per_km: 0.02,
      x_ohm_per_km: 0.28,
      b_us_per_km: 4,
      rate_mva: 2000,
      load_mw: [200, 600],
      spacing_km: 80,
    },
    {
      kv: 220,
      r_ohm_per_km: 0.05,
      x_ohm_per_km: 0.32,
      b_us_per_km: 3.5,
      rate_mva: 400,
      load_mw: [40, 160],
      spacing_km: 35,
    },
    {
      kv: 110,
      r_ohm_per_km: 0.12,
      x_ohm_per_km: 0.4,
      b_us_per_km: 2.8,
      rate_mva: 120,
      load_mw: [10, 45],
      spacing_km: 18,
    },
    {
      kv: 35,
      r_ohm_per_km: 0.21,
      x_ohm_per_km: 0.38,
      b_us_per_km: 2.9,
      rate_mva: 25,
      load_mw: [2, 8],
      spacing_km: 8,
    },
  ].map((level) => [level.kv, level as unknown as VoltageLevel]),
);

/** @throws RangeError for a voltage that has no typical line here */
export function voltageLevel(kv: number): VoltageLevel {
  const level = LEVELS.get(kv);
  if (!level)
    throw new RangeError(
      `no typical lines are known for ${kv} kV; known are ${[...LEVELS.keys()].join(', ')} kV`,
    );
  return level;
}

const SINGLE = { tap: 1, shift_deg: 0, in_service: true } as const;

/** A line of a length: z = (r' + jx') l / Zb, b = b' l Zb, Zb = kV²/MVA. Real routes are longer than the straight way. */
export function line(
  uniform: Uniform,
  level: VoltageLevel,
  from: number,
  to: number,
  straight_km: number,
  base_mva: number,
): Branch {
  const length_km = Math.max(1, straight_km) * (1.1 + 0.2 * uniform());
  const base_ohm = (level.kv * level.kv) / base_mva;
  return {
    from,
    to,
    r_pu: tidy((level.r_ohm_per_km * length_km) / base_ohm, 4),
    x_pu: tidy((level.x_ohm_per_km * length_km) / base_ohm, 4),
    b_pu: tidy(level.b_us_per_km * 1e-6 * length_km * base_ohm, 3),
    rate_mva: level.rate_mva,
    ...SINGLE,
  };
}

/** Usual unit sizes, MVA, and short-circuit voltage in percent, by the higher voltage. */
const TRANSFORMERS: ReadonlyMap<number, { sizes_mva: readonly number[]; uk_percent: number }> = new Map([
  [500, { sizes_mva: [750, 1000], uk_percent: 14 }],
  [220, { sizes_mva: [120, 180, 240], uk_percent: 14 }],
  [110, { sizes_mva: [31.5, 40, 50, 63], uk_percent: 10.5 }],
]);
/** x/r of large power transformers. */
const X_OVER_R = 40;

/** A transformer with its taps at the higher-voltage end: x = uk/100 · Sbase/Sr. */
export function transformer(
  uniform: Uniform,
  high_kv: number,
  from: number,
  to: number,
  base_mva: number,
): Branch {
  const { sizes_mva, uk_percent } = TRANSFORMERS.get(high_kv)!;
  const size_mva = sizes_mva[Math.floor(uniform() * sizes_mva.length)]!;
  const x_pu = ((uk_percent / 100) * base_mva) / size_mva;
  return {
    from,
    to,
    r_pu: tidy(x_pu / X_OVER_R, 4),
    x_pu: tidy(x_pu, 4),
    b_pu: 0,
    rate_mva: size_mva,
    ...SINGLE,
    tap: onGrid(uniform, 0.975, 1.025, 0.0125),
  };
}
