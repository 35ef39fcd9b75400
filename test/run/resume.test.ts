import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../harness/core/event.ts';
import { ProviderError } from '../../harness/core/provider.ts';
import { execute } from '../../harness/run/execute.ts';
import { openJournal } from '../../harness/run/journal.ts';
import { readEntries } from '../../harness/run/journal-reader.ts';
import { planRun } from '../../harness/run/plan.ts';
import type { Scoring } from '../../harness/run/scoring.ts';
import { checkCurrent, foldState } from '../../harness/run/state.ts';
import { endState, eventsOf, journalOf, run, stateOf, tempFolder } from './kit.ts';
import {
  byTarget,
  completionOf,
  headerOf,
  makeSample,
  makeSamples,
  modelOf,
  providerOf,
  realClock,
  rightReply,
} from './made.ts';

/** A model that answers everything, slower or faster by sample, and remembers what it was asked. */
function recordingModel(id: string) {
  const asked: string[] = [];
  const provider = providerOf(id, async (request) => {
    asked.push(`${request.sampleHash} ${id} ${request.epoch}`);
    for (let i = Number(rightReply(request)) % 3; i > 0; i--) await Promise.resolve();
    return completionOf(rightReply(request));
  });
  return { asked, provider };
}

const attempts = (events: readonly RunEvent[], kind: RunEvent['event']): string[] =>
  events.flatMap((e) => (e.event === kind && 'epoch' in e ? [`${e.sample} ${e.model} ${e.epoch}`] : []));

const starts = (events: readonly RunEvent[]): string[] =>
  events.flatMap((e) => (e.event === 'sample-start' ? [e.sample] : []));

const twice = (names: readonly string[]): string[] => names.filter((name, i) => names.indexOf(name) !== i);

describe('a journal cut at any byte and resumed', () => {
  it('ends as if never cut: nothing that arrived is asked again, nothing is scored twice', async () => {
    const samples = makeSamples(4);
    const epochs = 2;
    const start = async (folder: string, cut?: Buffer) => {
      if (cut) writeFileSync(journalOf(folder), cut);
      const models = ['a/slow', 'b/fast'].map(recordingModel);
      const providers = models.map(({ provider }) => provider);
      const { outcome } = await run({ folder, samples, providers, epochs });
      return { outcome, asked: models.flatMap((model) => model.asked) };
    };
    const folder = tempFolder();
    writeFileSync(journalOf(folder), '');
    await start(folder);
    const whole = readFileSync(journalOf(folder));
    const goal = endState(await eventsOf(folder));
    expect(goal).toHaveLength(4 + 2 * 4 * 2 * 2);

    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: whole.length }), async (cut) => {
        const part = whole.subarray(0, cut);
        writeFileSync(journalOf(folder), part);
        const arrived = attempts(await eventsOf(folder), 'completion-end');
        const { outcome, asked } = await start(folder, part);
        const events = await eventsOf(folder);
        expect(outcome.status).toBe('done');
        expect(endState(events)).toEqual(goal);
        expect(asked.filter((name) => arrived.includes(name))).toEqual([]);
        expect(asked).toHaveLength(16 - arrived.length);
        for (const kind of ['completion-end', 'score-end'] as const) {
          expect(twice(attempts(events, kind))).toEqual([]);
        }
        expect(twice(starts(events))).toEqual([]);
      }),
      { numRuns: 150, examples: [[0], [1], [whole.length - 1], [whole.length]] },
    );
  });

  it('holds when it is cut again and again', async () => {
    const samples = makeSamples(5);
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 5 }),
        async (cuts) => {
          const folder = tempFolder();
          writeFileSync(journalOf(folder), '');
          const { provider } = recordingModel('m');
          for (const cut of cuts) {
            await run({ folder, samples, providers: [provider] });
            const bytes = readFileSync(journalOf(folder));
            writeFileSync(journalOf(folder), bytes.subarray(0, Math.floor(cut * bytes.length)));
          }
          await run({ folder, samples, providers: [provider] });
          const events = await eventsOf(folder);
          expect(new Set(attempts(events, 'score-end')).size).toBe(5);
          expect(twice(attempts(events, 'completion-end'))).toEqual([]);
          expect(twice(attempts(events, 'score-end'))).toEqual([]);
        },
      ),
      { numRuns: 25 },
    );
  });
});

