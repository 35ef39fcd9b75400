import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BatchProvider, BatchResult } from '../../harness/core/batch.ts';
import { createAnthropicBatch } from '../../providers/anthropic/batch.ts';
import { messagesDialect } from '../../providers/anthropic/messages-dialect.ts';
import { systemClock } from '../../providers/clock.ts';
import { createOpenAiBatch } from '../../providers/openai/batch.ts';
import { chatDialect } from '../../providers/openai/chat-dialect.ts';
import { faultOf, KEY, never, request } from './requests.ts';

const OPENAI = 'https://api.openai.test/v1';
const ANTHROPIC = 'https://api.anthropic.test';
const dialect = chatDialect({ maxTokensName: 'max_completion_tokens', reasoning: 'effort' });
const common = { secrets: [KEY], env: () => undefined, clock: systemClock, fetch: globalThis.fetch };

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

const openai = () =>
  createOpenAiBatch({
    ...common,
    id: 'openai/gpt-x',
    model: 'gpt-x',
    dialect,
    baseUrl: OPENAI,
    headers: { authorization: `Bearer ${KEY}` },
  });

const anthropic = () =>
  createAnthropicBatch({
    ...common,
    id: 'anthropic/claude-x',
    model: 'claude-x',
    messages: { thinking: 'budget' },
    baseUrl: `${ANTHROPIC}/v1`,
    headers: { 'x-api-key': KEY },
  });

const items = ['a-1', 'b-1'].map((id) => ({ id, request: request({ settings: { maxTokens: 50 } }) }));

async function resultsOf(provider: BatchProvider, batch: string): Promise<BatchResult[]> {
  const found: BatchResult[] = [];
  for await (const result of provider.results(batch, never())) found.push(result);
  return found;
}

const linesOf = (...lines: object[]) => lines.map((line) => JSON.stringify(line)).join('\n');

const chatBody = (content: string) => ({
  model: 'gpt-x-2026',
  choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 12, completion_tokens: 3 },
});

describe('OpenAI batches', () => {
  const completed = { id: 'batch_1', status: 'completed', output_file_id: 'file-o', error_file_id: 'file-e' };

  it('sends in a batch exactly what would be sent alone, and the tag it is found again by', async () => {
    let [form, created]: unknown[] = [];
    nock(OPENAI, { reqheaders: { authorization: `Bearer ${KEY}` } })
      .post('/files', (body) => Boolean((form = body)))
      .reply(200, { id: 'file-in' })
      .post('/batches', (body) => Boolean((created = body)))
      .reply(200, { id: 'batch_1', status: 'validating' });
    expect(await openai().submit(items, 'run-1.0', never())).toBe('batch_1');
    const sent = [...String(form).matchAll(/^\{.*\}$/gm)].map(([line]) => JSON.parse(line));
    expect(sent).toEqual(
      items.map((item) => ({
        custom_id: item.id,
        method: 'POST',
        url: '/v1/chat/completions',
        body: dialect.body('gpt-x', item.request, false),
      })),
    );
    expect(String(form)).toMatch(/name="purpose"\s+batch/);
    expect(created).toEqual({
      input_file_id: 'file-in',
      endpoint: '/v1/chat/completions',
      completion_window: '24h',
      metadata: { wattmark: 'run-1.0' },
    });
  });

  it('names each result by its custom id, from both files, and lets a torn line cost only itself', async () => {
    const output = `${linesOf(
      { custom_id: 'b-1', response: { status_code: 200, request_id: 'req_1', body: chatBody('18.5') } },
      { custom_id: 'c-1', response: { status_code: 200, body: { choices: 'none' } } },
    )}\n{"custom_id": "torn`;
    const errors = linesOf(
      { custom_id: 'a-1', response: null, error: { code: 'batch_expired', message: 'late' } },
      { custom_id: 'd-1', response: { status_code: 400, body: { error: { message: `bad ${KEY}` } } } },
    );
    nock(OPENAI)
      .get('/batches/batch_1')
      .reply(200, completed)
      .get('/files/file-o/content')
      .reply(200, output)
      .get('/files/file-e/content')
      .reply(200, errors);
    const results = await resultsOf(openai(), 'batch_1');
    expect(results[0]).toMatchObject({
      id: 'b-1',
      status: 'replied',
      completion: { text: '18.5', usage: { inputTokens: 12, outputTokens: 3 }, requestId: 'req_1' },
    });
    const faults = results.flatMap((r) =>
      r.status === 'failed' ? [[r.id, r.error.fault, r.error.retryable]] : [],
    );
    expect(faults).toEqual([
      ['c-1', 'bad-response', true],
      ['a-1', 'timeout', true],
      ['d-1', 'bad-request', false],
    ]);
    expect(JSON.stringify(results)).not.toContain(KEY);
  });

  it('finds a batch by its tag on a later page, and none of another tag', async () => {
    const page = (id: string, tag: string, has_more: boolean) => ({
      data: [{ id, status: 'in_progress', metadata: { wattmark: tag } }],
      has_more,
    });
    nock(OPENAI)
      .get('/batches?limit=100')
      .twice()
      .reply(200, page('batch_9', 'other', true))
      .get('/batches?limit=100&after=batch_9')
      .twice()
      .reply(200, page('batch_8', 'mine', false));
    expect(await openai().find?.('mine', never())).toBe('batch_8');
    expect(await openai().find?.('nobody', never())).toBeUndefined();
  });

  it('cancels the batch that is named, with the key', async () => {
    const cancelled = nock(OPENAI, { reqheaders: { authorization: `Bearer ${KEY}` } })
      .post('/batches/batch_1/cancel')
      .reply(200, { id: 'batch_1', status: 'cancelling' })
      .get('/batches/batch_1')
      .reply(200, { id: 'batch_1', status: 'cancelling', request_counts: { completed: 1, failed: 0 } });
    await openai().cancel('batch_1', never());
    expect(await openai().look('batch_1', never())).toEqual({ ended: false, done: 1, failed: 0 });
    expect(cancelled.isDone()).toBe(true);
  });

  it('says why a batch was refused, and does not call it running', async () => {
    const errors = { data: [{ message: 'Enqueued token limit reached' }] };
    nock(OPENAI).get('/batches/batch_1').reply(200, { id: 'batch_1', status: 'failed', errors });
    const fault = await faultOf(openai().look('batch_1', never()));
    expect(fault.message).toContain('Enqueued token limit reached');
  });

  it('never sends the key to a path that an id smuggles in', async () => {
    expect((await faultOf(openai().look('../files/x?', never()))).fault).toBe('bad-request');
    nock(OPENAI)
      .get('/batches/batch_1')
      .reply(200, { ...completed, output_file_id: '../../evil' });
    expect((await faultOf(resultsOf(openai(), 'batch_1'))).fault).toBe('bad-response');
  });
});

