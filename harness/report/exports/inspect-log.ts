import type { ModelRecord } from '../../core/event.ts';
import type { Completion } from '../../core/provider.ts';
import type { AttemptView, SampleView } from '../sample-view.ts';
import type { ModelSummary, Summary } from '../summary.ts';

/**
 * A run as logs of Inspect (the JSON form of its EvalLog, file format version 2, as its Python models define it): one
 * log for each suite and model, a suite being a task there. What Inspect has no word for stands under `metadata`.
 */
export interface InspectLog {
  version: 2;
  status: 'started' | 'success' | 'cancelled';
  eval: Record<string, unknown>;
  plan: { name: 'plan'; steps: { solver: string; params: Record<string, never> }[]; config: object };
  results: Record<string, unknown>;
  stats: Record<string, unknown>;
  samples: InspectSample[];
}

export interface InspectSample {
  id: string;
  epoch: number;
  input: { role: string; content: string }[];
  target: string;
  messages: object[];
  output: object;
  scores?: Record<string, object>;
  metadata: Record<string, unknown>;
  model_usage: Record<string, object>;
  total_time?: number;
  error?: { message: string; traceback: ''; traceback_ansi: '' };
}

const SCORER = 'wattmark';
const STATUS = {
  done: 'success',
  interrupted: 'cancelled',
  budget: 'cancelled',
  unfinished: 'started',
} as const;
const STOP: Readonly<Record<string, string>> = {
  stop: 'stop',
  length: 'max_tokens',
  'content-filter': 'content_filter',
};

/** @param samples of this suite and model, as `inspectSample` gives them */
export function inspectLog(
  summary: Summary,
  model: ModelSummary,
  suite: string,
  samples: InspectSample[],
): InspectLog {
  const record = summary.suites.find(({ name }) => name === suite);
  const estimate = model.suites.find(({ name }) => name === suite);
  const config = generateConfig(model.settings);
  const scored = samples.filter(({ scores }) => scores !== undefined).length;
  const usage = totalUsage(samples, model.id);
  return {
    version: 2,
    status: STATUS[summary.status],
    eval: {
      eval_id: `${summary.run}-${suite}-${model.id}`,
      run_id: summary.run,
      created: summary.started,
      task: `wattmark/${suite}`,
      task_id: `${summary.run}-${suite}`,
      task_version: record?.version ?? 0,
      dataset: {
        name: suite,
        samples: new Set(samples.map(({ id }) => id)).size,
        sample_ids: [...new Set(samples.map(({ id }) => id))],
      },
      model: model.id,
      model_generate_config: config,
      config: { epochs: summary.epochs, ...(summary.epochs > 1 ? { epochs_reducer: ['mean'] } : {}) },
      packages: {},
      scorers: [{ name: SCORER, options: { checkers: summary.checkers } }],
      metadata: {
        harness: summary.harness,
        suite_hash: record?.hash,
        baseline: model.baseline,
        served_models: model.served_models,
        ...(summary.judge === undefined ? {} : { judge: summary.judge }),
      },
    },
    plan: { name: 'plan', steps: [{ solver: 'generate', params: {} }], config },
    results: {
      total_samples: samples.length,
      completed_samples: samples.filter(({ error }) => error === undefined).length,
      scores: [
        {
          name: SCORER,
          scorer: SCORER,
          ...(summary.epochs > 1 ? { reducer: 'mean' } : {}),
          scored_samples: scored,
          unscored_samples: samples.length - scored,
          params: {},
          metrics: metrics(estimate),
        },
      ],
    },
    stats: {
      started_at: summary.started,
      completed_at: summary.ended,
      model_usage: usage ? { [model.id]: usage } : {},
    },
    samples,
  };
}

function metrics(estimate: ModelSummary['suites'][number] | undefined): Record<string, object> {
  const { score, standard_error, interval, clusters } = estimate ?? {};
  const told: [string, number | undefined, object?][] = [
    ['mean', score],
    ['stderr', standard_error, { clusters, interval_95: interval }],
  ];
  return Object.fromEntries(
    told.flatMap(([name, value, metadata]) =>
      value === undefined ? [] : [[name, { name, value, params: {}, ...(metadata ? { metadata } : {}) }]],
    ),
  );
}

