import type { Provider } from '../../harness/core/provider.ts';
import { type Clock, LONGEST_TIMER_MS } from '../clock.ts';
import type { OnRates } from '../faults/rate-headers.ts';
import { fetchOver } from '../http/fetch-over.ts';
import type { EnvLookup } from '../http/pool.ts';
import { openPoster } from '../http/post.ts';
import { createSdkProvider, type SdkSend } from '../sdk-provider.ts';
import { messagesDialect } from './messages-dialect.ts';
import type { MessagesOptions } from './messages-request.ts';

export interface AnthropicOptions {
  /** As the user named it. */
  id: string;
  model: string;
  apiKey: string;
  /** Without `/v1`. */
  baseUrl: string;
  stream: boolean;
  messages: MessagesOptions;
  headers: Readonly<Record<string, string>>;
  env: EnvLookup;
  clock: Clock;
  onRates?: OnRates;
}

/** Anthropic through its official SDK, which is imported with the first request. The SDK only sends: it never tries again. */
export function createAnthropic(options: AnthropicOptions): Provider {
  const { id, model, stream, clock, apiKey, onRates } = options;
  const dialect = messagesDialect(options.messages);
  return createSdkProvider({
    id,
    model,
    dialect,
    stream,
    clock,
    secrets: [apiKey],
    ...(onRates && { onRates }),
    open: () => open(options),
  });
}

async function open({ apiKey, baseUrl, headers, env, stream }: AnthropicOptions) {
  const [{ Anthropic }, poster] = await Promise.all([import('@anthropic-ai/sdk'), openPoster(env)]);
  const client = new Anthropic({
    apiKey,
    // The SDK adds the version itself; base URLs elsewhere end in it.
    baseURL: baseUrl.replace(/\/v1\/?$/, ''),
    maxRetries: 0,
    // Explicit, or the SDK refuses unstreamed requests of many tokens. withTimeout owns the deadline.
    timeout: LONGEST_TIMER_MS,
    logLevel: 'off',
    // The pool caps a body's size on the wire, which compression would get round.
    defaultHeaders: { ...headers, 'accept-encoding': 'identity' },
    fetch: fetchOver(poster, stream),
  });
  const send: SdkSend = async (body, streamed, signal) => {
    // Not messages.create: it writes a warning to the terminal at every request of a model that will be retired.
    const { data, response } = await client
      .post('/v1/messages', { body, stream: streamed, signal })
      .withResponse();
    return { data, headers: response.headers };
  };
  return { send, close: () => poster.close() };
}
