import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../harness/core/provider.ts';
import { scored, unscored } from '../../harness/core/score.ts';
import type { Scoring } from '../../harness/run/scoring.ts';
import { eventsOf, journalOf, run, tempFolder } from './kit.ts';
import { completionOf, makeSamples, modelOf, providerOf, rightReply } from './made.ts';

function emptyRun(): string {
  const folder = tempFolder();
  writeFileSync(journalOf(folder), '');
  return folder;
}

/** Two criteria a reply, one of them with a hostile name; the judge says yes or no, and anything else is unreadable. */
const CRITERIA = ['safe', '__proto__'];
const byJudge: Scoring = {
  judgeRequests: (sample, reply) =>
    CRITERIA.map((id) => ({
      check: 0,
      id,
      request: { messages: [{ role: 'user', content: `${id} ${sample.seed} ${reply}` }], settings: {} },
    })),
  score(_sample, _reply, judgements) {
    const of = judgements?.get(0);
    let sum = 0;
    for (const id of CRITERIA) {
      const judgement = of && Object.hasOwn(of, id) ? of[id] : undefined;
      if (judgement?.status !== 'replied' || !/^(yes|no)$/.test(judgement.text)) {
        const score = unscored('judge', 'unreadable');
        return { score, checks: [] };
      }
      if (judgement.text === 'yes') sum += 0.5;
    }
    return { score: scored(sum, 'judged'), checks: [] };
  },
};

const model = providerOf('m', async (request) => completionOf(rightReply(request)));

function judgeOf(answer: (content: string) => string | Promise<string>, concurrency = 3) {
  const asked: string[] = [];
  const provider = providerOf('judge', async (request) => {
    const content = request.messages[0]?.content ?? '';
    asked.push(content);
    return completionOf(await answer(content));
  });
  return { asked, setup: { model: modelOf('judge'), provider, concurrency } };
}

