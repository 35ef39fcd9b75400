import { resolve } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { leaderboardCsv } from '../../report/exports/csv.ts';
import { everyEvalEver, everyEvalEverSchema } from '../../report/exports/every-eval-ever.ts';
import { recordPath } from '../../report/exports/record-path.ts';
import { runJunit } from '../../report/junit.ts';
import { buildLeaderboard } from '../../report/leaderboard/build.ts';
import type { RunRecords } from '../../report/records.ts';
import { summariseRecords } from '../../report/summarise.ts';
import { type RunFolder, resolveRun } from '../../run/run-id.ts';
import type { ReportOptions } from '../commands/report.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { showRun } from '../show-run.ts';
import { recordsOf } from '../sides.ts';
import { writeWhole } from '../write-file.ts';

/** `wattmark report`: a fold over the journal; asks nothing. */
export async function report(run: string, options: ReportOptions, io: Io): Promise<ExitCode> {
  const { organization } = options;
  if (options.eee !== undefined && !organization)
    throw new UserError(
      '--eee: its records must say who ran the evaluation',
      'add --organization "Your Name"',
    );
  const folder = resolveRun(resolve(io.cwd, options.runs), run);
  const written = await exportRun(folder, options, io);
  await showRun(folder, options.json ? 'json' : options.md ? 'md' : 'table', io);
  if (written.length > 0) io.err(`Wrote ${written.join(', ')}\n`);
  return EXIT.done;
}

/** Writes every file that was asked for, and names them. */
async function exportRun(folder: RunFolder, options: ReportOptions, io: Io): Promise<string[]> {
  const { junit, csv, eee } = options;
  if (junit === undefined && csv === undefined && eee === undefined) return [];
  const records = await recordsOf(folder, io);
  const files: [file: string, text: string][] = [
    ...(junit === undefined ? [] : [[junit, runJunit(records)] as [string, string]]),
    ...(csv === undefined ? [] : [[csv, runCsv(records)] as [string, string]]),
    ...(eee === undefined ? [] : eeeFiles(records, eee, options)),
  ];
  for (const [file, text] of files) writeWhole(resolve(io.cwd, file), text);
  return files.map(([file]) => file);
}

/** A run is a leaderboard of itself; nothing of it is refused. */
const runCsv = (records: RunRecords) =>
  leaderboardCsv(buildLeaderboard([summariseRecords(records)], { force: true }));

function eeeFiles(records: RunRecords, folder: string, options: ReportOptions): [string, string][] {
  const summary = summariseRecords(records);
  return summary.models.map((model) => {
    const record = everyEvalEverSchema.parse(
      everyEvalEver(summary, model, {
        organization: options.organization!,
        relationship: options.relationship,
      }),
    );
    return [`${folder}/${recordPath(record)}`, `${JSON.stringify(record, null, 2)}\n`];
  });
}