describe('Anthropic message batches', () => {
  const message = {
    model: 'claude-x',
    content: [{ type: 'text', text: '18.5' }],
    stop_reason: 'end_turn',
    usage: {},
  };

  it('sends in a batch exactly what would be sent alone', async () => {
    let sent: unknown;
    nock(ANTHROPIC, { reqheaders: { 'x-api-key': KEY } })
      .post('/v1/messages/batches', (body) => Boolean((sent = body)))
      .reply(200, { id: 'msgbatch_1', processing_status: 'in_progress' });
    expect(await anthropic().submit(items, 'run-1.0', never())).toBe('msgbatch_1');
    const alone = messagesDialect({ thinking: 'budget' });
    const params = (at: number) => alone.body('claude-x', items[at]?.request ?? request(), false);
    expect(sent).toEqual({
      requests: [
        { custom_id: 'a-1', params: params(0) },
        { custom_id: 'b-1', params: params(1) },
      ],
    });
  });

  it('tells replied, errored, cancelled and expired results apart, in any order', async () => {
    const failed = { type: 'error', error: { type: 'invalid_request_error', message: 'no' } };
    nock(ANTHROPIC)
      .get('/v1/messages/batches/msgbatch_1/results')
      .reply(
        200,
        linesOf(
          { custom_id: 'd-1', result: { type: 'expired' } },
          { custom_id: 'a-1', result: { type: 'succeeded', message } },
          { custom_id: 'c-1', result: { type: 'canceled' } },
          { custom_id: 'b-1', result: { type: 'errored', error: failed } },
        ),
      );
    const results = await resultsOf(anthropic(), 'msgbatch_1');
    expect(results.map((r) => [r.id, r.status === 'replied' ? r.completion.text : r.error.fault])).toEqual([
      ['d-1', 'timeout'],
      ['a-1', '18.5'],
      ['c-1', 'cancelled'],
      ['b-1', 'bad-request'],
    ]);
  });

  it('counts how far a batch is, and knows when it has ended', async () => {
    const counts = { processing: 0, succeeded: 3, errored: 1, canceled: 0, expired: 2 };
    nock(ANTHROPIC)
      .get('/v1/messages/batches/msgbatch_1')
      .reply(200, { id: 'msgbatch_1', processing_status: 'ended', request_counts: counts });
    expect(await anthropic().look('msgbatch_1', never())).toEqual({ ended: true, done: 3, failed: 3 });
  });
});
