import { describe, expect, it } from 'vitest';
import { estimateRun } from '../../harness/run/estimate.ts';
import { planRun } from '../../harness/run/plan.ts';
import { makeSamples, modelOf } from './made.ts';

const prices = { input: 2, output: 10, currency: 'USD' };

describe('a dry run', () => {
  it('sums requests, tokens and money over samples, models and epochs', async () => {
    const models = [modelOf('a', { prices }), modelOf('b', { prices: { ...prices, currency: 'CNY' } })];
    const plan = await planRun({ samples: () => makeSamples(10), models, epochs: 3 });
    const result = await estimateRun(plan, () => ({ inputTokens: 1000, outputTokens: 100 }));
    expect(result.requests).toBe(60);
    expect(result.lanes[0]).toEqual({
      model: 'a',
      requests: 30,
      judgeRequests: 0,
      inputTokens: 30_000,
      outputTokens: 3000,
    });
    // 30 × (1000 × 2 + 100 × 10) / 10⁶
    expect(result.money.amounts.get('USD')).toBeCloseTo(0.09, 12);
    expect(result.money.amounts.get('CNY')).toBeCloseTo(0.09, 12);
    expect(result.money.unknown.size).toBe(0);
  });

  it('calls an unknown price or length unknown, and does not add it up as 0', async () => {
    const models = [
      modelOf('priced', { prices }),
      modelOf('unpriced'),
      modelOf('baseline', { baseline: true }),
    ];
    const plan = await planRun({ samples: () => makeSamples(2), models, epochs: 1 });
    const result = await estimateRun(plan, (sample, model) =>
      model.id === 'priced' && sample.seed === '1' ? { inputTokens: 5 } : { inputTokens: 5, outputTokens: 5 },
    );
    expect([...result.money.unknown]).toEqual(['priced', 'unpriced']);
    expect(result.lanes[0]).toMatchObject({ inputTokens: 10, outputTokens: undefined });
    expect(result.money.amounts.has('undefined')).toBe(false);
  });

  it('counts what the judge would be asked, at its own price', async () => {
    const plan = await planRun({ samples: () => makeSamples(4), models: [modelOf('m')], epochs: 1 });
    const judge = modelOf('judge', { prices });
    const expected = { judge: { requests: 3, inputTokens: 3000, outputTokens: 30 } };
    const result = await estimateRun(plan, () => expected, [judge]);
    expect(result).toMatchObject({ requests: 4, judgeRequests: 12 });
    expect(result.money.amounts.get('USD')).toBeCloseTo((4 * (3000 * 2 + 30 * 10)) / 1e6, 12);
  });
});
