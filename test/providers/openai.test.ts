import nock from 'nock';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { GenerationSettings } from '../../harness/core/provider.ts';
import { systemClock } from '../../providers/clock.ts';
import type { Dialect } from '../../providers/dialect.ts';
import { chatDialect } from '../../providers/openai/chat-dialect.ts';
import type { ReasoningStyle } from '../../providers/openai/chat-request.ts';
import { createOpenAi } from '../../providers/openai/provider.ts';
import { responsesDialect } from '../../providers/openai/responses-dialect.ts';
import { faultOf, KEY, never, request } from './requests.ts';

const BASE = 'https://api.openai.test/v1';
const chat = chatDialect({ maxTokensName: 'max_completion_tokens', reasoning: 'effort' });
const responses = responsesDialect({});

beforeEach(() => nock.disableNetConnect());
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

function provider(dialect: Dialect) {
  return createOpenAi({
    id: 'openai/gpt-5.2',
    model: 'gpt-5.2',
    apiKey: KEY,
    baseUrl: BASE,
    dialect,
    stream: false,
    headers: { 'x-team': 'grid' },
    env: () => undefined,
    clock: systemClock,
  });
}

/** Sends one request and gives what the vendor saw beside what was read from its reply. */
async function exchange(dialect: Dialect, reply: object, settings: GenerationSettings = {}) {
  let sent: unknown;
  const scope = nock(BASE, { reqheaders: { authorization: `Bearer ${KEY}`, 'x-team': 'grid' } })
    .post(`/${dialect.path}`, (body) => {
      sent = body;
      return true;
    })
    .reply(200, reply, { 'x-request-id': 'req_abc' });
  const completion = await provider(dialect).complete(request({ settings }), never());
  expect(scope.isDone()).toBe(true);
  return { sent, completion };
}

const chatReply = (message: object, finish_reason: string | null = 'stop', more: object = {}) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1_790_000_000,
  model: 'gpt-5.2-2026-08-07',
  choices: [
    { index: 0, message: { role: 'assistant', content: null, refusal: null, ...message }, finish_reason },
  ],
  ...more,
});

