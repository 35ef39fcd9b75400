import * as z from 'zod';
import { REASONING_EFFORTS } from './words.ts';

export { REASONING_EFFORTS };

export interface Message {
  role: 'system' | 'user' | 'assistant';
  content: string;
}

/** What a user asks of the generator. A setting left out is the vendor's default, and is never sent. */
export const settingsSchema = z.strictObject({
  temperature: z.number().min(0).max(2).optional(),
  topP: z.number().min(0).max(1).optional(),
  maxTokens: z.int().positive().optional(),
  seed: z.int().optional(),
  stop: z.array(z.string()).optional(),
  reasoningEffort: z.enum(REASONING_EFFORTS).optional(),
});
export type GenerationSettings = z.infer<typeof settingsSchema>;

export interface CompletionRequest {
  messages: readonly Message[];
  settings: GenerationSettings;
  /** The reply is to be one JSON object: an endpoint that can force that is told to. */
  json?: boolean;
  /** Names the sample for the built-in baselines, replay and logs; a vendor never sees it. */
  sampleHash?: string;
  sampleId?: string;
  /** Counts from 1. */
  epoch?: number;
}

/** Unknown counts are absent, never 0. `outputTokens` includes `reasoningTokens`. */
export const usageSchema = z.strictObject({
  inputTokens: z.number().optional(),
  outputTokens: z.number().optional(),
  reasoningTokens: z.number().optional(),
  cachedInputTokens: z.number().optional(),
});
export type Usage = z.infer<typeof usageSchema>;

export const FINISH_REASONS = [
  'stop',
  'length',
  'refusal',
  'content-filter',
  'tool-calls',
  'other',
  'unknown',
] as const;

export const completionSchema = z.strictObject({
  text: z.string(),
  reasoning: z.string().optional(),
  /** `unified` is ours, `raw` the vendor's own word. A refusal or a filtered reply is an answer, not a failure. */
  finish: z.strictObject({ unified: z.enum(FINISH_REASONS), raw: z.string().optional() }),
  usage: usageSchema,
  /** The model that says it answered, which may be a dated version of the one asked for. */
  servedModel: z.string().optional(),
  /** Milliseconds from sending to the whole reply, and to its first token where it was streamed. */
  latency: z.strictObject({ totalMs: z.number(), firstTokenMs: z.number().optional() }),
  requestId: z.string().optional(),
  /** How often the request was sent until it succeeded; absent means once. */
  tries: z.number().optional(),
  cached: z.boolean().optional(),
  /** Came in a batch, at its price. The latency is then how long the batch took, and is published nowhere. */
  batch: z.boolean().optional(),
});
export type Completion = z.infer<typeof completionSchema>;

export interface Provider {
  /** As the user named it: `openai/gpt-5`, `baseline/guess`. */
  readonly id: string;
  /** @throws ProviderError and nothing else; an aborted call throws one of kind `cancelled`. */
  complete(request: CompletionRequest, signal: AbortSignal): Promise<Completion>;
  /** Ends what the provider holds open: a child process, a connection pool. */
  close?(): Promise<void>;
}

export type Middleware = (next: Provider) => Provider;

export const PROVIDER_FAULTS = [
  'rate-limit',
  'overloaded',
  'server',
  'timeout',
  'network',
  'bad-response',
  'auth',
  'not-found',
  'bad-request',
  'context-length',
  'quota',
  'budget',
  'cancelled',
] as const;
export type ProviderFault = (typeof PROVIDER_FAULTS)[number];

const RETRYABLE: ReadonlySet<ProviderFault> = new Set([
  'rate-limit',
  'overloaded',
  'server',
  'timeout',
  'network',
  'bad-response',
]);

/** The only error a provider throws. Its message is fit to print: no key, no header, no whole body. */
export class ProviderError extends Error {
  override readonly name = 'ProviderError';
  readonly fault: ProviderFault;
  readonly retryable: boolean;
  readonly status: number | undefined;
  /** How long the vendor asked us to wait, in ms. */
  readonly retryAfterMs: number | undefined;
  readonly requestId: string | undefined;
  /** How often the request was sent before this was given up; absent where nobody tried again. */
  readonly tries: number | undefined;

  constructor(
    fault: ProviderFault,
    message: string,
    more: {
      status?: number;
      retryAfterMs?: number;
      requestId?: string;
      retryable?: boolean;
      tries?: number;
      cause?: unknown;
    } = {},
  ) {
    super(message, { cause: more.cause });
    this.fault = fault;
    this.retryable = more.retryable ?? RETRYABLE.has(fault);
    this.status = more.status;
    this.retryAfterMs = more.retryAfterMs;
    this.requestId = more.requestId;
    this.tries = more.tries;
  }
}
