import type { EventOf, RunEvent } from '../core/event.ts';
import type { ProviderFault } from '../core/provider.ts';

/** How far one model is, as its run's journal tells. */
export interface ModelStatus {
  model: string;
  total: number;
  scored: number;
  /** Replies in hand that lack a score. */
  unscored: number;
  failed: number;
  faults: Partial<Record<ProviderFault, number>>;
  /** Replies that came from the cache. */
  cached: number;
  /** Input and output, of the replies that count them. */
  tokens: number;
  /** Its batches that have not come to their end; absent where there are none. */
  batches?: BatchStatus[];
}

export interface BatchStatus {
  /** The vendor's id of it. */
  batch: string;
  requests: number;
  /** ISO 8601. */
  since: string;
  cancelled?: boolean;
}

export interface RunStatus {
  run: string;
  models: ModelStatus[];
  /** ISO 8601, of the last line. */
  lastAt: string;
  /** Replies and failures a second since the last start or resume; undefined before there are two moments to tell. */
  perSecond: number | undefined;
  /** Of the last session; absent while it goes on, or where it was cut off. */
  ended?: Pick<EventOf<'run-end'>, 'status' | 'reason'>;
}

interface Attempt {
  replied: boolean;
  scored: boolean;
  fault?: ProviderFault;
}

interface Lane {
  attempts: Map<string, Attempt>;
  cached: number;
  tokens: number;
  batches: Map<string, BatchStatus>;
  /** Of batches that are about to be created, how many requests. */
  creating: Map<string, number>;
}

/** Follows a journal as it grows: give it each event once, in order. */
export function createStatus() {
  const lanes = new Map<string, Lane>();
  let start: EventOf<'run-start'> | undefined;
  let ended: RunStatus['ended'];
  let lastAt = '';
  let inSession = 0;
  const laneOf = (model: string): Lane => {
    let lane = lanes.get(model);
    if (!lane)
      lanes.set(
        model,
        (lane = { attempts: new Map(), cached: 0, tokens: 0, batches: new Map(), creating: new Map() }),
      );
    return lane;
  };
  return {
    take(event: RunEvent): void {
      lastAt = event.at;
      if (event.event === 'run-start') {
        start = event;
        ended = undefined;
        inSession = 0;
        for (const { id } of event.models) laneOf(id);
      } else if (event.event === 'run-end') {
        const { status, reason } = event;
        ended = { status, ...(reason === undefined ? {} : { reason }) };
      } else if (event.event === 'batch-start') {
        noteBatch(laneOf(event.model), event);
      } else if (event.event === 'batch-cancel') {
        const batch = laneOf(event.model).batches.get(event.tag);
        if (batch) batch.cancelled = true;
      } else if (event.event === 'batch-end') {
        laneOf(event.model).batches.delete(event.tag);
      } else if (event.event !== 'sample-start' && event.event !== 'judgement-end') {
        if (event.event !== 'score-end') inSession += 1;
        note(laneOf(event.model), event);
      }
    },
    /** Undefined before the run's first line. */
    snapshot(): RunStatus | undefined {
      if (!start) return undefined;
      const total = start.suites.reduce((sum, { samples }) => sum + samples, 0) * start.epochs;
      const seconds = (Date.parse(lastAt) - Date.parse(start.at)) / 1000;
      return {
        run: start.run,
        models: [...lanes].map(([model, lane]) => statusOf(model, lane, total)),
        lastAt,
        perSecond: seconds > 0 ? inSession / seconds : undefined,
        ...(ended ? { ended } : {}),
      };
    },
  };
}

function noteBatch({ batches, creating }: Lane, { tag, batch, attempts, at }: EventOf<'batch-start'>): void {
  if (attempts) creating.set(tag, attempts.length);
  if (batch === undefined || batches.has(tag)) return;
  batches.set(tag, { batch, requests: creating.get(tag) ?? 0, since: at });
  creating.delete(tag);
}

function note(lane: Lane, event: EventOf<'completion-end' | 'completion-error' | 'score-end'>): void {
  const name = `${event.epoch} ${event.sample}`;
  let attempt = lane.attempts.get(name);
  if (!attempt) lane.attempts.set(name, (attempt = { replied: false, scored: false }));
  if (event.event === 'completion-error') attempt.fault = event.fault;
  else if (event.event === 'score-end') attempt.scored = event.score.status === 'scored';
  else {
    const { usage, cached } = event.completion;
    // A later reply replaces an earlier one, with its score.
    attempt.replied = true;
    attempt.scored = false;
    lane.tokens += (usage.inputTokens ?? 0) + (usage.outputTokens ?? 0);
    if (cached) lane.cached += 1;
  }
}

function statusOf(model: string, { attempts, cached, tokens, batches }: Lane, total: number): ModelStatus {
  const status: ModelStatus = { model, total, scored: 0, unscored: 0, failed: 0, faults: {}, cached, tokens };
  for (const { replied, scored, fault } of attempts.values()) {
    if (scored) status.scored += 1;
    else if (replied) status.unscored += 1;
    else if (fault) {
      status.failed += 1;
      status.faults[fault] = (status.faults[fault] ?? 0) + 1;
    }
  }
  if (batches.size > 0) status.batches = [...batches.values()];
  return status;
}
