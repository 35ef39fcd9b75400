import { describe, expect, it } from 'vitest';
import { summarise } from '../../harness/report/summarise.ts';
import { summarySchema } from '../../harness/report/summary.ts';
import { makeRun, modelRecord, type RunShape, stream } from './run-fixture.ts';

const summaryOf = (shape: RunShape) => summarise(stream(makeRun(shape)));
const first = async (shape: RunShape) => (await summaryOf(shape)).models[0]!;
const priced = {
  ...modelRecord('lab/a'),
  prices: { input: 3, output: 15, currency: 'USD', asOf: '2026-05-01' },
};

describe('summarise', () => {
  it('is valid against its own schema, and survives JSON', async () => {
    const summary = await summaryOf({ models: ['lab/a', 'baseline/guess'], epochs: 3, judge: 'lab/judge' });
    expect(summarySchema.parse(JSON.parse(JSON.stringify(summary)))).toEqual(summary);
  });

  it('the headline is the mean of suite means: two tasks in one suite do not outweigh the other suite', async () => {
    const model = await first({
      suites: { dispatch: ['merit', 'opf'], faults: ['duval'] },
      fate: ({ suite }) => (suite === 'dispatch' ? 1 : 0),
    });
    expect(model.overall.score).toBeCloseTo(0.5, 12);
    expect(model.suites.map(({ name, score }) => [name, score])).toEqual([
      ['dispatch', 1],
      ['faults', 0],
    ]);
    expect(model.langs.map(({ name, score }) => [name, score])).toEqual([
      ['en', 0.5],
      ['zh', 0.5],
    ]);
    expect(model.tasks.map(({ name }) => name)).toEqual(['dispatch/merit', 'dispatch/opf', 'faults/duval']);
  });

  it('an unscored attempt is in no mean, and is counted by fault and kind', async () => {
    const model = await first({
      seeds: 10,
      langs: ['en'],
      fate: ({ seed }) => (seed <= 3 ? { error: 'rate-limit' } : seed === 4 ? { judge: 'unreadable' } : 1),
    });
    expect(model.overall).toMatchObject({ score: 1, n: 6, attempts: 10, unscored: 4 });
    expect(model.unscored).toEqual([
      { fault: 'provider', kind: 'rate-limit', count: 3 },
      { fault: 'judge', kind: 'unreadable', count: 1 },
    ]);
  });

  it('twins share a cluster, so both languages together are no surer than the problems they share', async () => {
    const model = await first({ seeds: 20, fate: ({ seed }) => (seed % 4 ? 1 : 0) });
    expect(model.overall).toMatchObject({ n: 40, clusters: 20, method: 'cluster-wilson' });
    expect(model.langs[0]).toMatchObject({ n: 20, clusters: 20, method: 'wilson' });
    const [low, high] = model.overall.interval!;
    const [enLow, enHigh] = model.langs[0]!.interval!;
    expect(Math.abs(high - low - (enHigh - enLow))).toBeLessThan(0.07);
    // Counted as 40 unrelated samples the interval would be about √2 narrower, 0.26 wide.
    expect(high - low).toBeGreaterThan(0.35);
  });

  it('the language gap is paired by problem: hard problems missing on one side do not make a gap', async () => {
    const model = await first({
      seeds: 20,
      fate: ({ seed, lang }) =>
        lang === 'zh' && seed <= 5 ? { error: 'server' } : seed <= 5 ? 0 : lang === 'zh' ? 0.8 : 1,
    });
    expect(model.language_gap).toMatchObject({ difference: expect.closeTo(-0.2, 9), n: 15 });
    expect(model.langs[0]!.score).toBeCloseTo(0.75, 9);
    expect((await first({ langs: ['zh'] })).language_gap).toBeUndefined();
  });

  it('skill is above the floor of the tasks it was measured on', async () => {
    const model = await first({
      suites: { dispatch: ['merit', 'choice'] },
      floors: { merit: 0, choice: 0.5 },
      fate: ({ task, seed }) => (task === 'choice' ? (seed % 2 ? 1 : 0.5) : 0.25),
    });
    const choice = model.tasks.find(({ name }) => name === 'dispatch/choice')!;
    expect(choice).toMatchObject({ score: 0.75, floor: 0.5, skill: 0.5 });
    expect(model.overall.floor).toBe(0.25);
    expect(model.overall.skill).toBeCloseTo((0.5 - 0.25) / 0.75, 12);
  });

  it('a guessing floor of 1, or a task with an inherited property name, gives no skill rather than nonsense', async () => {
    const sure = await first({ floors: { merit: 1 } });
    expect(sure.overall.skill).toBeUndefined();
    const events = makeRun({ suites: { dispatch: ['constructor'] } });
    for (const event of events) if (event.event === 'run-start') event.suites[0]!.floors = {};
    const odd = (await summarise(stream(events))).models[0]!;
    expect(odd.overall.floor).toBeUndefined();
    expect(odd.overall.score).toBe(1);
  });

  it('nothing scored: no score, and the suite is named as missing', async () => {
    const model = await first({
      suites: { dispatch: ['merit'], faults: ['duval'] },
      fate: ({ suite }) => (suite === 'faults' ? { error: 'server' } : 1),
    });
    expect(model.missing_suites).toEqual(['faults']);
    expect(model.suites[1]).toMatchObject({ name: 'faults', n: 0, unscored: 8 });
    expect(model.suites[1]).not.toHaveProperty('score');
  });
});

