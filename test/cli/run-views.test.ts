import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { runViews } from '../../harness/cli/run-views.ts';
import { foldRecords } from '../../harness/report/records.ts';
import { viewSample } from '../../harness/report/sample-view.ts';
import { readJournal } from '../../harness/run/journal-reader.ts';
import { resolveRun } from '../../harness/run/run-id.ts';
import { makeRun, type RunShape } from '../report/run-fixture.ts';
import { emptyFolder } from './cli.ts';

describe('all samples of a run, read back', () => {
  it('are what each sample shows by itself, after a resume that asked, failed, judged and scored again', async () => {
    const shape: RunShape = { seeds: 4, models: ['lab/a', 'lab/b'], epochs: 2, judge: 'lab/judge' };
    const first = makeRun({
      ...shape,
      end: 'interrupted',
      fate: ({ seed }, model) =>
        seed === 1 ? { error: 'timeout' } : seed === 2 ? { judge: 'failed' } : model === 'lab/b' ? 0 : 1,
    });
    const second = makeRun({
      ...shape,
      at: '2026-05-02T00:00:00.000Z',
      fate: ({ seed }, model) =>
        seed === 3 ? { unanswered: true } : seed === 1 && model === 'lab/b' ? { error: 'server' } : 1,
      completion: () => ({ text: 'a later reply, 较新的作答' }),
    });
    const folder = join(emptyFolder(), 'run');
    mkdirSync(folder);
    writeFileSync(
      join(folder, 'journal.jsonl'),
      [...first, ...second].map((event) => `${JSON.stringify(event)}\n`).join(''),
    );
    const run = resolveRun('.', folder);
    const read = () => readJournal(run.journal);
    const records = await foldRecords(read());
    const seen: string[] = [];
    for await (const { sample, attempts } of runViews(run, records)) {
      const alone = await viewSample(read, sample.id);
      const order = ({ model, epoch }: { model: string; epoch: number }) => `${model} ${epoch}`;
      const sorted = [...alone.attempts].sort((a, b) => (order(a) < order(b) ? -1 : 1));
      expect({ sample, attempts }).toEqual({ sample: alone.sample, attempts: sorted });
      seen.push(sample.id);
    }
    expect(seen).toHaveLength(8);
  });
});
