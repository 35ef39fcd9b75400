import * as z from 'zod';
import type { BatchItem, BatchProvider, BatchResult } from '../../harness/core/batch.ts';
import { ProviderError } from '../../harness/core/provider.ts';
import { type BatchHttp, type BatchHttpOptions, createBatchHttp } from '../batch/http.ts';
import { cancelledInBatch, checkedId, expired, parsedLine, replyResult, WIRE_ID } from '../batch/wire.ts';
import { badResponse, type Dialect } from '../dialect.ts';
import { bodyFault, httpFault } from '../faults/http-fault.ts';
import { redact } from '../faults/redact.ts';

export interface OpenAiBatchOptions extends BatchHttpOptions {
  /** As the user named it. */
  id: string;
  model: string;
  /** The same that asks one request at a time. */
  dialect: Dialect;
}

const idWire = z.string().regex(WIRE_ID);
const fileWire = z.object({ id: idWire });
const count = z.number().nonnegative().catch(0);
const batchWire = z.object({
  id: idWire,
  status: z.string(),
  output_file_id: idWire.nullish(),
  error_file_id: idWire.nullish(),
  errors: z
    .object({ data: z.array(z.object({ message: z.string() })).nullish() })
    .nullish()
    .catch(undefined),
  request_counts: z.object({ completed: count, failed: count }).nullish().catch(undefined),
  metadata: z.record(z.string(), z.string()).nullish().catch(undefined),
});
const listWire = z.object({ data: z.array(batchWire), has_more: z.boolean().optional() });
const lineWire = z.object({
  custom_id: z.string(),
  response: z
    .object({ status_code: z.number(), request_id: z.string().nullish().catch(undefined), body: z.unknown() })
    .nullish(),
  error: z.object({ code: z.string().nullish(), message: z.string().nullish() }).nullish().catch(undefined),
});

const ENDED: ReadonlySet<string> = new Set(['completed', 'failed', 'expired', 'cancelled']);
/** Metadata under which a batch is found again. */
const TAG = 'wattmark';
/** Pages of a hundred that are looked through for a tag: a batch is looked for soon after it was made. */
const PAGES = 10;

/** OpenAI's Batch API: a file of requests goes up, and one of replies and one of errors come down. */
export function createOpenAiBatch(options: OpenAiBatchOptions): BatchProvider {
  const { id, model, dialect } = options;
  const http = createBatchHttp(options);
  const lineOf = ({ id: custom_id, request }: BatchItem): string =>
    `${JSON.stringify({ custom_id, method: 'POST', url: `/v1/${dialect.path}`, body: dialect.body(model, request, false) })}\n`;
  const batchAt = async (batch: string, signal: AbortSignal) =>
    read(batchWire, await http.get(`batches/${checkedId(batch)}`, signal));
  return {
    id,
    limits: { requests: 50_000, bytes: 200_000_000 },
    bytesOf: (item) => Buffer.byteLength(lineOf(item)),
    async submit(items, tag, signal) {
      const file = { fields: { purpose: 'batch' }, name: `${tag}.jsonl`, parts: items.map(lineOf) };
      const input = read(fileWire, await http.upload('files', file, signal));
      const body = {
        input_file_id: input.id,
        endpoint: `/v1/${dialect.path}`,
        completion_window: '24h',
        metadata: { [TAG]: tag },
      };
      return read(batchWire, await http.post('batches', JSON.stringify(body), signal)).id;
    },
    async look(batch, signal) {
      const { status, errors, request_counts } = await batchAt(batch, signal);
      if (status === 'failed') throw refused(errors?.data?.[0]?.message, options.secrets);
      const { completed = 0, failed = 0 } = request_counts ?? {};
      return { ended: ENDED.has(status), done: completed, failed };
    },
    async *results(batch, signal) {
      const { output_file_id, error_file_id } = await batchAt(batch, signal);
      for (const file of [output_file_id, error_file_id]) {
        if (!file) continue;
        for await (const line of http.lines(`files/${file}/content`, signal)) {
          const result = readResult(parsedLine(line), options, http);
          if (result) yield result;
        }
      }
    },
    async cancel(batch, signal) {
      await http.post(`batches/${checkedId(batch)}/cancel`, undefined, signal);
    },
    find: (tag, signal) => findTagged(http, tag, signal),
    close: () => http.close(),
  };
}

async function findTagged(http: BatchHttp, tag: string, signal: AbortSignal): Promise<string | undefined> {
  let after = '';
  for (let page = 0; page < PAGES; page++) {
    const { data, has_more } = read(listWire, await http.get(`batches?limit=100${after}`, signal));
    const found = data.find(({ metadata }) => metadata?.[TAG] === tag);
    const last = data.at(-1);
    if (found || !has_more || !last) return found?.id;
    after = `&after=${last.id}`;
  }
  return undefined;
}

function readResult(wire: unknown, options: OpenAiBatchOptions, http: BatchHttp): BatchResult | undefined {
  const parsed = lineWire.safeParse(wire);
  if (!parsed.success) return undefined;
  const { custom_id: id, response, error } = parsed.data;
  const { context } = http;
  if (!response) {
    const fault =
      error?.code === 'batch_expired'
        ? expired()
        : error?.code === 'batch_cancelled'
          ? cancelledInBatch()
          : bodyFault({ error: error ?? {} }, context);
    return { id, status: 'failed', error: fault };
  }
  if (response.status_code >= 300) {
    const fault = httpFault(response.status_code, response.body, () => undefined, context);
    return { id, status: 'failed', error: fault };
  }
  const requestId = response.request_id ? redact(response.request_id, [], 120) : undefined;
  return replyResult(id, response.body, options.dialect, { ...context, clock: options.clock, requestId });
}

function read<T>(schema: z.ZodType<T>, wire: unknown): T {
  const parsed = schema.safeParse(wire);
  if (parsed.success) return parsed.data;
  throw badResponse(`the server sent no batch: ${parsed.error.issues[0]?.path.join('.') || 'body'}`);
}

const refused = (message: string | undefined, secrets: readonly string[]): ProviderError =>
  new ProviderError('bad-request', `the batch was refused: ${redact(message ?? 'no reason given', secrets)}`);
