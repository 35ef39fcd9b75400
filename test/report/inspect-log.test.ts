import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import type { InspectSample } from '../../harness/report/exports/inspect-log.ts';
import { inspectLog, inspectSample } from '../../harness/report/exports/inspect-log.ts';
import { viewSample } from '../../harness/report/sample-view.ts';
import { summarise } from '../../harness/report/summarise.ts';
import { makeRun, type RunShape, stream } from './run-fixture.ts';

/** What Inspect's models demand of a log (names, types, closed lists), strict: a name it lacks would be dropped there. */
const usage = z.strictObject({
  input_tokens: z.int(),
  output_tokens: z.int(),
  total_tokens: z.int(),
  input_tokens_cache_read: z.int().optional(),
  reasoning_tokens: z.int().optional(),
});
const content = z.union([
  z.string(),
  z.array(
    z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('text'), text: z.string() }),
      z.strictObject({ type: z.literal('reasoning'), reasoning: z.string() }),
    ]),
  ),
]);
const message = z.discriminatedUnion('role', [
  z.strictObject({ role: z.literal('system'), content: z.string() }),
  z.strictObject({ role: z.literal('user'), content: z.string() }),
  z.strictObject({
    role: z.literal('assistant'),
    content,
    source: z.literal('generate').optional(),
    model: z.string().optional(),
  }),
]);
const config = z.strictObject({
  temperature: z.number().optional(),
  top_p: z.number().optional(),
  max_tokens: z.int().optional(),
  seed: z.int().optional(),
  stop_seqs: z.array(z.string()).optional(),
  reasoning_effort: z.enum(['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max']).optional(),
});
const metric = z.strictObject({
  name: z.string(),
  value: z.number(),
  params: z.record(z.string(), z.json()),
  metadata: z.record(z.string(), z.json()).optional(),
});
const schema = z.strictObject({
  version: z.literal(2),
  status: z.enum(['started', 'success', 'cancelled', 'error']),
  eval: z.strictObject({
    eval_id: z.string(),
    run_id: z.string(),
    created: z.iso.datetime(),
    task: z.string(),
    task_id: z.string(),
    task_version: z.union([z.int(), z.string()]),
    dataset: z.strictObject({ name: z.string(), samples: z.int(), sample_ids: z.array(z.string()) }),
    model: z.string(),
    model_generate_config: config,
    config: z.strictObject({ epochs: z.int(), epochs_reducer: z.array(z.string()).optional() }),
    packages: z.record(z.string(), z.string()),
    scorers: z.array(z.strictObject({ name: z.string(), options: z.record(z.string(), z.json()) })),
    metadata: z.record(z.string(), z.json()),
  }),
  plan: z.strictObject({
    name: z.string(),
    steps: z.array(z.strictObject({ solver: z.string(), params: z.record(z.string(), z.json()) })),
    config,
  }),
  results: z.strictObject({
    total_samples: z.int(),
    completed_samples: z.int(),
    scores: z.array(
      z.strictObject({
        name: z.string(),
        scorer: z.string(),
        reducer: z.string().optional(),
        scored_samples: z.int(),
        unscored_samples: z.int(),
        params: z.record(z.string(), z.json()),
        metrics: z.record(z.string(), metric),
      }),
    ),
  }),
  stats: z.strictObject({
    started_at: z.iso.datetime(),
    completed_at: z.iso.datetime(),
    model_usage: z.record(z.string(), usage),
  }),
  samples: z.array(
    z.strictObject({
      id: z.string(),
      epoch: z.int().positive(),
      input: z.array(message),
      target: z.string(),
      messages: z.array(message),
      output: z.strictObject({
        model: z.string(),
        choices: z.array(
          z.strictObject({
            message,
            stop_reason: z.enum([
              'stop',
              'max_tokens',
              'model_length',
              'tool_calls',
              'content_filter',
              'unknown',
            ]),
          }),
        ),
        completion: z.string(),
        usage: usage.optional(),
        time: z.number().optional(),
      }),
      scores: z
        .record(
          z.string(),
          z.strictObject({
            value: z.number(),
            answer: z.string().optional(),
            explanation: z.string(),
            metadata: z.record(z.string(), z.json()),
          }),
        )
        .optional(),
      metadata: z.record(z.string(), z.json()),
      model_usage: z.record(z.string(), usage),
      total_time: z.number().optional(),
      error: z
        .strictObject({ message: z.string(), traceback: z.string(), traceback_ansi: z.string() })
        .optional(),
    }),
  ),
});

