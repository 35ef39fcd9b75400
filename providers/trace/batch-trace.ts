import { type CompletionRequest, ProviderError } from '../../harness/core/provider.ts';
import type { Exporter } from './exporter.ts';
import { serverAttributes, type TracedModel } from './gen-ai.ts';
import { newId, OF_SPAN } from './ids.ts';
import { attributesOf, nanos } from './otlp.ts';

/** Is told of the batches of a model; `tag` names one. */
export interface BatchTrace {
  began(tag: string, requests: number): void;
  answered(request: CompletionRequest, tag: string): void;
  ended(
    tag: string,
    end: {
      batch?: string;
      counts?: { replied: number; failed: number; unanswered: number };
      error?: unknown;
    },
  ): void;
}

interface OpenBatch {
  spanId: string;
  /** ms since the epoch, on the tracer's clock. */
  began: number;
  requests: number;
}

/** Spans of batches, from their creation, or from where this session took one up, to their end. */
export function createBatchTrace(
  exporter: Pick<Exporter, 'add'>,
  now: () => number,
  place: { traceId: string; parentSpanId: string },
) {
  const open = new Map<string, OpenBatch>();
  const batchOf = new WeakMap<CompletionRequest, OpenBatch>();
  const ofModel = (model: TracedModel): BatchTrace => ({
    began: (tag, requests) => void open.set(tag, { spanId: newId(OF_SPAN), began: now(), requests }),
    answered(request, tag) {
      const batch = open.get(tag);
      if (batch) batchOf.set(request, batch);
    },
    ended(tag, { batch, counts, error }) {
      const own = open.get(tag);
      if (!own) return;
      open.delete(tag);
      const fault = error instanceof ProviderError ? error.fault : error === undefined ? undefined : '_OTHER';
      // What a run leaves with the vendor has not failed.
      const left = fault === 'cancelled';
      exporter.add({
        ...place,
        spanId: own.spanId,
        name: `batch ${model.model}`,
        kind: 3,
        startTimeUnixNano: nanos(own.began),
        endTimeUnixNano: nanos(now()),
        attributes: attributesOf({
          'gen_ai.operation.name': 'batch',
          'gen_ai.provider.name': model.provider,
          'gen_ai.request.model': model.model,
          ...serverAttributes(model),
          'wattmark.batch': batch,
          'wattmark.batch.tag': tag,
          'wattmark.batch.requests': own.requests,
          'wattmark.batch.replied': counts?.replied,
          'wattmark.batch.failed': counts?.failed,
          'wattmark.batch.unanswered': counts?.unanswered,
          'wattmark.batch.left': left || undefined,
          'error.type': left ? undefined : fault,
        }),
        events: [],
        ...(fault === undefined || left ? {} : { status: { code: 2, message: fault } }),
      });
    },
  });
  return { ofModel, of: (request: CompletionRequest) => batchOf.get(request) };
}
