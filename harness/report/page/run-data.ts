import { gzipSync } from 'node:zlib';
import type { Plot } from '../../core/plot.ts';
import type { AttemptView, SampleView } from '../sample-view.ts';

/** A sample of the run with all its words, its worked solution and its pictures where they were handed in. */
export type PageSample = SampleView & { work?: string; plots?: readonly Plot[] };

/** One line of the page's list. Short names: a page holds ten thousands of these. */
export interface IndexRow {
  /** Index of the sample, and of the attempt within it. */
  s: number;
  a: number;
  /** Index of the model. */
  m: number;
  e: number;
  /** Score; absent where there is none. */
  v?: number;
  /** The first reason short of full marks, or the fault. */
  r?: string;
  /** Bytes of all that is told of this attempt. */
  b: number;
}

export interface RunData {
  samples: { id: string; chunk: number }[];
  /** Failures first, the worst of them first; then what has no score; then full marks. */
  rows: IndexRow[];
  /** Gzipped JSON as base64: lists of samples by their index. */
  chunks: string[];
  bytes: number;
}

const CHUNK_BYTES = 256 * 1024;
const REASON_LENGTH = 160;
/** A page is for reading: what a model wrote beyond this stays in the journal, and the page says so. */
const LONGEST_TEXT = 100_000;

/** Folds samples into an index that is read at once and chunks that are read when a sample is opened. */
export async function runData(
  samples: AsyncIterable<PageSample>,
  models: readonly string[],
  redact: boolean,
): Promise<RunData> {
  const data: RunData = { samples: [], rows: [], chunks: [], bytes: 0 };
  let pending: Record<string, unknown> = {};
  let size = 0;
  const flush = () => {
    if (size === 0) return;
    data.chunks.push(gzipSync(JSON.stringify(pending), { level: 6 }).toString('base64'));
    pending = {};
    size = 0;
  };
  for await (const sample of samples) {
    const index = data.samples.length;
    data.samples.push({ id: sample.sample.id, chunk: redact ? -1 : data.chunks.length });
    const told = sample.attempts.map(tell);
    for (const [a, attempt] of sample.attempts.entries())
      data.rows.push(rowOf(attempt, { s: index, a, m: models.indexOf(attempt.model) }, told[a], redact));
    if (redact) continue;
    const whole = { prompt: sample.sample.messages, work: sample.work, plots: sample.plots, attempts: told };
    pending[index] = whole;
    const bytes = Buffer.byteLength(JSON.stringify(whole));
    data.bytes += bytes;
    size += bytes;
    if (size >= CHUNK_BYTES) flush();
  }
  flush();
  data.rows.sort((a, b) => order(a) - order(b) || a.s - b.s || a.m - b.m || a.e - b.e);
  return data;
}

const order = ({ v }: IndexRow): number => (v === undefined ? 1 : v === 1 ? 2 : v);

function rowOf(
  { epoch, completion, score, error }: AttemptView,
  at: Pick<IndexRow, 's' | 'a' | 'm'>,
  told: unknown,
  redact: boolean,
): IndexRow {
  const value = score?.score.status === 'scored' ? score.score.value : undefined;
  const short = score?.checks.find((check) => check.score.status === 'unscored' || check.score.value < 1);
  const open = completion ? 'not scored' : 'not asked';
  const said = (short?.score ?? score?.score)?.reason ?? open;
  const reason = error ? `${error.fault}: ${error.message}` : said;
  return {
    ...at,
    e: epoch,
    ...(value === undefined ? {} : { v: value }),
    ...(redact || value === 1 ? {} : { r: reason.slice(0, REASON_LENGTH) }),
    b: redact ? 0 : Buffer.byteLength(JSON.stringify(told)),
  };
}

function tell({ completion, error, judgements, score }: AttemptView): unknown {
  return {
    ...(completion
      ? {
          text: cut(completion.text),
          reasoning: completion.reasoning === undefined ? undefined : cut(completion.reasoning),
          finish: completion.finish.unified,
          usage: completion.usage,
          // Nobody measured how long one reply of a batch took.
          ms: completion.batch ? undefined : completion.latency.totalMs,
          served: completion.servedModel,
        }
      : {}),
    ...(error ? { error: `${error.fault}: ${error.message}` } : {}),
    ...(score ? { score: score.score, checks: score.checks, format: score.format } : {}),
    judgements: judgements.map(({ judge, check, criterion, result }) => ({
      judge,
      check,
      criterion,
      text: cut(result.status === 'replied' ? result.completion.text : result.reason),
    })),
  };
}

const cut = (text: string) =>
  text.length > LONGEST_TEXT
    ? `${text.slice(0, LONGEST_TEXT)}\n[… ${text.length - LONGEST_TEXT} more characters]`
    : text;
