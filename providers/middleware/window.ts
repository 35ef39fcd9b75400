/**
 * How many requests may be in flight: additive increase, multiplicative decrease. It starts at what was configured,
 * which it never passes; each refusal for rate halves it, and each full round of replies adds one.
 */
export interface Window {
  /** A whole number, at least 1. */
  readonly size: number;
  replied(): void;
  /** A request sent at `sentAtMs` was refused. Of all that were in flight together only the first counts. */
  refused(sentAtMs: number, nowMs: number): void;
}

export function createWindow(most: number): Window {
  let size = most;
  let cutAt = Number.NEGATIVE_INFINITY;
  return {
    get size() {
      return Math.max(1, Math.floor(size + 1e-9));
    },
    replied() {
      if (size < most) size = Math.min(most, size + 1 / size);
    },
    refused(sentAtMs, nowMs) {
      if (sentAtMs <= cutAt) return;
      size = Math.max(1, size / 2);
      cutAt = nowMs;
    },
  };
}
