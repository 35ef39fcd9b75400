import type { Completion, CompletionRequest, Middleware } from '../../harness/core/provider.ts';
import type { Clock } from '../clock.ts';
import type { RetryWait } from '../middleware/retry.ts';
import { type BatchTrace, createBatchTrace } from './batch-trace.ts';
import type { Exporter } from './exporter.ts';
import {
  type Evaluation,
  errorAttributes,
  evaluationEvent,
  type OutcomeAttributes,
  replyAttributes,
  requestAttributes,
  retryEvent,
  type TracedModel,
} from './gen-ai.ts';
import { newId, OF_SPAN, OF_TRACE } from './ids.ts';
import { type Attributes, attributesOf, nanos, type OtlpEvent, type OtlpSpan } from './otlp.ts';

export interface TracerOptions {
  clock: Clock;
  /** Of the run: its id, its suites. */
  run: Attributes;
  /** Prompts and replies too. They may be private, and they are large. */
  content: boolean;
}

export interface Tracer {
  middleware(model: TracedModel): Middleware;
  /** One span a batch, and below it one a reply that came in it. */
  batches(model: TracedModel): BatchTrace;
  /** A call of one of these models is about to wait and to be sent again. */
  retried(wait: RetryWait): void;
  /** Says that a span of this attempt is to wait for its score. */
  expectScore(attempt: string): void;
  scored(attempt: string, evaluation: Evaluation | undefined): void;
  /** Ends the run's own span with how the run `ended` and sends what waits. @returns how many spans never arrived */
  close(limitMs: number, ended: Attributes): Promise<number>;
}

/** One span a run, and below it one a call of a model, by OpenTelemetry's conventions for generative AI. */
export function createTracer(exporter: Exporter, { clock, run, content }: TracerOptions): Tracer {
  const traceId = newId(OF_TRACE);
  const root = newId(OF_SPAN);
  const startedAt = clock.epochMs();
  const startedSteady = clock.monotonicMs();
  /** On the steady clock from the wall clock's reading at the start: no span ends before it began. */
  const now = () => startedAt + (clock.monotonicMs() - startedSteady);
  const scores = createScoreWait(exporter, now);
  const batches = createBatchTrace(exporter, now, { traceId, parentSpanId: root });
  /** By model, since a panel of judges shares one request. */
  const retries = new Map<string, WeakMap<CompletionRequest, OtlpEvent[]>>();
  return {
    middleware: (model) => (next) => {
      // A model that is asked in batches may judge too, one by one.
      const ofModel = retries.get(next.id) ?? new WeakMap<CompletionRequest, OtlpEvent[]>();
      retries.set(next.id, ofModel);
      return {
        ...next,
        async complete(request, signal) {
          const began = now();
          const events: OtlpEvent[] = [];
          ofModel.set(request, events);
          const end = ({ attributes, error }: OutcomeAttributes) => {
            const batch = batches.of(request);
            scores.add(attemptOf(next.id, request), {
              traceId,
              spanId: newId(OF_SPAN),
              parentSpanId: batch?.spanId ?? root,
              name: `chat ${model.model}`,
              kind: 3,
              startTimeUnixNano: nanos(Math.max(began, batch?.began ?? began)),
              endTimeUnixNano: nanos(now()),
              attributes: [...attributesOf(requestAttributes(model, request, content)), ...attributes],
              events,
              ...(error === undefined ? {} : { status: { code: 2, message: error } }),
            });
          };
          let completion: Completion;
          try {
            completion = await next.complete(request, signal);
          } catch (error) {
            end(errorAttributes(error, content));
            throw error;
          }
          end(readReply(completion, content));
          return completion;
        },
      };
    },
    batches: batches.ofModel,
    retried: (wait) => void retries.get(wait.model)?.get(wait.request)?.push(retryEvent(wait, now())),
    expectScore: scores.expect,
    scored: scores.take,
    async close(limitMs, ended) {
      scores.close();
      exporter.add({
        traceId,
        spanId: root,
        name: 'wattmark run',
        kind: 1,
        startTimeUnixNano: nanos(startedAt),
        endTimeUnixNano: nanos(now()),
        attributes: attributesOf({ ...run, ...ended }),
        events: [],
      });
      return exporter.close(limitMs);
    },
  };
}

/** A module of the user's may give anything at all; what becomes of it is the run's to say, not the trace's. */
function readReply(completion: Completion, content: boolean): OutcomeAttributes {
  try {
    return replyAttributes(completion, content);
  } catch {
    return { attributes: attributesOf({ 'error.type': '_OTHER' }), error: 'the provider gave no completion' };
  }
}

/** Holds spans until their attempts are scored. */
function createScoreWait(exporter: Exporter, now: () => number) {
  const awaited = new Map<string, OtlpSpan | undefined>();
  return {
    expect: (attempt: string) => void awaited.set(attempt, undefined),
    add(attempt: string | undefined, span: OtlpSpan) {
      if (attempt !== undefined && awaited.has(attempt)) awaited.set(attempt, span);
      else exporter.add(span);
    },
    take(attempt: string, evaluation: Evaluation | undefined) {
      const span = awaited.get(attempt);
      awaited.delete(attempt);
      if (!span) return;
      if (evaluation) span.events.push(evaluationEvent(evaluation, now()));
      exporter.add(span);
    },
    close() {
      for (const span of awaited.values()) if (span) exporter.add(span);
      awaited.clear();
    },
  };
}

/** What tells an attempt of a run from all others. */
export const attemptName = (model: string, sample: string, epoch: number): string =>
  `${model}\n${sample}\n${epoch}`;

const attemptOf = (model: string, { sampleId, epoch }: CompletionRequest): string | undefined =>
  sampleId === undefined || epoch === undefined ? undefined : attemptName(model, sampleId, epoch);
