import { randomBytes } from 'node:crypto';
import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { buildLeaderboard } from '../../report/leaderboard/build.ts';
import { leaderboardTable } from '../../report/leaderboard/table.ts';
import { resolveRun } from '../../run/run-id.ts';
import type { LeaderboardOptions } from '../commands/leaderboard.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { summaryOf } from '../show-run.ts';

/** `wattmark leaderboard`: runs folded into one file, each row beside only what it can be compared with. */
export async function leaderboard(
  names: readonly string[],
  options: LeaderboardOptions,
  io: Io,
): Promise<ExitCode> {
  const runs = resolve(io.cwd, options.runs);
  const summaries = [];
  for (const name of names) summaries.push(await summaryOf(resolveRun(runs, name), io));
  const { maxUnscored, force } = options;
  const board = buildLeaderboard(summaries, {
    ...(maxUnscored === undefined ? {} : { maxUnscored }),
    ...(force ? { force } : {}),
  });
  const text = `${JSON.stringify(board, null, 2)}\n`;
  if (options.out !== undefined) writeWhole(resolve(io.cwd, options.out), text);
  if (options.json) io.out(text);
  else {
    io.out(`${leaderboardTable(board, { width: io.columns, colour: io.colour })}\n`);
    if (options.out !== undefined) io.out(`\nWrote ${options.out}\n`);
  }
  return EXIT.done;
}

/** Written beside and renamed, so that a web server never serves half a leaderboard. */
function writeWhole(path: string, text: string): void {
  const beside = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(beside, text);
    renameSync(beside, path);
  } catch (error) {
    throw new UserError(
      `${path}: cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`,
    );
  }
}
