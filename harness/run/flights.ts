import { ProviderError } from '../core/provider.ts';

/** The requests in flight, each with a signal of its own. */
export interface Flights {
  /** Runs a request until it ends or all are aborted, whichever comes first. */
  fly<T>(request: (signal: AbortSignal) => Promise<T>): Promise<T>;
  abort(): void;
  readonly aborted: boolean;
}

/**
 * One signal shared by a thousand requests would gather a thousand listeners, and a provider that never looks
 * at its signal would hold up the end of a run: so each request has its own, and is left behind on abort.
 */
export function createFlights(): Flights {
  const open = new Set<() => void>();
  let aborted = false;
  return {
    get aborted() {
      return aborted;
    },
    async fly(request) {
      if (aborted) throw cancelled();
      const controller = new AbortController();
      let cut = () => {};
      const cutOff = new Promise<never>((_, reject) => {
        cut = () => {
          reject(cancelled());
          controller.abort();
        };
      });
      open.add(cut);
      try {
        return await Promise.race([request(controller.signal), cutOff]);
      } finally {
        open.delete(cut);
      }
    },
    abort() {
      aborted = true;
      for (const cut of [...open]) cut();
    },
  };
}

const cancelled = () => new ProviderError('cancelled', 'stopped by the user');
