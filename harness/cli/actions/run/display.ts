import cliProgress from 'cli-progress';
import type { ModelRecord } from '../../../core/event.ts';
import { seconds } from '../../../report/figures.ts';
import { sanitiseLine } from '../../../report/sanitise.ts';
import type { LaneProgress, Progress, RunProgress } from '../../../run/progress.ts';
import type { Io } from '../../io.ts';
import type { Currencies, RunLog } from './log.ts';

export interface Display {
  /** Writes a line of its own, above the bars where there are any. */
  line(text: string): void;
  stop(): void;
}

const REDRAW_MS = 200;
const PLAIN_MS = 15_000;

/**
 * Shows a run's progress on standard error: bars on a terminal, a line now and then elsewhere, nothing if quiet. Where
 * events are logged the lines are the log's own, so that whatever reads it can read them all.
 */
export function showProgress(
  progress: Progress,
  models: readonly ModelRecord[],
  io: Io,
  { quiet = false, log }: { quiet?: boolean | undefined; log?: Pick<RunLog, 'progress'> | undefined },
): Display {
  const line = (text: string) => io.err(text);
  if (quiet) return { line, stop() {} };
  const currencies = new Map(models.map(({ id, prices }) => [id, prices?.currency]));
  if (io.errIsTerminal) return bars(progress, currencies);
  const tell = log
    ? () => log.progress(progress.snapshot(), currencies)
    : () => line(plainLine(progress.snapshot(), currencies));
  return { line, ...nowAndThen(tell) };
}

function bars(progress: Progress, currencies: Currencies): Display {
  const { lanes } = progress.snapshot();
  const width = Math.max(...[...lanes.keys()].map((id) => shortId(id).length));
  const multibar = new cliProgress.MultiBar(
    {
      format: '{model} {bar} {value}/{total}  {note}',
      barsize: 24,
      hideCursor: true,
      clearOnComplete: false,
      stream: process.stderr,
      gracefulExit: false,
    },
    cliProgress.Presets.shades_classic,
  );
  const drawn = [...lanes].map(([id, lane]) => ({
    id,
    bar: multibar.create(lane.total, 0, { model: shortId(id).padEnd(width), note: '' }),
  }));
  const draw = () => {
    const now = progress.snapshot();
    for (const { id, bar } of drawn) {
      const lane = now.lanes.get(id) as LaneProgress;
      bar.update(lane.done + lane.failed, { note: note(lane, now, currencies.get(id)) });
    }
  };
  const timer = setInterval(draw, REDRAW_MS);
  return {
    // Written over old bars, which may be longer than it; it may be longer than the terminal is wide, where bars are cut.
    line: (text) => multibar.log(`\u001b[?7h${text.replace(/\n$/, '\u001b[K\n')}\u001b[?7l`),
    stop() {
      clearInterval(timer);
      draw();
      // Lines that wait are written by it.
      multibar.update();
      multibar.stop();
    },
  };
}

function nowAndThen(tell: () => void): Pick<Display, 'stop'> {
  const timer = setInterval(tell, PLAIN_MS);
  return {
    stop() {
      clearInterval(timer);
      tell();
    },
  };
}

function plainLine(now: RunProgress, currencies: Currencies): string {
  const parts = [...now.lanes].map(([id, lane]) => {
    const aside = note(lane, now, currencies.get(id));
    return `${shortId(id)} ${lane.done + lane.failed}/${lane.total}${aside === '' ? '' : ` (${aside})`}`;
  });
  return `${seconds(now.elapsedMs / 1000)}  ${parts.join('  ')}\n`;
}

const shortId = (id: string) => {
  const clean = sanitiseLine(id);
  return clean.length <= 32 ? clean : `${clean.slice(0, 31)}…`;
};

/** What a waiting reader wants to know: faults by kind, who holds us back and how long, how fast it goes, what it costs, what is left. */
export function note(
  lane: LaneProgress,
  { elapsedMs, stopping, atMs }: Omit<RunProgress, 'lanes'>,
  currency?: string,
): string {
  const ended = lane.done + lane.failed;
  if (lane.stopped !== undefined) return `stopped: ${sanitiseLine(lane.stopped).slice(0, 60)}`;
  const spent = spend(lane, currency);
  if (ended >= lane.total) return [lane.failed > 0 ? faultsOf(lane) : 'done', ...spent].join(' · ');
  const parts: string[] = [];
  if (stopping !== undefined) parts.push(`finishing ${lane.running} in flight`);
  const throttle = throttling(lane, atMs);
  if (throttle) parts.push(throttle);
  if (lane.failed > 0) parts.push(faultsOf(lane));
  if (lane.retries > 0) parts.push(lane.retries === 1 ? '1 retry' : `${lane.retries} retries`);
  if (ended > 0) {
    parts.push(`${((ended / elapsedMs) * 1000).toPrecision(2)}/s`, ...spent);
    parts.push(`${seconds(((elapsedMs / ended) * (lane.total - ended)) / 1000)} left`);
  }
  return parts.join(' · ');
}

const faultsOf = ({ faults }: LaneProgress): string =>
  `failed: ${Object.entries(faults)
    .map(([fault, count]) => `${count} ${fault}`)
    .join(', ')}`;

/** Unknown is not 0: nothing is said of a model whose price nobody knows, nor of one that costs nothing. */
const spend = ({ cost }: LaneProgress, currency: string | undefined): string[] =>
  cost === undefined || cost === 0 || currency === undefined ? [] : [`${cost.toPrecision(3)} ${currency}`];

/** Shorter waits come and go faster than anyone reads. */
const WORTH_TELLING_MS = 500;

function throttling({ throttled }: LaneProgress, atMs: number): string {
  const leftMs = (throttled?.until ?? 0) - atMs;
  return throttled && leftMs >= WORTH_TELLING_MS
    ? `${sanitiseLine(throttled.reason)} for ${Math.ceil(leftMs / 1000)} s`
    : '';
}
