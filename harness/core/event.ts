import * as z from 'zod';
import { formatSchema } from './answer.ts';
import { langSchema } from './lang.ts';
import { completionSchema, PROVIDER_FAULTS, settingsSchema } from './provider.ts';
import { TIERS } from './sample.ts';
import { scoreSchema } from './score.ts';
import { VARIANTS, VOTES } from './words.ts';

/** Version of the journal's lines. A reader takes every version up to its own. */
export const JOURNAL_VERSION = 1;

const line = { v: z.literal(JOURNAL_VERSION), /** ISO 8601, UTC. */ at: z.iso.datetime() };
/** Names one attempt of a run: which sample (by hash), which model (by id), which epoch (from 1). */
const attempt = { sample: z.string(), model: z.string(), epoch: z.int().positive() };

export const suiteRecordSchema = z.strictObject({
  name: z.string(),
  version: z.string(),
  /** Of every sample's hash and key hash, in order. */
  hash: z.string(),
  /** Folder it was loaded from: `builtin:<name>` or a path as the user gave it. */
  source: z.string(),
  title: z.strictObject({ en: z.string().optional(), zh: z.string().optional() }),
  samples: z.int(),
  /** Mean score of guessing, by task. */
  floors: z.record(z.string(), z.number()),
});
export type SuiteRecord = z.infer<typeof suiteRecordSchema>;

export const modelRecordSchema = z.strictObject({
  id: z.string(),
  provider: z.string(),
  baseline: z.boolean(),
  settings: settingsSchema,
  /** Money per million tokens; absent where nobody told us the price. */
  prices: z
    .strictObject({
      input: z.number(),
      output: z.number(),
      currency: z.string(),
      asOf: z.string().optional(),
      /** What a batch costs, as a share of these prices; absent for the share that the two vendors publish. */
      batch: z.number().optional(),
    })
    .optional(),
  /** Energy and emissions of answering, as two rates and a factor; absent where nobody told us what is needed. */
  energy: z
    .strictObject({
      kwhPerOutputToken: z.number().nonnegative(),
      kwhPerSecond: z.number().nonnegative(),
      kgCo2PerKwh: z.number().nonnegative(),
      method: z.string(),
      factor: z.string(),
    })
    .optional(),
});
export type ModelRecord = z.infer<typeof modelRecordSchema>;

export const judgingSchema = z.strictObject({
  /** How a panel becomes one verdict; absent where one judge decides. */
  vote: z.enum(VOTES).optional(),
  /** All criteria of a check in one request. */
  batch: z.boolean().optional(),
});
export type Judging = z.infer<typeof judgingSchema>;

export const selectionSchema = z.strictObject({
  langs: z.array(langSchema),
  seeds: z.strictObject({ from: z.int(), to: z.int() }).optional(),
  /** Fingerprint of the secret that private seeds were drawn with; never the secret. */
  seedKey: z.string().optional(),
  tasks: z.array(z.string()).optional(),
  tags: z.array(z.string()).optional(),
  limit: z.int().optional(),
  variants: z.array(z.enum(VARIANTS)).optional(),
});
export type Selection = z.infer<typeof selectionSchema>;

export const checkScoreSchema = z.strictObject({
  kind: z.string(),
  field: z.string().optional(),
  weight: z.number(),
  gate: z.boolean(),
  score: scoreSchema,
});

/** One line of a journal. Lines of a run: one `run-start` (again at each resume), then the rest in the order they happened. */
export const eventSchema = z.discriminatedUnion('event', [
  z.strictObject({
    ...line,
    event: z.literal('run-start'),
    run: z.string(),
    harness: z.string(),
    suites: z.array(suiteRecordSchema),
    models: z.array(modelRecordSchema),
    /** Who judged and how, in one name: equal names, equal judging. */
    judge: z.string().optional(),
    /** The judges behind that name, with their prices; absent in runs of before there were panels. */
    judges: z.array(modelRecordSchema).optional(),
    judging: judgingSchema.optional(),
    epochs: z.int().positive(),
    selection: selectionSchema,
    checkers: z.record(z.string(), z.int()),
    resumed: z.boolean().optional(),
  }),
  /** A sample, once, before its first completion: so that a journal can be read without its suite. */
  z.strictObject({
    ...line,
    event: z.literal('sample-start'),
    sample: z.string(),
    id: z.string(),
    suite: z.string(),
    task: z.string(),
    lang: langSchema,
    seed: z.string(),
    /** How the problem was changed without changing its answer; such a sample tells of stability alone. */
    variant: z.enum(VARIANTS).optional(),
    cluster: z.string(),
    skills: z.array(z.string()),
    tags: z.array(z.string()),
    tier: z.enum(TIERS).optional(),
    pass: z.number(),
    key: z.string(),
    messages: z.array(z.strictObject({ role: z.enum(['system', 'user', 'assistant']), content: z.string() })),
  }),
  /** A batch: once with its attempts before it is created, again with the vendor's id once it is. */
  z.strictObject({
    ...line,
    event: z.literal('batch-start'),
    model: z.string(),
    tag: z.string(),
    batch: z.string().optional(),
    attempts: z.array(z.string()).optional(),
  }),
  /** A batch is cancelled: what it has answered still comes, and the rest was never asked. */
  z.strictObject({ ...line, event: z.literal('batch-cancel'), model: z.string(), tag: z.string() }),
  /** Nothing more will come of a batch: each of its results has been kept, or it was refused or is gone. */
  z.strictObject({ ...line, event: z.literal('batch-end'), model: z.string(), tag: z.string() }),
  z.strictObject({ ...line, event: z.literal('completion-end'), ...attempt, completion: completionSchema }),
  z.strictObject({
    ...line,
    event: z.literal('completion-error'),
    ...attempt,
    fault: z.enum(PROVIDER_FAULTS),
    message: z.string(),
    status: z.int().optional(),
    tries: z.int().optional(),
  }),
  z.strictObject({
    ...line,
    event: z.literal('judgement-end'),
    ...attempt,
    judge: z.string(),
    /** Index of the check in its sample, and the criterion. */
    check: z.int(),
    criterion: z.string(),
    /** Asked a second time, since the first reply could not be read. */
    again: z.boolean().optional(),
    result: z.discriminatedUnion('status', [
      z.strictObject({ status: z.literal('replied'), completion: completionSchema }),
      z.strictObject({ status: z.literal('failed'), reason: z.string() }),
    ]),
  }),
  z.strictObject({
    ...line,
    event: z.literal('score-end'),
    ...attempt,
    /** Key hash of the sample when it was scored. */
    key: z.string(),
    score: scoreSchema,
    checks: z.array(checkScoreSchema),
    format: formatSchema.optional(),
  }),
  z.strictObject({
    ...line,
    event: z.literal('run-end'),
    status: z.enum(['done', 'interrupted', 'budget']),
    reason: z.string().optional(),
  }),
]);
export type RunEvent = z.infer<typeof eventSchema>;
export type EventOf<E extends RunEvent['event']> = Extract<RunEvent, { event: E }>;
