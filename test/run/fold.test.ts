import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../harness/core/provider.ts';
import { unscored } from '../../harness/core/score.ts';
import { foldAttempts } from '../../harness/run/fold.ts';
import { readJournal } from '../../harness/run/journal-reader.ts';
import type { Scoring } from '../../harness/run/scoring.ts';
import { journalOf, run, tempFolder } from './kit.ts';
import { byTarget, completionOf, makeSample, makeSamples, modelOf, providerOf, rightReply } from './made.ts';

function emptyRun(): string {
  const folder = tempFolder();
  writeFileSync(journalOf(folder), '');
  return folder;
}

const fold = (folder: string) => foldAttempts(readJournal(journalOf(folder)));
const right = providerOf('m', async (request) => completionOf(rightReply(request)));

describe('the fold of a run', () => {
  it('keeps right, wrong, failed and unscored apart', async () => {
    const folder = emptyRun();
    const provider = providerOf('m', async (request) => {
      const reply = rightReply(request);
      if (reply === '1') throw new ProviderError('server', 'HTTP 503', { status: 503 });
      return completionOf(reply === '2' ? 'wrong' : reply);
    });
    const scoring: Scoring = {
      ...byTarget,
      score(sample, reply) {
        if (sample.seed === '3') return { score: unscored('judge', 'unreadable'), checks: [] };
        if (sample.seed === '4') throw new Error('check failed');
        return byTarget.score(sample, reply);
      },
    };
    await run({ folder, samples: makeSamples(5), providers: [provider], scoring });
    const { attempts, samples, end } = await fold(folder);
    const bySeed = new Map(attempts.map((attempt) => [samples.get(attempt.sample)?.seed, attempt]));
    expect(bySeed.get('0')).toMatchObject({
      score: { status: 'scored', value: 1 },
      usage: { inputTokens: 10 },
    });
    expect(bySeed.get('1')).toMatchObject({
      score: { status: 'unscored', fault: 'provider', reason: 'server: HTTP 503' },
      error: { fault: 'server', status: 503 },
    });
    expect(bySeed.get('2')).toMatchObject({ score: { status: 'scored', value: 0 } });
    expect(bySeed.get('3')?.score).toEqual({ status: 'unscored', fault: 'judge', reason: 'unreadable' });
    expect(bySeed.get('4')?.score).toEqual({ status: 'unscored', fault: 'judge', reason: 'not scored yet' });
    expect(end).toMatchObject({ status: 'done' });
  });

  it('lets a later reply heal a failure, and a later failure not undo a reply', async () => {
    const folder = emptyRun();
    let broken = true;
    const provider = providerOf('m', async (request) => {
      if (broken) throw new ProviderError('timeout', 'late');
      return completionOf(rightReply(request));
    });
    await run({ folder, samples: makeSamples(1), providers: [provider] });
    broken = false;
    await run({ folder, samples: makeSamples(1), providers: [provider] });
    const { attempts } = await fold(folder);
    expect(attempts).toHaveLength(1);
    expect(attempts[0]).toMatchObject({ score: { value: 1 } });
    expect(attempts[0]).not.toHaveProperty('error');
  });

  it('leaves out what was asked in an older form or under other settings, and counts it', async () => {
    const folder = emptyRun();
    const common = { folder, providers: [right] };
    await run({
      ...common,
      samples: makeSamples(3),
      models: [modelOf('m', { settings: { temperature: 1 } })],
    });
    await run({ ...common, samples: makeSamples(3) });
    await run({ ...common, samples: [makeSample(0, { wording: 'loudly' }), makeSample(1), makeSample(2)] });
    const { attempts, superseded, samples } = await fold(folder);
    expect(attempts).toHaveLength(3);
    expect(superseded).toBe(4);
    expect(samples.size).toBe(3);
  });

  it('holds no reply and no details', async () => {
    const folder = emptyRun();
    const secret = 'x'.repeat(1000);
    const provider = providerOf('m', async () => completionOf(secret, { reasoning: secret }));
    const scoring: Scoring = {
      judgeRequests: () => [],
      score: () => {
        const score = {
          status: 'scored',
          value: 1,
          reason: 'ok',
          details: secret,
          extracted: secret,
        } as const;
        return { score, checks: [{ kind: 'k', weight: 1, gate: false, score }] };
      },
    };
    await run({ folder, samples: makeSamples(2), providers: [provider], scoring });
    expect(JSON.stringify((await fold(folder)).attempts)).not.toContain('xxx');
  });

  it('sums what judges used apart from models', async () => {
    const folder = emptyRun();
    const scoring: Scoring = {
      ...byTarget,
      judgeRequests: () => [{ check: 0, id: 'a', request: { messages: [], settings: {} } }],
    };
    const judge = { model: modelOf('judge'), provider: { ...right, id: 'judge' }, concurrency: 2 };
    await run({ folder, samples: makeSamples(4), providers: [right], scoring, judge });
    expect((await fold(folder)).judges.get('judge')).toEqual({
      requests: 4,
      failed: 0,
      inputTokens: 40,
      outputTokens: 20,
    });
  });
});
