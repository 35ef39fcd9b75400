import type { Completion, CompletionRequest, ProviderError } from './provider.ts';

/** What a batch costs beside asking alone: half, as OpenAI and Anthropic publish it alike (seen November 2026). */
const BATCH_PRICE_SHARE = 0.5;

/** What a reply of a batch costs, as a share of the same reply asked alone. */
export const batchShare = (prices: { batch?: number | undefined } | undefined): number =>
  prices?.batch ?? BATCH_PRICE_SHARE;

/** One request of a batch. Its id comes back with its result: 1 to 64 letters, digits, `_` and `-`. */
export interface BatchItem {
  id: string;
  request: CompletionRequest;
}

/** A reply without a latency: nobody measures how long one reply of a batch took. */
export type BatchReply = Omit<Completion, 'latency'>;

/** A batch may give its results in any order, and lack some. An error that is `retryable` may be asked again alone. */
export type BatchResult =
  | { id: string; status: 'replied'; completion: BatchReply }
  | { id: string; status: 'failed'; error: ProviderError };

export interface BatchProgress {
  /** Ended: every result there will ever be can be fetched. */
  ended: boolean;
  done: number;
  failed: number;
}

/** A vendor's interface for work that may wait a day, at a lower price. Every method throws ProviderError and nothing else. */
export interface BatchProvider {
  /** As the user named the model. */
  readonly id: string;
  /** The vendor's own bounds of one batch: how many requests, and how many bytes of them. */
  readonly limits: { requests: number; bytes: number };
  /** What an item takes of `limits.bytes`. */
  bytesOf(item: BatchItem): number;
  /**
   * Creates a batch that is paid for from then on, so it is never sent twice of its own accord.
   * @param tag names the batch with the vendor, where it can be named
   * @returns the vendor's id of it
   */
  submit(items: readonly BatchItem[], tag: string, signal: AbortSignal): Promise<string>;
  look(batch: string, signal: AbortSignal): Promise<BatchProgress>;
  /** Streams the results of an ended batch, each as its line arrives. A line that names no item is passed over. */
  results(batch: string, signal: AbortSignal): AsyncIterable<BatchResult>;
  cancel(batch: string, signal: AbortSignal): Promise<void>;
  /** The batch that was created under a tag; absent where the vendor keeps no tags. */
  find?(tag: string, signal: AbortSignal): Promise<string | undefined>;
  close(): Promise<void>;
}
