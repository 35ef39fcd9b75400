import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Sample } from '../../harness/core/sample.ts';
import { scored } from '../../harness/core/score.ts';
import { openJournal } from '../../harness/run/journal.ts';
import { rescore } from '../../harness/run/rescore.ts';
import type { Scoring } from '../../harness/run/scoring.ts';
import { eventsOf, journalOf, run, stateOf, tempFolder } from './kit.ts';
import {
  byTarget,
  completionOf,
  makeSample,
  makeSamples,
  modelOf,
  providerOf,
  realClock,
  rightReply,
} from './made.ts';

async function finishedRun(samples = makeSamples(5)): Promise<string> {
  const folder = tempFolder();
  writeFileSync(journalOf(folder), '');
  const provider = providerOf('m', async (request) => completionOf(rightReply(request)));
  await run({ folder, samples, providers: [provider], epochs: 2 });
  return folder;
}

async function scoreAgain(folder: string, samples: readonly Sample[], scoring: Scoring = byTarget) {
  const state = await stateOf(folder);
  const journal = openJournal(journalOf(folder), { clock: realClock });
  try {
    return await rescore(state, { samples: () => samples, scoring, journal, clock: realClock });
  } finally {
    journal.close();
  }
}

describe('scoring a run again', () => {
  it('writes nothing where nothing changed', async () => {
    const folder = await finishedRun();
    const before = readFileSync(journalOf(folder));
    expect(await scoreAgain(folder, makeSamples(5))).toMatchObject({
      scored: 10,
      changed: 0,
      failed: 0,
      orphaned: 0,
    });
    expect(readFileSync(journalOf(folder))).toEqual(before);
  });

  it('appends the scores of a corrected key, which win, and is done after once', async () => {
    const folder = await finishedRun();
    const samples = makeSamples(5).map((sample, i) => (i === 2 ? makeSample(2, { target: '7' }) : sample));
    expect(await scoreAgain(folder, samples)).toMatchObject({ scored: 10, changed: 2 });
    const events = await eventsOf(folder);
    const last = events.filter((e) => e.event === 'score-end' && e.sample === samples[2]?.hash).at(-1);
    expect(last).toMatchObject({ key: samples[2]?.keyHash, score: { value: 0 } });
    expect(events.filter((e) => e.event === 'sample-start').at(-1)).toMatchObject({
      key: samples[2]?.keyHash,
    });
    const size = statSync(journalOf(folder)).size;
    expect(await scoreAgain(folder, samples)).toMatchObject({ changed: 0 });
    expect(statSync(journalOf(folder)).size).toBe(size);
  });

  it('appends a score that came out the same under a new key, so that resume does not do it again', async () => {
    const folder = await finishedRun();
    const samples = makeSamples(5).map((sample) => ({ ...sample, keyHash: `new ${sample.seed}` }));
    expect(await scoreAgain(folder, samples)).toMatchObject({ scored: 10, changed: 10 });
    const provider = providerOf('m', () => Promise.reject(new Error('was asked')));
    const { plan } = await run({ folder, samples, providers: [provider], epochs: 2 });
    expect(plan.counts.get('m')).toMatchObject({ ask: 0, score: 0, done: 10 });
  });

  it('sees a check that scores otherwise under the same key', async () => {
    const folder = await finishedRun();
    const half: Scoring = {
      judgeRequests: () => [],
      score: () => ({ score: scored(0.5, 'half', { details: { a: undefined } as never }), checks: [] }),
    };
    expect(await scoreAgain(folder, makeSamples(5), half)).toMatchObject({ scored: 10, changed: 10 });
    expect(await scoreAgain(folder, makeSamples(5), half)).toMatchObject({ scored: 10, changed: 0 });
  });

  it('reports replies whose question is no longer asked, and questions that never were', async () => {
    const folder = await finishedRun();
    const samples = [makeSample(0), makeSample(1, { wording: 'loudly' }), makeSample(9)];
    const outcome = await scoreAgain(folder, samples);
    expect(outcome).toMatchObject({ scored: 2, changed: 0, orphaned: 8, unasked: 2 });
  });

  it('goes on where one check throws, and names the sample', async () => {
    const folder = await finishedRun();
    const throwing: Scoring = {
      judgeRequests: () => [],
      score(sample, reply) {
        if (sample.seed === '3') throw new RangeError('no unit');
        return byTarget.score(sample, reply);
      },
    };
    const outcome = await scoreAgain(folder, makeSamples(5), throwing);
    expect(outcome).toMatchObject({ scored: 8, changed: 0, failed: 2 });
    expect(outcome.messages[0]).toBe('made/task/s3/en: cannot be scored: no unit');
  });

  it('reads the judgements of the journal and asks no judge', async () => {
    const folder = tempFolder();
    writeFileSync(journalOf(folder), '');
    const asked = { n: 0 };
    const judge = providerOf('judge', async () => {
      asked.n += 1;
      return completionOf('0.25');
    });
    const scoring: Scoring = {
      judgeRequests: () => [{ check: 1, id: 'clear', request: { messages: [], settings: {} } }],
      score(_sample, _reply, judgements) {
        const judgement = judgements?.get(1)?.['clear'];
        return {
          score: scored(judgement?.status === 'replied' ? Number(judgement.text) : 0, 'judged'),
          checks: [],
        };
      },
    };
    const provider = providerOf('m', async (request) => completionOf(rightReply(request)));
    const setup = { model: modelOf('judge'), provider: judge, concurrency: 1 };
    await run({ folder, samples: makeSamples(2), providers: [provider], scoring, judge: setup });
    expect(asked.n).toBe(2);
    expect(await scoreAgain(folder, makeSamples(2), scoring)).toMatchObject({ scored: 2, changed: 0 });
    const doubled: Scoring = {
      ...scoring,
      score(sample, reply, judgements) {
        const { score } = scoring.score(sample, reply, judgements);
        return { score: scored(score.status === 'scored' ? score.value * 2 : 0, 'doubled'), checks: [] };
      },
    };
    await scoreAgain(folder, makeSamples(2), doubled);
    expect((await eventsOf(folder)).at(-1)).toMatchObject({ event: 'score-end', score: { value: 0.5 } });
    expect(asked.n).toBe(2);
  });
});