describe('what replies took', () => {
  it('unknown token counts are absent, partly known ones are a least', async () => {
    const none = await first({ completion: () => ({ usage: {} }) });
    expect(none.tokens).toEqual({});
    const some = await first({
      seeds: 2,
      langs: ['en'],
      completion: ({ seed }) => ({
        usage: seed === 1 ? { outputTokens: 7 } : { inputTokens: 5, outputTokens: 3 },
      }),
    });
    expect(some.tokens).toEqual({
      input: { count: 5, complete: false },
      output: { count: 10, complete: true },
    });
  });

  it('cost is price times tokens per million, a least where tokens are unknown, absent without a price', async () => {
    const shape: RunShape = { seeds: 1, langs: ['en'], models: [priced] };
    const usage = { inputTokens: 1_000_000, outputTokens: 100_000 };
    const full = await first({ ...shape, completion: () => ({ usage }) });
    expect(full.cost).toEqual({
      amount: 4.5,
      spent: 4.5,
      currency: 'USD',
      complete: true,
      as_of: '2026-05-01',
    });
    const partly = await first({ ...shape, completion: () => ({ usage: { outputTokens: 100_000 } }) });
    expect(partly.cost).toMatchObject({ amount: 1.5, complete: false });
    const cached = await first({ ...shape, completion: () => ({ usage, cached: true }) });
    expect(cached.cost).toMatchObject({ amount: 4.5, spent: 0 });
    expect(cached.latency).toBeUndefined();
    expect((await first({ seeds: 1 })).cost).toBeUndefined();
    expect((await first({ ...shape, completion: () => ({ usage: {} }) })).cost).toBeUndefined();
  });

  it('truncated, refused and filtered replies are told apart; latency is by quantiles', async () => {
    const reasons = ['length', 'refusal', 'content-filter', 'stop'] as const;
    const model = await first({
      langs: ['en'],
      completion: ({ seed }) => ({
        finish: { unified: reasons[seed - 1]! },
        latency: { totalMs: seed * 100, firstTokenMs: seed * 10 },
        servedModel: `a-2026-0${(seed % 2) + 1}`,
      }),
    });
    expect(model).toMatchObject({ truncated: 1, refused: 1, filtered: 1, finishes: { stop: 1 } });
    expect(model.latency).toEqual({
      p50_ms: 250,
      p95_ms: expect.closeTo(385, 9),
      n: 4,
      first_token_p50_ms: 25,
    });
    expect(model.served_models).toEqual(['a-2026-01', 'a-2026-02']);
  });

  it('pass@k and pass^k come with epochs, and tell luck from steadiness', async () => {
    const model = await first({
      seeds: 4,
      langs: ['en'],
      epochs: 4,
      fate: (_, __, epoch) => (epoch === 1 ? 1 : 0.9),
    });
    expect(model.repeats.map(({ k }) => k)).toEqual([1, 2, 4]);
    expect(model.repeats[0]).toMatchObject({ n: 4, pass_at_k: 0.25, pass_hat_k: 0.25 });
    expect(model.repeats[2]).toMatchObject({ pass_at_k: 1, pass_hat_k: 0 });
    expect(model.overall).toMatchObject({ n: 4, epochs: 4, attempts: 16 });
    expect((await first({})).repeats).toEqual([]);
  });

  it('sums regret by currency over the attempts that have one', async () => {
    const events = makeRun({ seeds: 2, langs: ['en'] });
    for (const event of events)
      if (event.event === 'score-end' && event.score.status === 'scored')
        event.score.regret = { amount: 12.5, currency: 'USD' };
    const summary = await summarise(stream(events));
    expect(summary.models[0]!.regret).toEqual([{ currency: 'USD', amount: 25, n: 2 }]);
    expect(summary.models[0]!.format).toEqual({ obeyed: 2, of: 2, share: 1 });
  });
});
