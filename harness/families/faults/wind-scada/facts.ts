import * as z from 'zod';
import type { Random } from '../../../core/random.ts';
import {
  airDensity,
  type CurvePoint,
  curvePower,
  normalisedSpeed,
} from '../../../engineering/faults/equipment/wind-turbine.ts';
import {
  type Disturbance,
  disturbedRow,
  drawCurve,
  OIL_COLD_C,
  OIL_LIMIT_C,
  OIL_WARMS_C,
  type ScadaRow,
  soundRow,
  type Turbine,
  type Weather,
  WIND_CAUSES,
  type WindCause,
} from './turbine.ts';

export const windScadaParams = z.strictObject({
  rows: z.tuple([z.int().min(18).max(60), z.int().min(18).max(60)]),
});
export type WindScadaParams = z.infer<typeof windScadaParams>;

export interface WindScadaFacts {
  rated_kw: number;
  pressure_hpa: number;
  /** Mean of the period, °C: what density is reckoned with. */
  mean_temp_c: number;
  curve: CurvePoint[];
  rows: ScadaRow[];
  cause: WindCause;
  first: number;
  last: number;
}

/** Normal running, as the question states it: share of expected power, kW at least, share of wind, degrees. */
const NORMAL = { power: 0.03, power_kw: 15, wind: 0.05, yaw_deg: 6 };

/** Drawn again until the disturbance shows in every row of its window and nowhere else. */
export function drawWindScada({ rows: [fewest, most] }: WindScadaParams, random: Random): WindScadaFacts {
  // A stream of its own, so that what else is drawn never shifts the cause.
  const cause = random.fork('trouble').pick(WIND_CAUSES);
  for (let attempt = 0; attempt < 300; attempt++) {
    const facts = attemptFacts(
      cause,
      random.int(fewest, Math.max(fewest, most)),
      random.fork(`attempt ${attempt}`),
    );
    if (isClear(facts)) return facts;
  }
  throw new RangeError(`wind-scada: no draw of ${cause} is clear`);
}

function attemptFacts(cause: WindCause, count: number, random: Random): WindScadaFacts {
  const rated_kw = random.pick([2000, 2500, 3200, 4000, 5000]);
  const rated_ms = random.pick([10.5, 11, 11.5, 12]);
  const pressure_hpa = random.range(780, 1015, 1);
  const weather = drawWeather(cause, count, rated_ms, random);
  const mean_temp_c = tenth(weather.reduce((sum, { temp_c }) => sum + temp_c, 0) / count);
  const curve = drawCurve(rated_kw, rated_ms);
  const turbine: Turbine = { curve, rated_kw, rated_ms, density: airDensity(pressure_hpa, mean_temp_c) };
  const first = random.int(4, count - 12);
  const last = Math.min(count - 2, first + random.int(6, 13));
  const disturbance: Disturbance = {
    cause,
    first,
    last,
    size: sizeOf(cause, random),
    blade: random.int(0, 2),
  };
  const start = random.int(0, 17) * 60;
  const rows = weather.map((now, i): ScadaRow => {
    const no = i + 1;
    const sound = soundRow(turbine, now, random);
    const within = no >= first && no <= last;
    const row = within ? disturbedRow(sound, turbine, disturbance, no - first, random) : sound;
    return { no, time: clock(start + 10 * i), ...rounded({ ...row, oil_c: oilOf(row, no, disturbance) }) };
  });
  return { rated_kw, pressure_hpa, mean_temp_c, curve, rows, cause, first, last };
}

/** Oil has its inertia: it nears the limit before a derating, and is cold after a stop. */
function oilOf({ oil_c }: Pick<ScadaRow, 'oil_c'>, no: number, { cause, first, last }: Disturbance): number {
  const away = Math.max(first - no, no - last);
  if (cause === 'derating' && away > 0) return Math.max(oil_c, OIL_LIMIT_C + 1 - 4 * away);
  if (cause === 'stop' && no > last) {
    const stood = Math.max(OIL_COLD_C, oil_c - 3 * (last - first + 1));
    return Math.min(oil_c, stood + OIL_WARMS_C * away);
  }
  return oil_c;
}

/** Cold and damp where ice may form, and at times where none does; wind that keeps to where the cause can show. */
function drawWeather(cause: WindCause, count: number, rated_ms: number, random: Random): Weather[] {
  const hot = cause === 'derating';
  const cold = !hot && (cause === 'icing' || random.chance(0.35));
  const strong = cause === 'curtailment' || hot;
  const level = strong ? rated_ms * random.range(0.95, 1.15, 0.01) : rated_ms * random.range(0.68, 0.9, 0.01);
  const base = cold ? random.range(-5, -1, 0.5) : random.range(hot ? 24 : 4, hot ? 33 : 24, 1);
  const damp = cold ? 95 : random.int(45, 85);
  let drift = 0;
  return Array.from({ length: count }, () => {
    drift = 0.75 * drift + 0.9 * (2 * random.uniform() - 1);
    return {
      mast_ms: tenth(Math.max(5, level + drift)),
      temp_c: tenth(base + 0.8 * (random.uniform() - 0.5)),
      humidity_pct: Math.min(99, damp + random.int(0, 4)),
    };
  });
}

function sizeOf(cause: WindCause, random: Random): number {
  switch (cause) {
    case 'icing':
      return random.range(0.3, 0.6, 0.05);
    case 'curtailment':
      return random.range(0.3, 0.6, 0.05);
    case 'derating':
      return random.range(0.55, 0.75, 0.05);
    case 'yaw':
      return random.pick([-1, 1]) * random.range(18, 30, 1);
    case 'pitch':
      return random.range(4, 8, 0.5);
    case 'anemometer':
      return random.range(0.12, 0.22, 0.01);
    case 'stop':
      return 1;
  }
}

const isOff = (facts: WindScadaFacts, row: ScadaRow): boolean => {
  const expected = expectedKw(facts, row);
  return (
    Math.abs(row.power_kw - expected) > Math.max(NORMAL.power * expected, NORMAL.power_kw) ||
    Math.abs(row.nacelle_ms / row.mast_ms - 1) > NORMAL.wind
  );
};

function isClear(facts: WindScadaFacts): boolean {
  return facts.rows.every((row) => isOff(facts, row) === (row.no >= facts.first && row.no <= facts.last));
}

export const expectedKw = (
  { curve, pressure_hpa, mean_temp_c }: WindScadaFacts,
  { mast_ms }: ScadaRow,
): number => curvePower(curve, normalisedSpeed(mast_ms, airDensity(pressure_hpa, mean_temp_c)));

const tenth = (value: number): number => Math.round(value * 10) / 10;
const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60) % 24).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

function rounded(row: Omit<ScadaRow, 'no' | 'time'>): Omit<ScadaRow, 'no' | 'time'> {
  return {
    mast_ms: row.mast_ms,
    nacelle_ms: tenth(row.nacelle_ms),
    power_kw: Math.round(row.power_kw),
    rotor_rpm: tenth(row.rotor_rpm),
    pitch: row.pitch.map(tenth) as ScadaRow['pitch'],
    yaw_error_deg: Math.round(row.yaw_error_deg),
    temp_c: row.temp_c,
    humidity_pct: row.humidity_pct,
    oil_c: Math.round(row.oil_c),
  };
}
