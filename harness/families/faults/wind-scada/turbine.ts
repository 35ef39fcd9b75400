import type { Random } from '../../../core/random.ts';
import {
  type CurvePoint,
  curvePower,
  normalisedSpeed,
} from '../../../engineering/faults/equipment/wind-turbine.ts';

export const WIND_CAUSES = [
  'icing',
  'curtailment',
  'derating',
  'yaw',
  'pitch',
  'anemometer',
  'stop',
] as const;
export type WindCause = (typeof WIND_CAUSES)[number];

/** Ten minutes, as the turbine's log and the mast beside it have them. */
export interface ScadaRow {
  no: number;
  time: string;
  mast_ms: number;
  nacelle_ms: number;
  power_kw: number;
  rotor_rpm: number;
  pitch: [number, number, number];
  yaw_error_deg: number;
  temp_c: number;
  humidity_pct: number;
  oil_c: number;
}

export interface Weather {
  mast_ms: number;
  temp_c: number;
  humidity_pct: number;
}

/** At or above this the controller takes power back, °C. */
export const OIL_LIMIT_C = 80;
/** Oil of a turbine that has stood for long, and how much it warms in ten minutes of running again, °C. */
export const OIL_COLD_C = 38;
export const OIL_WARMS_C = 5;
/** Draw of a standing turbine, kW. */
const STANDBY_KW = 12;

/** Share of rated power by share of rated speed: a cubic that flattens, as measured curves do. */
export function drawCurve(rated_kw: number, rated_ms: number): CurvePoint[] {
  const points: CurvePoint[] = [];
  for (let v = 3; v <= 16; v++) {
    const x = Math.min(1, (v - 2.4) / (rated_ms - 2.4));
    const share = x >= 1 ? 1 : x * x * (1.62 * x + 0.42 * (1 - x)) - 0.62 * x ** 5;
    points.push({ v_ms: v, p_kw: Math.round((rated_kw * Math.min(1, Math.max(0.004, share))) / 5) * 5 });
  }
  return [...points, { v_ms: 25, p_kw: rated_kw }];
}

export interface Turbine {
  curve: CurvePoint[];
  rated_kw: number;
  rated_ms: number;
  density: number;
}

/** What acts in the window: how hard, and on which blade. */
export interface Disturbance {
  cause: WindCause;
  first: number;
  last: number;
  size: number;
  blade: number;
}

/** The log row of a turbine that runs as it should in this weather. */
export function soundRow(turbine: Turbine, weather: Weather, random: Random): Omit<ScadaRow, 'no' | 'time'> {
  const near = (share: number) => 1 + share * (2 * random.uniform() - 1);
  const v = normalisedSpeed(weather.mast_ms, turbine.density);
  const p_kw = curvePower(turbine.curve, v);
  // Thrust falls off steeply at rated wind: blades leave their fine pitch fast, then more slowly.
  const angle = 0.4 + 4.9 * Math.sqrt(Math.max(0, v - turbine.rated_ms));
  return {
    ...weather,
    nacelle_ms: weather.mast_ms * near(0.02),
    power_kw: p_kw * near(0.015),
    rotor_rpm: Math.min(14.2, 5 + 0.95 * v) * near(0.01),
    pitch: [angle, angle, angle],
    yaw_error_deg: 9 * (random.uniform() - 0.5),
    oil_c: 52 + (12 * p_kw) / turbine.rated_kw + 3 * random.uniform(),
  };
}

/** The row under a disturbance; `step` counts from 0 at its first row. */
export function disturbedRow(
  row: Omit<ScadaRow, 'no' | 'time'>,
  { rated_kw }: Turbine,
  { cause, size, blade }: Disturbance,
  step: number,
  random: Random,
): Omit<ScadaRow, 'no' | 'time'> {
  const near = (share: number) => 1 + share * (2 * random.uniform() - 1);
  const held = (share: number) => ({
    power_kw: Math.min(row.power_kw, rated_kw * share * near(0.003)),
    pitch: row.pitch.map(
      (angle) => angle + 12 * Math.max(0, row.power_kw / rated_kw - share) + 1,
    ) as ScadaRow['pitch'],
  });
  switch (cause) {
    case 'icing':
      return { ...row, power_kw: row.power_kw * (1 - size * Math.min(1, 0.5 + 0.25 * step)) * near(0.02) };
    case 'curtailment':
      return { ...row, ...held(size) };
    case 'derating':
      return {
        ...row,
        ...held(Math.max(0.2, size - 0.02 * step)),
        oil_c: OIL_LIMIT_C + 0.5 + 2 * random.uniform(),
      };
    case 'yaw': {
      const error = size + 3 * (random.uniform() - 0.5);
      return {
        ...row,
        yaw_error_deg: error,
        power_kw: row.power_kw * Math.cos((error * Math.PI) / 180) ** 3,
        nacelle_ms: row.nacelle_ms,
      };
    }
    case 'pitch':
      return {
        ...row,
        pitch: row.pitch.map((angle, i) => (i === blade ? angle + size : angle)) as ScadaRow['pitch'],
        power_kw: row.power_kw * (1 - 0.028 * size) * near(0.01),
      };
    case 'anemometer':
      return { ...row, nacelle_ms: row.nacelle_ms * (1 - size) };
    case 'stop':
      return {
        ...row,
        power_kw: -STANDBY_KW * near(0.2),
        rotor_rpm: 0.1,
        pitch: [88, 88, 88],
        oil_c: Math.max(OIL_COLD_C, row.oil_c - 3 * (step + 1)),
      };
  }
}
