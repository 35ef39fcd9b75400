import * as z from 'zod';
import { langSchema } from '../../core/lang.ts';
import { REASONING_EFFORTS } from '../../core/provider.ts';
import { resultSchema } from '../summary.ts';

/** The second number goes up when something is added, the first when a reader of the old file could be misled. */
export const LEADERBOARD_VERSION = '1.1';

const settings = z
  .strictObject({
    temperature: z.number().optional(),
    top_p: z.number().optional(),
    max_tokens: z.int().optional(),
    seed: z.int().optional(),
    stop: z.array(z.string()).optional(),
    reasoning_effort: z.enum(REASONING_EFFORTS).optional(),
  })
  .describe("generation settings as asked; one that is absent was the vendor's default");

export const comparableSchema = z
  .strictObject({
    suites: z.array(
      z.strictObject({
        name: z.string(),
        version: z.string(),
        hash: z.string().describe("of every sample's question and key"),
      }),
    ),
    checkers: z.record(z.string(), z.int()).describe('version by kind'),
    judge: z.string().optional().describe('absent where no model judged'),
    langs: z.array(langSchema),
    seeds: z.strictObject({ from: z.int(), to: z.int() }).optional(),
    seed_key_fingerprint: z.string().optional().describe('of the secret that private seeds were drawn with'),
    tasks: z.array(z.string()).optional(),
    tags: z.array(z.string()).optional(),
    limit: z.int().optional(),
  })
  .describe('what must be the same for two scores to be compared');
export type Comparable = z.infer<typeof comparableSchema>;

const rank = z.int().positive();
export const rowSchema = z
  .strictObject({
    rank: rank.optional().describe('absent for baselines and for models that miss a suite'),
    rank_band: z
      .tuple([rank, rank])
      .optional()
      .describe(
        'best and worst rank that the 95 % intervals leave open; models that share one cannot be told apart',
      ),
    model: z.string(),
    provider: z.string(),
    baseline: z.boolean(),
    settings,
    prices: z
      .strictObject({
        input: z.number(),
        output: z.number(),
        currency: z.string(),
        as_of: z.string().optional(),
      })
      .optional()
      .describe('per million tokens'),
    run: z.string(),
    epochs: z.int().positive(),
    marks: z.array(z.string()).describe('why this row is to be read with care'),
    ...resultSchema.shape,
  })
  .meta({ id: 'row' });
export type LeaderboardRow = z.infer<typeof rowSchema>;

export const rankingSchema = z.strictObject({
  key: z.string().describe('equal keys, comparable rows'),
  comparable: comparableSchema,
  apart: z
    .array(z.strictObject({ what: z.string(), here: z.string(), first: z.string() }))
    .describe('why these rows are not in the first ranking'),
  rows: z.array(rowSchema),
  superseded: z
    .array(z.strictObject({ model: z.string(), run: z.string(), score: z.number().optional() }))
    .describe('older results of a model that has a newer row here with the same settings'),
});
export type Ranking = z.infer<typeof rankingSchema>;

export const publishedSamplesSchema = z.strictObject({
  run: z.string(),
  ids: z.array(z.string()).describe('of the samples, in order'),
  models: z.array(
    z.strictObject({
      model: z.string(),
      scores: z
        .array(z.number().nullable())
        .describe('by sample, the mean of its epochs; null where unscored'),
    }),
  ),
});
export type PublishedSamples = z.infer<typeof publishedSamplesSchema>;

export const leaderboardSchema = z.strictObject({
  schema_version: z.literal(LEADERBOARD_VERSION),
  runs: z.array(
    z.strictObject({
      run: z.string(),
      started: z.iso.datetime(),
      ended: z.iso.datetime(),
      status: z.enum(['done', 'interrupted', 'budget', 'unfinished']),
      harness: z.string().describe('version of Wattmark that ran it'),
      suites: z.array(
        z.strictObject({
          name: z.string(),
          version: z.string(),
          hash: z.string(),
          samples: z.int(),
          floors: z.record(z.string(), z.number()).describe('mean score of guessing by task'),
        }),
      ),
    }),
  ),
  rankings: z.array(rankingSchema).describe('rows of different rankings must not be compared'),
  samples: z
    .array(publishedSamplesSchema)
    .optional()
    .describe('scores sample by sample, where the publisher chose to tell them'),
  refused: z.array(z.strictObject({ model: z.string(), run: z.string(), reason: z.string() })),
});
export type Leaderboard = z.infer<typeof leaderboardSchema>;

/** The schema as published, draft 7, which every validator reads. */
export function leaderboardJsonSchema(): Record<string, unknown> {
  return {
    ...z.toJSONSchema(leaderboardSchema, { target: 'draft-7' }),
    $id: `urn:wattmark:leaderboard:${LEADERBOARD_VERSION}`,
    title: 'Wattmark leaderboard',
  };
}

/** The text of `results/leaderboard.schema.json`. */
export const leaderboardSchemaText = (): string => `${JSON.stringify(leaderboardJsonSchema(), null, 2)}\n`;
