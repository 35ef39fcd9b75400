import { resolve } from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { Oracle } from '../../core/sample.ts';
import { leaderboardCsv } from '../../report/exports/csv.ts';
import { runJunit } from '../../report/junit.ts';
import { buildLeaderboard } from '../../report/leaderboard/build.ts';
import type { PageSample } from '../../report/page/run-data.ts';
import { type RunPage, runPage } from '../../report/page/run-page.ts';
import type { RunRecords } from '../../report/records.ts';
import { redactRecords } from '../../report/redact.ts';
import type { SampleView } from '../../report/sample-view.ts';
import { summariseRecords } from '../../report/summarise.ts';
import { type RunFolder, resolveRun } from '../../run/run-id.ts';
import type { ReportOptions } from '../commands/report.ts';
import { everyEvalEverFiles } from '../every-eval-ever-files.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { inspectFiles } from '../inspect-files.ts';
import type { Io } from '../io.ts';
import { recordedSamples } from '../recorded-samples.ts';
import { readState } from '../resume.ts';
import { runViews } from '../run-views.ts';
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
  const { redact = false } = options;
  await showRun(folder, options.json ? 'json' : options.md ? 'md' : 'table', io, { redact });
  if (written.length > 0) io.err(`Wrote ${written.join(', ')}\n`);
  return EXIT.done;
}

/** Writes every file that was asked for, and names them. */
async function exportRun(folder: RunFolder, options: ReportOptions, io: Io): Promise<string[]> {
  const { html, junit, csv, eee, inspect, redact = false } = options;
  if (redact && inspect !== undefined)
    throw new UserError(
      '--inspect: such a log is prompts and replies, and --redact would leave none',
      'choose one',
    );
  if ([html, junit, csv, eee, inspect].every((file) => file === undefined)) return [];
  const whole = await recordsOf(folder, io);
  const records = redact ? redactRecords(whole) : whole;
  if (!redact && records.selection.seedKey !== undefined && (html ?? junit ?? eee ?? inspect) !== undefined)
    io.err('This run has private seeds; --redact leaves its questions out of what you publish.\n');
  const oracles = options.work && !redact ? await rightAnswers(folder, options, io) : undefined;
  const targetOf = (hash: string) => oracles?.(hash)?.reply();
  const files: [file: string, text: string, about?: string][] = [];
  if (junit !== undefined) files.push([junit, runJunit(records)]);
  if (csv !== undefined) files.push([csv, runCsv(records)]);
  if (eee !== undefined)
    files.push(
      ...(await everyEvalEverFiles(folder, records, { ...options, targetOf })).map(
        ([path, text]) => [`${eee}/${path}`, text] as [string, string],
      ),
    );
  if (inspect !== undefined)
    files.push(
      ...(await inspectFiles(folder, records, targetOf)).map(
        ([name, text]) => [`${inspect}/${name}`, text] as [string, string],
      ),
    );
  if (html !== undefined) {
    const page = await pageOf(folder, records, oracles, redact);
    const size = `${(Buffer.byteLength(page.text) / 1e6).toFixed(1)} MB, ${(page.bytesPerSample / 1e3).toFixed(1)} kB a sample`;
    files.push([html, page.text, ` (${size})`]);
  }
  for (const [file, text] of files) writeWhole(resolve(io.cwd, file), text);
  return files.map(([file, , about = '']) => `${file}${about}`);
}

function pageOf(
  folder: RunFolder,
  records: RunRecords,
  oracles: Oracles | undefined,
  redact: boolean,
): Promise<RunPage> {
  const views = runViews(folder, records);
  return runPage(summariseRecords(records), oracles ? withAnswers(views, oracles) : views, { redact });
}

async function* withAnswers(views: AsyncIterable<SampleView>, oracles: Oracles): AsyncGenerator<PageSample> {
  for await (const view of views) {
    const oracle = oracles(view.sample.sample);
    if (!oracle) yield view;
    else {
      const plots = oracle.plots?.();
      yield { ...view, work: oracle.work?.() ?? oracle.reply(), ...(plots ? { plots } : {}) };
    }
  }
}

type Oracles = (hash: string) => Oracle | undefined;

/** By sample hash: only questions that today's suites still ask in the very same form have one. */
async function rightAnswers(folder: RunFolder, options: ReportOptions, io: Io): Promise<Oracles> {
  const { start } = await readState(folder, io);
  const { samples } = await recordedSamples(start, options, io);
  const oracles = new Map([...samples()].map(({ hash, oracle }) => [hash, oracle]));
  return (hash) => oracles.get(hash);
}

/** A run is a leaderboard of itself; nothing of it is refused. */
const runCsv = (records: RunRecords) =>
  leaderboardCsv(buildLeaderboard([summariseRecords(records)], { force: true }));
