import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Provider, ProviderError } from '../../../harness/core/provider.ts';
import { createLimiter } from '../../../providers/middleware/limit.ts';
import { type RetryPolicy, type RetryWait, withRetry } from '../../../providers/middleware/retry.ts';
import { completionOf, faultOf, never, request } from '../requests.ts';
import { createVirtualClock } from '../virtual-clock.ts';

const policy: RetryPolicy = { tries: 4, baseMs: 1000, capMs: 5000, deadlineMs: 60_000 };

/** Fails with these errors in turn, then answers. */
function failing(...errors: ProviderError[]): Provider & { calls: number } {
  const provider = {
    id: 'local/m',
    calls: 0,
    complete: async () => {
      const error = errors[provider.calls++];
      if (error) throw error;
      return completionOf('done');
    },
  };
  return provider;
}

const overloaded = (more = {}) => new ProviderError('overloaded', 'busy', more);

describe('withRetry', () => {
  it('says how often it asked, and nothing where once was enough', async () => {
    const clock = createVirtualClock(true);
    const retry = withRetry(policy, { clock, uniform: () => 0 });
    expect(await retry(failing()).complete(request(), never())).not.toHaveProperty('tries');
    const twice = await retry(failing(overloaded(), overloaded())).complete(request(), never());
    expect(twice).toMatchObject({ text: 'done', tries: 3 });
  });

  it('keeps the wait that was asked for to the millisecond, without jitter', async () => {
    const clock = createVirtualClock(true);
    const waits: RetryWait[] = [];
    const retry = withRetry(policy, { clock, uniform: () => 0.7, onWait: (wait) => waits.push(wait) });
    await retry(failing(overloaded({ retryAfterMs: 1234 }), overloaded({ retryAfterMs: 0 }))).complete(
      request(),
      never(),
    );
    expect(clock.waits).toEqual([1234, 0]);
    expect(waits[0]).toMatchObject({
      model: 'local/m',
      fault: 'overloaded',
      tries: 1,
      waitMs: 1234,
      asked: true,
    });
  });

  it('waits between half and the whole of a doubling step, never beyond the cap', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), async (uniform) => {
        const clock = createVirtualClock(true);
        const retry = withRetry({ ...policy, tries: 6 }, { clock, uniform: () => uniform });
        await retry(failing(...Array.from({ length: 5 }, () => overloaded()))).complete(request(), never());
        for (const [at, wait] of clock.waits.entries()) {
          const step = Math.min(5000, 1000 * 2 ** at);
          expect(wait).toBeGreaterThanOrEqual(step / 2);
          expect(wait).toBeLessThanOrEqual(step);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('does not ask again what asking again cannot mend', async () => {
    const clock = createVirtualClock(true);
    const provider = failing(new ProviderError('auth', 'no'));
    const fault = await faultOf(
      withRetry(policy, { clock, uniform: () => 0 })(provider).complete(request(), never()),
    );
    expect(fault).toMatchObject({ fault: 'auth', tries: 1 });
    expect(provider.calls).toBe(1);
  });

  it('gives up after the last try with the last error, its status and its tries', async () => {
    const clock = createVirtualClock(true);
    const errors = [1, 2, 3, 4, 5].map((n) => overloaded({ status: 500 + n, requestId: `req_${n}` }));
    const provider = failing(...errors);
    const fault = await faultOf(
      withRetry(policy, { clock, uniform: () => 0 })(provider).complete(request(), never()),
    );
    expect(fault).toMatchObject({ fault: 'overloaded', status: 504, requestId: 'req_4', tries: 4 });
    expect(provider.calls).toBe(4);
  });

  it('does not wait for a time it will not live to see', async () => {
    const clock = createVirtualClock(true);
    const provider = failing(overloaded({ retryAfterMs: 3_600_000 }));
    const fault = await faultOf(
      withRetry(policy, { clock, uniform: () => 0 })(provider).complete(request(), never()),
    );
    expect(fault.message).toContain('asks to wait 3600 s');
    expect(clock.waits).toEqual([]);
  });

  it('wakes from its wait when the run is cancelled', async () => {
    const clock = createVirtualClock();
    const run = new AbortController();
    const call = faultOf(
      withRetry(policy, { clock, uniform: () => 0 })(failing(overloaded())).complete(request(), run.signal),
    );
    await clock.advance(10);
    run.abort();
    expect((await call).fault).toBe('cancelled');
  });

  it('holds no slot while it waits', async () => {
    const clock = createVirtualClock();
    const limiter = createLimiter({ concurrency: 1 }, clock);
    const retry = withRetry(policy, { clock, uniform: () => 0 });
    const slow = retry(limiter.middleware(failing(overloaded())));
    const quick = retry(limiter.middleware(failing()));
    const waiting = slow.complete(request(), never());
    await clock.advance(1);
    expect(limiter.state()).toMatchObject({ inFlight: 0, queued: 0 });
    expect((await quick.complete(request(), never())).text).toBe('done');
    await clock.advance(30_000);
    expect((await waiting).tries).toBe(2);
  });
});
