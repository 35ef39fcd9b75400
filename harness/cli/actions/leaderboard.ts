import { resolve } from 'node:path';
import { leaderboardCsv } from '../../report/exports/csv.ts';
import { buildLeaderboard } from '../../report/leaderboard/build.ts';
import { publishedSamples } from '../../report/leaderboard/samples.ts';
import { leaderboardMarkdown, leaderboardTable } from '../../report/leaderboard/table.ts';
import { leaderboardPage } from '../../report/page/leaderboard-page.ts';
import { summariseRecords } from '../../report/summarise.ts';
import { resolveRun } from '../../run/run-id.ts';
import type { LeaderboardOptions } from '../commands/leaderboard.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { chooseAudits, runAudit } from '../judge-audit-file.ts';
import { recordsOf } from '../sides.ts';
import { createSuiteProof } from '../suite-proof.ts';
import { writeWhole } from '../write-file.ts';

/** `wattmark leaderboard`: runs folded into one file, each row beside only what it can be compared with. */
export async function leaderboard(
  names: readonly string[],
  options: LeaderboardOptions,
  io: Io,
): Promise<ExitCode> {
  const runs = resolve(io.cwd, options.runs);
  const audits = chooseAudits(options.judgeAudit ?? [], io);
  const summaries = [];
  const samples = [];
  for (const name of names) {
    const run = resolveRun(runs, name);
    const records = await recordsOf(run, io);
    summaries.push(summariseRecords(records, audits.forRun(records) ?? runAudit(run, records, io)));
    if (options.samples) samples.push(publishedSamples(records));
  }
  audits.unused();
  const proof = createSuiteProof(options.checker ?? [], io);
  const unproved = new Map<string, string>();
  for (const { run, suites } of summaries) {
    const reasons = [];
    for (const suite of suites) reasons.push(await proof(suite));
    const found = reasons.filter((reason) => reason !== undefined);
    if (found.length > 0) unproved.set(run, found.join('; '));
  }
  const { maxUnscored, force } = options;
  const board = buildLeaderboard(summaries, {
    unproved,
    ...(options.samples ? { samples } : {}),
    ...(maxUnscored === undefined ? {} : { maxUnscored }),
    ...(force ? { force } : {}),
  });
  const text = `${JSON.stringify(board, null, 2)}\n`;
  const files: [file: string | undefined, make: () => string][] = [
    [options.out, () => text],
    [options.md, () => `${leaderboardMarkdown(board)}\n`],
    [options.csv, () => leaderboardCsv(board)],
    [options.html, () => leaderboardPage(board)],
  ];
  const written = files.flatMap(([file, make]) => {
    if (file === undefined) return [];
    writeWhole(resolve(io.cwd, file), make());
    return [file];
  });
  if (options.json) io.out(text);
  else {
    io.out(`${leaderboardTable(board, { width: io.columns, colour: io.colour })}\n`);
    if (written.length > 0) io.out(`\nWrote ${written.join(', ')}\n`);
  }
  return EXIT.done;
}
