import cliProgress from 'cli-progress';
import type { ModelRecord } from '../../../core/event.ts';
import { seconds } from '../../../report/figures.ts';
import { sanitiseLine } from '../../../report/sanitise.ts';
import type { LaneProgress, Progress, RunProgress } from '../../../run/progress.ts';
import type { Io } from '../../io.ts';

export interface Display {
  stop(): void;
}

const REDRAW_MS = 200;
const PLAIN_MS = 15_000;

/** Shows a run's progress on standard error: bars on a terminal, a line now and then elsewhere, nothing if quiet. */
export function showProgress(
  progress: Progress,
  models: readonly ModelRecord[],
  io: Io,
  quiet: boolean,
): Display {
  if (quiet) return { stop() {} };
  const currencies = new Map(models.map(({ id, prices }) => [id, prices?.currency]));
  return io.errIsTerminal ? bars(progress, currencies) : plainLines(progress, currencies, io);
}

/** What each model is paid in, where its price is known. */
type Currencies = ReadonlyMap<string, string | undefined>;

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
    stop() {
      clearInterval(timer);
      draw();
      multibar.stop();
    },
  };
}

function plainLines(progress: Progress, currencies: Currencies, io: Io): Display {
  const line = () => {
    const now = progress.snapshot();
    const parts = [...now.lanes].map(([id, lane]) => {
      const aside = note(lane, now, currencies.get(id));
      return `${shortId(id)} ${lane.done + lane.failed}/${lane.total}${aside === '' ? '' : ` (${aside})`}`;
    });
    io.err(`${seconds(now.elapsedMs / 1000)}  ${parts.join('  ')}\n`);
  };
  const timer = setInterval(line, PLAIN_MS);
  return {
    stop() {
      clearInterval(timer);
      line();
    },
  };
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
  if (lane.retries > 0) parts.push(`${lane.retries} retries`);
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
