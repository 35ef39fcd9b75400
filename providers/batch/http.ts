import type { Clock } from '../clock.ts';
import { createLineSplitter } from '../command/line-splitter.ts';
import { badResponse } from '../dialect.ts';
import { type FaultContext, httpFault } from '../faults/http-fault.ts';
import { networkFault } from '../faults/network-fault.ts';
import { type EnvLookup, LONGEST_BODY_BYTES, openPool } from '../http/pool.ts';
import { parseJson } from '../http/read-reply.ts';

export interface BatchHttpOptions {
  /** Without a slash at its end. */
  baseUrl: string;
  headers: Readonly<Record<string, string>>;
  secrets: readonly string[];
  env: EnvLookup;
  clock: Clock;
  /** Replaces undici's fetch. */
  fetch?: typeof globalThis.fetch;
}

interface Upload {
  fields: Readonly<Record<string, string>>;
  name: string;
  parts: readonly string[];
}

export interface BatchHttp {
  readonly context: FaultContext;
  get(path: string, signal: AbortSignal): Promise<unknown>;
  post(path: string, body: string | undefined, signal: AbortSignal): Promise<unknown>;
  /** Sends a file as a form does. */
  upload(path: string, file: Upload, signal: AbortSignal): Promise<unknown>;
  /** The lines of a file as they arrive: the file itself is never whole in memory. */
  lines(path: string, signal: AbortSignal): AsyncGenerator<string>;
  close(): Promise<void>;
}

interface Opened {
  fetch: typeof globalThis.fetch;
  FormData: typeof globalThis.FormData;
  dispatcher: object;
  close(): Promise<void>;
}

/** What the batch interfaces of all vendors need of HTTP. Nothing is tried twice here. */
export function createBatchHttp(options: BatchHttpOptions): BatchHttp {
  const { baseUrl, headers, clock, secrets } = options;
  const context: FaultContext = { secrets, epochMs: () => clock.epochMs() };
  let opened: Promise<Opened> | undefined;

  async function send(path: string, init: RequestInit, signal: AbortSignal): Promise<Response> {
    opened ??= open(options);
    const { fetch, dispatcher } = await opened;
    const response = await fetch(`${baseUrl}/${path}`, {
      ...init,
      headers: { ...headers, ...(init.headers as Record<string, string>) },
      // A signal of its own: fetch cannot take one whose bound on listeners was lifted to none.
      signal: AbortSignal.any([signal]),
      // A key is not carried to wherever a reply points.
      redirect: 'manual',
      ...dispatcher,
    });
    if (response.status >= 200 && response.status < 300) return response;
    const told = await response.text();
    throw httpFault(
      response.status,
      parsedOr(told),
      (name) => response.headers.get(name) ?? undefined,
      context,
    );
  }

  async function whole(path: string, init: RequestInit, signal: AbortSignal): Promise<unknown> {
    try {
      return parseJson(await (await send(path, init, signal)).text(), context);
    } catch (error) {
      throw networkFault(error, signal, secrets);
    }
  }

  const json = { 'content-type': 'application/json' };
  return {
    context,
    get: (path, signal) => whole(path, {}, signal),
    post: (path, body, signal) =>
      whole(path, { method: 'POST', ...(body !== undefined && { body, headers: json }) }, signal),
    async upload(path, { fields, name, parts }, signal) {
      opened ??= open(options);
      const { FormData } = await opened;
      const form = new FormData();
      for (const [field, value] of Object.entries(fields)) form.append(field, value);
      form.append('file', new Blob([...parts], { type: 'application/jsonl' }), name);
      return whole(path, { method: 'POST', body: form }, signal);
    },
    async *lines(path, signal) {
      try {
        const { body } = await send(path, {}, signal);
        if (body) yield* linesOf(body as unknown as AsyncIterable<Uint8Array>);
      } catch (error) {
        throw networkFault(error, signal, secrets);
      }
    },
    async close() {
      const open = opened;
      opened = undefined;
      await (await open)?.close();
    },
  };
}

async function open({ env, fetch }: BatchHttpOptions): Promise<Opened> {
  if (fetch) return { fetch, FormData: globalThis.FormData, dispatcher: {}, close: async () => {} };
  // A file of results may be far larger than any one reply; `linesOf` bounds each of its lines.
  const [undici, pool] = await Promise.all([import('undici'), openPool(env, UNBOUNDED)]);
  return {
    fetch: undici.fetch as unknown as typeof globalThis.fetch,
    FormData: undici.FormData as unknown as typeof globalThis.FormData,
    dispatcher: { dispatcher: pool },
    close: () => pool.destroy(),
  };
}

const UNBOUNDED = -1;

async function* linesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const splitter = createLineSplitter(LONGEST_BODY_BYTES);
  const take = (bytes: Uint8Array): string[] => {
    const lines = splitter.push(bytes);
    if (lines === 'too-long') throw badResponse('a result of the batch is far longer than any answer');
    return lines.filter((line) => line.trim() !== '');
  };
  for await (const bytes of body) yield* take(bytes);
  // The last line may lack its end.
  yield* take(new Uint8Array([10]));
}

function parsedOr(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
