import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { nearest, UserError } from '../core/errors.ts';
import type { Side } from '../report/compare/pairs.ts';
import { publishedSide } from '../report/compare/published.ts';
import { LEADERBOARD_VERSION, type Leaderboard, leaderboardSchema } from '../report/leaderboard/schema.ts';
import { foldRecords, type RunRecords } from '../report/records.ts';
import { redactRecords } from '../report/redact.ts';
import { readJournal } from '../run/journal-reader.ts';
import { type RunFolder, resolveRun } from '../run/run-id.ts';
import type { Io } from './io.ts';

/** Folds a run's journal to records; damaged lines are told and left out. */
export function recordsOf({ journal }: RunFolder, io: Io): Promise<RunRecords> {
  return foldRecords(
    readJournal(journal, {
      onDamage: (line, reason) => io.err(`${journal}:${line}  damaged, left out: ${reason}\n`),
    }),
  );
}

/** `<run>` or `<run>:<model>`: a run's name has no colon, a model's may. */
function splitSide(text: string): { run: string; model?: string } {
  const match = text.match(/^((?:[A-Za-z]:(?=[\\/]))?[^:]*):(.+)$/s);
  return match ? { run: match[1] || 'latest', model: match[2]! } : { run: text };
}

/**
 * One model of one run, as the user names it. Without a model's name it is the run's only model, or the only one
 * that is no built-in baseline.
 * @throws UserError where no run or model is meant, or more than one
 */
export async function readSide(
  text: string,
  { runs, redact }: { runs: string; redact?: boolean },
  io: Io,
): Promise<Side> {
  const row = publishedRow(text);
  if (row) return publishedSide(readLeaderboard(row.file, io), row.file, row.model);
  const { records, model } = await findSide(text, { runs }, io);
  return { records: redact ? redactRecords(records) : records, model };
}

/** The same with the run's folder, for who needs its words. */
export async function findSide(
  text: string,
  { runs }: { runs: string },
  io: Io,
): Promise<Side & { folder: RunFolder }> {
  const { run, model } = splitSide(text);
  if (publishedRow(text))
    throw new UserError(`${text}: a published row has no replies`, 'name the run that it comes from');
  const folder = resolveRun(resolve(io.cwd, runs), run);
  const records = await recordsOf(folder, io);
  return { folder, records, model: modelOf(records, model, run) };
}

/** `<file>.json` or `<file>.json:<model>` */
function publishedRow(text: string): { file: string; model?: string } | undefined {
  const match = text.match(/^(.+?\.json)(?::(.+))?$/s);
  return match ? { file: match[1]!, ...(match[2] === undefined ? {} : { model: match[2] }) } : undefined;
}

/** @throws UserError for what is no leaderboard */
function readLeaderboard(file: string, io: Io): Leaderboard {
  let text: string;
  try {
    text = readFileSync(resolve(io.cwd, file), 'utf8');
  } catch (error) {
    throw new UserError(`${file}: cannot be read (${(error as NodeJS.ErrnoException).code})`);
  }
  try {
    return leaderboardSchema.parse(JSON.parse(text));
  } catch {
    throw new UserError(`${file}: is no leaderboard of version ${LEADERBOARD_VERSION}`);
  }
}

function modelOf({ models, run: id }: RunRecords, wanted: string | undefined, run: string): string {
  const ids = models.map((each) => each.id);
  if (wanted !== undefined) {
    if (ids.includes(wanted)) return wanted;
    const near = nearest(wanted, ids);
    throw new UserError(
      `run ${id} has no model ${wanted}`,
      near ? `did you mean ${run}:${near}?` : `it has ${ids.join(', ')}`,
    );
  }
  const real = models.filter(({ baseline }) => !baseline).map((each) => each.id);
  const [only, ...others] = real.length > 0 ? real : ids;
  if (only !== undefined && others.length === 0) return only;
  throw new UserError(
    `run ${id} has ${ids.length} models: ${ids.join(', ')}`,
    `name one: ${run}:${only ?? '<model>'}`,
  );
}
