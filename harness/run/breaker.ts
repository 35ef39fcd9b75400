import type { ProviderFault } from '../core/provider.ts';

/** Faults that the next request would only repeat: nothing mends them but the user. */
const HOPELESS: ReadonlySet<ProviderFault> = new Set(['auth', 'not-found', 'quota', 'budget']);

/** Stops asking a model that only fails, instead of failing some thousand times. */
export interface Breaker {
  /** Why no more is asked, once that is so. */
  readonly reason: string | undefined;
  succeeded(): void;
  /** Gives the reason at the failure that opens it, once. */
  failed(fault: ProviderFault, message: string): string | undefined;
}

/**
 * Opens at the first hopeless fault of a model that has never answered, at the third in a row of one that has
 * (a gateway may hiccup), and at `patience` failures of any kind in a row.
 */
export function createBreaker(concurrency: number): Breaker {
  // All that is in flight at once may fail by one hiccup: that alone must not stop a model.
  const patience = Math.max(25, 2 * concurrency);
  let answered = false;
  let inARow = 0;
  let hopeless = 0;
  let reason: string | undefined;
  return {
    get reason() {
      return reason;
    },
    succeeded() {
      answered = true;
      inARow = 0;
      hopeless = 0;
    },
    failed(fault, message) {
      inARow += 1;
      if (HOPELESS.has(fault)) hopeless += 1;
      if (reason !== undefined) return undefined;
      if (hopeless >= (answered ? 3 : 1)) reason = `${fault}: ${message}`;
      else if (inARow >= patience)
        reason = `${inARow} requests failed one after another, the last by ${fault}: ${message}`;
      return reason;
    },
  };
}
