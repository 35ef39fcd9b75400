import { randomBytes } from 'node:crypto';
import {
  type Completion,
  type CompletionRequest,
  type Middleware,
  ProviderError,
} from '../../harness/core/provider.ts';
import type { Clock } from '../clock.ts';
import type { Exporter } from './exporter.ts';
import { type Attributes, attributesOf, nanos, type OtlpSpan } from './otlp.ts';

/** What a trace says of a model besides its name. */
export interface TracedModel {
  /** OpenTelemetry's word for who serves it: openai, anthropic, or the name of the endpoint. */
  provider: string;
  /** The name that is sent. */
  model: string;
  endpoint?: string;
}

export interface TracerOptions {
  clock: Clock;
  /** Of the run: its id, its suites. */
  run: Attributes;
  /** Prompts and replies too. They may be private, and they are large. */
  content: boolean;
}

/** How an attempt was scored: what closes its span. */
export interface Evaluation {
  name: string;
  value?: number;
  label: string;
}

export interface Tracer {
  middleware(model: TracedModel): Middleware;
  /** Says that a span of this attempt is to wait for its score. */
  expectScore(attempt: string): void;
  scored(attempt: string, evaluation: Evaluation | undefined): void;
  /** Ends the run's own span and sends what waits. @returns how many spans never arrived */
  close(limitMs: number): Promise<number>;
}

const OF_TRACE = 16;
const OF_SPAN = 8;
const id = (bytes: number) => randomBytes(bytes).toString('hex');

/** One span a run, and below it one a call of a model, by OpenTelemetry's conventions for generative AI. */
export function createTracer(exporter: Exporter, { clock, run, content }: TracerOptions): Tracer {
  const traceId = id(OF_TRACE);
  const root = id(OF_SPAN);
  const startedAt = clock.epochMs();
  const startedSteady = clock.monotonicMs();
  /** On the steady clock from the wall clock's reading at the start: no span ends before it began. */
  const now = () => startedAt + (clock.monotonicMs() - startedSteady);
  const awaited = new Map<string, OtlpSpan | undefined>();
  const finish = (attempt: string | undefined, span: OtlpSpan) => {
    if (attempt !== undefined && awaited.has(attempt)) awaited.set(attempt, span);
    else exporter.add(span);
  };
  return {
    middleware: (model) => (next) => ({
      ...next,
      async complete(request, signal) {
        const began = now();
        const end = (outcome: Outcome) => {
          const { attributes, error } = outcomeOf(outcome, content);
          finish(attemptOf(next.id, request), {
            traceId,
            spanId: id(OF_SPAN),
            parentSpanId: root,
            name: `chat ${model.model}`,
            kind: 3,
            startTimeUnixNano: nanos(began),
            endTimeUnixNano: nanos(now()),
            attributes: attributesOf({ ...requestOf(model, request, content), ...attributes }),
            events: [],
            ...(error === undefined ? {} : { status: { code: 2, message: error } }),
          });
        };
        try {
          const completion = await next.complete(request, signal);
          end({ completion });
          return completion;
        } catch (error) {
          end({ error });
          throw error;
        }
      },
    }),
    expectScore: (attempt) => void awaited.set(attempt, undefined),
    scored(attempt, evaluation) {
      const span = awaited.get(attempt);
      awaited.delete(attempt);
      if (!span) return;
      if (evaluation) span.events.push(evaluationEvent(evaluation, now()));
      exporter.add(span);
    },
    async close(limitMs) {
      for (const span of awaited.values()) if (span) exporter.add(span);
      awaited.clear();
      exporter.add({
        traceId,
        spanId: root,
        name: 'wattmark run',
        kind: 1,
        startTimeUnixNano: nanos(startedAt),
        endTimeUnixNano: nanos(now()),
        attributes: attributesOf(run),
        events: [],
      });
      return exporter.close(limitMs);
    },
  };
}

/** What tells an attempt of a run from all others. */
export const attemptName = (model: string, sample: string, epoch: number): string =>
  `${model}\n${sample}\n${epoch}`;

const attemptOf = (model: string, { sampleId, epoch }: CompletionRequest): string | undefined =>
  sampleId === undefined || epoch === undefined ? undefined : attemptName(model, sampleId, epoch);

function requestOf(
  { provider, model, endpoint }: TracedModel,
  { messages, settings, sampleId, epoch }: CompletionRequest,
  content: boolean,
): Attributes {
  const url = endpoint !== undefined && URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  const port = url ? Number(url.port || (url.protocol === 'https:' ? 443 : 80)) : undefined;
  return {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': provider,
    'gen_ai.request.model': model,
    'gen_ai.request.temperature': settings.temperature,
    'gen_ai.request.top_p': settings.topP,
    'gen_ai.request.max_tokens': settings.maxTokens,
    'gen_ai.request.seed': settings.seed,
    'gen_ai.request.stop_sequences': settings.stop,
    'server.address': url?.hostname,
    'server.port': port,
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

type Outcome = { completion: Completion } | { error: unknown };

function outcomeOf(outcome: Outcome, content: boolean): { attributes: Attributes; error?: string } {
  if ('error' in outcome) {
    const { error } = outcome;
    const known = error instanceof ProviderError ? error : undefined;
    return {
      attributes: { 'error.type': known?.fault ?? '_OTHER', ...resent(known?.tries) },
      error: known?.message ?? 'the provider threw something else',
    };
  }
  const { text, finish, usage, servedModel, requestId, tries, cached } = outcome.completion;
  const reason = finish.raw ?? finish.unified;
  return {
    attributes: {
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
    },
  };
}

const resent = (tries: number | undefined): Attributes => ({
  'http.request.resend_count': tries === undefined || tries <= 1 ? undefined : tries - 1,
});

const evaluationEvent = ({ name, value, label }: Evaluation, atMs: number) => ({
  timeUnixNano: nanos(atMs),
  name: 'gen_ai.evaluation.result',
  attributes: attributesOf({
    'gen_ai.evaluation.name': name,
    'gen_ai.evaluation.score.value': value,
    'gen_ai.evaluation.score.label': label,
  }),
});
