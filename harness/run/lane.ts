import type { ModelRecord } from '../core/event.ts';
import type { Provider } from '../core/provider.ts';
import { type Breaker, createBreaker } from './breaker.ts';
import { UnwritableEvent } from './journal-line.ts';
import type { LineReader } from './journal-reader.ts';
import { readReply } from './judge.ts';
import type { Panel } from './judge-panel.ts';
import { costOf } from './money.ts';
import { type RunPlan, type Work, workFor } from './plan.ts';
import type { Scoring } from './scoring.ts';
import { type Asked, ask, type Body, eventOf, type Session, startLines } from './session.ts';
import { scoreReply } from './settle.ts';
import type { SpareTime } from './spare-time.ts';

/** How the work of one model ended, counted in attempts. */
export interface LaneOutcome {
  replied: number;
  failed: number;
  scored: number;
  /** Replies whose score is open: the judge failed, or a check did. */
  unscored: number;
  /** Not begun or not finished: what resume would do. */
  left: number;
  /** Why this model was no longer asked, where it was not the run that ended. */
  stopped?: string;
}

export interface Lane {
  model: ModelRecord;
  provider: Provider;
  concurrency: number;
  plan: RunPlan;
  scoring: Scoring;
  judge: Panel | undefined;
  /** The journal as it was before this run, for the replies that resume finds in it. */
  lines: LineReader | undefined;
  breathe(): Promise<void> | undefined;
  spare: SpareTime;
}

/** A lane at work. */
export interface LaneRun {
  session: Session;
  lane: Lane;
  outcome: LaneOutcome;
  breaker: Breaker;
  /** Replies on their way to a score, which hold no slot of their model. */
  open: Set<Promise<void>>;
  /** Those of them whose turn to be scored has not come. */
  waiting: { replies: number; text: number };
}

/** Does all the work of one model, `concurrency` pieces at a time. No lane ever waits for another. */
export async function runLane(session: Session, lane: Lane): Promise<LaneOutcome> {
  const outcome = { replied: 0, failed: 0, scored: 0, unscored: 0, left: 0 };
  const run: LaneRun = {
    session,
    lane,
    outcome,
    breaker: createBreaker(lane.concurrency),
    open: new Set(),
    waiting: { replies: 0, text: 0 },
  };
  const source = breathing(workFor(lane.plan, lane.model), lane.breathe);
  await Promise.all(Array.from({ length: lane.concurrency }, () => runWorker(run, source)));
  // A reply that is scored may go on to the judge.
  while (run.open.size > 0) await Promise.all(run.open);
  await source.return(undefined);
  const { ask: toAsk = 0, score: toScore = 0 } = lane.plan.counts.get(lane.model.id) ?? {};
  outcome.left = toAsk + toScore - outcome.failed - outcome.scored - outcome.unscored;
  return { ...outcome, ...(run.breaker.reason === undefined ? {} : { stopped: run.breaker.reason }) };
}

/** Workers queue for their next piece, and some take long to draw: what is in hand must go out in between. */
async function* breathing<T>(pieces: AsyncIterable<T>, breathe: Lane['breathe']): AsyncGenerator<T> {
  for await (const piece of pieces) {
    yield piece;
    await breathe();
  }
}

async function runWorker(run: LaneRun, source: AsyncGenerator<Work>): Promise<void> {
  const { halt } = run.session;
  try {
    while (!halt.stopped) {
      const { value: work, done } = await source.next();
      if (done || halt.stopped) return;
      if (work.kind === 'score') await scoreKept(run, work);
      else if (run.breaker.reason === undefined) await askModel(run, work);
    }
  } catch (error) {
    halt.fail(error);
  }
}

async function scoreKept(run: LaneRun, work: Extract<Work, { kind: 'score' }>): Promise<void> {
  const { lines } = run.lane;
  const text = lines && readReply(work.kept, lines);
  if (text !== undefined) await scoreReply(run, work, text, work.kept);
}

/** Asks, journals what comes, and hands a reply on to be scored. */
async function askModel(run: LaneRun, work: Work): Promise<void> {
  const { session, lane, outcome } = run;
  const about = { model: lane.model.id, sample: work.sample.id, epoch: work.epoch };
  session.report({ kind: 'asked', ...about });
  const asked = await sendToModel(run, work);
  if (asked.status === 'dropped') return session.report({ kind: 'dropped', ...about });
  if (asked.status === 'failed') {
    const { fault, message, tries } = asked.error;
    outcome.failed += 1;
    return session.report({ kind: 'failed', ...about, fault, ...(tries ? { tries } : {}), message });
  }
  outcome.replied += 1;
  const { text, usage, cached, batch } = asked.completion;
  const cost = cached ? 0 : costOf(lane.model, usage, batch);
  const tokens = (usage.inputTokens ?? 0) + (usage.outputTokens ?? 0);
  session.report({ kind: 'replied', ...about, tokens, ...(cost === undefined ? {} : { cost }) });
  await scoreInSpareTime(run, work, text);
}

/** So many replies wait to be scored, and so much text in all, in UTF-16 units: they are held, and a stopped run scores them first. */
const UNSCORED_AT_MOST = { replies: 1000, text: 4 * 1024 * 1024 };

/**
 * Leaves a reply to be scored when there is time for it: drawing and asking the next comes first. A judge that falls behind is
 * waited for. Where the run was told to stop at once, the reply is in the journal, and its score is for resume to make.
 */
async function scoreInSpareTime(run: LaneRun, work: Work, text: string): Promise<void> {
  const { lane, open, session } = run;
  run.waiting.replies += 1;
  run.waiting.text += text.length;
  const scoring: Promise<void> = lane.spare
    .turn()
    .then(() => {
      run.waiting.replies -= 1;
      run.waiting.text -= text.length;
      return session.abort.aborted ? undefined : scoreReply(run, work, text, undefined);
    })
    .catch((error: unknown) => session.halt.fail(error))
    .finally(() => open.delete(scoring));
  open.add(scoring);
  const { replies, text: length } = run.waiting;
  if (lane.judge || replies > UNSCORED_AT_MOST.replies || length > UNSCORED_AT_MOST.text) await scoring;
}

/** One attempt, journalled whichever way it ends, unless it is dropped. */
async function sendToModel(run: LaneRun, { sample, epoch }: Work): Promise<Asked> {
  const { session, lane, breaker } = run;
  const { model, provider } = lane;
  const record = (body: Body) => {
    // The sample's own line goes in the same write, so that no reply stands without it.
    session.journal.append(...startLines(session, sample), eventOf(session.clock, body));
    session.started.add(sample.hash);
  };
  const attempt = { sample: sample.hash, model: model.id, epoch };
  const to = { provider, model, breaker, expected: session.expected(sample, model), unlessStopped: true };
  const request = {
    messages: sample.messages,
    settings: model.settings,
    sampleHash: sample.hash,
    sampleId: sample.id,
    epoch,
  };
  const asked = await ask(session, to, request, (completion) =>
    record({ event: 'completion-end', ...attempt, completion }),
  ).catch((error: unknown) => {
    if (error instanceof UnwritableEvent) return unkeepable(error);
    throw error;
  });
  if (asked.status === 'failed') {
    const { fault, message, status, tries } = asked.error;
    const more = { ...(status ? { status } : {}), ...(tries ? { tries } : {}) };
    record({ event: 'completion-error', ...attempt, fault, message, ...more });
  }
  return asked;
}

const unkeepable = ({ message }: UnwritableEvent): Asked => ({
  status: 'failed',
  error: { fault: 'bad-response', message: `the reply cannot be kept: ${message}` },
});
