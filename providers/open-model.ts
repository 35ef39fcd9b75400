import type { Provider } from '../harness/core/provider.ts';
import { type Clock, systemClock } from './clock.ts';
import { readRateHeaders } from './faults/rate-headers.ts';
import { type ReplyCache, withCache } from './middleware/cache.ts';
import { createLimiter, type Limiter } from './middleware/limit.ts';
import type { Throttle } from './middleware/rate.ts';
import { DEFAULT_RETRY, type RetryPolicy, type RetryWait, withRetry } from './middleware/retry.ts';
import { withTimeout } from './middleware/timeout.ts';
import type { ResolvedModel } from './registry.ts';

export interface OpenOptions {
  /** Requests in flight at once, where the configuration does not say. */
  concurrency: number;
  retry?: RetryPolicy;
  clock?: Clock;
  uniform?(): number;
  onWait?(wait: RetryWait): void;
  onThrottle?(throttle: Throttle): void;
  /** Replies of models that are asked over a network are looked for here first. */
  cache?: ReplyCache;
}

export interface OpenModel {
  provider: Provider;
  /** For a display: who is held back, and how long. */
  limits: Limiter['state'];
}

/**
 * Opens a model as a run asks it: retry around limit around deadline around provider. In this order a request that waits to be
 * sent again holds no slot, and one that queues does not use up its time.
 */
export async function openModel(model: ResolvedModel, options: OpenOptions): Promise<OpenModel> {
  const clock = options.clock ?? systemClock;
  const { limits, timeout_s } = model.tuning;
  const limiter = createLimiter({ concurrency: options.concurrency, ...limits }, clock, options.onThrottle);
  const bare = await model.open(
    (header) => limiter.observe(readRateHeaders(header, clock.epochMs())),
    limits?.concurrency ?? options.concurrency,
  );
  const retry = withRetry(options.retry ?? DEFAULT_RETRY, {
    clock,
    uniform: options.uniform ?? Math.random,
    ...(options.onWait && { onWait: options.onWait }),
  });
  const deadline = withTimeout(timeout_s === undefined ? undefined : timeout_s * 1000);
  const asked = retry(limiter.middleware(deadline(bare)));
  const cached = options.cache && model.endpoint !== undefined && withCache(options.cache, identityOf(model));
  return { provider: cached ? cached(asked) : asked, limits: limiter.state };
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
