import { setTimeout as sleep } from 'node:timers/promises';
import { headerLookup, type Posted, type Poster } from '../http/post.ts';
import { type Attributes, exportBody, type OtlpSpan } from './otlp.ts';

export interface ExporterOptions {
  url: string;
  headers: Readonly<Record<string, string>>;
  resource: Attributes;
  version: string;
  /** Once, at the first spans that are lost. The run goes on. */
  onFailure(reason: string): void;
  /** Spans waiting to be sent, and how long they are in all; more are dropped and counted. */
  capacity?: number;
  capacityChars?: number;
  everyMs?: number;
  /** The first wait before an export is sent again; it doubles. */
  againMs?: number;
}

export interface Exporter {
  add(span: OtlpSpan): void;
  /** Sends what waits, for so long at most. @returns how many spans never arrived */
  close(limitMs: number): Promise<number>;
}

const BATCH = 256;
/** Far below the 20 MiB that a collector takes unless told otherwise. */
const BATCH_CHARS = 4 << 20;
const EXPORT_MS = 10_000;
const TRIES = 5;
const LONGEST_WAIT_MS = 30_000;
/** What OTLP lets a sender send again. */
const MAY_PASS = new Set([429, 502, 503, 504]);
const ANSWER_CHARS = 64 << 10;

/**
 * Sends spans in the background, one export at a time. A collector that is slow, full or gone costs spans, never the run:
 * what it does not take is dropped and counted.
 */
export function createExporter(open: () => Promise<Poster>, options: ExporterOptions): Exporter {
  const { everyMs = 1000, onFailure } = options;
  const queue = createQueue(options.capacity ?? 8192, options.capacityChars ?? 32 << 20);
  const sender = createSender(open, options);
  let warned = false;
  let lost = 0;
  let sending: Promise<void> | undefined;
  const drain = async (): Promise<void> => {
    for (let spans = queue.take(); spans.length > 0; spans = queue.take()) {
      const failure = await sender.send(spans);
      if (!failure) continue;
      lost += failure.lost;
      if (!warned) onFailure(failure.reason);
      warned = true;
    }
  };
  const start = () => {
    sending ??= drain().finally(() => {
      sending = undefined;
    });
    return sending;
  };
  const timer = setInterval(() => void start(), everyMs);
  timer.unref();
  return {
    add(span) {
      if (!queue.add(JSON.stringify(span))) lost += 1;
      if (queue.length >= BATCH) void start();
    },
    async close(limitMs) {
      clearInterval(timer);
      sender.hurry(limitMs);
      await sending;
      await start();
      await sender.close();
      return lost;
    },
  };
}

/** Spans as text, in order. Their length bounds it too: with prompts and replies one may be megabytes. */
function createQueue(capacity: number, capacityChars: number) {
  const waiting: string[] = [];
  let chars = 0;
  return {
    get length() {
      return waiting.length;
    },
    add(span: string): boolean {
      if (waiting.length >= capacity || chars + span.length > capacityChars) return false;
      waiting.push(span);
      chars += span.length;
      return true;
    },
    /** As many as one export carries; one at least, where there is one. */
    take(): string[] {
      let taken = 0;
      let count = 0;
      for (const { length } of waiting) {
        if (count === BATCH || (count > 0 && taken + length > BATCH_CHARS)) break;
        taken += length;
        count += 1;
      }
      chars -= taken;
      return waiting.splice(0, count);
    },
  };
}

interface Failure {
  lost: number;
  reason: string;
}

/** One export, sent again where that may help. Once spans were lost, each export has one try until one arrives. */
function createSender(open: () => Promise<Poster>, options: ExporterOptions) {
  const { url, resource, version, againMs = 1000 } = options;
  const headers = { ...options.headers, 'content-type': 'application/json' };
  const closing = new AbortController();
  const cut = new AbortController();
  let poster: Promise<Poster> | undefined;
  let healthy = true;

  /** @returns how many spans of it were refused, or, where that may pass, how long to wait */
  const post = async (body: string): Promise<{ refused: number } | { waitMs: number | undefined }> => {
    const signal = AbortSignal.any([AbortSignal.timeout(EXPORT_MS), cut.signal]);
    poster ??= open();
    const reply = await (await poster).post({ url, headers, body }, signal);
    if (reply.status < 300) return { refused: await refusedOf(reply) };
    await reply.dump();
    if (!MAY_PASS.has(reply.status) || !healthy || closing.signal.aborted)
      throw new Error(`it answered with status ${reply.status}`);
    const seconds = Number(headerLookup(reply.headers)('retry-after'));
    return { waitMs: seconds > 0 ? seconds * 1000 : undefined };
  };
  return {
    async send(spans: readonly string[]): Promise<Failure | undefined> {
      const body = exportBody(spans, resource, version);
      try {
        for (let tries = 1; ; tries++) {
          const answer = await post(body);
          if ('refused' in answer) {
            healthy = true;
            const lost = Math.min(answer.refused, spans.length);
            return lost > 0 ? { lost, reason: `it refused ${lost} of ${spans.length}` } : undefined;
          }
          if (tries === TRIES) throw new Error('it was busy each time');
          const waitMs = answer.waitMs ?? againMs * 2 ** (tries - 1);
          // The end of the run wakes it for one last try.
          await sleep(Math.min(LONGEST_WAIT_MS, waitMs), undefined, { signal: closing.signal }).catch(
            () => {},
          );
        }
      } catch (error) {
        healthy = false;
        return { lost: spans.length, reason: reasonOf(error) };
      }
    },
    /** No more waits; and after so long, no more at all. */
    hurry(limitMs: number): void {
      closing.abort();
      setTimeout(() => cut.abort(new DOMException('', 'TimeoutError')), limitMs).unref();
    },
    close: async () => (await poster?.catch(() => undefined))?.close(),
  };
}

/** A collector may take an export and refuse spans of it; its count is JSON's text for 64 bits. */
async function refusedOf({ body }: Posted): Promise<number> {
  let text = '';
  for await (const chunk of body) {
    text += Buffer.from(chunk).toString();
    if (text.length > ANSWER_CHARS) return 0;
  }
  try {
    const count = Number(JSON.parse(text)?.partialSuccess?.rejectedSpans);
    return Number.isFinite(count) ? Math.max(count, 0) : 0;
  } catch {
    return 0;
  }
}

/** Never the headers that were sent: they may hold a key. */
function reasonOf(error: unknown): string {
  if (error instanceof DOMException) return 'it took too long';
  const { message, code, cause } = error as NodeJS.ErrnoException & { cause?: NodeJS.ErrnoException };
  return code ?? cause?.code ?? message;
}
