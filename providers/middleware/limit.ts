import pLimit from 'p-limit';
import type { Completion, CompletionRequest, Middleware } from '../../harness/core/provider.ts';
import { onAbort } from '../abort.ts';
import type { Clock } from '../clock.ts';
import { cancelled } from '../faults/network-fault.ts';
import { createTokenBucket, type TokenBucket } from './token-bucket.ts';

export interface Limits {
  /** Requests in flight at once. */
  concurrency: number;
  /** Requests a minute. */
  rpm?: number;
  /** Tokens a minute, input and output together. */
  tpm?: number;
}

/** What a display may show: who is being held back, and for how long. */
export interface LimitState {
  inFlight: number;
  /** Waiting for a free slot. */
  queued: number;
  /** Waiting for the rate, and how long the first of them still has to, in ms. */
  throttled: number;
  throttledMs: number;
}

export interface Limiter {
  middleware: Middleware;
  state(): LimitState;
}

/** A second's worth: what is let through at once after a rest. */
const BURST_SECONDS = 1;
/** Output nobody put a ceiling on is taken for this much until the reply tells. */
const GUESSED_OUTPUT = 1000;

/** One limiter for all requests of one endpoint. A request that is cancelled while it queues is let go at once. */
export function createLimiter(limits: Limits, clock: Clock): Limiter {
  const slots = pLimit(limits.concurrency);
  const rate = createRate(limits, clock);
  const counts = { inFlight: 0 };
  const run = async (request: CompletionRequest, signal: AbortSignal, send: () => Promise<Completion>) => {
    if (signal.aborted) throw cancelled();
    const reserved = await rate.admit(request, signal);
    counts.inFlight++;
    try {
      const completion = await send();
      rate.settle(reserved, completion);
      return completion;
    } finally {
      counts.inFlight--;
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
        slots(() => run(request, signal, send)).then(resolve, reject);
      }),
  });
  return {
    middleware,
    state: () => ({ inFlight: counts.inFlight, queued: slots.pendingCount, ...rate.state() }),
  };
}

interface Rate {
  /** Waits its turn. @returns the tokens that were set aside */
  admit(request: CompletionRequest, signal: AbortSignal): Promise<number>;
  settle(reserved: number, completion: Completion): void;
  state(): { throttled: number; throttledMs: number };
}

const bucketOf = (perMinute: number | undefined): TokenBucket | undefined =>
  perMinute === undefined ? undefined : createTokenBucket(perMinute, (perMinute / 60) * BURST_SECONDS);

function createRate({ rpm, tpm }: Limits, clock: Clock): Rate {
  const [requests, tokens] = [bucketOf(rpm), bucketOf(tpm)];
  let turn: Promise<void> = Promise.resolve();
  let throttled = 0;
  let freeAt = 0;
  const wait = async (cost: number, signal: AbortSignal): Promise<void> => {
    for (;;) {
      if (signal.aborted) return;
      const now = clock.monotonicMs();
      const waitMs = Math.max(requests?.waitMs(1, now) ?? 0, tokens?.waitMs(cost, now) ?? 0);
      if (waitMs === 0) break;
      freeAt = now + waitMs;
      await clock.sleep(waitMs, signal).catch(() => {});
    }
    requests?.take(1, clock.monotonicMs());
    tokens?.take(cost, clock.monotonicMs());
  };
  return {
    async admit(request, signal) {
      if (!requests && !tokens) return 0;
      const cost = tokens ? roughTokens(request) : 0;
      throttled++;
      // In single file: otherwise a small request would pass a large one for ever.
      turn = turn.then(() => wait(cost, signal));
      await turn;
      throttled--;
      if (signal.aborted) throw cancelled();
      return cost;
    },
    settle(reserved, { usage }) {
      const used = (usage.inputTokens ?? 0) + (usage.outputTokens ?? 0);
      if (tokens && used > 0) tokens.take(used - reserved, clock.monotonicMs());
    },
    state: () => ({
      throttled,
      throttledMs: throttled > 0 ? Math.max(0, freeAt - clock.monotonicMs()) : 0,
    }),
  };
}

/** About how many tokens a request will use: four Latin letters or one Chinese character a token, and the ceiling asked for. */
function roughTokens({ messages, settings }: CompletionRequest): number {
  let input = 0;
  for (const { content } of messages) {
    const wide = content.match(/[⺀-鿿가-힯豈-﫿]/g)?.length ?? 0;
    input += wide + (content.length - wide) / 4;
  }
  return Math.ceil(input) + Math.min(settings.maxTokens ?? GUESSED_OUTPUT, GUESSED_OUTPUT);
}
