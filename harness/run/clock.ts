import type { Clock } from '../core/clock.ts';

export type { Clock };

/** ISO 8601 in UTC, as every line of a journal is stamped. */
export function stamp(clock: Pick<Clock, 'epochMs'>): string {
  const now = clock.epochMs();
  // Many lines are written within one millisecond.
  if (now !== lastMs) [lastMs, lastStamp] = [now, new Date(now).toISOString()];
  return lastStamp;
}

let lastMs = Number.NaN;
let lastStamp = '';
