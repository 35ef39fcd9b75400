import type { Provider } from '../harness/core/provider.ts';
import { type Clock, systemClock } from './clock.ts';
import type { ModelTuning } from './config.ts';
import type { OnRates } from './faults/rate-headers.ts';
import { type ReplyCache, withCache } from './middleware/cache.ts';
import { createLimiter } from './middleware/limit.ts';
import type { Throttle } from './middleware/rate.ts';
import { DEFAULT_RETRY, type RetryPolicy, type RetryWait, withRetry } from './middleware/retry.ts';
import { withTimeout } from './middleware/timeout.ts';
import type { ResolvedModel } from './registry.ts';

/** How a model is asked, as plain data. */
export interface AskingOrder {
  /** Requests in flight at once, where `limits` does not say. */
  concurrency: number;
  limits?: ModelTuning['limits'];
  timeoutMs?: number;
  retry: RetryPolicy;
}

export interface AskingHooks {
  onWait?(wait: RetryWait): void;
  onThrottle?(throttle: Throttle): void;
}

export interface OpenOptions extends AskingHooks {
  /** Requests in flight at once, where the configuration does not say. */
  concurrency: number;
  retry?: RetryPolicy;
  /** Another than the system's keeps everything on this thread. */
  clock?: Clock;
  /** Replies of models that are asked over a network are looked for here first. */
  cache?: ReplyCache;
}

/**
 * From here on a thread of its own pays: it takes all that a request costs its client, a sixth of a millisecond (half of one with
 * an SDK), off the thread that draws, scores and keeps.
 */
const MANY = 32;

/** Starts what takes its time to start, for who is about to open the model and has other things to do first. */
export function warmModel(model: ResolvedModel, concurrency: number): void {
  if (concurrency >= MANY) model.thread?.();
}

/** Opens a model as a run asks it; on a thread of its own where many requests go at once. */
export async function openModel(model: ResolvedModel, options: OpenOptions): Promise<Provider> {
  const { limits, timeout_s } = model.tuning;
  const { concurrency, retry = DEFAULT_RETRY, clock = systemClock } = options;
  const order = {
    ...{ concurrency, retry },
    ...(limits && { limits }),
    ...(timeout_s !== undefined && { timeoutMs: timeout_s * 1000 }),
  };
  const many = clock === systemClock && (limits?.concurrency ?? concurrency) >= MANY;
  const thread = many ? model.thread?.() : undefined;
  const asked = thread?.open(order, options) ?? (await askingBy(order, model.open, options, clock));
  return options.cache && model.endpoint !== undefined
    ? withCache(options.cache, identityOf(model))(asked)
    : asked;
}

/**
 * Retry around limit around deadline around provider. In this order a request that waits to be sent again holds no slot, and
 * one that queues does not use up its time.
 */
export async function askingBy(
  { concurrency, limits, timeoutMs, retry }: AskingOrder,
  open: (onRates: OnRates) => Promise<Provider>,
  { onWait, onThrottle }: AskingHooks,
  clock: Clock = systemClock,
): Promise<Provider> {
  const limiter = createLimiter({ concurrency, ...limits }, clock, onThrottle);
  const again = withRetry(retry, { clock, uniform: Math.random, ...(onWait && { onWait }) });
  return again(limiter.middleware(withTimeout(timeoutMs)(await open(limiter.observe))));
}

/** All that tells one model from another, and changes what it is sent. How fast it may be asked changes no reply. */
function identityOf({ id, provider, endpoint, tuning }: ResolvedModel) {
  const {
    limits: _limits,
    prices: _prices,
    carbon: _carbon,
    timeout_s: _timeout,
    batch: _batch,
    ...wording
  } = tuning;
  return { id, provider, endpoint, wording };
}
