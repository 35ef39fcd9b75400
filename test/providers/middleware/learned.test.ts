import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Completion, type Provider, ProviderError } from '../../../harness/core/provider.ts';
import { createLearnedRate, type RateCost } from '../../../providers/middleware/learned-rate.ts';
import { createLimiter } from '../../../providers/middleware/limit.ts';
import type { Throttle } from '../../../providers/middleware/rate.ts';
import { DEFAULT_RETRY, withRetry } from '../../../providers/middleware/retry.ts';
import { createWindow } from '../../../providers/middleware/window.ts';
import { completionOf, faultOf, never, request } from '../requests.ts';
import { createVirtualClock } from '../virtual-clock.ts';

const FREE: RateCost = { tokens: 0, 'input-tokens': 0, 'output-tokens': 0 };

/** A provider that answers as it is told, one instruction a request; then rightly. */
function scripted(clock: { monotonicMs(): number }, script: (ProviderError | 'reply')[]) {
  const sentAt: number[] = [];
  const provider: Provider = {
    id: 'openai/m',
    complete: async (): Promise<Completion> => {
      sentAt.push(clock.monotonicMs());
      const next = script.shift() ?? 'reply';
      if (next !== 'reply') throw next;
      return completionOf('done');
    },
  };
  return { provider, sentAt };
}

const refusal = (retryAfterMs?: number) =>
  new ProviderError('rate-limit', 'HTTP 429', retryAfterMs === undefined ? {} : { retryAfterMs });

describe('a pause that the vendor asks for', () => {
  it('holds back every request of the model to the millisecond, and tells for how long', async () => {
    const clock = createVirtualClock();
    const told: Throttle[] = [];
    const { provider, sentAt } = scripted(clock, [refusal(12_345)]);
    const limiter = createLimiter({ concurrency: 1 }, clock, (throttle) => told.push(throttle));
    const retry = withRetry(DEFAULT_RETRY, { clock, uniform: () => 0 });
    const model = retry(limiter.middleware(provider));
    const calls = Array.from({ length: 4 }, () => model.complete(request(), never()));
    await clock.advance(12_344);
    expect(sentAt).toEqual([0]);
    expect(limiter.state().throttledMs).toBe(1);
    expect(told[0]).toEqual({ by: 'vendor', waitMs: 12_345 });
    await clock.advance(1);
    await Promise.all(calls);
    expect(sentAt).toEqual([0, 12_345, 12_345, 12_345, 12_345]);
  });

  it('of hours fails the requests with what was said, instead of holding the run for hours', async () => {
    const clock = createVirtualClock();
    const { provider, sentAt } = scripted(clock, [refusal(7_200_000)]);
    const model = createLimiter({ concurrency: 1 }, clock).middleware(provider);
    expect((await faultOf(model.complete(request(), never()))).retryAfterMs).toBe(7_200_000);
    const second = await faultOf(model.complete(request(), never()));
    expect([second.fault, second.message]).toEqual(['rate-limit', expect.stringContaining('7200 s')]);
    expect(sentAt).toHaveLength(1);
  });

  it('lets a cancelled request go at once, and those behind it when it is over', async () => {
    const clock = createVirtualClock();
    const { provider, sentAt } = scripted(clock, [refusal(5000)]);
    const model = createLimiter({ concurrency: 5 }, clock).middleware(provider);
    await faultOf(model.complete(request(), never()));
    const run = new AbortController();
    const cancelled = faultOf(model.complete(request(), run.signal));
    const behind = model.complete(request(), never());
    await clock.advance(1000);
    run.abort();
    expect((await cancelled).fault).toBe('cancelled');
    await clock.advance(4000);
    await behind;
    expect(sentAt).toEqual([0, 5000]);
  });
});

