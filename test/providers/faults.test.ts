import { afterEach, describe, expect, it } from 'vitest';
import { type Provider, ProviderError } from '../../harness/core/provider.ts';
import { systemClock } from '../../providers/clock.ts';
import { providersConfigSchema } from '../../providers/config.ts';
import { DEFAULT_RETRY, withRetry } from '../../providers/middleware/retry.ts';
import { withTimeout } from '../../providers/middleware/timeout.ts';
import { resolveModel } from '../../providers/registry.ts';
import { startAnthropicServer } from '../fixtures/servers/anthropic-server.ts';
import type { FixtureAnswer, FixtureServer } from '../fixtures/servers/fixture-server.ts';
import { startOpenAiServer } from '../fixtures/servers/openai-server.ts';
import { faultOf, KEY, never, request } from './requests.ts';

const ADAPTERS = [
  { id: 'openai chat', name: 'openai', config: {} },
  { id: 'openai chat, streamed', name: 'openai', config: { stream: true } },
  { id: 'openai responses', name: 'openai', config: { api: 'responses' } },
  { id: 'openai responses, streamed', name: 'openai', config: { api: 'responses', stream: true } },
  { id: 'anthropic', name: 'anthropic', config: {} },
  { id: 'anthropic, streamed', name: 'anthropic', config: { stream: true } },
  { id: 'compatible', name: 'local', config: { key_env: 'LOCAL_API_KEY' } },
  { id: 'compatible, streamed', name: 'local', config: { key_env: 'LOCAL_API_KEY', stream: true } },
];

const open: { provider: Provider; server: FixtureServer }[] = [];
afterEach(async () => {
  for (const { provider, server } of open.splice(0)) {
    await provider.close?.();
    await server.close();
  }
});

/** A model behind a server that gives these answers in turn, the last for ever. */
async function behind(
  { name, config }: (typeof ADAPTERS)[number],
  ...answers: FixtureAnswer[]
): Promise<{ provider: Provider; server: FixtureServer }> {
  const start = name === 'anthropic' ? startAnthropicServer : startOpenAiServer;
  const server = await start((_, n) => answers[Math.min(n, answers.length) - 1] as FixtureAnswer);
  const entry = { base_url: server.url, ...config };
  const model = resolveModel(`${name}/m-1`, {
    config: providersConfigSchema.parse({ [name]: entry }),
    env: (variable) => (variable.endsWith('_API_KEY') ? KEY : undefined),
    lookupSample: () => undefined,
    openReplay: async () => () => undefined,
    importModule: async () => ({}),
    clock: systemClock,
  });
  const provider = await model.open();
  open.push({ provider, server });
  return { provider, server };
}

