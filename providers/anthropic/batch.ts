import * as z from 'zod';
import type { BatchItem, BatchProvider, BatchResult } from '../../harness/core/batch.ts';
import { type BatchHttp, type BatchHttpOptions, createBatchHttp } from '../batch/http.ts';
import { cancelledInBatch, checkedId, expired, parsedLine, replyResult, WIRE_ID } from '../batch/wire.ts';
import { badResponse, type Dialect } from '../dialect.ts';
import { bodyFault } from '../faults/http-fault.ts';
import { messagesDialect } from './messages-dialect.ts';
import type { MessagesOptions } from './messages-request.ts';

export interface AnthropicBatchOptions extends BatchHttpOptions {
  /** As the user named it. */
  id: string;
  model: string;
  /** The same that write one request at a time. */
  messages: MessagesOptions;
}

const count = z.number().nonnegative().catch(0);
const batchWire = z.object({
  id: z.string().regex(WIRE_ID),
  processing_status: z.string(),
  request_counts: z
    .object({ succeeded: count, errored: count, canceled: count, expired: count })
    .nullish()
    .catch(undefined),
});
const lineWire = z.object({
  custom_id: z.string(),
  result: z.object({ type: z.string(), message: z.unknown().optional(), error: z.unknown().optional() }),
});

/** The start and the end of a body, and the comma of each request. */
const WRAPPING_BYTES = 64;

/** Anthropic's Message Batches API. It keeps no metadata: a batch whose id was lost cannot be found by name. */
export function createAnthropicBatch(options: AnthropicBatchOptions): BatchProvider {
  const { id, model, messages } = options;
  const dialect = messagesDialect(messages);
  const http = createBatchHttp({ ...options, baseUrl: options.baseUrl.replace(/\/v1\/?$/, '') });
  const requestOf = ({ id: custom_id, request }: BatchItem): string =>
    JSON.stringify({ custom_id, params: dialect.body(model, request, false) });
  const path = (batch: string) => `v1/messages/batches/${checkedId(batch)}`;
  return {
    id,
    limits: { requests: 100_000, bytes: 256_000_000 - WRAPPING_BYTES },
    bytesOf: (item) => Buffer.byteLength(requestOf(item)) + 1,
    async submit(items, _tag, signal) {
      const body = `{"requests":[${items.map(requestOf).join(',')}]}`;
      return read(await http.post('v1/messages/batches', body, signal)).id;
    },
    async look(batch, signal) {
      const { processing_status, request_counts } = read(await http.get(path(batch), signal));
      const { succeeded = 0, errored = 0, canceled = 0, expired: late = 0 } = request_counts ?? {};
      return {
        ended: processing_status === 'ended',
        done: succeeded,
        failed: errored + canceled + late,
      };
    },
    async *results(batch, signal) {
      // Not the results_url of the reply: the key goes to the endpoint the user named, and nowhere else.
      for await (const line of http.lines(`${path(batch)}/results`, signal)) {
        const result = readResult(parsedLine(line), dialect, options, http);
        if (result) yield result;
      }
    },
    async cancel(batch, signal) {
      await http.post(`${path(batch)}/cancel`, undefined, signal);
    },
    close: () => http.close(),
  };
}

function readResult(
  wire: unknown,
  dialect: Dialect,
  { clock }: AnthropicBatchOptions,
  { context }: BatchHttp,
): BatchResult | undefined {
  const parsed = lineWire.safeParse(wire);
  if (!parsed.success) return undefined;
  const { custom_id: id, result } = parsed.data;
  switch (result.type) {
    case 'succeeded':
      return replyResult(id, result.message, dialect, { ...context, clock, requestId: undefined });
    case 'expired':
      return { id, status: 'failed', error: expired() };
    case 'canceled':
      return { id, status: 'failed', error: cancelledInBatch() };
    default:
      return { id, status: 'failed', error: bodyFault(result.error, context) };
  }
}

function read(wire: unknown): z.infer<typeof batchWire> {
  const parsed = batchWire.safeParse(wire);
  if (parsed.success) return parsed.data;
  throw badResponse(`the server sent no batch: ${parsed.error.issues[0]?.path.join('.') || 'body'}`);
}