describe('resume', () => {
  it('asks failures again, and only those', async () => {
    const folder = emptyRun();
    let broken = true;
    const asked: string[] = [];
    const provider = providerOf('m', async (request) => {
      asked.push(rightReply(request));
      if (broken && Number(rightReply(request)) % 3 === 0) throw new ProviderError('server', 'HTTP 500');
      return completionOf(rightReply(request));
    });
    const first = await run({ folder, samples: makeSamples(9), providers: [provider] });
    expect(first.outcome.lanes.get('m')).toMatchObject({ replied: 6, failed: 3, scored: 6, left: 0 });
    broken = false;
    asked.length = 0;
    const { plan, outcome } = await run({ folder, samples: makeSamples(9), providers: [provider] });
    expect(asked.sort()).toEqual(['0', '3', '6']);
    expect(plan.counts.get('m')).toEqual({ ask: 3, retry: 3, again: 0, score: 0, done: 6 });
    expect(outcome.lanes.get('m')).toMatchObject({ replied: 3, failed: 0, scored: 3, left: 0 });
  });

  it('scores a reply whose check threw, without asking for it again', async () => {
    const folder = emptyRun();
    const { asked, provider } = recordingModel('m');
    const scoring: Scoring = {
      ...byTarget,
      score(sample, reply) {
        if (reply === '2') throw new RangeError('no such field');
        return byTarget.score(sample, reply);
      },
    };
    const first = await run({ folder, samples: makeSamples(4), providers: [provider], scoring });
    expect(first.outcome.lanes.get('m')).toMatchObject({ replied: 4, scored: 3, unscored: 1, left: 0 });
    const second = await run({ folder, samples: makeSamples(4), providers: [provider] });
    expect(second.plan.counts.get('m')).toMatchObject({ ask: 0, score: 1, done: 3 });
    expect(asked).toHaveLength(4);
    expect(attempts(await eventsOf(folder), 'score-end')).toHaveLength(4);
  });

  it('counts only unchanged samples after the suite changed, and says how many it asks again', async () => {
    const folder = emptyRun();
    const { asked, provider } = recordingModel('m');
    await run({ folder, samples: makeSamples(6), providers: [provider], epochs: 2 });
    asked.length = 0;
    const samples = makeSamples(6).map((sample, i) =>
      i < 2 ? makeSample(i, { wording: 'loudly' }) : sample,
    );
    const { plan } = await run({ folder, samples, providers: [provider], epochs: 2 });
    expect(plan.counts.get('m')).toEqual({ ask: 4, retry: 0, again: 4, score: 0, done: 8 });
    expect(plan.changed).toEqual(['made/task/s0/en', 'made/task/s1/en']);
    expect(asked).toHaveLength(4);
  });

  it('scores anew under a corrected key, and does not ask', async () => {
    const folder = emptyRun();
    const { asked, provider } = recordingModel('m');
    await run({ folder, samples: makeSamples(3), providers: [provider] });
    const samples = [makeSample(0), makeSample(1, { target: '99' }), makeSample(2)];
    const { plan } = await run({ folder, samples, providers: [provider] });
    expect(plan.counts.get('m')).toMatchObject({ ask: 0, score: 1, done: 2 });
    expect(asked).toHaveLength(3);
    const last = (await eventsOf(folder)).findLast((e) => e.event === 'score-end');
    expect(last).toMatchObject({ sample: samples[1]?.hash, key: samples[1]?.keyHash, score: { value: 0 } });
  });

  it('tells the journal when a skill was renamed under an unchanged question', async () => {
    const folder = emptyRun();
    const { provider } = recordingModel('m');
    await run({ folder, samples: makeSamples(2), providers: [provider] });
    const samples = makeSamples(2, { skills: ['market'] });
    await run({ folder, samples, providers: [provider] });
    await run({ folder, samples, providers: [provider] });
    const starts = (await eventsOf(folder)).flatMap((e) => (e.event === 'sample-start' ? [e.skills] : []));
    expect(starts).toEqual([['calculation'], ['calculation'], ['market'], ['market']]);
  });

  it('does not take a reply under other settings for an answer', async () => {
    const folder = emptyRun();
    const { asked, provider } = recordingModel('m');
    const warm = [modelOf('m', { settings: { temperature: 1 } })];
    const cold = [modelOf('m', { settings: { temperature: 0 } })];
    const common = { folder, samples: makeSamples(3), providers: [provider] };
    await run({ ...common, models: warm });
    await run({ ...common, models: cold });
    expect(asked).toHaveLength(6);
    await run({ ...common, models: warm });
    await run({ ...common, models: cold });
    expect(asked).toHaveLength(6);
  });

  it('scores the later of two replies, and does not take the score of the earlier one for it', async () => {
    const folder = emptyRun();
    const { asked, provider } = recordingModel('m');
    const samples = makeSamples(1);
    await run({ folder, samples, providers: [provider] });
    const later = { event: 'completion-end', sample: samples[0]?.hash, model: 'm', epoch: 1 };
    const line = { v: 1, at: '2026-11-23T10:22:33.000Z', ...later, completion: completionOf('another') };
    appendFileSync(journalOf(folder), `${JSON.stringify(line)}\n`);
    const { plan } = await run({ folder, samples, providers: [provider] });
    expect(plan.counts.get('m')).toMatchObject({ ask: 0, score: 1, done: 0 });
    expect((await eventsOf(folder)).findLast((e) => e.event === 'score-end')).toMatchObject({
      score: { value: 0 },
    });
    expect(asked).toHaveLength(1);
  });

  it('is refused where another process went on with the run after it was read, and asks nothing', async () => {
    const folder = emptyRun();
    const { asked, provider } = recordingModel('m');
    const samples = makeSamples(3);
    const models = [modelOf('m')];
    await run({ folder, samples: samples.slice(0, 1), providers: [provider] });
    const plan = await planRun({ samples: () => samples, models, epochs: 1, state: await stateOf(folder) });
    await run({ folder, samples, providers: [provider] });
    asked.length = 0;
    const journal = openJournal(journalOf(folder), { clock: realClock });
    const never = new AbortController().signal;
    const late = execute(plan, {
      header: headerOf(models),
      journal,
      providers: new Map([['m', provider]]),
      concurrency: () => 1,
      scoring: byTarget,
      clock: realClock,
      stop: never,
      abort: never,
    });
    await expect(late).rejects.toThrow('another process has gone on with this run');
    journal.close();
    expect(asked).toEqual([]);
  });

  it('is not put off by damaged lines or a torn one at the end of the journal', async () => {
    const folder = emptyRun();
    const { provider } = recordingModel('m');
    await run({ folder, samples: makeSamples(1), providers: [provider] });
    appendFileSync(journalOf(folder), '{"v":1,\n\n{"v":1,"event":"moon-rise"}\n{"v":1');
    const state = await foldState(readEntries(journalOf(folder), { onDamage: () => {} }));
    await expect(checkCurrent(state, journalOf(folder))).resolves.toBeUndefined();
  });

  it('asks one more epoch of a finished run', async () => {
    const folder = emptyRun();
    const { asked, provider } = recordingModel('m');
    await run({ folder, samples: makeSamples(3), providers: [provider] });
    await run({ folder, samples: makeSamples(3), providers: [provider], epochs: 2 });
    expect(asked.filter((name) => name.endsWith(' 2'))).toHaveLength(3);
    expect(asked).toHaveLength(6);
  });

  it('does nothing on a finished run', async () => {
    const folder = emptyRun();
    const { asked, provider } = recordingModel('m');
    await run({ folder, samples: makeSamples(3), providers: [provider] });
    const { plan } = await run({ folder, samples: makeSamples(3), providers: [provider] });
    expect(plan.counts.get('m')).toEqual({ ask: 0, retry: 0, again: 0, score: 0, done: 3 });
    expect(asked).toHaveLength(3);
  });
});

