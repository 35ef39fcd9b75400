import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { nearest, UserError } from '../../core/errors.ts';
import { driftLines, trendLine } from '../../report/history/drift.ts';
import { type HistoryRecord, readHistory } from '../../report/history/record.ts';
import { type ModelTrend, trends } from '../../report/history/trend.ts';
import { trendPage } from '../../report/page/trend-page.ts';
import { sanitiseLine } from '../../report/sanitise.ts';
import type { HistoryOptions } from '../commands/history.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { writeWhole } from '../write-file.ts';

/** `wattmark history`: the nights of each model, told as a line, as a page, or as JSON. */
export function history(file: string, options: HistoryOptions, io: Io): ExitCode {
  const records = chosen(readNights(file, io), options.model);
  const all = trends(records);
  if (options.html !== undefined) writeWhole(resolve(io.cwd, options.html), trendPage(records));
  if (options.json) io.out(`${JSON.stringify(all, null, 2)}\n`);
  else for (const trend of all) io.out(`${linesOf(trend).map(sanitiseLine).join('\n')}\n`);
  if (options.html !== undefined) io.err(`Wrote ${options.html}\n`);
  return EXIT.done;
}

function readNights(file: string, io: Io): HistoryRecord[] {
  let text: string;
  try {
    text = readFileSync(resolve(io.cwd, file), 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(`${file}: cannot be read (${code})`, 'wattmark gate … --history FILE makes one');
  }
  const { records, damaged } = readHistory(text);
  for (const line of damaged) io.err(`${file}:${line}  damaged, left out\n`);
  if (records.length === 0) throw new UserError(`${file} holds no nights`);
  return records;
}

/** @throws UserError for a model that the history does not know */
function chosen(records: HistoryRecord[], models: readonly string[] | undefined): HistoryRecord[] {
  const known = [...new Set(records.map(({ model }) => model))];
  const stranger = models?.find((model) => !known.includes(model));
  if (stranger !== undefined) {
    const meant = nearest(stranger, known);
    throw new UserError(
      `no nights of ${stranger} in this history`,
      meant ? `did you mean ${meant}?` : `there are: ${known.join(', ')}`,
    );
  }
  return models ? records.filter(({ model }) => models.includes(model)) : records;
}

function linesOf({ model, nights, drift }: ModelTrend): string[] {
  const comparable = nights.filter((night) => night.comparable);
  const scores = comparable.flatMap(({ overall }) => (overall ? [overall.score] : []));
  const other = nights.length - comparable.length;
  return [
    `${model}: ${scores.length} comparable nights ${trendLine(scores)}${other > 0 ? `, ${other} that asked otherwise` : ''}`,
    ...driftLines(drift),
  ];
}
