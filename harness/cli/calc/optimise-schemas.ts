import * as z from 'zod';
import { networkSchema } from '../../engineering/grid/network-schema.ts';

/** Inputs of the optimisation calculations. Names and units are those of `harness/engineering/optimise`. */

const amount = z.number();
const atLeast0 = z.number().nonnegative();
const hours = z.int().positive();
const list = z.array(amount);

const cost = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('polynomial'), coefficients: z.array(amount).min(1).max(3) }),
  z.strictObject({
    kind: z.literal('piecewise'),
    points: z.array(z.strictObject({ p_mw: amount, cost: amount })).min(2),
  }),
]);

const limits = { name: z.string(), p_min_mw: amount.default(0), p_max_mw: amount };

export const economicDispatchSchema = z
  .strictObject({
    units: z.array(z.strictObject({ ...limits, must_run_mw: amount.optional(), cost })).min(1),
    demand_mw: amount,
    /** Kron's loss formula; needs quadratic costs. */
    losses: z.strictObject({ b: z.array(list), b0: list.optional(), b00_mw: amount.optional() }).optional(),
    plan: z.strictObject({ dispatch_mw: list }).optional(),
  })
  .check(({ value: { losses, units, plan }, issues }) => {
    const refuse = (path: string, message: string) =>
      issues.push({ code: 'custom', input: losses, path: ['losses', path], message });
    if (!losses) return;
    const n = units.length;
    if (plan) refuse('b', 'a plan can only be checked without losses');
    if (losses.b.length !== n || losses.b.some((row) => row.length !== n)) refuse('b', `is not ${n} by ${n}`);
    if (losses.b0 && losses.b0.length !== n) refuse('b0', `does not have ${n} entries`);
    if (units.some((unit) => unit.cost.kind !== 'polynomial' || unit.must_run_mw !== undefined))
      refuse('b', 'with losses every unit needs a polynomial cost and no must_run_mw');
  });

const thermalUnit = z.strictObject({
  ...limits,
  cost,
  no_load_cost: amount.optional(),
  start_up_cost: amount.optional(),
  shut_down_cost: amount.optional(),
  min_up_h: hours.optional(),
  min_down_h: hours.optional(),
  ramp_up_mw_per_h: atLeast0.optional(),
  ramp_down_mw_per_h: atLeast0.optional(),
  start_up_limit_mw: atLeast0.optional(),
  shut_down_limit_mw: atLeast0.optional(),
  initial_h: z.int(),
  initial_mw: amount.optional(),
  must_run: z.boolean().optional(),
});

export const unitCommitmentSchema = z.strictObject({
  units: z.array(thermalUnit).min(1).max(200),
  demand_mw: list.min(1).max(168),
  reserve_mw: list.optional(),
  reserve_max_mw: list.optional(),
  plan: z
    .strictObject({
      on: z.array(z.array(z.union([z.boolean(), amount]))),
      dispatch_mw: z.array(list).optional(),
    })
    .optional(),
});

export const reserveSchema = z.strictObject({
  units: z
    .array(
      z.strictObject({
        ...limits,
        cost,
        reserve_cost: amount.optional(),
        reserve_max_mw: atLeast0.optional(),
      }),
    )
    .min(1),
  demand_mw: amount,
  reserve_mw: atLeast0,
  shortage_price: atLeast0.optional(),
  plan: z.strictObject({ dispatch_mw: list, reserve_mw: list }).optional(),
});

const efficiency = z.number().positive().max(1);

export const storageSchema = z
  .strictObject({
    storage: z.strictObject({
      name: z.string().optional(),
      energy_mwh: z.number().positive(),
      p_charge_max_mw: atLeast0,
      p_discharge_max_mw: atLeast0,
      charge_efficiency: efficiency.default(1),
      discharge_efficiency: efficiency.default(1),
      initial_mwh: atLeast0.default(0),
      energy_min_mwh: atLeast0.optional(),
      final_mwh: atLeast0.optional(),
      max_cycles: atLeast0.optional(),
      wear_cost: atLeast0.optional(),
    }),
    interval_h: z.number().positive().default(1),
    /** Prices to trade on, or loads whose peak to shave: one of the two. */
    price: list.min(1).max(8784).optional(),
    load_mw: list.min(1).max(8784).optional(),
    plan: z.strictObject({ charge_mw: list, discharge_mw: list }).optional(),
  })
  .refine(({ price, load_mw }) => (price === undefined) !== (load_mw === undefined), {
    error: 'give price (arbitrage) or load_mw (peak shaving), one of the two',
  });

export const redispatchSchema = z.strictObject({
  /** The name of a built-in network, or a network. */
  network: z.union([z.string(), networkSchema]),
  convention: z.enum(['pm', 'mp']).default('mp'),
  dispatch_mw: list,
  offers: z.array(
    z
      .strictObject({
        up_price: amount,
        down_price: amount,
        up_max_mw: atLeast0.optional(),
        down_max_mw: atLeast0.optional(),
      })
      .nullable(),
  ),
  plan: z.strictObject({ change_mw: list }).optional(),
});

const job = { name: z.string(), release_h: z.int().nonnegative().optional(), deadline_h: hours.optional() };

export const computeScheduleSchema = z.strictObject({
  jobs: z
    .array(
      z.discriminatedUnion('kind', [
        z.strictObject({ ...job, kind: z.literal('flexible'), energy_mwh: atLeast0, power_max_mw: atLeast0 }),
        z.strictObject({ ...job, kind: z.literal('block'), power_mw: atLeast0, duration_h: hours }),
      ]),
    )
    .min(1),
  price: list.min(1).max(744),
  carbon_intensity: list.optional(),
  carbon_price: atLeast0.optional(),
  carbon_cap_t: atLeast0.optional(),
  pue: z.number().min(1).optional(),
  power_cap_mw: list,
  base_mw: list.optional(),
  plan: z.strictObject({ power_mw: z.array(list) }).optional(),
});
