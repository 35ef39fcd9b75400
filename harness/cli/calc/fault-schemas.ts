import * as z from 'zod';
import { polar } from '../../engineering/math/complex.ts';

const name = z.string().min(1).max(200);
const positive = z.number().positive();
const atLeast0 = z.number().min(0);
/** An impedance as `{ "r": 1, "x": 10 }`, r 0 where left out. */
const impedance = z
  .strictObject({ r: z.number().default(0), x: z.number().default(0) })
  .transform(({ r, x }) => {
    return { re: r, im: x };
  });
/** A phasor as `{ "mag": 63.5, "deg": -120 }`. */
const phasor = z
  .strictObject({ mag: atLeast0, deg: z.number().default(0) })
  .transform(({ mag, deg }) => polar(mag, deg));
const phases = z.strictObject({ a: phasor, b: phasor, c: phasor });

export const sequenceFaultSchema = z.strictObject({
  buses: z.array(name).min(1).max(300),
  elements: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('source'),
          name,
          bus: name,
          z1_pu: impedance,
          z2_pu: impedance.optional(),
          z0_pu: impedance.optional(),
          zn_pu: impedance.optional(),
        }),
        z.strictObject({
          kind: z.literal('line'),
          name,
          from: name,
          to: name,
          z1_pu: impedance,
          z0_pu: impedance,
        }),
        z.strictObject({
          kind: z.literal('transformer'),
          name,
          hv: name,
          lv: name,
          z1_pu: impedance,
          z0_pu: impedance.optional(),
          vector_group: z.string(),
          zn_hv_pu: impedance.optional(),
          zn_lv_pu: impedance.optional(),
        }),
      ]),
    )
    .min(1)
    .max(1000),
  fault: z.strictObject({
    bus: name,
    type: z.enum(['3ph', 'LG', 'LL', 'LLG']),
    phase: z.enum(['a', 'b', 'c']).optional(),
    zf_pu: impedance.optional(),
    zg_pu: impedance.optional(),
  }),
});

const lineSource = z.strictObject({ e_kv: positive, z1_ohm: impedance, z0_ohm: impedance });
const end = z.strictObject({ v: phases, i: phases, i_prefault: phases });
const lineFaultType = z.enum(['3ph', 'LG', 'LL', 'LLG']);
/** Either a line and a fault to simulate with known truth, or recorded phasors with the locator's settings. */
export const distanceToFaultSchema = z.union([
  z.strictObject({
    line: z.strictObject({
      length_km: positive,
      z1_ohm_per_km: impedance,
      z0_ohm_per_km: impedance,
      s: lineSource,
      r: lineSource,
      load_angle_deg: z.number().default(0),
    }),
    fault: z.strictObject({ m: z.number().gt(0).lt(1), type: lineFaultType, rf_ohm: atLeast0 }),
  }),
  z.strictObject({
    settings: z.strictObject({ length_km: positive, z1_ohm: impedance, z0_ohm: impedance }),
    record: z.strictObject({ type: lineFaultType, s: end, r: end.optional() }),
  }),
]);

const curve = z.enum(['IEC-SI', 'IEC-VI', 'IEC-EI', 'IEC-LTI', 'IEEE-MI', 'IEEE-VI', 'IEEE-EI']);
export const overcurrentSchema = z.strictObject({
  relays: z
    .array(
      z.strictObject({
        name,
        curve,
        pickup_a: positive,
        tms: positive,
        instantaneous_a: positive.optional(),
        instantaneous_s: atLeast0.optional(),
        /** Primary current through this relay. */
        current_a: atLeast0.optional(),
      }),
    )
    .max(500)
    .default([]),
  pairs: z
    .array(
      z
        .strictObject({
          downstream: name,
          upstream: name,
          min_a: positive,
          max_a: positive,
          current_ratio: positive.optional(),
        })
        .refine((p) => p.min_a <= p.max_a, { message: 'min_a is above max_a' }),
    )
    .max(500)
    .default([]),
  interval_s: atLeast0.default(0.3),
  /** Asks for the time multiplier of an upstream relay. */
  choose: z
    .strictObject({
      curve,
      pickup_a: positive,
      step: positive.optional(),
      current_a: positive,
      downstream_s: atLeast0,
    })
    .optional(),
});

export const distanceZonesSchema = z.strictObject({
  line: impedance,
  next: z.array(impedance).max(50).default([]),
  rule: z
    .strictObject({
      zone1: positive.optional(),
      zone2_next: positive.optional(),
      zone2_least: positive.optional(),
      zone3_next: positive.optional(),
    })
    .optional(),
  /** Currents through the relay and from the infeed at the remote bus. */
  infeed: z.strictObject({ relay_ka: phasor, infeed_ka: phasor }).optional(),
  /** A bolted fault at a fraction of a next line, counted from 0. */
  fault: z.strictObject({ next: z.int().min(0), fraction: z.number().min(0).max(1) }).optional(),
  ct_ratio: positive.optional(),
  vt_ratio: positive.optional(),
});

const side = z.strictObject({ un_kv: positive, ct_ratio: positive });
export const differentialSchema = z.strictObject({
  s_mva: positive,
  vector_group: z.string(),
  hv: side,
  lv: side,
  pickup_pu: atLeast0,
  slope1_percent: atLeast0,
  slope2_percent: atLeast0,
  knee_pu: atLeast0,
  highset_pu: positive.optional(),
  hv_a: phases,
  lv_a: phases,
  compensation: z.strictObject({ vector_group: z.boolean(), zero_sequence: z.boolean() }).optional(),
});

export const faultSimulationSchema = z.strictObject({
  seed: z.string().default('1'),
  stations: z.int().min(3).max(20).default(6),
  scenario: z
    .strictObject({
      zone: name,
      permanent: z.boolean().default(true),
      failed_breakers: z.array(name).default([]),
      failed_main: z.boolean().default(false),
    })
    .optional(),
  missing_rate: z.number().min(0).max(1).default(0),
  false_count: z.int().min(0).max(100).default(0),
  jitter_ms: z.int().min(0).max(1000).default(0),
  events: z
    .tuple([z.int().min(0), z.int().max(5000)])
    .refine(([least, most]) => least <= most, { message: 'the least is above the most' })
    .default([80, 200]),
});

const SUBSCRIPTS: Readonly<Record<string, string>> = { '₂': '2', '₄': '4', '₆': '6' };

/** `h2`, `CH₄`, `C2H2 (ppm)`, `C2H4_ppm`: laboratories head their columns in many ways. */
function gasName(column: string): string {
  const plain = column.replace(/[₂₄₆]/g, (digit) => SUBSCRIPTS[digit] ?? digit);
  return (/^\s*[A-Za-z0-9]+/.exec(plain)?.[0] ?? column).trim().toUpperCase();
}

/** Other columns of a CSV (an id, a date) are let through and ignored. */
export const dgaSchema = z.preprocess(
  (row) =>
    row !== null && typeof row === 'object' && !Array.isArray(row)
      ? Object.fromEntries(Object.entries(row).map(([column, value]) => [gasName(column), value]))
      : row,
  z.object({ H2: atLeast0, CH4: atLeast0, C2H2: atLeast0, C2H4: atLeast0, C2H6: atLeast0 }),
);
