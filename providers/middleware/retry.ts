import {
  type Completion,
  type CompletionRequest,
  type Middleware,
  ProviderError,
} from '../../harness/core/provider.ts';
import type { Clock } from '../clock.ts';
import { cancelled } from '../faults/network-fault.ts';

export interface RetryPolicy {
  /** Times a request is sent at most, the first included. */
  tries: number;
  /** Longest wait after the first failure, in ms; it doubles with each failure up to `capMs`. */
  baseMs: number;
  capMs: number;
  /** No new try starts later than this after the first, in ms. */
  deadlineMs: number;
}

export const DEFAULT_RETRY: RetryPolicy = { tries: 6, baseMs: 1000, capMs: 60_000, deadlineMs: 15 * 60_000 };

/** A wait before the next try, told to whoever shows why nothing moves. */
export interface RetryWait {
  model: string;
  request: CompletionRequest;
  fault: ProviderError['fault'];
  /** Tries so far. */
  tries: number;
  waitMs: number;
  /** Whether the vendor named the wait. */
  asked: boolean;
}

export interface RetryDeps {
  clock: Clock;
  /** Uniform in [0, 1). */
  uniform(): number;
  onWait?(wait: RetryWait): void;
}

/**
 * The one owner of trying again. A wait the vendor named is kept to the millisecond; otherwise it is drawn between
 * half and the whole of base · 2^(failures − 1), so that requests that failed together do not return together.
 * It sits outside withLimit: a request that waits holds no slot.
 */
export function withRetry(policy: RetryPolicy, { clock, uniform, onWait }: RetryDeps): Middleware {
  return (next) => ({
    ...next,
    async complete(request, signal): Promise<Completion> {
      const startedAt = clock.monotonicMs();
      for (let tries = 1; ; tries++) {
        try {
          const completion = await next.complete(request, signal);
          return tries === 1 ? completion : { ...completion, tries };
        } catch (error) {
          if (!(error instanceof ProviderError)) throw error;
          const asked = error.retryAfterMs;
          const waitMs = asked ?? backoffMs(policy, tries, uniform());
          const late = clock.monotonicMs() - startedAt + waitMs > policy.deadlineMs;
          if (!error.retryable || tries >= policy.tries || late) throw givenUp(error, tries, late);
          onWait?.({
            model: next.id,
            request,
            fault: error.fault,
            tries,
            waitMs,
            asked: asked !== undefined,
          });
          await sleepOrCancel(clock, waitMs, signal);
        }
      }
    },
  });
}

function backoffMs({ baseMs, capMs }: RetryPolicy, failures: number, uniform: number): number {
  return Math.min(capMs, baseMs * 2 ** (failures - 1)) * (0.5 + 0.5 * uniform);
}

function givenUp(error: ProviderError, tries: number, late: boolean): ProviderError {
  const asked = error.retryAfterMs;
  const wait =
    late && error.retryable && asked !== undefined
      ? ` (asks to wait ${Math.round(asked / 1000)} s, past the deadline)`
      : '';
  return new ProviderError(error.fault, error.message + wait, {
    retryable: error.retryable,
    tries,
    cause: error.cause,
    ...(error.status !== undefined && { status: error.status }),
    ...(asked !== undefined && { retryAfterMs: asked }),
    ...(error.requestId !== undefined && { requestId: error.requestId }),
  });
}

async function sleepOrCancel(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  try {
    await clock.sleep(ms, signal);
  } catch {
    throw cancelled();
  }
}
