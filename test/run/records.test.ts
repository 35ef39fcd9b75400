import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../harness/core/provider.ts';
import { unscored } from '../../harness/core/score.ts';
import { foldRecords } from '../../harness/report/records.ts';
import { readJournal } from '../../harness/run/journal-reader.ts';
import type { Scoring } from '../../harness/run/scoring.ts';
import { journalOf, run, tempFolder } from './kit.ts';
import { byTarget, completionOf, makeSample, makeSamples, modelOf, providerOf, rightReply } from './made.ts';

function emptyRun(): string {
  const folder = tempFolder();
  writeFileSync(journalOf(folder), '');
  return folder;
}

const records = (folder: string) => foldRecords(readJournal(journalOf(folder)));
const right = providerOf('m', async (request) => completionOf(rightReply(request)));

describe('what a report reads in a journal of this engine', () => {
  it('keeps right, wrong, failed, unscored and never asked apart', async () => {
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
    const { attempts, samples, status } = await records(folder);
    const bySeed = Object.fromEntries(attempts.map((a) => [samples.get(a.sample)?.seed, a.outcome]));
    expect(bySeed).toMatchObject({
      0: { status: 'scored', value: 1 },
      1: { status: 'unscored', fault: 'provider', kind: 'server' },
      2: { status: 'scored', value: 0 },
      3: { status: 'unscored', fault: 'judge' },
      4: { status: 'unscored', fault: 'run', kind: 'not-scored' },
    });
    expect(status).toBe('done');
  });

  it('heals with the resumed run', async () => {
    const folder = emptyRun();
    let broken = true;
    const provider = providerOf('m', async (request) => {
      if (broken) throw new ProviderError('timeout', 'late');
      return completionOf(rightReply(request));
    });
    await run({ folder, samples: makeSamples(1), providers: [provider] });
    broken = false;
    await run({ folder, samples: makeSamples(1), providers: [provider] });
    expect((await records(folder)).attempts.map((a) => a.outcome)).toEqual([{ status: 'scored', value: 1 }]);
  });

  it('counts no sample twice that was asked in an older form or under other settings', async () => {
    const folder = emptyRun();
    const common = { folder, providers: [right] };
    await run({
      ...common,
      samples: makeSamples(3),
      models: [modelOf('m', { settings: { temperature: 1 } })],
    });
    await run({ ...common, samples: makeSamples(3) });
    await run({ ...common, samples: [makeSample(0, { wording: 'loudly' }), makeSample(1), makeSample(2)] });
    const { attempts, samples } = await records(folder);
    expect(samples.size).toBe(3);
    expect(attempts).toHaveLength(3);
    expect(attempts.every(({ outcome }) => outcome.status === 'scored')).toBe(true);
  });
});