async function logOf(shape: RunShape, target?: string) {
  const events = makeRun({ seeds: 3, langs: ['zh'], ...shape });
  const summary = await summarise(stream(events));
  const samples: InspectSample[] = [];
  for (const event of events) {
    if (event.event !== 'sample-start') continue;
    const { sample, attempts } = await viewSample(() => stream(events), event.sample);
    samples.push(...attempts.flatMap((attempt) => inspectSample(sample, attempt, target) ?? []));
  }
  const log = inspectLog(summary, summary.models[0]!, 'dispatch', samples);
  return { log: schema.parse(JSON.parse(JSON.stringify(log))), summary };
}

describe('a log of Inspect', () => {
  it('has what its models name, and the mean and error of the summary', async () => {
    const { log, summary } = await logOf({ epochs: 2, fate: ({ seed }) => (seed === 1 ? 0 : 1) });
    const { score, standard_error } = summary.models[0]!.suites[0]!;
    const [first] = log.results.scores;
    expect(first?.metrics['mean']?.value).toBe(score);
    expect(first?.metrics['stderr']?.value).toBe(standard_error);
    expect(first).toMatchObject({ scored_samples: 6, unscored_samples: 0, reducer: 'mean' });
    expect(log.eval).toMatchObject({
      task: 'wattmark/dispatch',
      config: { epochs: 2, epochs_reducer: ['mean'] },
    });
    expect(log.stats.model_usage['lab/a']).toEqual({
      input_tokens: 600,
      output_tokens: 120,
      total_tokens: 720,
    });
  });

  it('never turns what failed into a wrong answer: an error or no score, and the samples are counted so', async () => {
    const { log } = await logOf({
      fate: ({ seed }) => (seed === 1 ? { error: 'timeout' } : seed === 2 ? { judge: 'failed' } : 1),
    });
    const [failed, unjudged, right] = log.samples;
    expect(failed).toMatchObject({ error: { message: 'timeout: no luck' }, output: { choices: [] } });
    expect(failed).not.toHaveProperty('scores');
    expect(unjudged).not.toHaveProperty('scores');
    expect(unjudged?.metadata['unscored']).toBeTypeOf('string');
    expect(right?.scores?.['wattmark']?.value).toBe(1);
    expect(log.results).toMatchObject({ total_samples: 3, completed_samples: 2 });
    expect(log.results.scores[0]).toMatchObject({ scored_samples: 1, unscored_samples: 2 });
  });

  it('keeps reasoning apart from the reply, names how it ended, and leaves unknown tokens out', async () => {
    const { log } = await logOf(
      {
        completion: () => ({
          reasoning: '先想一想',
          usage: { outputTokens: 5 },
          finish: { unified: 'length' },
        }),
      },
      '{"price": 3}',
    );
    const [sample] = log.samples;
    expect(sample?.target).toBe('{"price": 3}');
    expect(sample?.output.choices[0]).toMatchObject({
      stop_reason: 'max_tokens',
      message: { content: [{ type: 'reasoning', reasoning: '先想一想' }, { type: 'text' }] },
    });
    expect(sample?.output).not.toHaveProperty('usage');
    expect(log.stats.model_usage).toEqual({});
  });

  it('says what was cut short', async () => {
    expect((await logOf({ end: 'budget' })).log.status).toBe('cancelled');
    expect((await logOf({ end: undefined })).log.status).toBe('started');
  });
});
