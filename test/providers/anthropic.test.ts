import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GenerationSettings } from '../../harness/core/provider.ts';
import { messagesDialect } from '../../providers/anthropic/messages-dialect.ts';
import { DEFAULT_MAX_TOKENS } from '../../providers/anthropic/messages-request.ts';
import { createAnthropic } from '../../providers/anthropic/provider.ts';
import { thinkingStyleOf } from '../../providers/anthropic/thinking-style.ts';
import { systemClock } from '../../providers/clock.ts';
import { ignoredSettings } from '../../providers/ignored-settings.ts';
import { faultOf, KEY, never, request } from './requests.ts';

const BASE = 'https://api.anthropic.test';
const adaptive = messagesDialect({ thinking: 'adaptive' });
const budget = messagesDialect({ thinking: 'budget' });

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

const provider = () =>
  createAnthropic({
    id: 'anthropic/claude-opus-5',
    model: 'claude-opus-5',
    apiKey: KEY,
    baseUrl: BASE,
    stream: false,
    messages: { thinking: 'adaptive' },
    headers: {},
    env: () => undefined,
    clock: systemClock,
  });

const message = (more: object = {}) => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-opus-5-20260901',
  content: [{ type: 'text', text: 'P = 393.17 MW' }],
  stop_reason: 'end_turn',
  stop_sequence: null,
  usage: { input_tokens: 20, output_tokens: 8 },
  ...more,
});

const body = (settings: GenerationSettings, dialect = adaptive) =>
  dialect.body('claude-opus-5', request({ settings }), false);

