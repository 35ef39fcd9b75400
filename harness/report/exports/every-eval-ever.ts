import * as z from 'zod';
import type { Estimate, ModelSummary, Summary } from '../summary.ts';

/**
 * The part of the Every Eval Ever record (schema 0.3.0, aggregate file) that Wattmark writes. Closed where that schema
 * is closed; every value in its free-form details is a string.
 */
const details = z.record(z.string(), z.string());
const timestamp = z.string().regex(/^\d+$/);

const resultSchema = z.strictObject({
  evaluation_name: z.string(),
  source_data: z.strictObject({ dataset_name: z.string(), source_type: z.literal('other') }),
  evaluation_timestamp: z.string(),
  metric_config: z.strictObject({
    evaluation_description: z.string(),
    lower_is_better: z.literal(false),
    score_type: z.literal('continuous'),
    min_score: z.literal(0),
    max_score: z.literal(1),
    additional_details: details,
  }),
  score_details: z.strictObject({
    score: z.number(),
    details,
    uncertainty: z.strictObject({
      standard_error: z.strictObject({ value: z.number(), method: z.string() }),
      confidence_interval: z.strictObject({
        lower: z.number(),
        upper: z.number(),
        confidence_level: z.literal(0.95),
        method: z.string(),
      }),
      num_samples: z.int(),
    }),
  }),
  generation_config: z.strictObject({
    generation_args: z.strictObject({
      temperature: z.number().optional(),
      top_p: z.number().optional(),
      max_tokens: z.int().min(1).optional(),
    }),
    additional_details: details,
  }),
});

export const everyEvalEverSchema = z.strictObject({
  schema_version: z.literal('0.3.0'),
  evaluation_id: z.string(),
  evaluation_timestamp: z.string(),
  retrieved_timestamp: timestamp,
  source_metadata: z.strictObject({
    source_name: z.literal('Wattmark'),
    source_type: z.literal('evaluation_run'),
    source_organization_name: z.string(),
    evaluator_relationship: z.enum(['first_party', 'third_party', 'collaborative', 'other']),
  }),
  eval_library: z.strictObject({ name: z.literal('wattmark'), version: z.string() }),
  model_info: z.strictObject({
    name: z.string(),
    id: z.string(),
    additional_details: details.and(
      z.object({
        deployment_type: z.enum(['self_deployed', 'externally_managed', 'unknown']),
        model_availability: z.enum(['open_weights', 'closed_weights', 'unknown']),
      }),
    ),
  }),
  evaluation_results: z.array(resultSchema),
  /** The samples behind the figures: a file beside this one. */
  detailed_evaluation_results: z
    .strictObject({
      format: z.literal('jsonl'),
      file_path: z.string(),
      hash_algorithm: z.literal('sha256'),
      checksum: z.string(),
      total_rows: z.int().nonnegative(),
    })
    .optional(),
});
export type EveryEvalEver = z.infer<typeof everyEvalEverSchema>;

/** What a run cannot know of itself. */
export interface Publisher {
  organization: string;
  relationship: EveryEvalEver['source_metadata']['evaluator_relationship'];
  deployment?: 'self_deployed' | 'externally_managed';
  availability?: 'open_weights' | 'closed_weights';
}

/** One model of a run, per suite and per task. Its times are the run's own: exporting twice gives the same bytes. */
export function everyEvalEver(summary: Summary, model: ModelSummary, publisher: Publisher): EveryEvalEver {
  const seconds = (iso: string) => String(Math.floor(Date.parse(iso) / 1000));
  const groups = [...model.suites, ...model.tasks].filter(({ score }) => score !== undefined);
  return {
    schema_version: '0.3.0',
    evaluation_id: `wattmark/${model.id}/${seconds(summary.started)}`,
    evaluation_timestamp: summary.started,
    retrieved_timestamp: seconds(summary.ended),
    source_metadata: {
      source_name: 'Wattmark',
      source_type: 'evaluation_run',
      source_organization_name: publisher.organization,
      evaluator_relationship: publisher.relationship,
    },
    eval_library: { name: 'wattmark', version: summary.harness },
    model_info: {
      name: model.id.slice(model.id.lastIndexOf('/') + 1),
      id: model.id,
      additional_details: {
        deployment_type: publisher.deployment ?? 'unknown',
        model_availability: publisher.availability ?? 'unknown',
        ...(model.served_models.length > 0 ? { served_models: model.served_models.join(', ') } : {}),
      },
    },
    evaluation_results: groups.map(({ name, ...estimate }) => result(summary, model, name, estimate)),
  };
}

type EverResult = EveryEvalEver['evaluation_results'][number];

function result(summary: Summary, model: ModelSummary, name: string, estimate: Estimate): EverResult {
  const suite = summary.suites.find((each) => name === each.name || name.startsWith(`${each.name}/`));
  return {
    evaluation_name: `wattmark/${name}`,
    source_data: { dataset_name: `wattmark/${suite?.name ?? name}`, source_type: 'other' },
    evaluation_timestamp: summary.started,
    metric_config: metric(summary, suite),
    score_details: scoreDetails(estimate),
    generation_config: generation(model.settings),
  };
}

function metric(
  { selection: { langs, seeds, seedKey }, judge }: Summary,
  suite: Summary['suites'][number] | undefined,
): EverResult['metric_config'] {
  return {
    evaluation_description:
      'Mean score of samples, each the weighted mean of its checks, averaged over epochs',
    lower_is_better: false,
    score_type: 'continuous',
    min_score: 0,
    max_score: 1,
    additional_details: texts({
      suite_version: suite?.version,
      suite_hash: suite?.hash,
      langs: langs.join(','),
      seeds: seeds && `${seeds.from}-${seeds.to}`,
      seed_key_fingerprint: seedKey,
      judge,
    }),
  };
}

function scoreDetails(estimate: Estimate): EverResult['score_details'] {
  const { floor, skill, clusters, epochs, attempts, unscored, method = 'unknown' } = estimate;
  const [lower, upper] = estimate.interval!;
  return {
    score: estimate.score!,
    details: texts({ floor, skill, clusters, epochs, attempts, unscored }),
    uncertainty: {
      standard_error: { value: estimate.standard_error!, method },
      confidence_interval: { lower, upper, confidence_level: 0.95, method },
      num_samples: estimate.n,
    },
  };
}

/** That schema's list of arguments is closed; what it has no name for goes to the details. */
function generation(settings: ModelSummary['settings']): EverResult['generation_config'] {
  const { temperature, topP, maxTokens, seed, reasoningEffort, stop } = settings;
  return {
    generation_args: {
      ...(temperature === undefined ? {} : { temperature }),
      ...(topP === undefined ? {} : { top_p: topP }),
      ...(maxTokens === undefined ? {} : { max_tokens: maxTokens }),
    },
    additional_details: texts({
      seed,
      reasoning_effort: reasoningEffort,
      stop: stop && JSON.stringify(stop),
    }),
  };
}

/** Known values as strings, unknown ones left out. */
function texts(values: Readonly<Record<string, string | number | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
}
