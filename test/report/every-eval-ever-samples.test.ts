import { describe, expect, it } from 'vitest';
import { everyEvalEver } from '../../harness/report/exports/every-eval-ever.ts';
import {
  everyEvalEverRow,
  everyEvalEverRowSchema,
} from '../../harness/report/exports/every-eval-ever-samples.ts';
import { viewSample } from '../../harness/report/sample-view.ts';
import { summarise } from '../../harness/report/summarise.ts';
import { makeRun, type RunShape, stream } from './run-fixture.ts';

async function rowOf(shape: RunShape) {
  const events = makeRun({ seeds: 1, langs: ['zh'], ...shape });
  const summary = await summarise(stream(events));
  const record = everyEvalEver(summary, summary.models[0]!, { organization: 'X', relationship: 'other' });
  const { sample, attempts } = await viewSample(() => stream(events), 'dispatch/merit/s1/zh');
  return everyEvalEverRow(sample, attempts[0]!, record);
}

describe('a sample row of Every Eval Ever', () => {
  it('is correct only at the pass mark, and has strings alone in its metadata', async () => {
    const row = everyEvalEverRowSchema.parse(await rowOf({ fate: () => 0.99 }));
    expect(row.evaluation).toEqual({ score: 0.99, is_correct: false });
    expect(row.metadata).toMatchObject({ language: 'zh', epoch: '1' });
    expect(row.token_usage).toEqual({ input_tokens: 100, output_tokens: 20, total_tokens: 120 });
  });
  it('is not written for what has no score, which 0 would call wrong', async () => {
    expect(await rowOf({ fate: () => ({ error: 'timeout' }) })).toBeUndefined();
    expect(await rowOf({ fate: () => ({ judge: 'failed' }) })).toBeUndefined();
  });
  it('leaves token counts out where one is unknown', async () => {
    const row = await rowOf({ completion: () => ({ usage: { outputTokens: 3 } }) });
    expect(row).not.toHaveProperty('token_usage');
  });
});
