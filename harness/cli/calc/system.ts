import * as z from 'zod';
import { aceNerc, aceTieLine } from '../../engineering/system/ace.ts';
import { adequacy, outageTable, reserveShortfall } from '../../engineering/system/adequacy.ts';
import { droopShares } from '../../engineering/system/droop.ts';
import { bestRestoration, checkRestoration } from '../../engineering/system/restoration.ts';
import { frequencyResponse } from '../../engineering/system/swing.ts';
import type { Calc } from './calc.ts';

const positive = z.number().positive();
const fromZero = z.number().nonnegative();

const governor = z.strictObject({
  name: z.string(),
  p_rated_mw: positive,
  droop_pu: positive,
  t_s: positive,
  headroom_mw: fromZero.optional(),
  footroom_mw: fromZero.optional(),
  deadband_hz: fromZero.optional(),
});
const frequencySchema = z.strictObject({
  f0_hz: positive,
  base_mva: positive,
  inertia_s: positive,
  damping_mw_per_hz: fromZero,
  loss_mw: z.number(),
  governors: z.array(governor),
  shedding: z
    .array(z.strictObject({ threshold_hz: positive, delay_s: fromZero, shed_mw: fromZero }))
    .optional(),
  duration_s: positive.max(3600).optional(),
});

const droopSchema = z.strictObject({
  f0_hz: positive,
  loss_mw: z.number(),
  damping_mw_per_hz: fromZero.optional(),
  units: z
    .array(
      z.strictObject({
        name: z.string(),
        p_rated_mw: positive,
        droop_pu: positive,
        headroom_mw: fromZero,
        footroom_mw: fromZero,
      }),
    )
    .min(1),
});

const aceSchema = z.union([
  z.strictObject({
    ni_actual_mw: z.number(),
    ni_scheduled_mw: z.number(),
    bias_mw_per_0_1_hz: z.number().nonpositive(),
    f_actual_hz: positive,
    f_scheduled_hz: positive,
  }),
  z.strictObject({ tie_deviation_mw: z.number(), k_mw_per_hz: fromZero, df_hz: z.number() }),
]);

const adequacySchema = z.strictObject({
  units: z
    .array(
      z.strictObject({
        name: z.string(),
        capacity_mw: positive,
        for: z.number().min(0).max(1),
        derated: z
          .array(z.strictObject({ lost_mw: positive, probability: z.number().min(0).max(1) }))
          .optional(),
      }),
    )
    .min(1)
    .max(500),
  loads_mw: z.array(fromZero).min(1).max(20_000),
  period_h: positive.optional(),
  reserve_mw: fromZero.optional(),
});

const restorationSchema = z.strictObject({
  units: z.array(
    z.strictObject({
      name: z.string(),
      bus: z.string(),
      black_start: z.boolean(),
      cranking_mw: fromZero,
      start_min: fromZero,
      capacity_mw: positive,
      absorbs_mvar: fromZero,
      latest_start_min: fromZero.optional(),
    }),
  ),
  lines: z.array(
    z.strictObject({
      name: z.string(),
      from: z.string(),
      to: z.string(),
      charging_mvar: fromZero,
      switch_min: fromZero,
    }),
  ),
  loads: z.array(z.strictObject({ name: z.string(), bus: z.string(), p_mw: positive, switch_min: fromZero })),
  block_share: positive.max(1),
  order: z.array(z.string()).max(100).optional(),
});

/** Frequency, control error, adequacy and restoration from the terminal. */
export const systemCalcs: Calc[] = [
  {
    name: 'frequency-response',
    group: 'system',
    summary: 'frequency after a loss of generation or load: nadir, rate of change, load shedding',
    input: 'json',
    schema: frequencySchema,
    example: `wattmark calc frequency-response '{"f0_hz": 50, "base_mva": 10000, "inertia_s": 5, "damping_mw_per_hz": 150, "loss_mw": 600, "governors": [{"name": "all", "p_rated_mw": 8000, "droop_pu": 0.05, "t_s": 6}]}'`,
    run: (event: z.infer<typeof frequencySchema>) => frequencyResponse(event),
  },
  {
    name: 'droop-shares',
    group: 'system',
    summary: 'how units on droop share a lasting imbalance, within their room',
    input: 'json',
    schema: droopSchema,
    example: `wattmark calc droop-shares '{"f0_hz": 50, "loss_mw": 90, "units": [{"name": "A", "p_rated_mw": 500, "droop_pu": 0.05, "headroom_mw": 100, "footroom_mw": 100}, {"name": "B", "p_rated_mw": 500, "droop_pu": 0.04, "headroom_mw": 100, "footroom_mw": 100}]}'`,
    run: ({ units, loss_mw, f0_hz, damping_mw_per_hz }: z.infer<typeof droopSchema>) =>
      droopShares(units, loss_mw, {
        f0_hz,
        ...(damping_mw_per_hz === undefined ? {} : { damping_mw_per_hz }),
      }),
  },
  {
    name: 'ace',
    group: 'system',
    summary:
      'area control error, by the NERC formula (negative bias) or as tie-line bias control (positive K)',
    input: 'json',
    schema: aceSchema,
    rows: true,
    example: `wattmark calc ace '{"ni_actual_mw": 550, "ni_scheduled_mw": 500, "bias_mw_per_0_1_hz": -30, "f_actual_hz": 59.97, "f_scheduled_hz": 60}'`,
    run: (area: z.infer<typeof aceSchema>) => ({
      ace_mw: 'k_mw_per_hz' in area ? aceTieLine(area) : aceNerc(area),
    }),
  },
  {
    name: 'adequacy',
    group: 'system',
    summary:
      'capacity outage table, LOLE and energy not served over a series of loads; reserve for the largest unit',
    input: 'json',
    schema: adequacySchema,
    example: `wattmark calc adequacy '{"units": [{"name": "A", "capacity_mw": 25, "for": 0.02}, {"name": "B", "capacity_mw": 25, "for": 0.02}, {"name": "C", "capacity_mw": 50, "for": 0.02}], "loads_mw": [40, 60, 80]}'`,
    run({ units, loads_mw, period_h, reserve_mw }: z.infer<typeof adequacySchema>) {
      const table = outageTable(units);
      const capacities = units.map(({ capacity_mw }) => capacity_mw);
      return {
        ...adequacy(units, loads_mw, { table, ...(period_h === undefined ? {} : { period_h }) }),
        ...(reserve_mw === undefined ? {} : reserveShortfall(capacities, reserve_mw)),
        outage_table: table.states.slice(0, 1000),
      };
    },
  },
  {
    name: 'restoration',
    group: 'system',
    summary: 'a black-start order walked through step by step; without one, the best order of a small system',
    input: 'json',
    schema: restorationSchema,
    example: `wattmark calc restoration '{"block_share": 0.05, "units": [{"name": "hydro", "bus": "A", "black_start": true, "cranking_mw": 0, "start_min": 10, "capacity_mw": 100, "absorbs_mvar": 40}], "lines": [{"name": "A-B", "from": "A", "to": "B", "charging_mvar": 30, "switch_min": 5}], "loads": [{"name": "town", "bus": "B", "p_mw": 4, "switch_min": 2}], "order": ["hydro", "A-B", "town"]}'`,
    run: ({ order, ...problem }: z.infer<typeof restorationSchema>) =>
      order
        ? checkRestoration(problem, order)
        : (bestRestoration(problem) ?? { order: null, reason: 'no order restores every load' }),
  },
];
