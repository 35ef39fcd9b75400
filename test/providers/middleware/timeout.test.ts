import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Completion, Provider } from '../../../harness/core/provider.ts';
import { attemptTimeoutMs, withTimeout } from '../../../providers/middleware/timeout.ts';
import { completionOf, faultOf, never, request } from '../requests.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const deaf = (): Provider => ({ id: 'm', complete: () => new Promise<Completion>(() => {}) });

describe('withTimeout', () => {
  it('leaves a provider behind that ignores its signal', async () => {
    const call = faultOf(withTimeout(5000)(deaf()).complete(request(), never()));
    await vi.advanceTimersByTimeAsync(5000);
    expect(await call).toMatchObject({
      fault: 'timeout',
      retryable: true,
      message: 'no whole reply within 5 s',
    });
  });

  it('tells the provider why it is cut, so that a hung program can be told from a cancelled run', async () => {
    let reason: unknown;
    const provider: Provider = {
      id: 'm',
      complete: (_, signal) =>
        new Promise(() => signal.addEventListener('abort', () => (reason = signal.reason))),
    };
    const call = faultOf(withTimeout(10)(provider).complete(request(), never()));
    await vi.advanceTimersByTimeAsync(10);
    await call;
    expect(reason).toMatchObject({ fault: 'timeout' });
  });

  it('leaves no timer or listener behind', async () => {
    const run = new AbortController();
    const removed = vi.spyOn(run.signal, 'removeEventListener');
    const provider: Provider = { id: 'm', complete: async () => completionOf('x') };
    await withTimeout(1000)(provider).complete(request(), run.signal);
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
    expect(removed).toHaveBeenCalledOnce();
  });

  it('gives a model that reasons longer, and never more than a timer can hold', () => {
    const plain = attemptTimeoutMs(undefined, {});
    expect(attemptTimeoutMs(undefined, { reasoningEffort: 'high' })).toBeGreaterThan(plain);
    expect(attemptTimeoutMs(undefined, { reasoningEffort: 'none' })).toBe(plain);
    expect(attemptTimeoutMs(1e15, {})).toBe(2 ** 31 - 1);
  });
});
