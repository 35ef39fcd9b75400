import type { Provider } from '../harness/core/provider.ts';
import type { Clock } from './clock.ts';
import type { ModelTuning } from './config.ts';
import type { Dialect } from './dialect.ts';
import type { HeaderLookup } from './faults/retry-after.ts';
import type { EnvLookup } from './http/pool.ts';

export type VendorName = 'openai' | 'anthropic' | 'openai-compatible';

/** Hears the headers of every reply, good or bad: vendors tell in them how much of their limits is left. */
export type OnHeaders = (header: HeaderLookup) => void;

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
  onHeaders?: OnHeaders;
  concurrency?: number;
}

export interface Vendor {
  /** Where its key and its base URL are looked for, unless the configuration names others. */
  keyEnv?: string;
  baseUrlEnv?: string;
  baseUrl: string;
  /** Imports the client, which imports its SDK with the first request. */
  open(options: VendorOptions): Promise<Provider>;
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
  },
  anthropic: {
    keyEnv: 'ANTHROPIC_API_KEY',
    baseUrlEnv: 'ANTHROPIC_BASE_URL',
    baseUrl: 'https://api.anthropic.com',
    async open({ apiKey = '', tuning, ...rest }) {
      const [{ createAnthropic }, { thinkingStyleOf }] = await Promise.all([
        import('./anthropic/provider.ts'),
        import('./anthropic/thinking-style.ts'),
      ]);
      const messages = {
        thinking: tuning.thinking ?? thinkingStyleOf(rest.model),
        ...(tuning.extra_body && { extra: tuning.extra_body }),
      };
      return createAnthropic({ ...rest, apiKey, messages, stream: tuning.stream ?? false });
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
  },
};

async function openAiDialect(
  tuning: ModelTuning,
  vendor: { maxTokensName: 'max_tokens' | 'max_completion_tokens'; jsonMode: boolean },
): Promise<Dialect> {
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
