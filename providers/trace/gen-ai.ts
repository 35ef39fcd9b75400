import { type Completion, type CompletionRequest, ProviderError } from '../../harness/core/provider.ts';
import type { RetryWait } from '../middleware/retry.ts';
import { type Attributes, attributesOf, nanos, type OtlpAttribute, type OtlpEvent } from './otlp.ts';

/** What a trace says of a model besides its name. */
export interface TracedModel {
  /** OpenTelemetry's word for who serves it: openai, anthropic, or the name of the endpoint. */
  provider: string;
  /** The name that is sent. */
  model: string;
  endpoint?: string;
}

/** How an attempt was scored: what closes its span. */
export interface Evaluation {
  name: string;
  value?: number;
  label: string;
}

export function serverAttributes({ endpoint }: TracedModel): Attributes {
  const url = endpoint !== undefined && URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  const port = url ? Number(url.port || (url.protocol === 'https:' ? 443 : 80)) : undefined;
  return {
    'server.address': url?.hostname,
    'server.port': port,
  };
}

/** A request by OpenTelemetry's conventions for generative AI; its prompt with `content` only. */
export function requestAttributes(
  traced: TracedModel,
  { messages, settings, json, sampleId, epoch }: CompletionRequest,
  content: boolean,
): Attributes {
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': traced.provider,
    'gen_ai.request.model': traced.model,
    'gen_ai.request.temperature': settings.temperature,
    'gen_ai.request.top_p': settings.topP,
    'gen_ai.request.max_tokens': settings.maxTokens,
    'gen_ai.request.seed': settings.seed,
    'gen_ai.request.stop_sequences': settings.stop,
    'gen_ai.output.type': json ? 'json' : undefined,
    ...serverAttributes(traced),
    'wattmark.sample': sampleId,
    'wattmark.epoch': epoch,
    'gen_ai.input.messages': content
      ? JSON.stringify(
          messages.map((message) => ({ role: message.role, parts: [textPart(message.content)] })),
        )
      : undefined,
  };
}

const textPart = (text: string) => ({ type: 'text', content: text });

export interface OutcomeAttributes {
  attributes: OtlpAttribute[];
  /** The status message of a span that failed. */
  error?: string;
}

export function replyAttributes(completion: Completion, content: boolean): OutcomeAttributes {
  const { text, finish, usage, servedModel, requestId, tries, cached } = completion;
  const reason = finish.raw ?? finish.unified;
  return {
    attributes: attributesOf({
      'gen_ai.response.id': requestId,
      'gen_ai.response.model': servedModel,
      'gen_ai.response.finish_reasons': [reason],
      'gen_ai.usage.input_tokens': usage.inputTokens,
      'gen_ai.usage.output_tokens': usage.outputTokens,
      'gen_ai.usage.cache_read.input_tokens': usage.cachedInputTokens,
      'gen_ai.usage.reasoning.output_tokens': usage.reasoningTokens,
      'wattmark.cached': cached,
      'gen_ai.output.messages': content
        ? JSON.stringify([{ role: 'assistant', parts: [textPart(text)], finish_reason: reason }])
        : undefined,
      ...resent(tries),
    }),
  };
}

/** A vendor's own words may quote the prompt: they are told with `content` only. */
export function errorAttributes(thrown: unknown, content: boolean): OutcomeAttributes {
  if (!(thrown instanceof ProviderError))
    return {
      attributes: attributesOf({ 'error.type': '_OTHER' }),
      error: 'the provider threw something else',
    };
  const { fault, status, message, tries } = thrown;
  return {
    attributes: attributesOf({
      'error.type': fault,
      'http.response.status_code': status,
      ...resent(tries),
    }),
    error: content ? message : fault,
  };
}

const resent = (tries: number | undefined): Attributes => ({
  'http.request.resend_count': tries === undefined || tries <= 1 ? undefined : tries - 1,
});

export const retryEvent = ({ fault, tries, waitMs }: RetryWait, atMs: number): OtlpEvent => ({
  timeUnixNano: nanos(atMs),
  name: 'wattmark.retry',
  attributes: attributesOf({ 'error.type': fault, 'wattmark.tries': tries, 'wattmark.wait_ms': waitMs }),
});

export const evaluationEvent = ({ name, value, label }: Evaluation, atMs: number): OtlpEvent => ({
  timeUnixNano: nanos(atMs),
  name: 'gen_ai.evaluation.result',
  attributes: attributesOf({
    'gen_ai.evaluation.name': name,
    'gen_ai.evaluation.score.value': value,
    'gen_ai.evaluation.score.label': label,
  }),
});
