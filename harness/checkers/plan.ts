import * as z from 'zod';
import type { Checker } from '../core/checker.ts';
import { jsonSchema } from '../core/json.ts';
import { scored, wrong } from '../core/score.ts';
import { byWay, readingOf } from './reading.ts';
import { fieldProblem } from './validate.ts';

const planConfig = z.strictObject({ field: z.string() });
type PlanConfig = z.infer<typeof planConfig>;

/**
 * A proposed plan, simulated by the sample's family: feasible or not, and what it costs beyond the best one.
 * Never compared with one optimum, since there may be several.
 */
export const plan: Checker<PlanConfig> = {
  kind: 'plan',
  version: 1,
  config: planConfig,
  validate(config, context) {
    const problem = fieldProblem(config.field, context, ['json', 'set'], { needsTarget: false });
    if (problem) return [problem];
    return context.verifies.includes(config.field)
      ? []
      : [
          {
            path: ['field'],
            message: `the family checks no plan in "${config.field}"`,
            hint: context.verifies.length ? `it checks: ${context.verifies.join(', ')}` : 'it checks none',
          },
        ];
  },
  check(config, input) {
    const reading = readingOf(input, config.field);
    if ('score' in reading) return reading.score;
    if (!input.verify) return wrong('the suite has no way to check a plan');
    const verdict = input.verify(config.field, reading.read.value);
    return scored(verdict.value, `${verdict.reason}${byWay(reading.read)}`, {
      ...(verdict.details === undefined ? {} : { details: jsonSchema.parse(verdict.details) }),
      ...(verdict.regret ? { regret: verdict.regret } : {}),
    });
  },
};
