import type { Clock } from '../../../core/clock.ts';
import { sanitiseLine } from '../../../report/sanitise.ts';
import type { ProgressEvent } from '../../../run/progress.ts';
import type { Io } from '../../io.ts';
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

/**
 * What happens in a run, a line an event on standard error: `time=… level=… event=… key=value …`. No prompt, no reply and
 * no key is in any of them; a vendor's words are made harmless to a terminal.
 */
export function createLog(
  level: LogLevel,
  io: Pick<Io, 'err'>,
  clock: Pick<Clock, 'epochMs'>,
): (event: ProgressEvent) => void {
  const shown = new Set(LOG_LEVELS.slice(0, LOG_LEVELS.indexOf(level) + 1));
  return ({ kind, ...rest }) => {
    const of = LEVEL_OF[kind];
    if (!shown.has(of)) return;
    const head = { time: new Date(clock.epochMs()).toISOString(), level: of, event: kind };
    const fields = Object.entries({ ...head, ...flat(rest) }).map(
      ([key, value]) => `${key}=${quoted(value)}`,
    );
    io.err(`${fields.join(' ')}\n`);
  };
}

/** Names as a log has them, and of a score what one looks for. */
function flat(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, value]): [string, unknown][] => {
      if (value === undefined) return [];
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
