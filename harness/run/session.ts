import { JOURNAL_VERSION, type ModelRecord, type RunEvent } from '../core/event.ts';
import type {
  Completion,
  CompletionRequest,
  Provider,
  ProviderError,
  ProviderFault,
} from '../core/provider.ts';
import type { Sample } from '../core/sample.ts';
import type { Breaker } from './breaker.ts';
import type { Budget, ExpectedUse } from './budget.ts';
import { type Clock, stamp } from './clock.ts';
import type { Flights } from './flights.ts';
import type { JournalWriter } from './journal.ts';
import { asProviderError, keepable } from './keepable.ts';
import type { ProgressEvent } from './progress.ts';
import { sampleStart } from './state.ts';

/** Ends a run early, for the first reason given. */
export interface Halt {
  readonly stopped: boolean;
  stop(status: 'interrupted' | 'budget', reason: string): void;
  /** The journal cannot be written, or the engine itself failed: what is in flight cannot be kept either. */
  fail(error: unknown): void;
}

/** What all parts of a running run share. */
export interface Session {
  journal: Pick<JournalWriter, 'append' | 'appendSoon'>;
  clock: Clock;
  flights: Flights;
  budget: Budget;
  halt: Halt;
  /** The user wants the run to end now. */
  abort: AbortSignal;
  expected(sample: Sample, model: ModelRecord): ExpectedUse;
  report(event: ProgressEvent): void;
  /** Hashes of the samples whose `sample-start` is in the journal. */
  started: Set<string>;
}

// Distributes over the union, so that each kind of event keeps its own members.
type WithoutStamp<E> = E extends RunEvent ? Omit<E, 'v' | 'at'> : never;
export type Body = WithoutStamp<RunEvent>;

export function eventOf(clock: Pick<Clock, 'epochMs'>, body: Body): RunEvent {
  return { v: JOURNAL_VERSION, at: stamp(clock), ...body } as RunEvent;
}

/** The `sample-start` line of a sample, where the journal lacks it. */
export function startLines(session: Session, sample: Sample): RunEvent[] {
  if (session.started.has(sample.hash)) return [];
  return [eventOf(session.clock, { event: 'sample-start', ...sampleStart(sample) })];
}

interface Failure {
  fault: ProviderFault;
  message: string;
  status?: number;
  tries?: number;
}

export type Asked =
  | { status: 'replied'; completion: Completion }
  | { status: 'failed'; error: Failure }
  /** Out of budget before it was sent, or aborted while it was in flight: nothing is known of it. */
  | { status: 'dropped' };

export interface Addressee {
  provider: Provider;
  model: ModelRecord;
  breaker: Breaker;
  expected: ExpectedUse;
  /** Whether a stop of the run that came while waiting for the budget keeps it from being sent. */
  unlessStopped: boolean;
}

/** Sends one request within the budget. `keep` journals the reply before anyone else hears of it. */
export async function ask(
  session: Session,
  to: Addressee,
  request: CompletionRequest,
  keep: (completion: Completion) => void,
): Promise<Asked> {
  const { budget, clock, flights, halt } = session;
  const ticket = await budget.admit(to.model, to.expected);
  if (!ticket) {
    halt.stop('budget', budget.usedUp ?? 'the budget is used up');
    return { status: 'dropped' };
  }
  if (to.unlessStopped && halt.stopped) {
    ticket.settle(undefined, 0);
    return { status: 'dropped' };
  }
  const sentAt = clock.monotonicMs();
  let completion: Completion | undefined;
  let failure: Failure | undefined;
  try {
    const reply = await flights.fly((signal) => to.provider.complete(request, signal));
    completion = keepable(reply, clock.monotonicMs() - sentAt);
  } catch (caught) {
    const error = asProviderError(caught);
    // A provider that cancels of its own accord has failed; only our own abort leaves no trace.
    if (error.fault === 'cancelled' && flights.aborted) return { status: 'dropped' };
    failure = failureOf(error);
  } finally {
    ticket.settle(completion, failure?.tries);
  }
  if (!completion) return failed(session, to, failure as Failure);
  keep(completion);
  to.breaker.succeeded();
  return { status: 'replied', completion };
}

function failureOf(error: ProviderError): Failure {
  const { fault, message, status, tries } = error;
  return {
    fault,
    message,
    ...(status !== undefined && Number.isInteger(status) ? { status } : {}),
    ...(tries !== undefined && Number.isInteger(tries) ? { tries } : {}),
  };
}

function failed(session: Session, { breaker, model }: Addressee, error: Failure): Asked {
  const opened = breaker.failed(error.fault, error.message);
  if (opened !== undefined) session.report({ kind: 'lane-stopped', model: model.id, reason: opened });
  return { status: 'failed', error };
}