describe.each(ADAPTERS)('$id', (adapter) => {
  const fault = async (answer: FixtureAnswer) => {
    const { provider } = await behind(adapter, answer);
    return faultOf(provider.complete(request(), never()));
  };

  it('sends one request for one failure: retries belong to the middleware', async () => {
    const { provider, server } = await behind(adapter, { fault: 'status', status: 500 });
    await faultOf(provider.complete(request(), never()));
    expect(server.requests).toHaveLength(1);
  });

  it('keeps the wait that a 429 asks for', async () => {
    const headers = { 'retry-after': '7', 'retry-after-ms': '1234' };
    expect(await fault({ fault: 'status', status: 429, headers })).toMatchObject({
      fault: 'rate-limit',
      status: 429,
      retryAfterMs: 1234,
      retryable: true,
    });
  });

  it('comes back after the wait, not before, and says it asked twice', async () => {
    const tooMany = { fault: 'status', status: 429, headers: { 'retry-after-ms': '80' } } as const;
    const { provider, server } = await behind(adapter, tooMany, { text: 'at last' });
    const retry = withRetry(DEFAULT_RETRY, { clock: systemClock, uniform: () => 0 });
    const startedAt = systemClock.monotonicMs();
    const completion = await retry(provider).complete(request(), never());
    expect(completion).toMatchObject({ text: 'at last', tries: 2 });
    // Timers may fire a hair early.
    expect(systemClock.monotonicMs() - startedAt).toBeGreaterThan(78);
    expect(server.requests).toHaveLength(2);
  });

  it('tells an empty purse from a rate', async () => {
    const body = { error: { type: 'insufficient_quota', code: 'insufficient_quota', message: 'Top up.' } };
    const quota = await fault({ fault: 'status', status: 429, body });
    expect(quota).toMatchObject({ fault: 'quota', retryable: false });
  });

  it.each([
    [401, 'auth', false],
    [404, 'not-found', false],
    [500, 'server', true],
    [503, 'overloaded', true],
    [529, 'overloaded', true],
  ])('calls status %i %s', async (status, kind, retryable) => {
    const body = { error: { message: 'as the vendor says', type: 'x' } };
    expect(await fault({ fault: 'status', status, body })).toMatchObject({ fault: kind, status, retryable });
  });

  it('calls a prompt that is too long what it is, so that nobody retries it', async () => {
    const body = { error: { type: 'invalid_request_error', message: 'prompt is too long: 210000 tokens' } };
    const long = await fault({ fault: 'status', status: 400, body });
    expect(long).toMatchObject({ fault: 'context-length', retryable: false });
  });

  it('never lets a key into an error, echoed by the server or not', async () => {
    const message = `Incorrect API key provided: ${KEY}. Authorization: Bearer ${KEY}\u001b[2J`;
    const told = await fault({ fault: 'status', status: 401, body: { error: { message } } });
    const everything = JSON.stringify([told, told.message, told.stack, String(told.cause)]);
    expect(everything).not.toContain(KEY);
    expect(told.message).not.toContain('\u001b');
  });

  it.each(['reset', 'truncate'] as const)('does not take half a reply for a whole one: %s', async (kind) => {
    const told = await fault({ fault: kind });
    expect(['network', 'bad-response']).toContain(told.fault);
    expect(told.retryable).toBe(true);
  });

  it('cuts a body that stalls', async () => {
    const { provider } = await behind(adapter, { fault: 'stall' });
    const told = await faultOf(withTimeout(150)(provider).complete(request(), never()));
    expect(told).toMatchObject({ fault: 'timeout', retryable: true });
  });

  it('cuts a server that never answers, and stops at once when the run is cancelled', async () => {
    const { provider } = await behind(adapter, { fault: 'hang' });
    expect((await faultOf(withTimeout(150)(provider).complete(request(), never()))).fault).toBe('timeout');
    const run = new AbortController();
    const call = faultOf(provider.complete(request(), run.signal));
    setTimeout(() => run.abort(), 30);
    expect((await call).fault).toBe('cancelled');
  });

  it('stops in the middle of a reply when the run is cancelled, and says so', async () => {
    const { provider } = await behind(adapter, { fault: 'stall' });
    const run = new AbortController();
    const call = faultOf(provider.complete(request(), run.signal));
    setTimeout(() => run.abort(), 60);
    expect(await call).toMatchObject({ fault: 'cancelled', retryable: false });
  });

  it('reads a reply that drips in, cut inside its characters', async () => {
    const reply = { text: '出力 393.17 兆瓦', usage: { input: 9, output: 4 } };
    const { provider } = await behind(adapter, { fault: 'drip', reply, bytes: 41, everyMs: 1 });
    const completion = await provider.complete(request(), never());
    expect(completion.text).toBe('出力 393.17 兆瓦');
    expect(completion.usage).toEqual({ inputTokens: 9, outputTokens: 4 });
  });

  it('finds the error inside a reply with status 200', async () => {
    const error = { type: 'overloaded_error', code: 'overloaded', message: 'try later' };
    const body = { type: 'error', error };
    const told = await fault({ fault: 'body', body, contentType: 'application/json' });
    expect(told.fault).not.toBe('cancelled');
    expect(told).toBeInstanceOf(ProviderError);
    if (!adapter.id.endsWith('streamed')) expect(told).toMatchObject({ fault: 'overloaded' });
  });

  it.each([
    ['a web page', '<html><title>Sign in</title></html>', 'text/html'],
    ['cut JSON', '{"choices": [{"message"', 'application/json'],
    ['nothing', '', 'application/json'],
    ['null', 'null', 'application/json'],
    ['a list', '[]', 'application/json'],
    ['empty choices', '{"choices": [], "output": [], "content": []}', 'application/json'],
    ['prototype names', '{"__proto__": {"choices": []}, "constructor": 1}', 'application/json'],
  ])('is not thrown off by %s with status 200', async (_, body, contentType) => {
    const told = await fault({ fault: 'body', body, contentType });
    expect(told.fault).toBe('bad-response');
  });

  it('calls a dead server a network fault', async () => {
    const { provider, server } = await behind(adapter, { text: 'x' });
    await server.close();
    const told = await faultOf(provider.complete(request(), never()));
    expect(told).toMatchObject({ fault: 'network', retryable: true });
    expect(told.message).toContain('refused');
  });

  it('keeps its connection alive from one request to the next', async () => {
    const { provider, server } = await behind(adapter, { text: 'x' });
    for (let i = 0; i < 8; i++) await provider.complete(request(), never());
    expect(server.requests).toHaveLength(8);
    // A reply is handed over a moment before its socket is free again, so the next request may open a second.
    expect(server.sockets()).toBeLessThanOrEqual(2);
  });
});

