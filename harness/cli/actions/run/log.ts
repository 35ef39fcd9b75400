import type { Clock } from '../../../core/clock.ts';
import { sanitiseLine } from '../../../report/sanitise.ts';
import type { LaneProgress, ProgressEvent, RunProgress } from '../../../run/progress.ts';
import { LOG_LEVELS, type LogLevel } from '../../log-levels.ts';

type Kind = ProgressEvent['kind'];

const LEVEL_OF: Readonly<Record<Kind, LogLevel>> = {
  failed: 'error',
  unscored: 'error',
  'lane-stopped': 'error',
  retrying: 'warn',
  throttled: 'warn',
  dropped: 'warn',
  stopping: 'warn',
  replied: 'info',
  scored: 'debug',
  asked: 'debug',
};

/** A limit of so many requests a minute holds each request back a little: that is no warning. */
const BRIEF_MS = 500;

const levelOf = (event: ProgressEvent): LogLevel =>
  event.kind === 'throttled' && event.waitMs < BRIEF_MS ? 'debug' : LEVEL_OF[event.kind];

/** What each model is paid in, where its price is known. */
export type Currencies = ReadonlyMap<string, string | undefined>;

export interface RunLog {
  event(event: ProgressEvent): void;
  /** How each model stands: what a display would show. */
  progress(now: RunProgress, currencies: Currencies): void;
}

/**
 * What happens in a run, a line an event: `time=… level=… event=… key=value …`. No prompt, no reply and no key is in any
 * of them; a vendor's words are made harmless to a terminal.
 */
export function createLog(
  level: LogLevel,
  write: (text: string) => void,
  clock: Pick<Clock, 'epochMs'>,
): RunLog {
  const shown = new Set(LOG_LEVELS.slice(0, LOG_LEVELS.indexOf(level) + 1));
  const line = (of: LogLevel, event: string, fields: Record<string, unknown>) => {
    if (!shown.has(of)) return;
    const head = { time: new Date(clock.epochMs()).toISOString(), level: of, event };
    const words = Object.entries({ ...head, ...flat(fields) }).map(
      ([key, value]) => `${key}=${quoted(value)}`,
    );
    write(`${words.join(' ')}\n`);
  };
  return {
    event: (event) => {
      const { kind, ...rest } = event;
      line(levelOf(event), kind, rest);
    },
    progress(now, currencies) {
      for (const [model, lane] of now.lanes)
        line('info', 'progress', { model, ...standing(lane, now, currencies.get(model)) });
    },
  };
}

function standing(lane: LaneProgress, { elapsedMs, atMs }: RunProgress, currency: string | undefined) {
  const { total, running, done, failed, unscored, retries, faults, cost, throttled, stopped } = lane;
  const ended = done + failed;
  const faultWords = Object.entries(faults).map(([fault, count]) => `${fault}:${count}`);
  const heldMs = (throttled?.until ?? 0) - atMs;
  return {
    done,
    total,
    running,
    failed,
    faults: failed > 0 ? faultWords.join(',') : undefined,
    unscored,
    retries,
    perSecond: ended > 0 && elapsedMs > 0 ? Number(((ended / elapsedMs) * 1000).toPrecision(3)) : undefined,
    cost: currency === undefined ? undefined : cost,
    currency: cost === undefined ? undefined : currency,
    leftS: ended > 0 ? Math.round((elapsedMs / ended / 1000) * Math.max(0, total - ended)) : undefined,
    throttledS: heldMs > 0 ? Math.ceil(heldMs / 1000) : undefined,
    throttledBy: heldMs > 0 ? throttled?.reason : undefined,
    stopped,
  };
}

/** Names as a log has them, and of a score what one looks for. */
function flat(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]): [string, unknown][] => {
      if (value === undefined) return [];
      if (key === 'waitMs') return [['wait_ms', Math.round(Number(value))]];
      if (key !== 'score') return [[key.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`), value]];
      const { status, value: score } = value as { status: string; value?: number };
      return [['status', status], ...(score === undefined ? [] : [['score', score] as [string, unknown]])];
    }),
  );
}

function quoted(value: unknown): string {
  const text = sanitiseLine(typeof value === 'string' ? value : JSON.stringify(value));
  return /[\s"=]/.test(text) || text === '' ? JSON.stringify(text) : text;
}