/** Undefined where the attempt was never made: such a log holds what happened. */
export function inspectSample(
  sample: SampleView['sample'],
  { model, epoch, completion, error, score }: AttemptView,
  target: string | undefined,
): InspectSample | undefined {
  if (!completion && !error) return undefined;
  const input = sample.messages.map(({ role, content }) => ({ role, content }));
  const usage = completion && usageOf(completion);
  const reply = completion && assistant(model, completion);
  return {
    id: sample.id,
    epoch,
    input,
    // A journal holds no right answers: they are told where the suite was at hand.
    target: target ?? '',
    messages: reply ? [...input, reply] : input,
    output: completion
      ? {
          model: completion.servedModel ?? model,
          choices: [{ message: reply, stop_reason: STOP[completion.finish.unified] ?? 'unknown' }],
          completion: completion.text,
          ...(usage ? { usage } : {}),
          ...timeOf(completion, 'time'),
        }
      : { model, choices: [], completion: '' },
    ...(score?.score.status === 'scored' ? { scores: { [SCORER]: scoreOf(score) } } : {}),
    metadata: {
      suite: sample.suite,
      task: sample.task,
      language: sample.lang,
      seed: sample.seed,
      cluster: sample.cluster,
      skills: sample.skills,
      ...(sample.tier ? { tier: sample.tier } : {}),
      ...(sample.variant ? { variant: sample.variant } : {}),
      sample_hash: sample.sample,
      ...(score?.score.status === 'unscored' ? { unscored: score.score.reason } : {}),
    },
    model_usage: usage ? { [model]: usage } : {},
    ...(completion ? timeOf(completion, 'total_time') : {}),
    ...(error
      ? { error: { message: `${error.fault}: ${error.message}`, traceback: '', traceback_ansi: '' } }
      : {}),
  };
}

function assistant(model: string, { text, reasoning }: Completion): object {
  const content =
    reasoning === undefined
      ? text
      : [
          { type: 'reasoning', reasoning },
          { type: 'text', text },
        ];
  return { role: 'assistant', content, source: 'generate', model };
}

function scoreOf({ score, checks, format }: NonNullable<AttemptView['score']>): object {
  const read = checks.flatMap((check) =>
    check.score.status === 'scored' && check.score.extracted !== undefined
      ? [[check.field ?? check.kind, check.score.extracted] as const]
      : [],
  );
  return {
    value: score.status === 'scored' ? score.value : 0,
    ...(read.length > 0 ? { answer: JSON.stringify(Object.fromEntries(read)) } : {}),
    explanation: checks
      .map(({ kind, field, score: one }) => `${kind}${field ? ` ${field}` : ''}: ${one.reason}`)
      .join('\n'),
    metadata: {
      checks: checks.map(({ kind, field, weight, gate, score: one }) => ({
        kind,
        ...(field ? { field } : {}),
        weight,
        gate,
        value: one.status === 'scored' ? one.value : null,
      })),
      ...(format ? { form_obeyed: format.obeyed } : {}),
    },
  };
}

/** In Inspect's counting tokens that nobody told are 0, so usage is left out unless both counts are known. */
function usageOf({ usage }: Completion): Record<string, number> | undefined {
  const { inputTokens, outputTokens, reasoningTokens, cachedInputTokens } = usage;
  if (inputTokens === undefined || outputTokens === undefined) return undefined;
  return {
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens,
    ...(cachedInputTokens === undefined ? {} : { input_tokens_cache_read: cachedInputTokens }),
    ...(reasoningTokens === undefined ? {} : { reasoning_tokens: reasoningTokens }),
  };
}

function totalUsage(samples: readonly InspectSample[], model: string): Record<string, number> | undefined {
  const sum: Record<string, number> = {};
  for (const { model_usage } of samples)
    for (const [name, count] of Object.entries((model_usage[model] ?? {}) as Record<string, number>))
      sum[name] = (sum[name] ?? 0) + count;
  return Object.keys(sum).length > 0 ? sum : undefined;
}

function generateConfig(settings: ModelRecord['settings']): Record<string, unknown> {
  const { temperature, topP, maxTokens, seed, stop, reasoningEffort } = settings;
  const named = {
    temperature,
    top_p: topP,
    max_tokens: maxTokens,
    seed,
    stop_seqs: stop,
    reasoning_effort: reasoningEffort,
  };
  return Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined));
}

/** In seconds; nobody measured how long one reply of a batch took. */
const timeOf = ({ latency, batch }: Pick<Completion, 'latency' | 'batch'>, name: 'time' | 'total_time') =>
  batch ? {} : { [name]: latency.totalMs / 1000 };
