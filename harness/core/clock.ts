/** Time, handed in, so that waiting is tested without waiting. */
export interface Clock {
  /** Milliseconds that never jump: for latencies, deadlines and rates. */
  monotonicMs(): number;
  /** Milliseconds since 1970, which a user or NTP may set back: only for stamps, and for dates that others name. */
  epochMs(): number;
  /** Resolves after `ms`, or rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
