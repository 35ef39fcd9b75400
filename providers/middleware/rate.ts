import { type Completion, type CompletionRequest, ProviderError } from '../../harness/core/provider.ts';
import type { Clock } from '../clock.ts';
import { cancelled } from '../faults/network-fault.ts';
import type { RateReading } from '../faults/rate-headers.ts';
import { createLearnedRate, type RateCost } from './learned-rate.ts';
import { createTokenBucket, type TokenBucket } from './token-bucket.ts';

export interface RateLimits {
  /** Requests a minute. */
  rpm?: number;
  /** Tokens a minute, input and output together. */
  tpm?: number;
}

/** A wait that everything behind it shares. `by`: the vendor's word or headers, or the configured rate. */
export interface Throttle {
  by: 'vendor' | 'config';
  waitMs: number;
}

/** A second's worth: what is let through at once after a rest. */
const BURST_SECONDS = 1;
/** Output nobody put a ceiling on is taken for this much until the reply tells. */
const GUESSED_OUTPUT = 1000;
/** A vendor that asks for a longer pause is not waited for: its requests fail with what it said. */
const LONGEST_PAUSE_MS = 15 * 60_000;

/** What goes out when: the configured rates, and what the vendor's headers and pauses have taught. */
export interface Rate {
  /** Waits its turn. @returns the tokens that were set aside */
  admit(request: CompletionRequest, signal: AbortSignal): Promise<number>;
  settle(reserved: number, completion: Completion): void;
  /** Lets nothing through for so long. */
  pause(ms: number): void;
  observe(readings: readonly RateReading[], others: number): void;
  state(): { throttled: number; throttledMs: number };
}

const bucketOf = (perMinute: number | undefined): TokenBucket | undefined =>
  perMinute === undefined ? undefined : createTokenBucket(perMinute, (perMinute / 60) * BURST_SECONDS);

export function createRate(
  { rpm, tpm }: RateLimits,
  clock: Clock,
  onThrottle?: (throttle: Throttle) => void,
): Rate {
  const [requests, tokens] = [bucketOf(rpm), bucketOf(tpm)];
  const learned = createLearnedRate();
  let turn: Promise<void> = Promise.resolve();
  let throttled = 0;
  let freeAt = 0;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  const needed = (cost: RateCost): Throttle => {
    const now = clock.monotonicMs();
    const own = Math.max(requests?.waitMs(1, now) ?? 0, tokens?.waitMs(cost.tokens, now) ?? 0);
    const vendors = Math.max(0, pausedUntil - now, learned.waitMs(cost, now));
    return vendors >= own ? { by: 'vendor', waitMs: vendors } : { by: 'config', waitMs: own };
  };
  const take = (cost: RateCost) => {
    const now = clock.monotonicMs();
    requests?.take(1, now);
    tokens?.take(cost.tokens, now);
    learned.sent(cost, now);
  };
  const wait = async (cost: RateCost, signal: AbortSignal): Promise<void> => {
    for (;;) {
      if (signal.aborted) throw cancelled();
      const throttle = needed(cost);
      if (throttle.waitMs === 0) return take(cost);
      if (throttle.waitMs > LONGEST_PAUSE_MS) throw tooLong(throttle.waitMs);
      freeAt = clock.monotonicMs() + throttle.waitMs;
      onThrottle?.(throttle);
      await clock.sleep(throttle.waitMs, signal).catch(() => {});
    }
  };
  return {
    async admit(request, signal) {
      const cost = tokens || learned.countsTokens ? roughTokens(request) : NO_TOKENS;
      throttled++;
      // In single file: otherwise a small request would pass a large one for ever.
      const mine = turn.then(() => wait(cost, signal));
      turn = mine.catch(() => {});
      try {
        await mine;
      } finally {
        throttled--;
      }
      return cost.tokens;
    },
    settle(reserved, { usage }) {
      const used = (usage.inputTokens ?? 0) + (usage.outputTokens ?? 0);
      if (tokens && used > 0) tokens.take(used - reserved, clock.monotonicMs());
    },
    pause(ms) {
      pausedUntil = Math.max(pausedUntil, clock.monotonicMs() + ms);
      if (ms > 0) onThrottle?.({ by: 'vendor', waitMs: ms });
    },
    observe: (readings, others) => learned.observe(readings, others, clock.monotonicMs()),
    state: () => ({
      throttled,
      throttledMs: throttled > 0 ? Math.max(0, freeAt - clock.monotonicMs()) : 0,
    }),
  };
}

const tooLong = (retryAfterMs: number) =>
  new ProviderError(
    'rate-limit',
    `the vendor asks to be left alone for ${Math.round(retryAfterMs / 1000)} s`,
    {
      retryAfterMs,
    },
  );

const NO_TOKENS: RateCost = { tokens: 0, 'input-tokens': 0, 'output-tokens': 0 };

/** About how many tokens a request will use: four Latin letters or one Chinese character a token, and the ceiling asked for. */
function roughTokens({ messages, settings }: CompletionRequest): RateCost {
  let input = 0;
  for (const { content } of messages) {
    const wide = content.match(/[⺀-鿿가-힯豈-﫿]/g)?.length ?? 0;
    input += wide + (content.length - wide) / 4;
  }
  const output = Math.min(settings.maxTokens ?? GUESSED_OUTPUT, GUESSED_OUTPUT);
  return { tokens: Math.ceil(input) + output, 'input-tokens': Math.ceil(input), 'output-tokens': output };
}
