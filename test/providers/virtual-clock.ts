import type { Clock } from '../../providers/clock.ts';

export interface VirtualClock extends Clock {
  /** Every wait that was asked for, in order. */
  waits: number[];
  /** Lets time pass, waking sleepers in the order of their times. */
  advance(ms: number): Promise<void>;
}

/** Time that passes only when a test says so; `auto` lets every sleep end at once, moving the clock. */
export function createVirtualClock(auto = false, startEpochMs = 1_800_000_000_000): VirtualClock {
  let now = 0;
  const waits: number[] = [];
  const sleepers: { at: number; wake(): void }[] = [];
  const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    waits,
    monotonicMs: () => now,
    epochMs: () => startEpochMs + now,
    async sleep(ms, signal) {
      waits.push(ms);
      if (signal?.aborted) throw signal.reason;
      if (auto) {
        now += ms;
        return;
      }
      await new Promise<void>((resolve, reject) => {
        const sleeper = { at: now + ms, wake: resolve };
        sleepers.push(sleeper);
        signal?.addEventListener('abort', () => {
          sleepers.splice(sleepers.indexOf(sleeper), 1);
          reject(signal.reason as Error);
        });
      });
    },
    async advance(ms) {
      const end = now + ms;
      await settle();
      for (;;) {
        sleepers.sort((a, b) => a.at - b.at);
        const next = sleepers[0];
        if (!next || next.at > end) break;
        sleepers.shift();
        now = next.at;
        next.wake();
        await settle();
      }
      now = end;
      await settle();
    },
  };
}
