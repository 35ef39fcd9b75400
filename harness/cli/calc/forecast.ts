import * as z from 'zod';
import { persistence, pointMetrics, skill } from '../../engineering/forecast/metrics.ts';
import {
  crpsEnsemble,
  crpsFromQuantiles,
  intervalQuality,
  pinball,
} from '../../engineering/forecast/probabilistic.ts';
import type { Calc } from './calc.ts';

const series = z.array(z.number().nullable()).min(1).max(200_000);

const pointSchema = z.strictObject({
  actual: series,
  forecast: series,
  divisor: z
    .discriminatedUnion('kind', [
      z.strictObject({ kind: z.literal('capacity'), value: z.number().positive() }),
      z.strictObject({ kind: z.literal('mean') }),
      z.strictObject({ kind: z.literal('range') }),
    ])
    .optional(),
});
const intervalSchema = z.strictObject({
  actual: series,
  lower: series,
  upper: series,
  nominal: z.number().gt(0).lt(1),
});
const crpsSchema = z.union([
  z.strictObject({ actual: z.number(), members: z.array(z.number()).min(1) }),
  z.strictObject({
    actual: z.number(),
    levels: z.array(z.number()).min(2),
    values: z.array(z.number()).min(2),
  }),
]);

/** The quality of forecasts from the terminal. null in a series is a missing value. */
export const forecastCalcs: Calc[] = [
  {
    name: 'forecast-metrics',
    group: 'forecast',
    summary:
      'MAE, RMSE, bias, MAPE with zeros left out and counted, nRMSE by a stated divisor, skill over persistence',
    input: 'json',
    schema: pointSchema,
    example: `wattmark calc forecast-metrics '{"actual": [100, 80, 0, null, 60], "forecast": [110, 60, 0, 50, 66], "divisor": {"kind": "capacity", "value": 200}}'`,
    run({ actual, forecast, divisor }: z.infer<typeof pointSchema>) {
      const metrics = pointMetrics(actual, forecast, divisor);
      return {
        ...metrics,
        skill_over_persistence:
          actual.length > 1 ? (skill(actual, forecast, persistence(actual)) ?? null) : null,
      };
    },
  },
  {
    name: 'forecast-intervals',
    group: 'forecast',
    summary: 'coverage, width, interval score and pinball losses of prediction intervals',
    input: 'json',
    schema: intervalSchema,
    example: `wattmark calc forecast-intervals '{"actual": [0, 5, 10, 12], "lower": [0, 0, 0, 0], "upper": [10, 10, 10, 10], "nominal": 0.8}'`,
    run({ actual, lower, upper, nominal }: z.infer<typeof intervalSchema>) {
      const tail = (1 - nominal) / 2;
      return {
        ...intervalQuality(actual, lower, upper, nominal),
        pinball_lower: pinball(actual, lower, tail),
        pinball_upper: pinball(actual, upper, 1 - tail),
      };
    },
  },
  {
    name: 'crps',
    group: 'forecast',
    summary:
      'continuous ranked probability score of an ensemble (exact) or of quantiles (trapezoidal, tails left out)',
    input: 'json',
    schema: crpsSchema,
    example: `wattmark calc crps '{"actual": 3.2, "members": [2.5, 3.0, 3.4, 4.1]}'`,
    run: (input: z.infer<typeof crpsSchema>) => ({
      crps:
        'members' in input
          ? crpsEnsemble(input.members, input.actual)
          : crpsFromQuantiles(input.levels, input.values, input.actual),
    }),
  },
];
