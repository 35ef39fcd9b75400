import type { BatchProvider } from '../harness/core/batch.ts';
import type { Provider } from '../harness/core/provider.ts';
import type { MessagesOptions } from './anthropic/messages-request.ts';
import type { Clock } from './clock.ts';
import type { ModelTuning } from './config.ts';
import type { Dialect } from './dialect.ts';
import type { OnRates } from './faults/rate-headers.ts';
import type { EnvLookup } from './http/pool.ts';

export type VendorName = 'openai' | 'anthropic' | 'openai-compatible';

/** What a vendor's client is opened with. */
export interface VendorOptions {
  id: string;
  model: string;
  baseUrl: string;
  apiKey?: string;
  keyHeader?: string;
  headers: Readonly<Record<string, string>>;
  tuning: ModelTuning;
  env: EnvLookup;
  clock: Clock;
  onRates?: OnRates;
}

export interface Vendor {
  /** Where its key and its base URL are looked for, unless the configuration names others. */
  keyEnv?: string;
  baseUrlEnv?: string;
  baseUrl: string;
  /** Imports the client, which imports its SDK with the first request. */
  open(options: VendorOptions): Promise<Provider>;
  /** Imports what the client would import with its first request. */
  warm(): Promise<unknown>;
  /** The same endpoint's interface for batches. */
  openBatch(options: VendorOptions): Promise<BatchProvider>;
}

/** Every client by name. Nothing of a client is imported before a model of it is opened. */
export const VENDORS: Readonly<Record<VendorName, Vendor>> = {
  openai: {
    keyEnv: 'OPENAI_API_KEY',
    baseUrlEnv: 'OPENAI_BASE_URL',
    baseUrl: 'https://api.openai.com/v1',
    async open({ apiKey = '', tuning, ...rest }) {
      const [{ createOpenAi }, dialect] = await Promise.all([
        import('./openai/provider.ts'),
        openAiDialect(tuning, { maxTokensName: 'max_completion_tokens', jsonMode: true }),
      ]);
      return createOpenAi({ ...rest, apiKey, dialect, stream: tuning.stream ?? false });
    },
    warm: () =>
      Promise.all([import('./openai/provider.ts'), import('openai'), import('./http/post-node.ts')]),
    openBatch: (options) =>
      openAiBatch(options, { maxTokensName: 'max_completion_tokens', jsonMode: true }, true),
  },
  anthropic: {
    keyEnv: 'ANTHROPIC_API_KEY',
    baseUrlEnv: 'ANTHROPIC_BASE_URL',
    baseUrl: 'https://api.anthropic.com',
    async open({ apiKey = '', tuning, ...rest }) {
      const [{ createAnthropic }, messages] = await Promise.all([
        import('./anthropic/provider.ts'),
        messagesOptions(tuning, rest.model),
      ]);
      return createAnthropic({ ...rest, apiKey, messages, stream: tuning.stream ?? false });
    },
    warm: () =>
      Promise.all([
        import('./anthropic/provider.ts'),
        import('@anthropic-ai/sdk'),
        import('./http/post-node.ts'),
      ]),
    async openBatch({ apiKey = '', tuning, headers, ...rest }) {
      const [{ createAnthropicBatch }, messages] = await Promise.all([
        import('./anthropic/batch.ts'),
        messagesOptions(tuning, rest.model),
      ]);
      const own = { 'x-api-key': apiKey, 'anthropic-version': '2023-06-01' };
      return createAnthropicBatch({ ...rest, messages, headers: { ...headers, ...own }, secrets: [apiKey] });
    },
  },
  'openai-compatible': {
    baseUrl: '',
    async open({ tuning, ...rest }) {
      const [{ createCompatible }, dialect] = await Promise.all([
        import('./openai-compatible/provider.ts'),
        openAiDialect(tuning, { maxTokensName: 'max_tokens', jsonMode: false }),
      ]);
      return createCompatible({ ...rest, dialect, stream: tuning.stream ?? false });
    },
    warm: () => Promise.all([import('./openai-compatible/provider.ts'), import('./http/post-node.ts')]),
    openBatch: (options) => openAiBatch(options, { maxTokensName: 'max_tokens', jsonMode: false }, false),
  },
};

async function messagesOptions(tuning: ModelTuning, model: string): Promise<MessagesOptions> {
  const { thinkingStyleOf } = await import('./anthropic/thinking-style.ts');
  return {
    thinking: tuning.thinking ?? thinkingStyleOf(model),
    ...(tuning.extra_body && { extra: tuning.extra_body }),
  };
}

/** @param accounts whether the organisation and project of OpenAI's own environment are sent */
async function openAiBatch(
  { apiKey, keyHeader, tuning, headers, baseUrl, env, ...rest }: VendorOptions,
  vendor: OpenAiWording,
  accounts: boolean,
): Promise<BatchProvider> {
  const [{ createOpenAiBatch }, dialect] = await Promise.all([
    import('./openai/batch.ts'),
    openAiDialect(tuning, vendor),
  ]);
  const [organization, project] = accounts ? [env('OPENAI_ORG_ID'), env('OPENAI_PROJECT_ID')] : [];
  const own = {
    'user-agent': 'wattmark',
    ...headers,
    ...(organization && { 'openai-organization': organization }),
    ...(project && { 'openai-project': project }),
    ...(apiKey && (keyHeader ? { [keyHeader]: apiKey } : { authorization: `Bearer ${apiKey}` })),
  };
  const secrets = apiKey ? [apiKey] : [];
  return createOpenAiBatch({
    ...rest,
    env,
    dialect,
    headers: own,
    secrets,
    baseUrl: baseUrl.replace(/\/+$/, ''),
  });
}

interface OpenAiWording {
  maxTokensName: 'max_tokens' | 'max_completion_tokens';
  jsonMode: boolean;
}

async function openAiDialect(tuning: ModelTuning, vendor: OpenAiWording): Promise<Dialect> {
  const jsonMode = tuning.json_mode ?? vendor.jsonMode;
  const extra = tuning.extra_body && { extra: tuning.extra_body };
  if (tuning.api === 'responses') {
    const { responsesDialect } = await import('./openai/responses-dialect.ts');
    const summary = tuning.reasoning_summary && { reasoningSummary: tuning.reasoning_summary };
    return responsesDialect({ jsonMode, ...extra, ...summary });
  }
  const { chatDialect } = await import('./openai/chat-dialect.ts');
  return chatDialect({
    maxTokensName: tuning.max_tokens_name ?? vendor.maxTokensName,
    jsonMode,
    reasoning: tuning.reasoning ?? 'effort',
    ...extra,
  });
}
