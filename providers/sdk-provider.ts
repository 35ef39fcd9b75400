import { type Completion, type Provider, ProviderError } from '../harness/core/provider.ts';
import type { Clock } from './clock.ts';
import { badResponse, type Dialect, type Reply } from './dialect.ts';
import { filteredReply } from './faults/content-filter.ts';
import { bodyFault, type FaultContext, httpFault, requestIdOf } from './faults/http-fault.ts';
import { cancelled, networkFault } from './faults/network-fault.ts';
import { type OnRates, rateTeller } from './faults/rate-headers.ts';
import type { HeaderLookup } from './faults/retry-after.ts';
import { createFolding, type ReadContext, readWhole, type TimedReply } from './http/read-reply.ts';

/** Sends one request through a vendor's SDK, its retries off: the parsed body, or an iterable of parsed events. */
export type SdkSend = (
  body: Record<string, unknown>,
  stream: boolean,
  signal: AbortSignal,
) => Promise<{ data: unknown; headers: Headers }>;

export interface SdkProviderOptions {
  id: string;
  model: string;
  dialect: Dialect;
  stream: boolean;
  secrets: readonly string[];
  clock: Clock;
  onRates?: OnRates;
  /** Called before the first request, so that an SDK nobody asks is never imported. */
  open(): Promise<{ send: SdkSend; close(): Promise<void> }>;
}

/** A provider over a vendor's SDK: everything but the sending itself, which both SDKs do alike. */
export function createSdkProvider(options: SdkProviderOptions): Provider {
  const { id, model, dialect, stream, secrets, clock } = options;
  const tellRates = rateTeller(clock, options.onRates);
  const context: FaultContext = { secrets, epochMs: () => clock.epochMs() };
  let sdk: ReturnType<SdkProviderOptions['open']> | undefined;
  return {
    id,
    async complete(request, signal) {
      if (signal.aborted) throw cancelled();
      let startedAt = clock.monotonicMs();
      try {
        sdk ??= options.open();
        const { send } = await sdk;
        const body = dialect.body(model, request, stream);
        // Importing the SDK is no part of the first reply's latency.
        startedAt = clock.monotonicMs();
        const { data, headers } = await send(body, stream, signal);
        const header: HeaderLookup = (name) => headers.get(name) ?? undefined;
        tellRates(header);
        const requestId = requestIdOf(header);
        const reading: ReadContext = { ...context, clock, requestId };
        const timed = stream
          ? await foldSdkStream(data as AsyncIterable<unknown>, dialect, reading, signal)
          : readSdkBody(data, dialect, reading);
        return completion(timed, startedAt, clock.monotonicMs(), requestId);
      } catch (error) {
        const header = headerOf(error);
        if (header) tellRates(header);
        const filtered = filteredSdkReply(error);
        if (filtered) return completion({ reply: filtered }, startedAt, clock.monotonicMs(), undefined);
        throw sdkFault(error, signal, context);
      }
    },
    async close() {
      const open = sdk;
      sdk = undefined;
      await (await open)?.close();
    },
  };
}

/** The completion that a reply and its times make. */
export function completion(
  { reply, firstTokenAt }: TimedReply,
  startedAt: number,
  endedAt: number,
  requestId: string | undefined,
): Completion {
  return {
    ...reply,
    latency: {
      totalMs: endedAt - startedAt,
      ...(firstTokenAt !== undefined && { firstTokenMs: firstTokenAt - startedAt }),
    },
    ...(requestId !== undefined && { requestId }),
  };
}

async function foldSdkStream(
  events: AsyncIterable<unknown>,
  dialect: Dialect,
  context: ReadContext,
  signal: AbortSignal,
): Promise<TimedReply> {
  const folding = createFolding(dialect, context);
  for await (const event of events) folding.push(event);
  // Both SDKs end an aborted stream as if it were whole.
  if (signal.aborted) throw cancelled();
  return folding.end(false);
}

function readSdkBody(data: unknown, dialect: Dialect, context: ReadContext): TimedReply {
  // The SDKs hand over the text of whatever is not declared as JSON.
  if (typeof data === 'string') throw badResponse(`the server sent ${describe(data)} where JSON was due`);
  if (data === undefined || data === null) throw badResponse('the reply is empty');
  return readWhole(dialect, data, context);
}

const describe = (text: string) =>
  /^\s*<(!doctype|html)/i.test(text.slice(0, 200)) ? 'a web page' : 'plain text';

/** What both SDKs' APIError has. Read by shape, so that neither SDK is imported for the other's sake. */
interface SdkError {
  status?: unknown;
  headers?: { get?(name: string): string | null };
  error?: unknown;
  message?: unknown;
}

function headerOf(error: unknown): HeaderLookup | undefined {
  const { headers } = (error ?? {}) as SdkError;
  return headers?.get && ((name) => headers.get?.(name) ?? undefined);
}

function filteredSdkReply(error: unknown): Reply | undefined {
  const { status, error: body } = (error ?? {}) as SdkError;
  return typeof status === 'number' ? filteredReply(status, body) : undefined;
}

function sdkFault(error: unknown, signal: AbortSignal, context: FaultContext): ProviderError {
  if (error instanceof ProviderError) return error;
  if (signal.aborted) return cancelled();
  if (error instanceof SyntaxError) return badResponse('the reply is not whole JSON');
  const { status, error: body, message } = (error ?? {}) as SdkError;
  const header = headerOf(error) ?? (() => undefined);
  if (typeof status === 'number') {
    return httpFault(status, body ?? String(message ?? '').replace(/^\d{3} /, ''), header, context);
  }
  // An error event in the middle of a stream has a body, and no status.
  if (body !== undefined && body !== null) return bodyFault(body, context, requestIdOf(header));
  return networkFault(error, signal, context.secrets);
}
