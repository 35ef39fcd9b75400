import { writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Budget, type BudgetLimits, checkBudget } from '../../harness/run/budget.ts';
import { eventsOf, journalOf, run, tempFolder } from './kit.ts';
import { completionOf, makeSamples, modelOf, providerOf, realClock, rightReply } from './made.ts';

const priced = modelOf('m', { prices: { input: 1, output: 2, currency: 'USD' } });
// 1,000 tokens in and 500 out at 1 and 2 a million: 0.002 USD.
const usage = { inputTokens: 1000, outputTokens: 500 };
const model = providerOf('m', async (request) => {
  await new Promise((resolve) => setImmediate(resolve));
  return completionOf(rightReply(request), { usage });
});

async function spend(budget: BudgetLimits, more: object = {}) {
  const folder = tempFolder();
  writeFileSync(journalOf(folder), '');
  const common = { folder, samples: makeSamples(100), providers: [model], models: [priced] };
  const { outcome } = await run({ ...common, budget, ...more });
  return { folder, outcome, common };
}

describe('a budget', () => {
  it('of requests is kept exactly, whatever the concurrency, and the rest can be resumed', async () => {
    const { outcome, folder, common } = await spend({ requests: 13 });
    expect(outcome).toMatchObject({
      status: 'budget',
      reason: 'the budget of 13 requests is used up (13 spent)',
    });
    expect(outcome.lanes.get('m')).toMatchObject({ replied: 13, scored: 13, left: 87 });
    expect((await eventsOf(folder)).at(-1)).toMatchObject({ event: 'run-end', status: 'budget' });
    const { outcome: rest } = await run(common);
    expect(rest.lanes.get('m')).toMatchObject({ replied: 87, left: 0 });
  });

  it('of money or tokens is not passed where the size of a request is known beforehand', async () => {
    const expected = () => usage;
    const money = await spend({ cost: { amount: 0.0201, currency: 'USD' } }, { expected });
    expect(money.outcome.lanes.get('m')?.replied).toBe(10);
    expect(money.outcome.spent.cost).toBeCloseTo(0.02, 12);
    const tokens = await spend({ tokens: 10_000 }, { expected });
    expect(tokens.outcome.lanes.get('m')?.replied).toBe(6);
  });

  it('overshoots by less than what was in flight where nothing is known beforehand', async () => {
    const { outcome } = await spend({ cost: { amount: 0.05, currency: 'USD' } });
    expect(outcome.status).toBe('budget');
    expect(outcome.spent.cost).toBeGreaterThanOrEqual(0.048);
    expect(outcome.spent.cost).toBeLessThanOrEqual(0.05 + 4 * 0.002);
  });

  it('waits for replies that may come cheaper than was feared, instead of giving up', async () => {
    const feared = () => ({ inputTokens: 20_000, outputTokens: 500 });
    const { outcome } = await spend({ cost: { amount: 0.03, currency: 'USD' } }, { expected: feared });
    expect(outcome.lanes.get('m')?.replied).toBe(15);
  });

  it('that frees up after Ctrl-C begins nothing more', async () => {
    const stop = new AbortController();
    let asked = 0;
    const provider = providerOf('m', async (request) => {
      asked += 1;
      await new Promise((resolve) => setImmediate(resolve));
      stop.abort();
      return completionOf(rightReply(request), { usage: { inputTokens: 1, outputTokens: 1 } });
    });
    // The first request is feared to take most of it, so the other three of the lane wait.
    const expected = () => ({ inputTokens: 90, outputTokens: 10 });
    const { outcome } = await spend({ tokens: 150 }, { providers: [provider], expected, stop: stop.signal });
    expect(asked).toBe(1);
    expect(outcome).toMatchObject({ status: 'interrupted', spent: { requests: 1, tokens: 2 } });
  });

  it('never lets spent and reserved pass the limit, in any order of requests and replies', async () => {
    const steps = fc.array(fc.record({ settle: fc.nat(3), tokens: fc.integer({ min: 1, max: 50 }) }), {
      maxLength: 60,
    });
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 400 }), async (script, limit) => {
        const budget = new Budget({ requests: limit });
        const open: { settle: () => void }[] = [];
        let admitted = 0;
        for (const { settle, tokens } of script) {
          void budget.admit(priced).then((ticket) => {
            if (!ticket) return;
            admitted += 1;
            open.push({ settle: () => ticket.settle(completionOf('', { usage: { inputTokens: tokens } })) });
          });
          await Promise.resolve();
          await Promise.resolve();
          for (const { settle: go } of open.splice(0, settle)) go();
          expect(budget.spent.requests + open.length).toBeLessThanOrEqual(limit);
        }
        expect(admitted).toBeLessThanOrEqual(limit);
      }),
      { numRuns: 60 },
    );
  });

  it('counts retries as requests, and replies from a cache as nothing', async () => {
    const retried = providerOf('m', async () => completionOf('1', { usage, tries: 3 }));
    const first = await spend({ requests: 9 }, { providers: [retried], concurrency: () => 1 });
    expect(first.outcome.lanes.get('m')?.replied).toBe(3);
    const cached = providerOf('m', async () => completionOf('1', { usage, cached: true }));
    const second = await spend({ requests: 9, tokens: 1 }, { providers: [cached] });
    expect(second.outcome).toMatchObject({ status: 'done', spent: { requests: 0, tokens: 0, cost: 0 } });
  });

  it('of time stops beginning, and cuts off after the grace what still hangs', async () => {
    const hanging = providerOf('m', (request) =>
      rightReply(request) === '2'
        ? new Promise(() => {})
        : Promise.resolve(completionOf(rightReply(request))),
    );
    const waits: number[] = [];
    let replied = 0;
    let allButOne: () => void = () => {};
    const quiet = new Promise<void>((resolve) => (allButOne = resolve));
    const onProgress = (event: { kind: string }) => {
      if (event.kind === 'replied' && ++replied === 99) allButOne();
    };
    const clock = {
      ...realClock,
      sleep: async (ms: number) => {
        waits.push(ms);
        await quiet;
      },
    };
    const more = { providers: [hanging], clock, graceMs: 5000, onProgress };
    const { outcome } = await spend({ timeMs: 3_600_000 }, more);
    expect(waits).toEqual([3_600_000, 5000]);
    expect(outcome).toMatchObject({ status: 'budget', reason: 'the time of 3600 s is used up' });
    expect(outcome.lanes.get('m')).toMatchObject({ replied: 99, left: 1 });
  });

  it('of time does not hold up a run that ends before it', async () => {
    const { outcome } = await spend({ timeMs: 3_600_000 });
    expect(outcome.status).toBe('done');
  });

  it('of money is refused where a price is unknown or in another currency, before anything is asked', () => {
    const cost = { amount: 1, currency: 'USD' };
    expect(() => checkBudget({ cost }, [modelOf('x')])).toThrow('the price of x is unknown');
    const yuan = modelOf('y', { prices: { input: 1, output: 2, currency: 'CNY' } });
    expect(() => checkBudget({ cost }, [yuan])).toThrow('is in USD, but y is priced in CNY');
    expect(() => checkBudget({ cost }, [priced, modelOf('b', { baseline: true })])).not.toThrow();
  });
});