describe('compatible', () => {
  const adapter = ADAPTERS[6] as (typeof ADAPTERS)[number];

  it('stops reading a reply without end', async () => {
    const { provider } = await behind(adapter, { fault: 'body', body: 'x'.repeat(34 * 1024 * 1024) });
    const told = await faultOf(provider.complete(request(), never()));
    expect(told).toMatchObject({ fault: 'bad-response', retryable: false });
  });

  it('reads a whole reply where a stream was asked for, and a stream where none was', async () => {
    const whole = { choices: [{ message: { content: 'whole' }, finish_reason: 'stop' }] };
    const streamed = await behind({ ...adapter, config: { stream: true } }, { fault: 'body', body: whole });
    expect((await streamed.provider.complete(request(), never())).text).toBe('whole');
    const body =
      'data: {"choices":[{"delta":{"content":"piece"},"finish_reason":"stop"}]}\r\n\r\ndata: [DONE]';
    const plain = await behind(adapter, {
      fault: 'body',
      body,
      contentType: 'text/event-stream; charset=utf-8',
    });
    expect((await plain.provider.complete(request(), never())).text).toBe('piece');
  });

  it('finds an error in the middle of a stream', async () => {
    const body = [
      'data: {"choices":[{"delta":{"content":"half"}}]}',
      'data: {"error":{"code":429,"message":"slow down"}}',
      'data: [DONE]',
    ].join('\n\n');
    const { provider } = await behind(adapter, { fault: 'body', body, contentType: 'text/event-stream' });
    expect(await faultOf(provider.complete(request(), never()))).toMatchObject({ fault: 'rate-limit' });
  });

  it('takes a filter for an answer, whatever status it comes with', async () => {
    const error = {
      code: 'data_inspection_failed',
      message: 'Input data may contain inappropriate content.',
    };
    const { provider } = await behind(adapter, { fault: 'status', status: 400, body: { error } });
    const { text, finish } = await provider.complete(request(), never());
    expect({ text, finish }).toEqual({
      text: '',
      finish: { unified: 'content-filter', raw: 'data_inspection_failed' },
    });
  });

  it('does not follow a redirect with the key in its hands', async () => {
    const answer = { fault: 'status', status: 307, headers: { location: 'http://127.0.0.1:9/v1' } } as const;
    const { provider, server } = await behind(adapter, answer);
    expect(await faultOf(provider.complete(request(), never()))).toMatchObject({ retryable: false });
    expect(server.requests).toHaveLength(1);
  });
});
