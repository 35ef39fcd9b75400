import { relative } from 'node:path';
import { summaryMarkdown } from '../report/markdown.ts';
import { redactRecords } from '../report/redact.ts';
import { sanitiseLine } from '../report/sanitise.ts';
import { summariseRecords } from '../report/summarise.ts';
import type { Summary } from '../report/summary.ts';
import { summaryTable } from '../report/table.ts';
import { readJournal } from '../run/journal-reader.ts';
import type { RunFolder } from '../run/run-id.ts';
import type { Io } from './io.ts';
import { runAudit } from './judge-audit-file.ts';
import { recordsOf } from './sides.ts';

/** Prints a run's table, where it lies, and what to type next; with `json` the summary alone. */
export async function showRun(
  run: RunFolder,
  form: 'table' | 'json' | 'md',
  io: Io,
  { redact = false }: { redact?: boolean } = {},
): Promise<void> {
  const records = await recordsOf(run, io);
  const audit = runAudit(run, records, io);
  const summary = summariseRecords(redact ? redactRecords(records) : records, audit);
  if (form === 'json') return io.out(`${JSON.stringify(summary, null, 2)}\n`);
  if (form === 'md') return io.out(`${summaryMarkdown(summary)}\n`);
  io.out(`\n${summaryTable(summary, { width: io.columns, colour: io.colour })}\n`);
  const folder = relative(io.cwd, run.folder);
  io.out(`\nRun:  ${sanitiseLine(folder.startsWith('..') ? run.folder : folder)}\n`);
  io.out(`Next: ${nextCommand(summary, run, await firstSample(run), io.self)}\n`);
}

/** A first run wants a real model; a run of real models wants its answers read. */
function nextCommand({ models }: Summary, { id }: RunFolder, sample: string, self: string): string {
  const show = `${self} show ${id} ${sanitiseLine(sample)}   reads one answer whole`;
  const next = models.some(({ baseline }) => !baseline)
    ? `${self} leaderboard ${id} --out results/leaderboard.json`
    : `${self} run -m openai/<model>   asks a real model`;
  return `${show}\n      ${next}`;
}

async function firstSample({ journal }: RunFolder): Promise<string> {
  for await (const event of readJournal(journal, { onDamage: () => {} })) {
    if (event.event === 'sample-start') return event.id;
  }
  return '<sample>';
}