describe('chat completions', () => {
  it('sends no setting that the user left open', async () => {
    const { sent } = await exchange(chat, chatReply({ content: 'x' }));
    expect(sent).toEqual({ model: 'gpt-5.2', messages: request().messages });
  });

  it('sends every setting that the user chose, under the names OpenAI takes', async () => {
    const settings: GenerationSettings = {
      temperature: 0,
      topP: 0.9,
      maxTokens: 500,
      seed: 7,
      stop: ['END'],
      reasoningEffort: 'minimal',
    };
    const { sent } = await exchange(chat, chatReply({ content: 'x' }), settings);
    expect(sent).toMatchObject({
      temperature: 0,
      top_p: 0.9,
      max_completion_tokens: 500,
      seed: 7,
      stop: ['END'],
      reasoning_effort: 'minimal',
    });
  });

  it('records the model that answered, the request id, and tokens by kind', async () => {
    const usage = {
      prompt_tokens: 120,
      completion_tokens: 300,
      total_tokens: 420,
      prompt_tokens_details: { cached_tokens: 64, audio_tokens: 0 },
      completion_tokens_details: { reasoning_tokens: 256 },
    };
    const { completion } = await exchange(chat, chatReply({ content: 'λ = 9.148' }, 'stop', { usage }));
    expect(completion).toMatchObject({
      text: 'λ = 9.148',
      finish: { unified: 'stop', raw: 'stop' },
      servedModel: 'gpt-5.2-2026-08-07',
      requestId: 'req_abc',
      usage: { inputTokens: 120, outputTokens: 300, reasoningTokens: 256, cachedInputTokens: 64 },
    });
  });

  it.each([
    ['length', 'length'],
    ['content_filter', 'content-filter'],
    ['tool_calls', 'tool-calls'],
    ['function_call', 'tool-calls'],
    ['something_new', 'other'],
    [null, 'unknown'],
  ])('reads finish_reason %s as %s', async (raw, unified) => {
    const { completion } = await exchange(chat, chatReply({ content: '' }, raw));
    expect(completion.finish).toEqual({ unified, ...(raw && { raw }) });
  });

  it('takes a refusal for an answer', async () => {
    const { completion } = await exchange(chat, chatReply({ refusal: 'I cannot help.' }));
    expect(completion).toMatchObject({
      text: 'I cannot help.',
      finish: { unified: 'refusal', raw: 'stop' },
    });
  });

  it.each(['insufficient_system_resource', 'error'])(
    'does not score a reply that broke off: %s',
    async (raw) => {
      nock(BASE)
        .post('/chat/completions')
        .reply(200, chatReply({ content: 'The pri' }, raw));
      const fault = await faultOf(provider(chat).complete(request(), never()));
      expect(fault).toMatchObject({ fault: 'overloaded', retryable: true });
    },
  );

  it.each([
    ['reasoning_content', { content: 'answer', reasoning_content: 'why' }],
    ['reasoning', { content: 'answer', reasoning: 'why' }],
    ['think tags', { content: '<think>\nwhy\n</think>\n\nanswer' }],
    [
      'parts',
      {
        content: [
          { type: 'thinking', thinking: [{ type: 'text', text: 'why' }] },
          { type: 'text', text: 'answer' },
        ],
      },
    ],
  ])('keeps the way apart from the answer: %s', (_, message) => {
    expect(chat.read(chatReply(message))).toMatchObject({ text: 'answer', reasoning: 'why' });
  });

  it('takes thinking that ran out of length for no answer', () => {
    const cut = chat.read(chatReply({ content: '<think>first 42 MW, then' }, 'length'));
    expect(cut).toMatchObject({ text: '', reasoning: 'first 42 MW, then' });
    expect(chat.read(chatReply({ content: 'A <think> in the middle' })).text).toBe('A <think> in the middle');
  });

  it('drops counts that are no counts', () => {
    const usage = { prompt_tokens: -1, completion_tokens: '12', completion_tokens_details: null };
    expect(chat.read(chatReply({ content: 'x' }, 'stop', { usage })).usage).toEqual({});
    expect(chat.read(chatReply({ content: 'x' }, 'stop', { usage: 'many' })).usage).toEqual({});
  });

  it.each<[ReasoningStyle, object]>([
    ['effort', { reasoning_effort: 'high' }],
    ['object', { reasoning: { effort: 'high' } }],
    ['enable-thinking', { enable_thinking: true }],
    ['thinking-type', { thinking: { type: 'enabled' } }],
    ['chat-template', { chat_template_kwargs: { enable_thinking: true } }],
  ])('asks for reasoning in the words of the endpoint: %s', (reasoning, members) => {
    const dialect = chatDialect({ maxTokensName: 'max_tokens', reasoning });
    const asked = dialect.body('m', request({ settings: { reasoningEffort: 'high' } }), false);
    expect(asked).toEqual({ model: 'm', messages: request().messages, ...members });
  });

  it('forces JSON where a judge is to give it and the endpoint can: a server that refuses the word is not sent it', () => {
    const forced = { response_format: { type: 'json_object' } };
    const body = (jsonMode: boolean, json?: true) =>
      chatDialect({ maxTokensName: 'max_tokens', reasoning: 'effort', jsonMode }).body(
        'm',
        { ...request(), ...(json ? { json } : {}) },
        false,
      );
    expect(body(true, true)).toMatchObject(forced);
    for (const plain of [body(true), body(false, true)]) expect(plain).not.toHaveProperty('response_format');
    expect(responsesDialect({ jsonMode: true }).body('m', { ...request(), json: true }, false)).toMatchObject(
      {
        text: { format: { type: 'json_object' } },
      },
    );
  });

  it('does not let extra members replace what is asked', () => {
    const extra = { model: 'cheaper', messages: [], top_k: 5 };
    const dialect = chatDialect({ maxTokensName: 'max_tokens', reasoning: 'effort', extra });
    expect(dialect.body('m', request(), false)).toEqual({
      model: 'm',
      messages: request().messages,
      top_k: 5,
    });
  });
});

const response = (output: object[], more: object = {}) => ({
  id: 'resp_1',
  object: 'response',
  status: 'completed',
  error: null,
  incomplete_details: null,
  model: 'gpt-5.2-2026-08-07',
  output,
  ...more,
});
const message = (...content: object[]) => ({
  type: 'message',
  role: 'assistant',
  status: 'completed',
  content,
});

