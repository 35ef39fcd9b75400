import cliProgress from 'cli-progress';
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
export function showProgress(progress: Progress, io: Io, quiet: boolean): Display {
  if (quiet) return { stop() {} };
  return io.errIsTerminal ? bars(progress) : plainLines(progress, io);
}

function bars(progress: Progress): Display {
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
      bar.update(lane.done + lane.failed, { note: note(lane, now) });
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

function plainLines(progress: Progress, io: Io): Display {
  const line = () => {
    const { lanes, elapsedMs, atMs } = progress.snapshot();
    const parts = [...lanes].map(([id, lane]) => {
      const asides = [lane.failed > 0 ? `${lane.failed} failed` : '', throttling(lane, atMs)].filter(Boolean);
      const aside = asides.length > 0 ? ` (${asides.join(', ')})` : '';
      return `${shortId(id)} ${lane.done + lane.failed}/${lane.total}${aside}`;
    });
    io.err(`${seconds(elapsedMs / 1000)}  ${parts.join('  ')}\n`);
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

/** What a waiting reader wants to know: faults, who holds us back and how long, what is left. */
export function note(lane: LaneProgress, { elapsedMs, stopping, atMs }: Omit<RunProgress, 'lanes'>): string {
  const ended = lane.done + lane.failed;
  if (lane.stopped !== undefined) return `stopped: ${sanitiseLine(lane.stopped).slice(0, 60)}`;
  if (ended >= lane.total) return lane.failed > 0 ? `${lane.failed} failed` : 'done';
  const parts: string[] = [];
  if (stopping !== undefined) parts.push(`finishing ${lane.running} in flight`);
  const throttle = throttling(lane, atMs);
  if (throttle) parts.push(throttle);
  const faults = Object.entries(lane.faults).map(([fault, count]) => `${count} ${fault}`);
  if (faults.length > 0) parts.push(faults.join(', '));
  if (lane.retries > 0) parts.push(`${lane.retries} retries`);
  if (ended > 0) parts.push(`${seconds(((elapsedMs / ended) * (lane.total - ended)) / 1000)} left`);
  return parts.join(' · ');
}

/** Shorter waits come and go faster than anyone reads. */
const WORTH_TELLING_MS = 500;

function throttling({ throttled }: LaneProgress, atMs: number): string {
  const leftMs = (throttled?.until ?? 0) - atMs;
  return throttled && leftMs >= WORTH_TELLING_MS
    ? `${sanitiseLine(throttled.reason)} for ${Math.ceil(leftMs / 1000)} s`
    : '';
}
