import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Completion, Provider } from '../../../harness/core/provider.ts';
import { createLimiter } from '../../../providers/middleware/limit.ts';
import { withTimeout } from '../../../providers/middleware/timeout.ts';
import { createTokenBucket } from '../../../providers/middleware/token-bucket.ts';
import { completionOf, faultOf, never, request } from '../requests.ts';
import { createVirtualClock } from '../virtual-clock.ts';

describe('token bucket', () => {
  it('lets no minute through more than the limit, wherever the minute starts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 90 }),
        // Rushes after a rest: what was saved up must not come on top of what comes in.
        fc.array(
          fc.oneof(
            { weight: 30, arbitrary: fc.constant(0) },
            { weight: 1, arbitrary: fc.integer({ min: 0, max: 200_000 }) },
          ),
          { minLength: 150, maxLength: 400 },
        ),
        (perMinute, gaps) => {
          const bucket = createTokenBucket(perMinute, perMinute / 60);
          const sent: number[] = [];
          let now = 0;
          for (const gap of gaps) {
            now += gap;
            now += bucket.waitMs(1, now);
            bucket.take(1, now);
            sent.push(now);
          }
          for (const [at, time] of sent.entries()) {
            const within = sent.slice(at).filter((later) => later < time + 60_000).length;
            expect(within).toBeLessThanOrEqual(perMinute);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('uses nearly all of the limit, not half of it', () => {
    const bucket = createTokenBucket(600, 10);
    let now = 0;
    let sent = 0;
    while (now < 10 * 60_000) {
      now += bucket.waitMs(1, now);
      bucket.take(1, now);
      sent++;
    }
    expect(sent).toBeGreaterThan(10 * 600 * 0.97);
    expect(sent).toBeLessThanOrEqual(10 * 600);
  });

  it('lets through what is larger than itself once it is full, and waits the debt off after', () => {
    const bucket = createTokenBucket(6000, 100);
    expect(bucket.waitMs(5000, 0)).toBe(0);
    bucket.take(5000, 0);
    expect(bucket.waitMs(1, 0)).toBeGreaterThan(45_000);
  });

  it('does not refill when a clock stands still or runs backwards', () => {
    const bucket = createTokenBucket(60, 1);
    bucket.take(1, 1000);
    expect(bucket.waitMs(1, 500)).toBe(bucket.waitMs(1, 1000));
  });
});

/** A provider whose calls end when the test says so. */
function held(): Provider & { ends: ((completion?: Completion) => void)[] } {
  const provider = {
    id: 'local/m',
    ends: [] as ((completion?: Completion) => void)[],
    complete: () =>
      new Promise<Completion>((resolve) => {
        provider.ends.push((completion = completionOf('done')) => resolve(completion));
      }),
  };
  return provider;
}

describe('withLimit', () => {
  it('never has more in flight than the concurrency says, and tells who queues', async () => {
    const clock = createVirtualClock();
    const limiter = createLimiter({ concurrency: 3 }, clock);
    const provider = held();
    const limited = limiter.middleware(provider);
    const calls = Array.from({ length: 8 }, () => limited.complete(request(), never()));
    await clock.advance(0);
    expect(provider.ends).toHaveLength(3);
    expect(limiter.state()).toMatchObject({ inFlight: 3, queued: 5 });
    for (let i = 0; i < 8; i++) {
      provider.ends[i]?.();
      await clock.advance(0);
      expect(provider.ends.length).toBeLessThanOrEqual(i + 4);
    }
    expect(await Promise.all(calls)).toHaveLength(8);
    expect(limiter.state()).toEqual({ inFlight: 0, queued: 0, window: 3, throttled: 0, throttledMs: 0 });
  });

  it('does not make Node warn of a leak when hundreds share the signal of a run', async () => {
    const warnings: string[] = [];
    const listen = (warning: Error) => warnings.push(warning.name);
    process.on('warning', listen);
    const provider = held();
    const limited = createLimiter({ concurrency: 50 }, createVirtualClock()).middleware(
      withTimeout()(provider),
    );
    const run = new AbortController();
    const calls = Array.from({ length: 100 }, () => faultOf(limited.complete(request(), run.signal)));
    await new Promise(setImmediate);
    run.abort();
    for (const { fault } of await Promise.all(calls)) expect(fault).toBe('cancelled');
    process.off('warning', listen);
    expect(warnings).toEqual([]);
  });

  it('lets a queued request go as soon as it is cancelled, and never sends it', async () => {
    const clock = createVirtualClock();
    const limiter = createLimiter({ concurrency: 1 }, clock);
    const provider = held();
    const limited = limiter.middleware(provider);
    const first = limited.complete(request(), never());
    const run = new AbortController();
    const second = faultOf(limited.complete(request(), run.signal));
    await clock.advance(0);
    run.abort();
    expect((await second).fault).toBe('cancelled');
    provider.ends[0]?.();
    await first;
    await clock.advance(0);
    expect(provider.ends).toHaveLength(1);
  });

  it('shows for how long the rate holds requests back, and lets them go when it is over', async () => {
    const clock = createVirtualClock();
    const limiter = createLimiter({ concurrency: 10, rpm: 60 }, clock);
    const provider = held();
    const limited = limiter.middleware(provider);
    for (let i = 0; i < 3; i++) void limited.complete(request(), never());
    await clock.advance(0);
    expect(provider.ends).toHaveLength(1);
    expect(limiter.state().throttled).toBe(2);
    expect(limiter.state().throttledMs).toBeGreaterThan(900);
    await clock.advance(2100);
    expect(provider.ends).toHaveLength(3);
    expect(limiter.state()).toMatchObject({ throttled: 0, throttledMs: 0 });
  });

  it('one that is cancelled while the rate holds it does not hold up those behind', async () => {
    const clock = createVirtualClock();
    const limiter = createLimiter({ concurrency: 10, rpm: 60 }, clock);
    const provider = held();
    const limited = limiter.middleware(provider);
    const run = new AbortController();
    void limited.complete(request(), never());
    const cancelled = faultOf(limited.complete(request(), run.signal));
    void limited.complete(request(), never());
    await clock.advance(500);
    run.abort();
    expect((await cancelled).fault).toBe('cancelled');
    await clock.advance(1100);
    expect(provider.ends).toHaveLength(2);
  });

  it('does not let small requests pass a large one for ever', async () => {
    const clock = createVirtualClock();
    const limiter = createLimiter({ concurrency: 10, tpm: 60_000 }, clock);
    const sent: string[] = [];
    const limited = limiter.middleware({
      id: 'local/m',
      complete: async ({ messages }) => {
        sent.push(messages[0]?.content.slice(0, 5) ?? '');
        return completionOf('done');
      },
    });
    const ask = (content: string) =>
      limited.complete(
        request({ messages: [{ role: 'user', content }], settings: { maxTokens: 1 } }),
        never(),
      );
    const calls = [ask('first'.repeat(2000)), ask('large'.repeat(2000)), ask('small'), ask('small')];
    await clock.advance(60_000);
    await Promise.all(calls);
    expect(sent).toEqual(['first', 'large', 'small', 'small']);
  });

  it('counts the tokens that were used, not only those that were expected', async () => {
    const clock = createVirtualClock();
    const limiter = createLimiter({ concurrency: 10, tpm: 60_000 }, clock);
    const provider = held();
    const limited = limiter.middleware(provider);
    const first = limited.complete(request({ settings: { maxTokens: 10 } }), never());
    await clock.advance(0);
    provider.ends[0]?.({ ...completionOf('long'), usage: { inputTokens: 100, outputTokens: 29_900 } });
    await first;
    void limited.complete(request({ settings: { maxTokens: 10 } }), never());
    await clock.advance(20_000);
    expect(provider.ends).toHaveLength(1);
    await clock.advance(15_000);
    expect(provider.ends).toHaveLength(2);
  });
});
