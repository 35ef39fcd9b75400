import * as z from 'zod';
import { modelRecordSchema, selectionSchema, suiteRecordSchema } from '../core/event.ts';
import { FINISH_REASONS } from '../core/provider.ts';
import { VARIANTS } from '../core/words.ts';
import { auditResultSchema } from './judge-audit.ts';
import { METHODS } from './statistics/mean.ts';

/** What reports write down has snake_case names; unknown values are absent, never 0. */
const interval = z.tuple([z.number(), z.number()]).describe('low and high end, 95 % confidence');
const count = z.int().nonnegative();

export const estimateSchema = z
  .strictObject({
    score: z.number().min(0).max(1).optional().describe('absent where nothing was scored'),
    interval: interval.optional(),
    standard_error: z.number().nonnegative().optional(),
    method: z.enum(METHODS).optional(),
    n: count.describe('samples with a score'),
    clusters: count.describe('groups of samples that stand or fall together'),
    epochs: count.describe('most epochs that any of its samples was scored in'),
    attempts: count.describe('attempts planned'),
    unscored: count.describe('attempts without a score'),
    floor: z.number().optional().describe('what guessing scores on the same samples'),
    skill: z.number().optional().describe('(score - floor) / (1 - floor)'),
    skill_interval: interval.optional(),
  })
  .meta({ id: 'estimate' });
export type Estimate = z.infer<typeof estimateSchema>;

const named = z.strictObject({ name: z.string(), ...estimateSchema.shape }).meta({ id: 'named_estimate' });
export type NamedEstimate = z.infer<typeof named>;

const amountSchema = z.strictObject({ count: z.number().nonnegative(), complete: z.boolean() }).meta({
  id: 'amount',
  description: 'complete: every reply told it; otherwise the count is the least it can have been',
});
export type Amount = z.infer<typeof amountSchema>;

const tokensSchema = z.strictObject({
  input: amountSchema.optional(),
  output: amountSchema.optional(),
  reasoning: amountSchema.optional(),
  cached_input: amountSchema.optional(),
});

const costSchema = z.strictObject({
  amount: z.number(),
  spent: z.number().describe('without replies that came from a cache'),
  currency: z.string(),
  complete: z.boolean(),
  as_of: z.string().optional(),
});

