import { readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PROVIDER_FAULTS } from '../../harness/core/provider.ts';
import { foldRecords } from '../../harness/report/records.ts';
import { readJournal } from '../../harness/run/journal-reader.ts';
import { faultyModel } from './faults.ts';
import { eventsOf, journalOf, run, tempFolder } from './kit.ts';
import { makeSamples } from './made.ts';

describe('a run with faults of every kind', () => {
  it('ends with every sample scored or unscored for a named reason, and asks none twice', async () => {
    const folder = tempFolder();
    writeFileSync(journalOf(folder), '');
    const models = ['a', 'b'].map((id) => faultyModel(id, { seed: '1', rate: 0.1 }));
    const providers = models.map(({ provider }) => provider);
    const { outcome } = await run({ folder, samples: makeSamples(500), providers, concurrency: () => 20 });
    expect(outcome.status).toBe('done');
    const { attempts } = await foldRecords(readJournal(journalOf(folder)));
    expect(attempts).toHaveLength(1000);
    for (const { outcome: end } of attempts) {
      if (end.status === 'scored') expect(end.value).toBe(1);
      else expect(PROVIDER_FAULTS).toContain(end.kind);
    }
    expect(attempts.filter((attempt) => attempt.outcome.status === 'unscored').length).toBeGreaterThan(40);
    for (const { asked } of models) expect([...asked.values()].every((times) => times === 1)).toBe(true);
  });

  it('under Ctrl-C, cuts and resumes in any order, never loses a reply and scores each sample once', async () => {
    const script = fc.array(
      fc.record({
        stopAfter: fc.integer({ min: 0, max: 40 }),
        twice: fc.boolean(),
        cut: fc.boolean(),
        seed: fc.string(),
      }),
      { maxLength: 4 },
    );
    await fc.assert(
      fc.asyncProperty(script, async (steps) => {
        const folder = tempFolder();
        writeFileSync(journalOf(folder), '');
        const samples = makeSamples(30);
        for (const { stopAfter, twice, cut, seed } of [...steps, ...Array.from({ length: 40 }, healthy)]) {
          const model = faultyModel('m', { seed, rate: seed === 'healthy' ? 0 : 0.4 });
          const stop = new AbortController();
          const abort = new AbortController();
          let replies = 0;
          const before = new Set(await replied(folder));
          const { outcome } = await run({
            folder,
            samples,
            providers: [model.provider],
            stop: stop.signal,
            abort: abort.signal,
            onProgress(event) {
              if (event.kind !== 'replied' || ++replies !== stopAfter) return;
              stop.abort();
              if (twice) abort.abort();
            },
          });
          for (const name of before) expect(model.asked.has(`${name} 1`)).toBe(false);
          if (!twice)
            for (const name of model.answered) expect(await replied(folder)).toContain(name.split(' ')[0]);
          if (outcome.status === 'done' && seed === 'healthy') break;
          if (cut) writeFileSync(journalOf(folder), readFileSync(journalOf(folder)).subarray(0, -7));
        }
        const events = await eventsOf(folder);
        const scores = events.flatMap((e) => (e.event === 'score-end' ? [e.sample] : []));
        expect(new Set(scores).size).toBe(30);
        expect(scores).toHaveLength(30);
        expect(new Set(await replied(folder)).size).toBe((await replied(folder)).length);
      }),
      { numRuns: 30 },
    );
  });
});

const healthy = () => ({ stopAfter: -1, twice: false, cut: false, seed: 'healthy' });

const replied = async (folder: string): Promise<string[]> =>
  (await eventsOf(folder)).flatMap((e) => (e.event === 'completion-end' ? [e.sample] : []));
