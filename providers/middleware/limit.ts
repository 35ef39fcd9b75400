import pLimit from 'p-limit';
import {
  type Completion,
  type CompletionRequest,
  type Middleware,
  ProviderError,
} from '../../harness/core/provider.ts';
import { onAbort } from '../abort.ts';
import type { Clock } from '../clock.ts';
import { cancelled } from '../faults/network-fault.ts';
import type { RateReading } from '../faults/rate-headers.ts';
import { createRate, type RateLimits, type Throttle } from './rate.ts';
import { createWindow } from './window.ts';

export interface Limits extends RateLimits {
  /** Requests in flight at once. */
  concurrency: number;
}

/** What a display may show: who is being held back, and for how long. */
interface LimitState {
  inFlight: number;
  /** Waiting for a free slot. */
  queued: number;
  /** How many may be in flight by what the vendor's refusals have taught. */
  window: number;
  /** Waiting for the rate, and how long the first of them still has to, in ms. */
  throttled: number;
  throttledMs: number;
}

export interface Limiter {
  middleware: Middleware;
  /** Learns from the headers of any reply, good or bad. */
  observe(readings: readonly RateReading[]): void;
  state(): LimitState;
}

/**
 * One limiter for all requests of one endpoint. It keeps to the configured limits, and to what the vendor teaches: its headers,
 * its refusals (429, 503, 529) and the pauses it asks for, which hold back every request of the model. A request that is
 * cancelled while it queues is let go at once.
 */
export function createLimiter(
  limits: Limits,
  clock: Clock,
  onThrottle?: (throttle: Throttle) => void,
): Limiter {
  const slots = pLimit(limits.concurrency);
  const window = createWindow(limits.concurrency);
  const rate = createRate(limits, clock, onThrottle);
  const counts = { inFlight: 0 };
  const refused = (error: unknown, sentAt: number) => {
    if (!(error instanceof ProviderError)) return;
    if (error.fault !== 'rate-limit' && error.fault !== 'overloaded') return;
    window.refused(sentAt, clock.monotonicMs());
    if (error.retryAfterMs !== undefined) rate.pause(error.retryAfterMs);
  };
  const run = async (request: CompletionRequest, signal: AbortSignal, send: () => Promise<Completion>) => {
    if (signal.aborted) throw cancelled();
    const reserved = await rate.admit(request, signal);
    counts.inFlight++;
    const sentAt = clock.monotonicMs();
    try {
      const completion = await send();
      rate.settle(reserved, completion);
      window.replied();
      return completion;
    } catch (error) {
      refused(error, sentAt);
      throw error;
    } finally {
      counts.inFlight--;
      if (slots.concurrency !== window.size) slots.concurrency = window.size;
    }
  };
  const middleware: Middleware = (next) => ({
    ...next,
    complete: (request, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(cancelled());
        // Only for the time in the queue: the request itself hears of the abort on its own.
        const forget = onAbort(signal, () => reject(cancelled()));
        const send = () => {
          forget();
          return next.complete(request, signal);
        };
        slots(() => run(request, signal, send))
          .then(resolve, reject)
          .finally(forget);
      }),
  });
  return {
    middleware,
    observe: (readings) => rate.observe(readings, Math.max(0, counts.inFlight - 1)),
    state: () => ({
      inFlight: counts.inFlight,
      queued: slots.pendingCount,
      window: window.size,
      ...rate.state(),
    }),
  };
}
