import { UserError } from '../core/errors.ts';
import type { EventOf, ModelRecord } from '../core/event.ts';
import type { Provider } from '../core/provider.ts';
import type { Sample } from '../core/sample.ts';
import { Budget, type BudgetLimits, checkBudget, type ExpectedUse } from './budget.ts';
import type { Clock } from './clock.ts';
import { createFlights, type Flights } from './flights.ts';
import { JournalError, type JournalWriter } from './journal.ts';
import { type LineReader, openLines } from './journal-reader.ts';
import { createPanel, type JudgeSetup, type PanelSetup, setupsOf } from './judge-panel.ts';
import { type LaneOutcome, runLane } from './lane.ts';
import { distinctSamples, type RunPlan } from './plan.ts';
import type { ProgressEvent } from './progress.ts';
import type { Scoring } from './scoring.ts';
import { eventOf, type Halt, type Session } from './session.ts';
import { SpareTime } from './spare-time.ts';
import { checkCurrent, sampleMark, sampleStart } from './state.ts';

export type RunHeader = Omit<EventOf<'run-start'>, 'v' | 'at' | 'event' | 'epochs' | 'resumed'>;

export interface ExecuteDeps {
  header: RunHeader;
  journal: JournalWriter;
  /** By model id; each with its own middleware. */
  providers: ReadonlyMap<string, Provider>;
  /**
   * Attempts of a model open at once. Above what its provider sends at once, by as many as may wait for a
   * retry: a request that backs off frees its slot with the provider, but is still an open attempt here.
   */
  concurrency(model: ModelRecord): number;
  scoring: Scoring;
  judge?: JudgeSetup | PanelSetup;
  budget?: BudgetLimits;
  /** What a request will take, as far as can be told: what a budget reserves until replies show the mean. */
  expected?(sample: Sample, model: ModelRecord): ExpectedUse;
  clock: Clock;
  /** First Ctrl-C: nothing more is begun, what is in flight is finished. */
  stop: AbortSignal;
  /** Second Ctrl-C: what is in flight is left, and asked again by resume. */
  abort: AbortSignal;
  /** How long requests in flight may go on after `budget.timeMs`. */
  graceMs?: number;
  onProgress?(event: ProgressEvent): void;
}

export interface RunOutcome {
  /** `journal`: it could not be written any more; what it holds is whole. */
  status: 'done' | 'interrupted' | 'budget' | 'journal';
  reason?: string;
  lanes: ReadonlyMap<string, LaneOutcome>;
  spent: Readonly<{ requests: number; tokens: number; cost: number }>;
}

/**
 * Runs a plan: asks what is missing, journals every reply before anything else is done with it, and scores it.
 * Ends by itself, by the signals, by the budget, or where the journal fails; what was journalled always stays.
 * @throws UserError before anything is asked, where the budget cannot be kept, or the journal has grown since the
 * plan was made
 */
export async function execute(plan: RunPlan, deps: ExecuteDeps): Promise<RunOutcome> {
  const { clock, journal, judge, budget: limits = {} } = deps;
  for (const model of plan.models) providerOf(deps, model);
  checkBudget(limits, [...plan.models, ...setupsOf(judge).map(({ model }) => model)]);
  await checkCurrent(plan.state, journal.path);
  const report = (event: ProgressEvent) => deps.onProgress?.(event);
  const flights = createFlights();
  const halt = createHalt(flights, report);
  const session: Session = {
    journal,
    clock,
    flights,
    halt,
    abort: deps.abort,
    report,
    budget: new Budget(limits),
    expected: deps.expected ?? (() => ({})),
    started: new Set(plan.state.samples.keys()),
  };
  const finished = new AbortController();
  const unhook = hookSignals(deps, halt, flights);
  const timer = limitTime(deps, halt, flights, finished.signal);
  const lines = plan.state.start ? openLines(journal.path) : undefined;
  let lanes: ReadonlyMap<string, LaneOutcome> = new Map();
  try {
    await begin(session, plan, deps.header);
    lanes = await runLanes(session, plan, deps, lines);
  } catch (error) {
    halt.fail(error);
  } finally {
    finished.abort();
    unhook();
    lines?.close();
    await timer;
  }
  return conclude(session, halt, lanes);
}

async function runLanes(session: Session, plan: RunPlan, deps: ExecuteDeps, lines: LineReader | undefined) {
  const judge = deps.judge && createPanel(deps.judge);
  const breathe = createBreathing();
  const spare = new SpareTime();
  const entries = plan.models.map(async (model): Promise<[string, LaneOutcome]> => {
    const provider = providerOf(deps, model);
    const concurrency = Math.max(1, Math.floor(deps.concurrency(model)));
    const lane = { model, provider, concurrency, plan, scoring: deps.scoring, judge, lines, breathe, spare };
    return [model.id, await runLane(session, lane)];
  });
  return new Map(await Promise.all(entries));
}

