import type { Middleware, Provider } from '../harness/core/provider.ts';
import { type Clock, systemClock } from './clock.ts';
import type { ModelTuning } from './config.ts';
import type { OnRates } from './faults/rate-headers.ts';
import { type ReplyCache, withCache } from './middleware/cache.ts';
import { createLimiter } from './middleware/limit.ts';
import type { Throttle } from './middleware/rate.ts';
import { DEFAULT_RETRY, type RetryPolicy, type RetryWait, withRetry } from './middleware/retry.ts';
import { withTimeout } from './middleware/timeout.ts';
import type { ResolvedModel } from './registry.ts';
import { MANY } from './thread/worker.ts';

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
  /** Of all models of a provider together: every one of them is opened with the same. */
  together?: Middleware;
  /** Replies of models that are asked over a network are looked for here first. */
  cache?: ReplyCache;
}

/** Starts what takes its time to start, for who is about to open the model and has other things to do first. */
export function warmModel(model: ResolvedModel, concurrency: number): void {
  if (concurrency >= MANY && !model.shared) model.thread?.();
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
  // What is shared between models is shared on this thread.
  const here = clock !== systemClock || options.together !== undefined;
  const many = !here && (limits?.concurrency ?? concurrency) >= MANY;
  const thread = many ? model.thread?.() : undefined;
  const asked =
    thread?.open(order, options) ?? (await askingBy(order, model.open, options, clock, options.together));
  return cachedBy(options.cache, model)(asked);
}

/** What holds all models of a provider together within its limits: one limiter, around each of them. */
export function createTogether(
  limits: NonNullable<ModelTuning['limits']>,
  { onThrottle }: Pick<AskingHooks, 'onThrottle'>,
): Middleware {
  return createLimiter({ concurrency: Number.POSITIVE_INFINITY, ...limits }, systemClock, onThrottle)
    .middleware;
}

/** Looks replies of a model that is asked over a network up first, whichever way it is asked. */
export const cachedBy =
  (cache: ReplyCache | undefined, model: ResolvedModel): Middleware =>
  (next) =>
    cache && model.endpoint !== undefined ? withCache(cache, identityOf(model))(next) : next;

/**
 * Retry around limit around deadline around provider. In this order a request that waits to be sent again holds no slot, and
 * one that queues does not use up its time.
 */
export async function askingBy(
  { concurrency, limits, timeoutMs, retry }: AskingOrder,
  open: (onRates: OnRates) => Promise<Provider>,
  { onWait, onThrottle }: AskingHooks,
  clock: Clock = systemClock,
  together: Middleware = (next) => next,
): Promise<Provider> {
  const limiter = createLimiter({ concurrency, ...limits }, clock, onThrottle);
  const again = withRetry(retry, { clock, uniform: Math.random, ...(onWait && { onWait }) });
  return again(limiter.middleware(together(withTimeout(timeoutMs)(await open(limiter.observe)))));
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
