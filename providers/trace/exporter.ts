import type { Poster } from '../http/post.ts';
import { type Attributes, exportBody, type OtlpSpan } from './otlp.ts';

export interface ExporterOptions {
  url: string;
  headers: Readonly<Record<string, string>>;
  resource: Attributes;
  version: string;
  /** Once, at the first export that fails. The run goes on. */
  onFailure(reason: string): void;
  /** Spans waiting to be sent; more are dropped and counted. */
  capacity?: number;
  everyMs?: number;
}

export interface Exporter {
  add(span: OtlpSpan): void;
  /** Sends what waits, for so long at most. @returns how many spans never arrived */
  close(limitMs: number): Promise<number>;
}

const BATCH = 256;
const EXPORT_MS = 10_000;

/**
 * Sends spans in the background, one export at a time. A collector that is slow, full or gone costs spans, never the run:
 * what it does not take is dropped and counted.
 */
export function createExporter(open: () => Promise<Poster>, options: ExporterOptions): Exporter {
  const { capacity = 8192, everyMs = 1000 } = options;
  const waiting: OtlpSpan[] = [];
  let lost = 0;
  let failed = false;
  let poster: Promise<Poster> | undefined;
  let sending: Promise<void> | undefined;
  let closing: AbortSignal | undefined;

  const send = async (spans: readonly OtlpSpan[]): Promise<void> => {
    const limits = [AbortSignal.timeout(EXPORT_MS), ...(closing ? [closing] : [])];
    try {
      poster ??= open();
      const body = exportBody(spans, options.resource, options.version);
      const headers = { ...options.headers, 'content-type': 'application/json' };
      const reply = await (await poster).post({ url: options.url, headers, body }, AbortSignal.any(limits));
      await reply.dump();
      if (reply.status >= 300) throw new Error(`it answered with status ${reply.status}`);
    } catch (error) {
      lost += spans.length;
      if (failed) return;
      failed = true;
      options.onFailure(reasonOf(error));
    }
  };
  const drain = async (): Promise<void> => {
    while (waiting.length > 0) await send(waiting.splice(0, BATCH));
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
      if (waiting.length >= capacity) lost += 1;
      else waiting.push(span);
      if (waiting.length >= BATCH) void start();
    },
    async close(limitMs) {
      clearInterval(timer);
      closing = AbortSignal.timeout(limitMs);
      await sending;
      await start();
      await (await poster?.catch(() => undefined))?.close();
      return lost;
    },
  };
}

/** Never the headers that were sent: they may hold a key. */
function reasonOf(error: unknown): string {
  if (error instanceof DOMException) return 'it took too long';
  const { message, code, cause } = error as NodeJS.ErrnoException & { cause?: NodeJS.ErrnoException };
  return code ?? cause?.code ?? message;
}
