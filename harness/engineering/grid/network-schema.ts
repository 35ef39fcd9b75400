import * as z from 'zod';
import { convexFault } from './convex.ts';
import type { Network } from './network.ts';

const mw = z.number();
const positive = z.number().positive();
const nonNegative = z.number().nonnegative();
/** JSON has no infinity: `null`, or leaving the member out, means that there is no limit. */
const limit = (sign: 1 | -1) =>
  z
    .number()
    .nullish()
    .transform((value) => value ?? sign * Number.POSITIVE_INFINITY);

const busSchema = z.strictObject({
  id: z.int().positive(),
  name: z.string().optional(),
  type: z.enum(['pq', 'pv', 'slack', 'isolated']),
  p_load_mw: mw.default(0),
  q_load_mvar: mw.default(0),
  g_shunt_mw: mw.default(0),
  b_shunt_mvar: mw.default(0),
  base_kv: nonNegative.default(0),
  vm_pu: positive.default(1),
  va_deg: z.number().default(0),
  vm_max_pu: positive.default(1.1),
  vm_min_pu: nonNegative.default(0.9),
});

const branchSchema = z
  .strictObject({
    name: z.string().optional(),
    from: z.int(),
    to: z.int(),
    r_pu: z.number().default(0),
    x_pu: z.number(),
    b_pu: z.number().default(0),
    rate_mva: positive.nullish().transform((value) => value ?? Number.POSITIVE_INFINITY),
    rate_b_mva: positive.optional(),
    rate_c_mva: positive.optional(),
    tap: positive.default(1),
    shift_deg: z.number().default(0),
    angle_min_deg: z.number().optional(),
    angle_max_deg: z.number().optional(),
    in_service: z.boolean().default(true),
  })
  .refine(({ from, to }) => from !== to, { error: 'joins a bus to itself', path: ['to'] })
  .refine(({ r_pu, x_pu, in_service }) => !in_service || r_pu !== 0 || x_pu !== 0, {
    error: 'is in service with r = x = 0; merge its buses or give it a small reactance',
    path: ['x_pu'],
  });

const piecewiseSchema = z
  .strictObject({
    kind: z.literal('piecewise'),
    points: z.array(z.strictObject({ p_mw: mw, cost: z.number() })).min(2),
  })
  .check(({ value, issues }) => {
    const fault = convexFault(value.points);
    if (fault) {
      issues.push({ code: 'custom', input: value, path: ['points', fault.point], message: fault.reason });
    }
  });

const costSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('polynomial'), coefficients: z.array(z.number()).max(3) }),
  piecewiseSchema,
]);

const generatorSchema = z.strictObject({
  name: z.string().optional(),
  bus: z.int(),
  p_mw: mw.default(0),
  q_mvar: mw.default(0),
  q_max_mvar: limit(1),
  q_min_mvar: limit(-1),
  vm_setpoint_pu: positive.default(1),
  p_max_mw: mw,
  p_min_mw: mw.default(0),
  in_service: z.boolean().default(true),
  cost: costSchema.default({ kind: 'polynomial', coefficients: [] }),
  no_load_cost: z.number().optional(),
  start_up_cost: z.number().optional(),
  shut_down_cost: z.number().optional(),
  ramp_up_mw_per_h: nonNegative.optional(),
  ramp_down_mw_per_h: nonNegative.optional(),
  min_up_h: nonNegative.optional(),
  min_down_h: nonNegative.optional(),
  renewable: z.boolean().optional(),
});

const efficiency = z.number().positive().max(1);

const storageSchema = z.strictObject({
  name: z.string().optional(),
  bus: z.int(),
  energy_mwh: positive,
  p_charge_max_mw: nonNegative,
  p_discharge_max_mw: nonNegative,
  charge_efficiency: efficiency.default(1),
  discharge_efficiency: efficiency.default(1),
  initial_mwh: nonNegative.default(0),
});

const shape = z.strictObject({
  name: z.string().default('network'),
  base_mva: positive.default(100),
  buses: z.array(busSchema).min(1),
  branches: z.array(branchSchema),
  generators: z.array(generatorSchema),
  storages: z.array(storageSchema).optional(),
  notes: z.array(z.string()).optional(),
});

/** Faults between parts: bus numbers given twice, and parts at buses that do not exist. */
function crossFaults(network: z.output<typeof shape>): { path: (string | number)[]; message: string }[] {
  const faults: { path: (string | number)[]; message: string }[] = [];
  const ids = new Set<number>();
  network.buses.forEach(({ id }, i) => {
    if (ids.has(id)) faults.push({ path: ['buses', i, 'id'], message: `bus ${id} is given twice` });
    ids.add(id);
  });
  const known = (id: number, ...path: (string | number)[]) => {
    if (!ids.has(id)) faults.push({ path, message: `there is no bus ${id}` });
  };
  network.branches.forEach(({ from, to }, i) => {
    known(from, 'branches', i, 'from');
    known(to, 'branches', i, 'to');
  });
  network.generators.forEach(({ bus }, i) => {
    known(bus, 'generators', i, 'bus');
  });
  network.storages?.forEach(({ bus }, i) => {
    known(bus, 'storages', i, 'bus');
  });
  return faults;
}

/**
 * A network as JSON, with the names and units of `Network`. What is usual may be left out: lines have tap 1, limits that are not
 * given do not exist, units are in service. Unknown members are refused, since a misspelt limit would be no limit.
 */
export const networkSchema: z.ZodType<Network> = shape.check(({ value, issues }) => {
  for (const fault of crossFaults(value)) issues.push({ code: 'custom', input: value, ...fault });
}) as unknown as z.ZodType<Network>;
