/** Time as the run engine sees it, so that tests own it. What `providers/` waits by fits it. */
export interface Clock {
  /** Milliseconds since 1970, for stamps only: the wall clock may jump. */
  epochMs(): number;
  /** Milliseconds that only ever grow, for durations. */
  monotonicMs(): number;
  /** Resolves after `ms`, or rejects as soon as the signal fires. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** ISO 8601 in UTC, as every line of a journal is stamped. */
export const stamp = (clock: Pick<Clock, 'epochMs'>): string => new Date(clock.epochMs()).toISOString();
