import { describe, expect, it } from 'vitest';
import { everyEvalEver, everyEvalEverSchema } from '../../harness/report/exports/every-eval-ever.ts';
import { summarise } from '../../harness/report/summarise.ts';
import { makeRun, modelRecord, type RunShape, stream } from './run-fixture.ts';

const publisher = { organization: 'A utility', relationship: 'third_party' } as const;
const exported = async (shape: RunShape) => {
  const summary = await summarise(stream(makeRun(shape)));
  return { summary, record: everyEvalEver(summary, summary.models[0]!, publisher) };
};

describe('everyEvalEver', () => {
  const settings = {
    temperature: 0,
    topP: 0.9,
    maxTokens: 800,
    seed: 7,
    stop: ['\n'],
    reasoningEffort: 'high',
  } as const;
  const shape: RunShape = {
    suites: { dispatch: ['merit', 'opf'], 'dispatch-x': ['merit'] },
    models: [{ ...modelRecord('lab/big/model'), settings: { ...settings, stop: ['\n'] } }],
    judge: 'lab/judge',
    epochs: 2,
    fate: ({ seed }) => (seed % 2 ? 1 : 0.5),
  };

  it('says what its schema asks, with strings in all free-form details', async () => {
    const { record } = await exported(shape);
    expect(everyEvalEverSchema.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
    expect(record.model_info).toMatchObject({ name: 'model', id: 'lab/big/model' });
    expect(record.evaluation_results[0]!.generation_config).toEqual({
      generation_args: { temperature: 0, top_p: 0.9, max_tokens: 800 },
      additional_details: { seed: '7', reasoning_effort: 'high', stop: '["\\n"]' },
    });
  });

  it('has the figures of the summary, each under the suite it belongs to', async () => {
    const { summary, record } = await exported(shape);
    const names = record.evaluation_results.map((result) => result.evaluation_name);
    expect(names).toEqual([
      'wattmark/dispatch',
      'wattmark/dispatch-x',
      'wattmark/dispatch/merit',
      'wattmark/dispatch/opf',
      'wattmark/dispatch-x/merit',
    ]);
    const last = record.evaluation_results.at(-1)!;
    expect(last.source_data.dataset_name).toBe('wattmark/dispatch-x');
    expect(last.metric_config.additional_details).toMatchObject({
      suite_hash: 'sha256:dispatch-x',
      judge: 'lab/judge',
    });
    const { score, interval, n } = summary.models[0]!.tasks.at(-1)!;
    expect(last.score_details.score).toBe(score);
    expect(last.score_details.uncertainty.confidence_interval).toMatchObject({
      lower: interval![0],
      upper: interval![1],
    });
    expect(last.score_details.uncertainty.num_samples).toBe(n);
  });

  it('is the same whenever it is exported, and leaves out what was not scored', async () => {
    const [one, two] = [await exported(shape), await exported(shape)];
    expect(one.record).toEqual(two.record);
    expect(one.record.evaluation_id).toBe(`wattmark/lab/big/model/${Date.parse(one.summary.started) / 1000}`);
    const { record } = await exported({
      suites: { dispatch: ['merit'], faults: ['duval'] },
      fate: ({ suite }) => (suite === 'faults' ? { error: 'server' } : 1),
    });
    expect(record.evaluation_results.map((result) => result.evaluation_name)).toEqual([
      'wattmark/dispatch',
      'wattmark/dispatch/merit',
    ]);
  });
});
