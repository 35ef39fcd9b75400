import type { Provider } from '../../harness/core/provider.ts';
import type { Clock } from '../clock.ts';
import { badResponse, type Dialect } from '../dialect.ts';
import { filteredReply } from '../faults/content-filter.ts';
import { type FaultContext, httpFault, requestIdOf } from '../faults/http-fault.ts';
import { cancelled, networkFault } from '../faults/network-fault.ts';
import { type OnRates, rateTeller } from '../faults/rate-headers.ts';
import type { HeaderLookup } from '../faults/retry-after.ts';
import type { EnvLookup } from '../http/pool.ts';
import { headerLookup, openPoster, type Posted, type Poster } from '../http/post.ts';
import {
  parseJson,
  type ReadContext,
  readEventStream,
  readWhole,
  type TimedReply,
} from '../http/read-reply.ts';
import { completion } from '../sdk-provider.ts';

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
  onRates?: OnRates;
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
  const tellRates = rateTeller(clock, options.onRates);
  let client: Promise<Poster> | undefined;
  return {
    id,
    async complete(request, signal) {
      if (signal.aborted) throw cancelled();
      try {
        client ??= openPoster(options.env);
        const poster = await client;
        const body = JSON.stringify(dialect.body(model, request, stream));
        const startedAt = clock.monotonicMs();
        const posted = await poster.post({ url, headers, body }, signal);
        const header = headerLookup(posted.headers);
        tellRates(header);
        const requestId = requestIdOf(header);
        const reading: ReadContext = { ...context, clock, requestId };
        const timed =
          posted.status < 300
            ? await readReply(dialect, posted, header, reading)
            : await readError(posted, header, reading);
        if (signal.aborted) throw cancelled();
        return completion(timed, startedAt, clock.monotonicMs(), requestId);
      } catch (error) {
        throw networkFault(error, signal, context.secrets);
      }
    },
    async close() {
      const open = client;
      client = undefined;
      await (await open)?.close();
    },
  };
}

function requestHeaders({ apiKey, keyHeader, headers }: CompatibleOptions): Record<string, string> {
  return {
    'user-agent': 'wattmark',
    ...headers,
    'content-type': 'application/json',
    ...(apiKey && (keyHeader ? { [keyHeader]: apiKey } : { authorization: `Bearer ${apiKey}` })),
  };
}

/** Goes by what the server says it sent, since some stream unasked and some never do. */
async function readReply(
  dialect: Dialect,
  { body, text, dump }: Posted,
  header: HeaderLookup,
  context: ReadContext,
): Promise<TimedReply> {
  const type = (header('content-type') ?? 'application/json').split(';')[0]?.trim().toLowerCase() ?? '';
  if (type === 'text/event-stream') return readEventStream(dialect, body, context);
  if (type !== 'application/json' && !type.endsWith('+json')) {
    await dump();
    throw badResponse(`the server sent ${type.slice(0, 60)} where JSON was due: is base_url right?`);
  }
  return readWhole(dialect, parseJson(await text(), context), context);
}

async function readError(
  { status, text }: Posted,
  header: HeaderLookup,
  context: ReadContext,
): Promise<TimedReply> {
  const told = await text();
  let body: unknown = told;
  try {
    body = JSON.parse(told);
  } catch {
    // Plain text or a gateway's page: told as it is.
  }
  const filtered = filteredReply(status, body);
  if (filtered) return { reply: filtered };
  throw httpFault(status, body, header, context);
}
