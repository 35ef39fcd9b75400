import type { BatchItem, BatchProvider } from '../core/batch.ts';
import { ProviderError } from '../core/provider.ts';
import type { Clock } from './clock.ts';

/** A batch is created again so often where the vendor will not have it now: it has created none then. */
const SUBMITS = 8;
const FIRST_SUBMIT_MS = 15_000;

interface CreateDeps {
  batch: BatchProvider;
  clock: Clock;
  /** Journals that there is no such batch. */
  recordEnd(tag: string): void;
}

/** Whether the vendor itself said no: then there is no batch. A reply that was lost, or a server that broke, leaves that open. */
const isRefusal = (error: unknown): error is ProviderError =>
  error instanceof ProviderError &&
  (!error.retryable || error.fault === 'rate-limit' || error.fault === 'overloaded') &&
  error.fault !== 'cancelled';

/** Creates a batch, and never a second one of the same. @returns the vendor's id of it @throws ProviderError */
export async function createOnce(
  items: readonly BatchItem[],
  tag: string,
  { batch, clock, recordEnd }: CreateDeps,
  signal: AbortSignal,
): Promise<string> {
  for (let tries = 1; ; tries++) {
    try {
      return await batch.submit(items, tag, signal);
    } catch (error) {
      if (isRefusal(error)) {
        if (error.retryable && tries < SUBMITS) {
          await clock.sleep(error.retryAfterMs ?? FIRST_SUBMIT_MS * 2 ** (tries - 1), signal);
          continue;
        }
        recordEnd(tag);
        throw error;
      }
      // A request whose reply was lost may have created the batch all the same: what cannot be known now, resume looks for.
      const found = await batch.find?.(tag, signal).catch(() => undefined);
      if (found === undefined) throw error;
      return found;
    }
  }
}