describe('anthropic requests', () => {
  it('lifts system messages out of the list, which knows only users and assistants', async () => {
    let sent: unknown;
    nock(BASE)
      .post('/v1/messages', (asked) => {
        sent = asked;
        return true;
      })
      .reply(200, message(), { 'request-id': 'req_7' });
    const completion = await provider().complete(request(), never());
    expect(sent).toEqual({
      model: 'claude-opus-5',
      max_tokens: DEFAULT_MAX_TOKENS,
      system: 'You balance grids.',
      messages: [{ role: 'user', content: '负荷 850 MW，机组出力各为多少？' }],
    });
    expect(completion).toMatchObject({ servedModel: 'claude-opus-5-20260901', requestId: 'req_7' });
  });

  it('sends temperature alone, but never beside thinking, and says what it left out', () => {
    expect(body({ temperature: 0.2 })).toMatchObject({ temperature: 0.2 });
    expect(body({ temperature: 0.2, reasoningEffort: 'none' })).toMatchObject({
      temperature: 0.2,
      thinking: { type: 'disabled' },
    });
    const settings: GenerationSettings = { temperature: 0.2, topP: 1, seed: 1, reasoningEffort: 'high' };
    expect(body(settings)).not.toHaveProperty('temperature');
    expect(body(settings)).not.toHaveProperty('top_p');
    expect(ignoredSettings('messages', settings)).toEqual(['seed', 'temperature', 'topP']);
  });

  it('asks newer models by effort and older ones by a budget below max_tokens', () => {
    expect(body({ reasoningEffort: 'minimal' })).toMatchObject({
      thinking: { type: 'adaptive' },
      output_config: { effort: 'low' },
    });
    for (const reasoningEffort of ['minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const) {
      for (const maxTokens of [undefined, 64_000, 3000]) {
        const asked = body({ reasoningEffort, ...(maxTokens && { maxTokens }) }, budget) as {
          max_tokens: number;
          thinking: { budget_tokens: number };
        };
        expect(asked.thinking.budget_tokens).toBeGreaterThanOrEqual(1024);
        expect(asked.thinking.budget_tokens).toBeLessThan(asked.max_tokens);
      }
    }
    expect(body({ reasoningEffort: 'high', maxTokens: 500 }, budget)).not.toHaveProperty('thinking');
  });

  it.each([
    ['claude-3-7-sonnet-20250219', 'budget'],
    ['claude-opus-4-20250514', 'budget'],
    ['claude-sonnet-4-5-20250929', 'budget'],
    ['claude-haiku-4-5', 'budget'],
    ['claude-opus-4-6', 'adaptive'],
    ['claude-sonnet-5', 'adaptive'],
    ['claude-opus-5-5', 'adaptive'],
    ['some-new-name', 'adaptive'],
  ])('knows how %s is told to think', (model, style) => {
    expect(thinkingStyleOf(model)).toBe(style);
  });
});

describe('anthropic replies', () => {
  it.each([
    ['end_turn', 'stop'],
    ['stop_sequence', 'stop'],
    ['max_tokens', 'length'],
    ['model_context_window_exceeded', 'length'],
    ['tool_use', 'tool-calls'],
    ['pause_turn', 'other'],
    ['something_new', 'other'],
  ])('reads stop_reason %s as %s', (stop_reason, unified) => {
    expect(adaptive.read(message({ stop_reason })).finish).toEqual({ unified, raw: stop_reason });
  });

  it('takes a refusal for an answer, with its explanation where there is no text', () => {
    const stop_details = { category: null, explanation: 'Not this one.' };
    const refused = adaptive.read(message({ content: [], stop_reason: 'refusal', stop_details }));
    expect(refused).toMatchObject({ text: 'Not this one.', finish: { unified: 'refusal', raw: 'refusal' } });
  });

  it('keeps thinking apart from the answer and hides nothing in the token count', () => {
    const read = adaptive.read(
      message({
        content: [
          { type: 'thinking', thinking: 'first 42, no', signature: 's' },
          { type: 'redacted_thinking', data: 'x' },
          { type: 'text', text: 'A' },
          { type: 'text', text: 'B' },
        ],
        usage: {
          input_tokens: 20,
          output_tokens: 80,
          cache_read_input_tokens: 100,
          cache_creation_input_tokens: 7,
          output_tokens_details: { thinking_tokens: 60 },
        },
      }),
    );
    expect(read).toMatchObject({ text: 'AB', reasoning: 'first 42, no' });
    expect(read.usage).toEqual({
      inputTokens: 127,
      outputTokens: 80,
      reasoningTokens: 60,
      cachedInputTokens: 100,
    });
  });

  it('does not take the first count of a stream for the last, nor let null wipe out what was told', () => {
    const fold = adaptive.fold();
    fold.push({
      type: 'message_start',
      message: { model: 'm-1', usage: { input_tokens: 9, output_tokens: 1 } },
    });
    expect(fold.push({ type: 'ping' })).toBe(false);
    expect(fold.push({ type: 'content_block_delta', delta: { type: 'text_delta', text: 'x' } })).toBe(true);
    expect(() => fold.end(true)).toThrow('broke off');
    fold.push({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { input_tokens: null } });
    expect(fold.end(false).usage).toEqual({ inputTokens: 9 });
  });
});

describe('errors as Anthropic words them', () => {
  it.each([
    [400, 'invalid_request_error', 'messages: field required', 'bad-request', false],
    [
      400,
      'invalid_request_error',
      'prompt is too long: 208310 tokens > 200000 maximum',
      'context-length',
      false,
    ],
    [400, 'invalid_request_error', 'Your credit balance is too low', 'quota', false],
    [401, 'authentication_error', 'invalid x-api-key', 'auth', false],
    [402, 'billing_error', 'pay', 'quota', false],
    [403, 'permission_error', 'no', 'auth', false],
    [404, 'not_found_error', 'model: x', 'not-found', false],
    [413, 'invalid_request_error', 'too large', 'bad-request', false],
    [429, 'rate_limit_error', 'slow', 'rate-limit', true],
    [500, 'api_error', 'oops', 'server', true],
    [504, 'timeout_error', 'late', 'timeout', true],
    [529, 'overloaded_error', 'Overloaded', 'overloaded', true],
  ])('status %i %s: %s', async (status, type, words, fault, retryable) => {
    const error = { type: 'error', error: { type, message: words }, request_id: 'req_3' };
    nock(BASE).post('/v1/messages').reply(status, error, { 'request-id': 'req_3' });
    const told = await faultOf(provider().complete(request(), never()));
    expect(told).toMatchObject({ fault, status, retryable, requestId: 'req_3' });
  });
});
