/**
 * A budget of so much a minute. Holds at most `burst` and refills at (perMinute − burst) a minute, so that no 60 s, wherever
 * they start, let through more than perMinute: what was saved up and what came in together. The whole of it is pure; time is an argument.
 */
export interface TokenBucket {
  /** How long until `cost` may be taken, in ms; 0: now. More than the bucket ever holds waits until it is full. */
  waitMs(cost: number, nowMs: number): number;
  /** Takes `cost`, even below zero: the debt is waited off by whoever comes next. A negative cost gives back. */
  take(cost: number, nowMs: number): void;
}

export function createTokenBucket(perMinute: number, burst: number): TokenBucket {
  const held = Math.min(Math.max(burst, 1), perMinute);
  // A limit of 1 a minute has no room for a burst beside its refill.
  const perMs = Math.max(perMinute - held, perMinute / 2) / 60_000;
  let level = held;
  let at = Number.NEGATIVE_INFINITY;
  const refill = (nowMs: number) => {
    if (nowMs > at) {
      if (at !== Number.NEGATIVE_INFINITY) level = Math.min(held, level + (nowMs - at) * perMs);
      at = nowMs;
    }
  };
  return {
    waitMs(cost, nowMs) {
      refill(nowMs);
      const missing = Math.min(cost, held) - level;
      // A hair of binary dust must not cost another wait.
      return missing <= 1e-9 ? 0 : Math.ceil(missing / perMs);
    },
    take(cost, nowMs) {
      refill(nowMs);
      level = Math.min(held, level - cost);
    },
  };
}