describe('responses', () => {
  it('asks the vendor to keep nothing, and drops what the API has no word for', async () => {
    const settings: GenerationSettings = { maxTokens: 900, reasoningEffort: 'high', seed: 7, stop: ['END'] };
    const { sent } = await exchange(
      responses,
      response([message({ type: 'output_text', text: 'x' })]),
      settings,
    );
    expect(sent).toEqual({
      store: false,
      model: 'gpt-5.2',
      input: request().messages,
      max_output_tokens: 900,
      reasoning: { effort: 'high' },
    });
  });

  it('reads text and reasoning over several items', () => {
    const read = responses.read(
      response(
        [
          { type: 'reasoning', summary: [{ type: 'summary_text', text: 'one' }] },
          { type: 'reasoning', summary: [{ type: 'summary_text', text: 'two' }] },
          message({ type: 'output_text', text: 'A' }, { type: 'output_text', text: 'B' }),
        ],
        { usage: { input_tokens: 5, output_tokens: 9, output_tokens_details: { reasoning_tokens: 6 } } },
      ),
    );
    expect(read).toMatchObject({ text: 'AB', reasoning: 'one\n\ntwo', finish: { unified: 'stop' } });
    expect(read.usage).toEqual({ inputTokens: 5, outputTokens: 9, reasoningTokens: 6 });
  });

  it('takes a refusal for an answer', () => {
    const read = responses.read(response([message({ type: 'refusal', refusal: 'No.' })]));
    expect(read).toMatchObject({ text: 'No.', finish: { unified: 'refusal', raw: 'completed' } });
  });

  it.each([
    ['max_output_tokens', 'length'],
    ['content_filter', 'content-filter'],
  ])('reads an incomplete response, even one that is all reasoning: %s', (reason, unified) => {
    const more = { status: 'incomplete', incomplete_details: { reason } };
    const read = responses.read(response([{ type: 'reasoning', summary: [] }], more));
    expect(read).toMatchObject({ text: '', finish: { unified, raw: reason } });
  });

  it('does not score a response that failed under status 200', async () => {
    const error = { code: 'rate_limit_exceeded', message: 'slow down' };
    nock(BASE)
      .post('/responses')
      .reply(200, response([], { status: 'failed', error }));
    expect(await faultOf(provider(responses).complete(request(), never()))).toMatchObject({
      fault: 'rate-limit',
    });
  });
});

describe('errors as OpenAI words them', () => {
  it.each([
    [400, { code: 'context_length_exceeded', type: 'invalid_request_error' }, 'context-length', false],
    [400, { code: 'unsupported_value', type: 'invalid_request_error' }, 'bad-request', false],
    [401, { code: 'invalid_api_key', type: 'invalid_request_error' }, 'auth', false],
    [404, { code: 'model_not_found', type: 'invalid_request_error' }, 'not-found', false],
    [429, { code: 'rate_limit_exceeded', type: 'tokens' }, 'rate-limit', true],
    [429, { code: 'insufficient_quota', type: 'insufficient_quota' }, 'quota', false],
    [500, { code: null, type: 'server_error' }, 'server', true],
  ])('status %i with %o', async (status, error, fault, retryable) => {
    nock(BASE)
      .post('/chat/completions')
      .reply(status, { error: { message: 'words', param: null, ...error } }, { 'x-request-id': 'req_9' });
    const told = await faultOf(provider(chat).complete(request(), never()));
    expect(told).toMatchObject({ fault, status, retryable, requestId: 'req_9' });
    expect(told.message).toBe(`HTTP ${status}: words`);
  });

  it('obeys x-should-retry, which overrules the status', async () => {
    nock(BASE).post('/chat/completions').reply(500, {}, { 'x-should-retry': 'false' });
    expect((await faultOf(provider(chat).complete(request(), never()))).retryable).toBe(false);
  });

  it('takes a filtered prompt for an answer', async () => {
    const error = { code: 'content_filter', message: 'The response was filtered', innererror: {} };
    nock(BASE).post('/chat/completions').reply(400, { error });
    const { text, finish } = await provider(chat).complete(request(), never());
    expect({ text, unified: finish.unified }).toEqual({ text: '', unified: 'content-filter' });
  });

  it('names a host that does not resolve', async () => {
    const error = Object.assign(new Error(`getaddrinfo ENOTFOUND api.openai.test ${KEY}`), {
      code: 'ENOTFOUND',
    });
    nock(BASE).post('/chat/completions').replyWithError(error);
    const told = await faultOf(provider(chat).complete(request(), never()));
    expect(told).toMatchObject({ fault: 'network', retryable: true });
    expect(told.message).toContain('DNS');
  });
});
