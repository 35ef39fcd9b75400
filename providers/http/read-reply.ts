import type { Clock } from '../clock.ts';
import { badResponse, type Dialect, type EventFold, type Reply } from '../dialect.ts';
import { bodyFault, embeddedError, type FaultContext } from '../faults/http-fault.ts';
import { redact } from '../faults/redact.ts';
import { createSseReader } from './sse.ts';

export interface ReadContext extends FaultContext {
  clock: Clock;
  requestId: string | undefined;
}

/** A reply and, where it was streamed, when its first token came (monotonic ms). */
export interface TimedReply {
  reply: Reply;
  firstTokenAt?: number;
}

/** Reads a parsed body. @throws ProviderError for an error inside it, or a body of another shape */
export function readWhole(dialect: Dialect, body: unknown, context: ReadContext): TimedReply {
  const error = embeddedError(body);
  if (error !== undefined) throw bodyFault(error, context, context.requestId);
  return { reply: dialect.read(body) };
}

/** Folds parsed events as they come, and notes when the first token did. */
export function createFolding(dialect: Dialect, context: ReadContext) {
  const fold: EventFold = dialect.fold();
  let firstTokenAt: number | undefined;
  return {
    push(event: unknown): void {
      const error = embeddedError(event);
      if (error !== undefined) throw bodyFault(error, context, context.requestId);
      if (fold.push(event)) firstTokenAt ??= context.clock.monotonicMs();
    },
    end(ended: boolean): TimedReply {
      return { reply: fold.end(ended), ...(firstTokenAt !== undefined && { firstTokenAt }) };
    },
  };
}

/** Folds a body of server-sent events. */
export async function readEventStream(
  dialect: Dialect,
  body: AsyncIterable<Uint8Array>,
  context: ReadContext,
): Promise<TimedReply> {
  const folding = createFolding(dialect, context);
  const reader = createSseReader();
  let ended = false;
  const take = (events: readonly string[]) => {
    for (const data of events) {
      if (ended) return;
      if (data.trim() === '[DONE]') ended = true;
      else folding.push(parseJson(data, context));
    }
  };
  for await (const bytes of body) take(reader.push(bytes));
  take(reader.end());
  return folding.end(ended);
}

/** @throws ProviderError of kind `bad-response` that quotes the start of what is no JSON */
export function parseJson(text: string, { secrets }: FaultContext): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const start = redact(text.slice(0, 200), secrets, 80);
    throw badResponse(start ? `the reply is not whole JSON: ${start}` : 'the reply is empty');
  }
}
