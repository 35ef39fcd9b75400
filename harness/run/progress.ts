import type { ProviderFault } from '../core/provider.ts';
import type { Score } from '../core/score.ts';
import type { Clock } from './clock.ts';
import type { RunPlan } from './plan.ts';

/** What happens while a run runs, for a display. The engine emits all but the last two, which providers' middleware adds. */
export type ProgressEvent =
  | { kind: 'asked'; model: string; sample: string; epoch: number }
  | { kind: 'replied'; model: string; sample: string; epoch: number; tokens?: number; cost?: number }
  | {
      kind: 'failed';
      model: string;
      sample: string;
      epoch: number;
      fault: ProviderFault;
      /** Times it was sent, where more than once. */
      tries?: number;
      message: string;
    }
  /** Ended without an outcome: aborted, or out of budget. */
  | { kind: 'dropped'; model: string; sample: string; epoch: number }
  | { kind: 'scored'; model: string; sample: string; epoch: number; score: Score }
  /** A check threw, or the judge could not be asked: the reply is kept, and `wattmark score` scores it. */
  | { kind: 'unscored'; model: string; sample: string; epoch: number; message: string }
  | { kind: 'lane-stopped'; model: string; reason: string }
  | { kind: 'stopping'; reason: string }
  | {
      kind: 'retrying';
      model: string;
      /** A judge is asked of no sample alone. */
      sample?: string;
      epoch?: number;
      fault: ProviderFault;
      /** Times it was sent so far. */
      tries: number;
      waitMs: number;
    }
  | { kind: 'throttled'; model: string; waitMs: number; reason: string };

export interface LaneProgress {
  total: number;
  running: number;
  /** Replied, and scored or waiting for it. */
  done: number;
  failed: number;
  unscored: number;
  retries: number;
  tokens: number;
  cost: number | undefined;
  /** Failures by kind. */
  faults: Partial<Record<ProviderFault, number>>;
  stopped?: string;
  throttled?: { until: number; reason: string };
}

export interface RunProgress {
  lanes: ReadonlyMap<string, LaneProgress>;
  /** When it was taken, on the clock of `throttled.until`. */
  atMs: number;
  elapsedMs: number;
  /** Attempts ended a second, over the last minute or so. */
  perSecond: number;
  /** Of the slowest model, since lanes do not wait for each other; undefined before anything is known. */
  leftMs: number | undefined;
  stopping?: string;
}

export interface Progress {
  report(event: ProgressEvent): void;
  snapshot(): RunProgress;
}

/** Counts progress events by model. Times are of `clock.monotonicMs`. */
export function createProgress(plan: Pick<RunPlan, 'counts'>, clock: Pick<Clock, 'monotonicMs'>): Progress {
  const lanes = new Map<string, LaneProgress>();
  for (const [model, counts] of plan.counts) lanes.set(model, newLane(counts.ask + counts.score));
  const startedAt = clock.monotonicMs();
  const recent = createRate(clock);
  let stopping: string | undefined;
  return {
    report(event) {
      if (event.kind === 'stopping') {
        stopping = event.reason;
        return;
      }
      const lane = lanes.get(event.model);
      // The judge has no lane of its own.
      if (!lane) return;
      if (event.kind === 'scored' || event.kind === 'failed' || event.kind === 'unscored') recent.tick();
      take(lane, event, clock.monotonicMs());
    },
    snapshot() {
      const elapsedMs = clock.monotonicMs() - startedAt;
      const left = [...lanes.values()].map((lane) => leftOf(lane, elapsedMs));
      return {
        lanes,
        atMs: clock.monotonicMs(),
        elapsedMs,
        perSecond: recent.perSecond(),
        leftMs: left.includes(undefined) ? undefined : Math.max(0, ...(left as number[])),
        ...(stopping === undefined ? {} : { stopping }),
      };
    },
  };
}

const newLane = (total: number): LaneProgress => ({
  total,
  running: 0,
  done: 0,
  failed: 0,
  unscored: 0,
  retries: 0,
  tokens: 0,
  cost: 0,
  faults: {},
});

type LaneEvent = Exclude<ProgressEvent, { kind: 'stopping' }>;

function take(lane: LaneProgress, event: LaneEvent, now: number): void {
  switch (event.kind) {
    case 'asked':
      lane.running += 1;
      break;
    case 'replied':
      lane.running -= 1;
      lane.tokens += event.tokens ?? 0;
      // One reply of unknown cost makes the sum unknown; it is not a sum of the others.
      lane.cost = lane.cost === undefined || event.cost === undefined ? undefined : lane.cost + event.cost;
      break;
    case 'failed':
      lane.running -= 1;
      lane.failed += 1;
      lane.faults[event.fault] = (lane.faults[event.fault] ?? 0) + 1;
      break;
    case 'dropped':
      lane.running -= 1;
      break;
    case 'scored':
      lane.done += 1;
      if (event.score.status === 'unscored') lane.unscored += 1;
      break;
    case 'unscored':
      lane.done += 1;
      lane.unscored += 1;
      break;
    case 'lane-stopped':
      lane.stopped = event.reason;
      break;
    case 'retrying':
      lane.retries += 1;
      break;
    case 'throttled': {
      const until = now + event.waitMs;
      if (until > (lane.throttled?.until ?? 0)) lane.throttled = { until, reason: event.reason };
    }
  }
}

function leftOf({ total, done, failed, stopped }: LaneProgress, elapsedMs: number): number | undefined {
  const ended = done + failed;
  if (ended >= total || stopped !== undefined) return 0;
  return ended === 0 ? undefined : (elapsedMs / ended) * (total - ended);
}

/** Counts in buckets of a second, the last minute of them. */
function createRate(clock: Pick<Clock, 'monotonicMs'>) {
  const buckets = new Map<number, number>();
  const startedAt = clock.monotonicMs();
  const second = () => Math.floor((clock.monotonicMs() - startedAt) / 1000);
  const forget = () => {
    for (const key of buckets.keys()) if (key <= second() - 60) buckets.delete(key);
  };
  return {
    tick() {
      const now = second();
      const count = buckets.get(now);
      if (count === undefined) forget();
      buckets.set(now, (count ?? 0) + 1);
    },
    perSecond() {
      forget();
      let sum = 0;
      for (const count of buckets.values()) sum += count;
      const span = Math.min(60_000, clock.monotonicMs() - startedAt);
      return span > 0 ? (sum / span) * 1000 : 0;
    },
  };
}