describe('a judge', () => {
  it('is asked once a criterion, and every judgement is in the journal before the score', async () => {
    const folder = emptyRun();
    const judge = judgeOf((content) => (content.startsWith('safe') ? 'yes' : 'no'));
    const samples = makeSamples(5);
    const { outcome } = await run({
      folder,
      samples,
      providers: [model],
      scoring: byJudge,
      judge: judge.setup,
    });
    expect(outcome.lanes.get('m')).toMatchObject({ replied: 5, scored: 5, left: 0 });
    expect(judge.asked).toHaveLength(10);
    const events = await eventsOf(folder);
    for (const { hash } of samples) {
      const own = events.filter((e) => 'epoch' in e && e.sample === hash).map((e) => e.event);
      expect(own).toEqual(['completion-end', 'judgement-end', 'judgement-end', 'score-end']);
    }
    const score = events.find((e) => e.event === 'score-end');
    expect(score).toMatchObject({ score: { value: 0.5 } });
  });

  it('that fails leaves the sample unscored, never passed; resume asks only what failed', async () => {
    const folder = emptyRun();
    let down = true;
    const judge = judgeOf((content) => {
      if (down && content.startsWith('safe 2')) throw new ProviderError('overloaded', 'busy');
      return 'yes';
    });
    const common = {
      folder,
      samples: makeSamples(4),
      providers: [model],
      scoring: byJudge,
      judge: judge.setup,
    };
    const first = await run(common);
    expect(first.outcome.lanes.get('m')).toMatchObject({ scored: 3, unscored: 1 });
    const failed = (await eventsOf(folder)).filter(
      (e) => e.event === 'judgement-end' && e.result.status === 'failed',
    );
    expect(failed).toHaveLength(1);
    down = false;
    judge.asked.length = 0;
    const second = await run(common);
    expect(second.plan.counts.get('m')).toMatchObject({ ask: 0, score: 1, done: 3 });
    expect(judge.asked).toEqual(['safe 2 2']);
    const last = (await eventsOf(folder)).findLast((e) => e.event === 'score-end');
    expect(last).toMatchObject({ score: { status: 'scored', value: 1 } });
  });

  it('that cannot be read is asked anew, all of it, since only the check knows which reply was unreadable', async () => {
    const folder = emptyRun();
    let word = 'perhaps';
    const judge = judgeOf((content) => (content.startsWith('safe') ? word : 'yes'));
    const common = {
      folder,
      samples: makeSamples(1),
      providers: [model],
      scoring: byJudge,
      judge: judge.setup,
    };
    const first = await run(common);
    expect(first.outcome.lanes.get('m')).toMatchObject({ scored: 0, unscored: 1 });
    word = 'yes';
    const second = await run(common);
    expect(second.outcome.lanes.get('m')).toMatchObject({ replied: 0, scored: 1 });
    expect(judge.asked).toHaveLength(4);
  });

  it('without a key is not asked a thousand times; each reply says why it is unscored', async () => {
    const folder = emptyRun();
    let asked = 0;
    const provider = providerOf('judge', () => {
      asked += 1;
      return Promise.reject(new ProviderError('auth', 'HTTP 401'));
    });
    const judge = { model: modelOf('judge'), provider, concurrency: 2 };
    const { outcome } = await run({
      folder,
      samples: makeSamples(100),
      providers: [model],
      scoring: byJudge,
      judge,
    });
    expect(asked).toBeLessThanOrEqual(2);
    expect(outcome.lanes.get('m')).toMatchObject({ replied: 100, unscored: 100, left: 0 });
    const reasons = (await eventsOf(folder)).flatMap((e) =>
      e.event === 'judgement-end' && e.result.status === 'failed' ? [e.result.reason] : [],
    );
    expect(reasons).toHaveLength(200);
    expect(reasons.at(-1)).toBe('the judge was stopped: auth: HTTP 401');
  });

  it('holds no slot of the model, and never gathers more than a few replies', async () => {
    const folder = emptyRun();
    let letGo: () => void = () => {};
    const gate = new Promise<void>((resolve) => (letGo = resolve));
    const judge = judgeOf(() => gate.then(() => 'yes'), 2);
    let replied = 0;
    const running = run({
      folder,
      samples: makeSamples(50),
      providers: [model],
      scoring: byJudge,
      judge: judge.setup,
      concurrency: () => 1,
      onProgress: (event) => event.kind === 'replied' && replied++,
    });
    while (judge.asked.length < 2) await new Promise((resolve) => setImmediate(resolve));
    for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
    // Twice the judge's concurrency wait in its room, and one at its door.
    expect(replied).toBe(5);
    expect(judge.asked).toHaveLength(2);
    letGo();
    expect((await running).outcome.lanes.get('m')).toMatchObject({ scored: 50, left: 0 });
  });

  it('cut off by a second Ctrl-C leaves its replies for resume, which does not ask the model again', async () => {
    const folder = emptyRun();
    const abort = new AbortController();
    const judge = judgeOf(() => new Promise<string>(() => {}));
    const common = { folder, samples: makeSamples(3), providers: [model], scoring: byJudge };
    const running = run({ ...common, judge: judge.setup, abort: abort.signal });
    while (judge.asked.length < 3) await new Promise((resolve) => setImmediate(resolve));
    abort.abort();
    expect((await running).outcome.lanes.get('m')).toMatchObject({ replied: 3, scored: 0, left: 3 });
    const { plan, outcome } = await run({ ...common, judge: judgeOf(() => 'no').setup });
    expect(plan.counts.get('m')).toMatchObject({ ask: 0, score: 3 });
    expect(outcome.lanes.get('m')).toMatchObject({ scored: 3, left: 0 });
  });

  it('of another name is not taken for this one', async () => {
    const folder = emptyRun();
    const first = judgeOf((content) => {
      if (content.startsWith('safe')) return 'yes';
      throw new ProviderError('overloaded', 'busy');
    });
    const common = { folder, samples: makeSamples(1), providers: [model], scoring: byJudge };
    await run({ ...common, judge: first.setup });
    const second = judgeOf(() => 'yes');
    await run({ ...common, judge: { ...second.setup, model: modelOf('other') } });
    expect(second.asked).toHaveLength(2);
  });
});
