import * as z from 'zod';
import { VERDICTS } from '../gate/verdict.ts';
import { comparableKey, comparableOf } from '../leaderboard/comparable.ts';
import type { Summary } from '../summary.ts';

const scoreSchema = z.strictObject({ score: z.number(), interval: z.tuple([z.number(), z.number()]) });

/** One night of one model: a line of the append-only history. */
export const historyRecordSchema = z.strictObject({
  v: z.literal(1),
  started: z.iso.datetime(),
  run: z.string(),
  model: z.string(),
  served_models: z.array(z.string()),
  /** Nights with the same key asked the same and judged it the same. */
  key: z.string(),
  overall: scoreSchema.optional(),
  suites: z.array(z.strictObject({ name: z.string(), ...scoreSchema.shape })),
  unscored: z.int().nonnegative(),
  verdict: z.enum(VERDICTS).optional(),
});
export type HistoryRecord = z.infer<typeof historyRecordSchema>;

/** What the history keeps of a model of a run; undefined where the run has no such model. */
export function historyRecord(
  summary: Summary,
  model: string,
  verdict?: HistoryRecord['verdict'],
): HistoryRecord | undefined {
  const found = summary.models.find(({ id }) => id === model);
  if (!found) return undefined;
  const { overall, suites, served_models } = found;
  return {
    v: 1,
    started: summary.started,
    run: summary.run,
    model,
    served_models,
    key: comparableKey(comparableOf(summary)),
    ...scoreOf(overall, (score) => ({ overall: score })),
    suites: suites.flatMap(
      ({ name, ...estimate }) => scoreOf(estimate, (score) => [{ name, ...score }]) ?? [],
    ),
    unscored: overall.unscored,
    ...(verdict ? { verdict } : {}),
  };
}

function scoreOf<T>(
  { score, interval }: { score?: number | undefined; interval?: [number, number] | undefined },
  wrap: (score: { score: number; interval: [number, number] }) => T,
): T | undefined {
  return score === undefined || !interval ? undefined : wrap({ score, interval });
}

export const historyLine = (record: HistoryRecord): string => `${JSON.stringify(record)}\n`;

export interface History {
  /** Oldest first; of a run that was written twice the later line. */
  records: HistoryRecord[];
  /** Line numbers, from 1, that could not be read: a torn last line, a hand that slipped. */
  damaged: number[];
}

export function readHistory(text: string): History {
  const records = new Map<string, HistoryRecord>();
  const damaged: number[] = [];
  text.split('\n').forEach((line, i) => {
    if (line.trim() === '') return;
    const record = parseLine(line);
    if (record) records.set(`${record.run} ${record.model}`, record);
    else damaged.push(i + 1);
  });
  const ordered = [...records.values()].sort((a, b) =>
    a.started < b.started ? -1 : a.started > b.started ? 1 : 0,
  );
  return { records: ordered, damaged };
}

function parseLine(line: string): HistoryRecord | undefined {
  try {
    return historyRecordSchema.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}
