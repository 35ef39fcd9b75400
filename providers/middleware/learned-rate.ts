import { RATE_KINDS, type RateKind, type RateReading } from '../faults/rate-headers.ts';

/** What one request will take of each count; requests themselves count 1. */
export type RateCost = Readonly<Record<Exclude<RateKind, 'requests'>, number>>;

/** Longest wait for a count to come back: headers may be wrong, and one request then finds out. */
const LONGEST_GUESS_MS = 60_000;

/** What a vendor's headers have told of its limits so far. Pure; times are of a monotonic clock, in ms. */
export interface LearnedRate {
  /** Whether any count of tokens is known, so that a cost is worth working out. */
  readonly countsTokens: boolean;
  /** Takes in the counts of one reply, while `others` requests beside it are under way. */
  observe(readings: readonly RateReading[], others: number, nowMs: number): void;
  /** How long until a request of this cost fits; 0: now. */
  waitMs(cost: RateCost, nowMs: number): number;
  sent(cost: RateCost, nowMs: number): void;
}

interface Count {
  limit: number;
  room: number;
  perMs: number;
  at: number;
}

/**
 * Follows each count as a bucket that refills evenly. Both vendors say when a count is *full* again, so that what is
 * missing comes back at (limit − remaining) / reset. The counts were taken when the request came in: those sent since
 * are taken off again, at what one request takes on average.
 */
export function createLearnedRate(): LearnedRate {
  const counts = new Map<RateKind, Count>();
  const mean = new Map<RateKind, number>();
  const refill = (count: Count, nowMs: number) => {
    if (nowMs <= count.at) return;
    count.room = Math.min(count.limit, count.room + (nowMs - count.at) * count.perMs);
    count.at = nowMs;
  };
  return {
    get countsTokens() {
      return counts.size > (counts.has('requests') ? 1 : 0);
    },
    observe(readings, others, nowMs) {
      for (const { kind, limit, remaining, resetMs } of readings) {
        const missing = limit - remaining;
        const before = counts.get(kind);
        const perMs = missing > 0 && resetMs > 0 ? missing / resetMs : (before?.perMs ?? limit / 60_000);
        const room = remaining - others * (mean.get(kind) ?? 1);
        counts.set(kind, { limit, room, perMs, at: nowMs });
      }
    },
    waitMs(cost, nowMs) {
      let longest = 0;
      for (const [kind, count] of counts) {
        refill(count, nowMs);
        const missing = Math.min(costOf(kind, cost), count.limit) - count.room;
        if (missing > 1e-9) longest = Math.max(longest, Math.ceil(missing / count.perMs));
      }
      return Math.min(longest, LONGEST_GUESS_MS);
    },
    sent(cost, nowMs) {
      for (const kind of RATE_KINDS) {
        const taken = costOf(kind, cost);
        mean.set(kind, (mean.get(kind) ?? taken) * 0.9 + taken * 0.1);
        const count = counts.get(kind);
        if (!count) continue;
        refill(count, nowMs);
        // Not into a debt: a wrong header must not add up to hours.
        count.room = Math.max(count.room - taken, -count.limit);
      }
    },
  };
}

const costOf = (kind: RateKind, cost: RateCost): number => (kind === 'requests' ? 1 : cost[kind]);
