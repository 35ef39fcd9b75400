import type { Provider } from '../../harness/core/provider.ts';
import { type Clock, LONGEST_TIMER_MS } from '../clock.ts';
import type { Dialect } from '../dialect.ts';
import type { OnRates } from '../faults/rate-headers.ts';
import { fetchOver } from '../http/fetch-over.ts';
import type { EnvLookup } from '../http/pool.ts';
import { openPoster } from '../http/post.ts';
import { createSdkProvider, type SdkSend } from '../sdk-provider.ts';

export interface OpenAiOptions {
  /** As the user named it. */
  id: string;
  model: string;
  apiKey: string;
  baseUrl: string;
  /** Of chat completions or of responses. */
  dialect: Dialect;
  stream: boolean;
  headers: Readonly<Record<string, string>>;
  env: EnvLookup;
  clock: Clock;
  onRates?: OnRates;
}

/** OpenAI through its official SDK, which is imported with the first request. The SDK only sends: it never tries again. */
export function createOpenAi(options: OpenAiOptions): Provider {
  const { id, model, dialect, stream, clock, apiKey, onRates } = options;
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

async function open({ apiKey, baseUrl, dialect, headers, env, stream }: OpenAiOptions) {
  const [{ OpenAI }, poster] = await Promise.all([import('openai'), openPoster(env)]);
  const client = new OpenAI({
    apiKey,
    baseURL: baseUrl,
    // Given outright, since the SDK would read the environment itself.
    organization: env('OPENAI_ORG_ID') ?? null,
    project: env('OPENAI_PROJECT_ID') ?? null,
    adminAPIKey: null,
    webhookSecret: null,
    maxRetries: 0,
    // withTimeout owns the deadline; this one would stop counting at the headers.
    timeout: LONGEST_TIMER_MS,
    // It would write to the terminal.
    logLevel: 'off',
    // The pool caps a body's size on the wire, which compression would get round.
    defaultHeaders: { ...headers, 'accept-encoding': 'identity' },
    fetch: fetchOver(poster, stream),
  });
  const send: SdkSend = async (body, streamed, signal) => {
    const { data, response } = await client
      .post(`/${dialect.path}`, { body, stream: streamed, signal })
      .withResponse();
    return { data, headers: response.headers };
  };
  return { send, close: () => poster.close() };
}