function providerOf({ providers }: ExecuteDeps, { id }: ModelRecord): Provider {
  const provider = providers.get(id);
  if (!provider) throw new TypeError(`no provider was given for ${id}`);
  return provider;
}

/** The run's own line, then those of samples that the journal knows in another form. */
async function begin(session: Session, plan: RunPlan, header: RunHeader): Promise<void> {
  const { clock, journal, started } = session;
  const resumed = plan.state.start ? { resumed: true } : {};
  journal.append(eventOf(clock, { event: 'run-start', ...header, epochs: plan.epochs, ...resumed }));
  if (!plan.state.start) return;
  const changed = new Set(plan.changed);
  for await (const sample of distinctSamples(plan)) {
    const mark = plan.state.samples.get(sample.hash);
    if (mark === undefined ? !changed.has(sample.id) : mark === sampleMark(sampleStart(sample))) continue;
    journal.append(eventOf(clock, { event: 'sample-start', ...sampleStart(sample) }));
    started.add(sample.hash);
  }
}

interface HaltState extends Halt {
  readonly ended: { status: 'interrupted' | 'budget'; reason: string } | undefined;
  readonly error: unknown;
}

function createHalt(flights: Flights, report: (event: ProgressEvent) => void): HaltState {
  let ended: HaltState['ended'];
  let error: unknown;
  const stop: Halt['stop'] = (status, reason) => {
    if (ended) return;
    ended = { status, reason };
    report({ kind: 'stopping', reason });
  };
  return {
    stop,
    get stopped() {
      return ended !== undefined || error !== undefined;
    },
    get ended() {
      return ended;
    },
    get error() {
      return error;
    },
    fail(cause) {
      // What was asked so far stands: the run can go on once the fault is mended.
      if (cause instanceof UserError) return stop('interrupted', cause.message);
      error ??= cause;
      // Replies still to come could not be kept. After a fault of another kind they can.
      if (cause instanceof JournalError) flights.abort();
    },
  };
}

function hookSignals({ stop, abort }: ExecuteDeps, halt: Halt, flights: Flights): () => void {
  const onStop = () => halt.stop('interrupted', 'stopped by the user');
  const onAbort = () => {
    onStop();
    flights.abort();
  };
  if (stop.aborted) onStop();
  if (abort.aborted) onAbort();
  stop.addEventListener('abort', onStop);
  abort.addEventListener('abort', onAbort);
  return () => {
    stop.removeEventListener('abort', onStop);
    abort.removeEventListener('abort', onAbort);
  };
}

/** Sleeps on the steady clock, so that a wall clock set back or forth changes nothing. */
async function limitTime(deps: ExecuteDeps, halt: Halt, flights: Flights, finished: AbortSignal) {
  const timeMs = deps.budget?.timeMs;
  if (timeMs === undefined) return;
  try {
    await deps.clock.sleep(timeMs, finished);
    halt.stop('budget', `the time of ${Math.round(timeMs / 1000)} s is used up`);
    await deps.clock.sleep(deps.graceMs ?? 60_000, finished);
    flights.abort();
  } catch (error) {
    // The sleep was cut short because the run ended first.
    if (!finished.aborted) throw error;
  }
}

/**
 * Lets timers and signals in between providers that answer at once: without it a run of baselines is one long
 * chain of microtasks, and Ctrl-C goes unheard until its end.
 */
function createBreathing(): () => Promise<void> | undefined {
  let last = performance.now();
  let pause: Promise<void> | undefined;
  return () => {
    if (pause || performance.now() - last < 10) return pause;
    pause = new Promise((resolve) =>
      setImmediate(() => {
        last = performance.now();
        pause = undefined;
        resolve();
      }),
    );
    return pause;
  };
}

function conclude(session: Session, halt: HaltState, lanes: ReadonlyMap<string, LaneOutcome>): RunOutcome {
  const rest = { lanes, spent: { ...session.budget.spent } };
  if (halt.error instanceof JournalError) return { status: 'journal', reason: halt.error.message, ...rest };
  if (halt.error !== undefined) throw asError(halt.error);
  const stopped = [...lanes].filter(([, lane]) => lane.stopped !== undefined && lane.left > 0);
  const ended =
    halt.ended ??
    (stopped.length > 0
      ? {
          status: 'interrupted' as const,
          reason: stopped.map(([model, lane]) => `${model} stopped: ${lane.stopped}`).join('; '),
        }
      : { status: 'done' as const });
  try {
    session.journal.append(eventOf(session.clock, { event: 'run-end', ...ended }));
  } catch (error) {
    if (error instanceof JournalError) return { status: 'journal', reason: error.message, ...rest };
    throw error;
  }
  return { ...ended, ...rest };
}

const asError = (thrown: unknown): Error => (thrown instanceof Error ? thrown : new Error(String(thrown)));
