import * as z from 'zod';

const name = z.string().min(1).max(200);
const positive = z.number().positive();
const atLeast0 = z.number().min(0);

const winding = {
  sr_mva: positive,
  uk_percent: positive,
  ukr_percent: atLeast0,
  uk0_percent: positive.optional(),
  ukr0_percent: atLeast0.optional(),
};
const rating = {
  ...winding,
  ur_hv_kv: positive,
  ur_lv_kv: positive,
  vector_group: z.string().optional(),
  xn_hv_ohm: atLeast0.optional(),
  xn_lv_ohm: atLeast0.optional(),
};
const windingType = z.enum(['yn', 'y', 'd']);
const machine = {
  sr_mva: positive,
  ur_kv: positive,
  xd_pu: positive,
  r_ohm: atLeast0,
  cos_phi: z.number().gt(0).max(1),
  p_g_percent: z.number().optional(),
};
const pair = z.strictObject(winding);
const shortCircuitElement = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('feeder'),
    name,
    bus: name,
    ik_max_ka: positive,
    ik_min_ka: positive.optional(),
    rx: atLeast0.optional(),
    x0_x1: positive.optional(),
    r0_x0: atLeast0.optional(),
  }),
  z.strictObject({
    kind: z.literal('line'),
    name,
    from: name,
    to: name,
    length_km: positive,
    r_ohm_per_km: atLeast0,
    x_ohm_per_km: positive,
    parallel: z.int().positive().optional(),
    end_temperature_c: z.number().optional(),
    r0_ohm_per_km: atLeast0.optional(),
    x0_ohm_per_km: positive.optional(),
  }),
  z.strictObject({
    kind: z.literal('impedance'),
    name,
    from: name,
    to: name,
    r_ohm: atLeast0,
    x_ohm: positive,
  }),
  z.strictObject({ kind: z.literal('transformer'), name, hv: name, lv: name, ...rating }),
  z.strictObject({
    kind: z.literal('transformer3'),
    name,
    hv: name,
    mv: name,
    lv: name,
    ur_hv_kv: positive,
    ur_mv_kv: positive,
    ur_lv_kv: positive,
    hv_mv: pair,
    hv_lv: pair,
    mv_lv: pair,
    windings: z.strictObject({ hv: windingType, mv: windingType, lv: windingType }).optional(),
    xn_mv_ohm: atLeast0.optional(),
  }),
  z.strictObject({ kind: z.literal('generator'), name, bus: name, ...machine }),
  z.strictObject({
    kind: z.literal('power-station'),
    name,
    bus: name,
    terminal: name,
    generator: z.strictObject(machine),
    transformer: z.strictObject(rating),
    on_load_tap_changer: z.boolean(),
    p_t_percent: z.number().optional(),
  }),
  z.strictObject({
    kind: z.literal('motor'),
    name,
    bus: name,
    p_mw: positive,
    ur_kv: positive,
    cos_phi: z.number().gt(0).max(1),
    efficiency: z.number().gt(0).max(1),
    ilr_ratio: positive,
    pole_pairs: z.int().positive(),
    rx: atLeast0.optional(),
    count: z.int().positive().optional(),
  }),
]);

/** A network of one's own, or the worked example of IEC TR 60909-4 by name; `at` names a bus, all of them where absent. */
export const iec60909Schema = z.union([
  z.strictObject({ network: z.literal('iec-60909-4'), at: name.optional() }),
  z.strictObject({
    frequency_hz: positive.optional(),
    buses: z
      .array(
        z.strictObject({
          id: name,
          un_kv: positive,
          tolerance_percent: z.union([z.literal(6), z.literal(10)]).optional(),
        }),
      )
      .min(1)
      .max(500),
    elements: z.array(shortCircuitElement).min(1).max(2000),
    at: name.optional(),
  }),
]);
