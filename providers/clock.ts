import { onAbort } from './abort.ts';

/** Time, handed in, so that waiting is tested without waiting. */
export interface Clock {
  /** Milliseconds that never jump: for latencies, deadlines and rates. */
  monotonicMs(): number;
  /** Milliseconds since 1970, which a user or NTP may set back: only for dates that others name. */
  epochMs(): number;
  /** Resolves after `ms`, or rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** setTimeout turns any longer delay into 1 ms. */
export const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  epochMs: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      };
      const timer = setTimeout(
        () => {
          forget?.();
          resolve();
        },
        Math.min(Math.max(0, ms), LONGEST_TIMER_MS),
      );
      const forget = signal && onAbort(signal, stop);
    }),
};
