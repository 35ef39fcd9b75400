import type { BatchItem, BatchProvider } from '../core/batch.ts';
import type { Clock } from './clock.ts';

/** Of one batch, well inside both vendors' bounds: a refused or lost batch costs no more than this. */
const LARGEST = 10_000;
/** A batch is written whole before it is sent: these bytes are held two or three times over. */
const LARGEST_BYTES = 64_000_000;
/** Requests come as fast as they are drawn: when none came for so long, all that will come have. */
const IDLE_MS = 1000;

/** Gathers requests, and hands them on as a batch when it is full, or when no more seem to come. */
export class BatchQueue {
  private readonly batch: Pick<BatchProvider, 'bytesOf' | 'limits'>;
  private readonly clock: Clock;
  private readonly send: (items: readonly BatchItem[]) => void;
  private readonly closing: AbortSignal;
  private items: BatchItem[] = [];
  private bytes = 0;
  private lastAt = 0;
  private idling = false;

  /** @param closing ends it: what it has gathered then is not sent */
  constructor(
    { batch, clock }: { batch: Pick<BatchProvider, 'bytesOf' | 'limits'>; clock: Clock },
    send: (items: readonly BatchItem[]) => void,
    closing: AbortSignal,
  ) {
    this.batch = batch;
    this.clock = clock;
    this.send = send;
    this.closing = closing;
  }

  add(item: BatchItem): void {
    const { limits } = this.batch;
    const bytes = this.batch.bytesOf(item);
    const full =
      this.items.length >= Math.min(LARGEST, limits.requests) ||
      this.bytes + bytes > Math.min(LARGEST_BYTES, limits.bytes);
    if (this.items.length > 0 && full) this.flush();
    this.items.push(item);
    this.bytes += bytes;
    this.lastAt = this.clock.monotonicMs();
    if (!this.idling) void this.flushWhenIdle();
  }

  private async flushWhenIdle(): Promise<void> {
    this.idling = true;
    try {
      while (this.items.length > 0) {
        const left = this.lastAt + IDLE_MS - this.clock.monotonicMs();
        if (left > 0) await this.clock.sleep(left, this.closing);
        else this.flush();
      }
    } catch {
      // Closed while it gathered.
    } finally {
      this.idling = false;
    }
  }

  private flush(): void {
    const items = this.items;
    this.items = [];
    this.bytes = 0;
    this.send(items);
  }
}