export const resultSchema = z.strictObject({
  /** Mean of suite means: a big suite does not drown a small one. */
  overall: estimateSchema.describe('mean of suite means'),
  suites: z.array(named),
  tasks: z.array(named).describe('named suite/task'),
  langs: z.array(named),
  skills: z.array(named),
  tiers: z.array(named),
  language_gap: z
    .strictObject({ difference: z.number(), interval, n: count.describe('problems') })
    .optional()
    .describe('Chinese minus English on the same problems'),
  stability: z
    .strictObject({
      agreement: z
        .number()
        .describe('share of (problem, variant) pairs whose verdict is that of the problem itself'),
      interval: interval.describe('of the agreement'),
      worst: z.number().describe('mean over problems of the worst score among the problem and its variants'),
      base: z.number().describe('mean of the same problems as first asked'),
      n: count.describe('problems with a score for themselves and for a variant'),
      variants: z.array(
        z.strictObject({
          name: z.enum(VARIANTS),
          score: z.number(),
          difference: z.number().describe('variant minus the problem itself, on the same problems'),
          interval: interval.describe('of the difference'),
          agreement: z.number(),
          n: count,
        }),
      ),
    })
    .optional()
    .describe('whether answers hold when a problem is asked again in a way that must not change them'),
  rubric: z
    .strictObject({
      judge: z.string().describe('`lexical` where patterns decided'),
      score: z.number().describe('mean of what rubrics gave, by itself'),
      interval,
      standard_error: z.number().nonnegative(),
      n: count.describe('samples'),
      clusters: count,
      decisions: count.describe('criteria decided'),
      disagreement: z
        .number()
        .optional()
        .describe('share of the decisions on which the judges of a panel differed'),
      corrected: z
        .strictObject({
          score: z.number(),
          interval: interval.describe("of the mean, the audit's own uncertainty included"),
          standard_error: z.number().nonnegative(),
          audit: z.string().describe("the audit file's hash"),
        })
        .optional()
        .describe("the same without the judge's measured errors (Rogan and Gladen)"),
      not_corrected: z.string().optional().describe('why an audit does not allow to'),
    })
    .optional()
    .describe('what is judged against criteria, apart from all else; ranks go by the scores as measured'),
  judging: z
    .array(
      z.strictObject({
        judge: z.string(),
        replies: count,
        failed: count,
        again: count.describe('asked a second time, as the first reply could not be read'),
        tokens: tokensSchema,
        cost: costSchema.optional(),
      }),
    )
    .optional()
    .describe("what judging this model's replies took, beside the model's own tokens and cost"),
  judge_audit: z
    .strictObject({
      hash: z.string().describe('of the audit file'),
      audit_set: z.string().describe('hash of the questions, replies and truths'),
      result: auditResultSchema,
    })
    .optional()
    .describe('how well the judge tells met from not met, as measured'),
  missing_suites: z.array(z.string()).describe('suites of the run in which nothing was scored'),
  unscored: z.array(
    z.strictObject({ fault: z.enum(['provider', 'judge', 'run']), kind: z.string(), count: count }),
  ),
  replies: count,
  finishes: z.partialRecord(z.enum(FINISH_REASONS), count),
  truncated: count.describe('replies cut off at their length limit'),
  refused: count,
  filtered: count.describe("replies withheld by the vendor's content filter"),
  format: z
    .strictObject({ obeyed: count, of: count, share: z.number() })
    .optional()
    .describe('replies in the form that was asked'),
  tokens: tokensSchema,
  cost: costSchema
    .optional()
    .describe('of all replies at list price; absent where the price or the tokens are unknown'),
  carbon: z
    .strictObject({
      energy_kwh: z.number().nonnegative(),
      kg_co2: z.number().nonnegative().describe('operational: making the hardware is left out'),
      complete: z.boolean().describe('every reply told its tokens; otherwise the least it can have been'),
      method: z.string(),
      factor: z.string().describe('emission factor of the electricity, with region, year and basis'),
    })
    .optional()
    .describe('of answering, an estimate; absent where the configuration does not tell what is needed'),
  latency: z
    .strictObject({
      p50_ms: z.number(),
      p95_ms: z.number(),
      n: count,
      first_token_p50_ms: z.number().optional(),
    })
    .optional()
    .describe('of replies that did not come from a cache'),
  wall_s: z.number().nonnegative(),
  regret: z
    .array(z.strictObject({ currency: z.string(), amount: z.number(), n: count }))
    .describe('what acting on the answers would have cost beyond the best plan, summed over n attempts'),
  repeats: z
    .array(z.strictObject({ k: count, n: count, pass_at_k: z.number(), pass_hat_k: z.number() }))
    .describe('at least one, and all, of k attempts pass; only with several epochs'),
  served_models: z.array(z.string()),
});
export type Result = z.infer<typeof resultSchema>;

export const modelSummarySchema = z.strictObject({ ...modelRecordSchema.shape, ...resultSchema.shape });
export type ModelSummary = z.infer<typeof modelSummarySchema>;

export const summarySchema = z.strictObject({
  schema_version: z.literal('1.0'),
  run: z.string(),
  harness: z.string(),
  status: z.enum(['done', 'interrupted', 'budget', 'unfinished']),
  started: z.string(),
  ended: z.string(),
  wall_s: z.number(),
  suites: z.array(suiteRecordSchema),
  checkers: z.record(z.string(), z.int()),
  judge: z.string().optional(),
  epochs: z.int().positive(),
  selection: selectionSchema,
  models: z.array(modelSummarySchema),
});
export type Summary = z.infer<typeof summarySchema>;