describe('the window of requests in flight', () => {
  it('halves once for a whole volley of refusals, not once for each', () => {
    const window = createWindow(64);
    for (let i = 0; i < 64; i++) window.refused(0, 10 + i);
    expect(window.size).toBe(32);
    window.refused(20, 100);
    expect(window.size).toBe(16);
  });

  it('comes back by one a round, and never passes what was configured', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100 }),
        fc.array(fc.boolean(), { maxLength: 300 }),
        (most, fates) => {
          const window = createWindow(most);
          for (const [at, refused] of fates.entries()) {
            const before = window.size;
            if (refused) window.refused(at, at);
            else window.replied();
            expect(window.size).toBeGreaterThanOrEqual(refused ? Math.floor(before / 2) : before);
            expect(window.size).toBeLessThanOrEqual(Math.min(most, before + 1));
            expect(window.size).toBeGreaterThanOrEqual(1);
          }
        },
      ),
    );
    const window = createWindow(10);
    window.refused(0, 0);
    for (let i = 0; i < 5; i++) window.replied();
    expect(window.size).toBe(5);
    window.replied();
    expect(window.size).toBe(6);
  });

  it('is what the limiter keeps to after a refusal', async () => {
    const clock = createVirtualClock();
    const limiter = createLimiter({ concurrency: 8 }, clock);
    const open: (() => void)[] = [];
    let refuse = true;
    const model = limiter.middleware({
      id: 'openai/m',
      complete: async () => {
        if (refuse) throw refusal();
        return new Promise<Completion>((resolve) => open.push(() => resolve(completionOf('done'))));
      },
    });
    await Promise.all(Array.from({ length: 8 }, () => faultOf(model.complete(request(), never()))));
    refuse = false;
    const calls = Array.from({ length: 8 }, () => model.complete(request(), never()));
    await clock.advance(0);
    expect([open.length, limiter.state().window]).toEqual([4, 4]);
    for (let i = 0; i < 8; i++) {
      open[i]?.();
      await clock.advance(0);
    }
    await Promise.all(calls);
    expect(limiter.state().window).toBe(5);
  });
});

describe('limits learned from headers', () => {
  it('waits for one request to come back, not for all of them', () => {
    const rate = createLearnedRate();
    rate.observe([{ kind: 'requests', limit: 60, remaining: 0, resetMs: 60_000 }], 0, 0);
    expect(rate.waitMs(FREE, 0)).toBe(1000);
    expect(rate.waitMs(FREE, 1000)).toBe(0);
  });

  it('takes off those sent since the counts were made', () => {
    const rate = createLearnedRate();
    rate.observe([{ kind: 'requests', limit: 10, remaining: 2, resetMs: 8000 }], 0, 0);
    rate.sent(FREE, 0);
    rate.sent(FREE, 0);
    expect(rate.waitMs(FREE, 0)).toBe(1000);
  });

  it('waits for tokens by what a request needs of them', () => {
    const rate = createLearnedRate();
    rate.observe([{ kind: 'output-tokens', limit: 8000, remaining: 0, resetMs: 60_000 }], 0, 0);
    expect(rate.waitMs({ ...FREE, 'output-tokens': 800 }, 0)).toBe(6000);
    expect(rate.waitMs({ ...FREE, 'output-tokens': 1e9 }, 0)).toBe(60_000);
  });

  it('never waits longer than a minute on headers alone, however wrong they are', () => {
    const reading = fc.record({
      kind: fc.constantFrom('requests' as const, 'tokens' as const),
      limit: fc.integer({ min: 1, max: 1e9 }),
      remaining: fc.integer({ min: 0, max: 1e9 }),
      resetMs: fc.integer({ min: 0, max: 1e12 }),
    });
    fc.assert(
      fc.property(fc.array(reading, { maxLength: 20 }), fc.nat(500), (readings, others) => {
        const rate = createLearnedRate();
        for (const [at, each] of readings.entries()) {
          rate.observe([each], others, at * 10);
          rate.sent({ ...FREE, tokens: 1000 }, at * 10);
          const waitMs = rate.waitMs({ ...FREE, tokens: 1000 }, at * 10);
          expect(waitMs).toBeGreaterThanOrEqual(0);
          expect(waitMs).toBeLessThanOrEqual(60_000);
        }
      }),
    );
  });

  it('keeps a crowd within a bucket that it was never told of', async () => {
    const clock = createVirtualClock();
    const [limit, perMs] = [20, 20 / 60_000];
    let level = limit;
    let at = 0;
    let refused = 0;
    const limiter = createLimiter({ concurrency: 16 }, clock);
    const model = withRetry(
      { ...DEFAULT_RETRY, tries: 50 },
      { clock, uniform: () => 0.5 },
    )(
      limiter.middleware({
        id: 'openai/m',
        async complete() {
          level = Math.min(limit, level + (clock.monotonicMs() - at) * perMs);
          at = clock.monotonicMs();
          const let_in = level >= 1;
          if (let_in) level -= 1;
          const remaining = Math.floor(level);
          const resetMs = (limit - level) / perMs;
          await clock.sleep(200);
          limiter.observe([{ kind: 'requests', limit, remaining, resetMs }]);
          if (let_in) return completionOf('done');
          refused += 1;
          throw refusal();
        },
      }),
    );
    const calls = Array.from({ length: 60 }, () => model.complete(request(), never()));
    await clock.advance(4 * 60_000);
    expect(await Promise.all(calls)).toHaveLength(60);
    // Of those in flight before the first headers some are turned away; hardly any after.
    expect(refused).toBeLessThan(20);
  });
});
