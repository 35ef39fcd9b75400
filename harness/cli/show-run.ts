import { relative } from 'node:path';
import { summaryMarkdown } from '../report/markdown.ts';
import type { RunRecords } from '../report/records.ts';
import { redactRecords } from '../report/redact.ts';
import { sanitiseLine } from '../report/sanitise.ts';
import { summariseRecords } from '../report/summarise.ts';
import type { Summary } from '../report/summary.ts';
import { summaryTable } from '../report/table.ts';
import type { RunFolder } from '../run/run-id.ts';
import type { Io } from './io.ts';
import { runAudit } from './judge-audit-file.ts';
import { recordsOf } from './sides.ts';

/** Prints a run's table, where it lies, and what to type next; with `json` the summary alone. `records` are those of its journal. */
export async function showRun(
  run: RunFolder,
  form: 'table' | 'json' | 'md',
  io: Io,
  { redact = false, records: known }: { redact?: boolean; records?: RunRecords | undefined } = {},
): Promise<void> {
  const records = known ?? (await recordsOf(run, io));
  const audit = runAudit(run, records, io);
  const summary = summariseRecords(redact ? redactRecords(records) : records, audit);
  if (form === 'json') return io.out(`${JSON.stringify(summary, null, 2)}\n`);
  if (form === 'md') return io.out(`${summaryMarkdown(summary)}\n`);
  io.out(`\n${summaryTable(summary, { width: io.columns, colour: io.colour })}\n`);
  const folder = relative(io.cwd, run.folder);
  io.out(`\nRun:  ${sanitiseLine(folder.startsWith('..') ? run.folder : folder)}\n`);
  io.out(`Next: ${nextCommand(summary, run, records, io.self)}\n`);
}

/** A first run wants a real model; a run of real models wants its answers read. */
function nextCommand({ models }: Summary, { id }: RunFolder, { samples }: RunRecords, self: string): string {
  const [first] = samples.values();
  const sample = first?.id ?? '<sample>';
  const show = `${self} show ${id} ${sanitiseLine(sample)}   reads one answer whole`;
  const next = models.some(({ baseline }) => !baseline)
    ? `${self} leaderboard ${id} --out results/leaderboard.json`
    : `${self} run -m openai/<model>   asks a real model`;
  return `${show}\n      ${next}`;
}
