import type { Dispatcher } from 'undici';
import type { Provider } from '../../harness/core/provider.ts';
import type { Clock } from '../clock.ts';
import { badResponse, type Dialect } from '../dialect.ts';
import { filteredReply } from '../faults/content-filter.ts';
import { type FaultContext, httpFault, requestIdOf } from '../faults/http-fault.ts';
import { cancelled, networkFault } from '../faults/network-fault.ts';
import type { HeaderLookup } from '../faults/retry-after.ts';
import { type EnvLookup, openPool } from '../http/pool.ts';
import {
  parseJson,
  type ReadContext,
  readEventStream,
  readWhole,
  type TimedReply,
} from '../http/read-reply.ts';
import { completion } from '../sdk-provider.ts';
import type { OnHeaders } from '../vendors.ts';

export interface CompatibleOptions {
  /** As the user named it. */
  id: string;
  model: string;
  /** Up to and with the version: `http://localhost:8000/v1`. */
  baseUrl: string;
  /** Absent: the endpoint wants none. */
  apiKey?: string;
  /** The header that carries the key bare; Authorization with Bearer where absent. */
  keyHeader?: string;
  dialect: Dialect;
  stream: boolean;
  headers: Readonly<Record<string, string>>;
  env: EnvLookup;
  clock: Clock;
  onHeaders?: OnHeaders;
}

/** An endpoint that speaks OpenAI's protocol, through a thin client over a pool: a fifth of the SDK's work a request. */
export function createCompatible(options: CompatibleOptions): Provider {
  const { id, model, dialect, stream, clock } = options;
  const url = `${options.baseUrl.replace(/\/+$/, '')}/${dialect.path}`;
  const context: FaultContext = {
    secrets: options.apiKey ? [options.apiKey] : [],
    epochMs: () => clock.epochMs(),
  };
  const headers = requestHeaders(options);
  let client: ReturnType<typeof openClient> | undefined;
  return {
    id,
    async complete(request, signal) {
      if (signal.aborted) throw cancelled();
      try {
        client ??= openClient(options.env);
        const { dispatcher, send } = await client;
        const body = JSON.stringify(dialect.body(model, request, stream));
        const startedAt = clock.monotonicMs();
        const response = await send(url, { method: 'POST', headers, body, dispatcher, signal });
        const header = headerLookup(response.headers);
        options.onHeaders?.(header);
        const requestId = requestIdOf(header);
        const reading: ReadContext = { ...context, clock, requestId };
        const timed =
          response.statusCode < 300
            ? await readReply(dialect, response, header, reading)
            : await readError(response, header, reading);
        if (signal.aborted) throw cancelled();
        return completion(timed, startedAt, clock.monotonicMs(), requestId);
      } catch (error) {
        throw networkFault(error, signal, context.secrets);
      }
    },
    async close() {
      const open = client;
      client = undefined;
      await (await open)?.dispatcher.destroy();
    },
  };
}

async function openClient(env: EnvLookup) {
  const [dispatcher, { request }] = await Promise.all([openPool(env), import('undici')]);
  return { dispatcher, send: request };
}

function requestHeaders({ apiKey, keyHeader, headers }: CompatibleOptions): Record<string, string> {
  return {
    'user-agent': 'wattmark',
    ...headers,
    'content-type': 'application/json',
    ...(apiKey && (keyHeader ? { [keyHeader]: apiKey } : { authorization: `Bearer ${apiKey}` })),
  };
}

function headerLookup(headers: Record<string, string | string[] | undefined>): HeaderLookup {
  return (name) => {
    const value = headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
}

/** Goes by what the server says it sent, since some stream unasked and some never do. */
async function readReply(
  dialect: Dialect,
  { body }: Dispatcher.ResponseData,
  header: HeaderLookup,
  context: ReadContext,
): Promise<TimedReply> {
  const type = (header('content-type') ?? 'application/json').split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'text/event-stream') return readEventStream(dialect, body, context);
  if (type !== 'application/json' && !type.endsWith('+json')) {
    // Read to its end, or the connection could not be used again.
    await body.dump({ limit: 64 * 1024 });
    throw badResponse(`the server sent ${type.slice(0, 60)} where JSON was due: is base_url right?`);
  }
  return readWhole(dialect, parseJson(await body.text(), context), context);
}

async function readError(
  response: Dispatcher.ResponseData,
  header: HeaderLookup,
  context: ReadContext,
): Promise<TimedReply> {
  const text = await response.body.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // Plain text or a gateway's page: told as it is.
  }
  const filtered = filteredReply(response.statusCode, body);
  if (filtered) return { reply: filtered };
  throw httpFault(response.statusCode, body, header, context);
}
