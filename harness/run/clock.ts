import type { Clock } from '../core/clock.ts';

export type { Clock };

/** ISO 8601 in UTC, as every line of a journal is stamped. */
export const stamp = (clock: Pick<Clock, 'epochMs'>): string => new Date(clock.epochMs()).toISOString();
