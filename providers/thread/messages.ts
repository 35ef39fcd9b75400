import { type Completion, type CompletionRequest, ProviderError } from '../../harness/core/provider.ts';
import type { Throttle } from '../middleware/rate.ts';
import type { RetryWait } from '../middleware/retry.ts';
import type { AskingOrder } from '../open-model.ts';
import type { VendorName, VendorOptions } from '../vendors.ts';

/** What a thread opens its client with: all of it plain data. */
export interface ThreadSetup {
  vendor: VendorName;
  options: Omit<VendorOptions, 'env' | 'clock' | 'onRates'>;
  env: Readonly<Record<string, string>>;
}

/** To the thread that asks: first whom, then how, then the requests. */
export type ToThread =
  | { setup: ThreadSetup }
  | { order: AskingOrder }
  | { id: number; request: CompletionRequest }
  | { id: number; abort: true };

export type FromThread =
  | { throttle: Throttle }
  | { id: number; wait: Omit<RetryWait, 'request'> }
  | { id: number; completion: Completion }
  | { id: number; error: PlainError };

/** A ProviderError as data: a structured clone would keep its message alone. */
export type PlainError = Pick<ProviderError, 'fault' | 'message'> &
  NonNullable<ConstructorParameters<typeof ProviderError>[2]>;

export function plainError(error: unknown): PlainError {
  if (!(error instanceof ProviderError))
    return { fault: 'bad-response', message: String(error), retryable: false };
  const { fault, message, retryable, status, retryAfterMs, requestId, tries } = error;
  return {
    ...{ fault, message, retryable },
    ...(status !== undefined && { status }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(requestId !== undefined && { requestId }),
    ...(tries !== undefined && { tries }),
  };
}

export const thrownError = ({ fault, message, ...more }: PlainError): ProviderError =>
  new ProviderError(fault, message, more);

/** Gathers what is said within one turn of the event loop, and hands it over as one message. */
export function createOutbox<T>(hand: (items: readonly T[]) => void): (item: T) => void {
  let items: T[] = [];
  const empty = () => {
    const all = items;
    items = [];
    hand(all);
  };
  return (item) => {
    if (items.push(item) === 1) setImmediate(empty);
  };
}