describe('a plan', () => {
  it('asks a question that stands twice in the suites only once', async () => {
    const folder = emptyRun();
    const { asked, provider } = recordingModel('m');
    const twin = { ...makeSample(1), id: 'made/other/s1/en' };
    const samples = [makeSample(0), makeSample(1), twin, makeSample(1)];
    const { plan, outcome } = await run({ folder, samples, providers: [provider] });
    expect(plan.sampleCount).toBe(2);
    expect([...plan.duplicates]).toEqual([twin.id, makeSample(1).id]);
    expect(asked).toHaveLength(2);
    expect(outcome.lanes.get('m')).toMatchObject({ scored: 2, left: 0 });
  });

  it('refuses two questions of one name', async () => {
    const samples = [makeSample(1), makeSample(1, { wording: 'loudly' })];
    const plan = planRun({ samples: () => samples, models: [modelOf('m')], epochs: 1 });
    await expect(plan).rejects.toThrow('two samples are called made/task/s1/en');
  });

  it('refuses a model named twice', async () => {
    const plan = planRun({ samples: () => [], models: [modelOf('m'), modelOf('m')], epochs: 1 });
    await expect(plan).rejects.toThrow('model m is named twice');
  });

  it('is not misled by samples and models with prototype names', async () => {
    const folder = emptyRun();
    const samples = ['__proto__', 'constructor'].map((name, i) => ({
      ...makeSample(i),
      id: name,
      hash: name,
    }));
    const { asked, provider } = recordingModel('__proto__');
    await run({ folder, samples, providers: [provider] });
    await run({ folder, samples, providers: [provider] });
    expect(asked).toHaveLength(2);
    expect((await stateOf(folder)).samples.size).toBe(2);
  });
});

function emptyRun(): string {
  const folder = tempFolder();
  writeFileSync(journalOf(folder), '');
  return folder;
}
