import type { Judgement } from '../core/checker.ts';
import type { ModelRecord } from '../core/event.ts';
import type { Provider } from '../core/provider.ts';
import { type Breaker, createBreaker } from './breaker.ts';
import type { LineReader } from './journal-reader.ts';
import { collectJudgements, type Judgements, type JudgeTask } from './scoring.ts';
import { createSemaphore, type Semaphore } from './semaphore.ts';
import { ask, eventOf, type Session } from './session.ts';
import type { AttemptState, KeptJudgement } from './state.ts';

export interface JudgeSetup {
  model: ModelRecord;
  provider: Provider;
  concurrency: number;
}

/** The judge of a run. Its requests share one limit over all models. */
export interface Judge {
  id: string;
  setup: JudgeSetup;
  breaker: Breaker;
  slots: Semaphore;
  /** Replies being judged: a model waits here when the judge falls behind, so that replies do not pile up. */
  room: Semaphore;
}

export function createJudge(setup: JudgeSetup): Judge {
  return {
    id: setup.model.id,
    setup,
    breaker: createBreaker(setup.concurrency),
    slots: createSemaphore(setup.concurrency),
    room: createSemaphore(2 * setup.concurrency),
  };
}

export interface AttemptKey {
  sample: string;
  model: string;
  epoch: number;
}

interface Judged {
  check: number;
  criterion: string;
  judgement: Judgement;
}

/**
 * Has every criterion of a reply judged, and journals each judgement as it comes. A judge that fails gives a
 * failed judgement, which leaves its check unscored. Undefined where the run ended first: resume goes on here.
 */
export async function judgeReply(
  session: Session,
  judge: Judge,
  attempt: AttemptKey,
  tasks: readonly JudgeTask[],
  held: ReadonlyMap<string, Judgement>,
): Promise<Judgements | undefined> {
  const results = await Promise.all(
    tasks.map(async ({ check, id, request }): Promise<Judged | undefined> => {
      const kept = held.get(judgementKey(check, id));
      if (kept) return { check, criterion: id, judgement: kept };
      await judge.slots.acquire();
      try {
        const judgement = await askJudge(session, judge, attempt, { check, id, request });
        return judgement && { check, criterion: id, judgement };
      } finally {
        judge.slots.release();
      }
    }),
  );
  return results.includes(undefined) ? undefined : collectJudgements(results as Judged[]);
}

async function askJudge(
  session: Session,
  judge: Judge,
  attempt: AttemptKey,
  { check, id, request }: JudgeTask,
): Promise<Judgement | undefined> {
  const head = { event: 'judgement-end', ...attempt, judge: judge.id, check, criterion: id } as const;
  const failed = (reason: string): Judgement => {
    session.journal.append(eventOf(session.clock, { ...head, result: { status: 'failed', reason } }));
    return { status: 'failed', reason };
  };
  if (judge.breaker.reason !== undefined) return failed(`the judge was stopped: ${judge.breaker.reason}`);
  const { model, provider } = judge.setup;
  const to = { provider, model, breaker: judge.breaker, expected: {}, unlessStopped: false };
  const asked = await ask(session, to, request, (completion) =>
    session.journal.append(eventOf(session.clock, { ...head, result: { status: 'replied', completion } })),
  );
  if (asked.status === 'dropped') return undefined;
  if (asked.status === 'failed') {
    return failed(`${asked.error.fault}: ${asked.error.message}`);
  }
  return { status: 'replied', text: asked.completion.text, judge: judge.id };
}

const judgementKey = (check: number, criterion: string) => `${check} ${criterion}`;

/**
 * The judgements that need not be asked again: those this judge gave. Where it answered everything and the
 * reply is unscored all the same, an answer was unreadable, and only asking all of them again can help.
 */
export function heldJudgements(
  kept: AttemptState,
  judge: string | undefined,
  lines: LineReader,
): Map<string, Judgement> {
  const held = new Map<string, Judgement>();
  const own = (kept.judgements ?? []).filter((j) => j.judge === judge);
  const unreadable = kept.score?.status === 'unscored' && own.every((j) => !j.failed);
  if (unreadable) return held;
  for (const item of own) {
    const judgement = item.failed ? undefined : readJudgement(item, lines);
    if (judgement?.status === 'replied') held.set(judgementKey(item.check, item.criterion), judgement);
  }
  return held;
}

function readJudgement({ ref, judge }: KeptJudgement, lines: LineReader): Judgement {
  const event = lines.read(ref);
  if (event.event !== 'judgement-end') return { status: 'failed', reason: 'not found in the journal' };
  return event.result.status === 'failed'
    ? { status: 'failed', reason: event.result.reason }
    : { status: 'replied', text: event.result.completion.text, judge };
}

/** All judgements of an attempt as they stand, failures too: for scoring again without asking. */
export function standingJudgements(kept: AttemptState, judge: string, lines: LineReader): Judgements {
  return collectJudgements(
    (kept.judgements ?? [])
      .filter((j) => j.judge === judge)
      .map((j) => ({ check: j.check, criterion: j.criterion, judgement: readJudgement(j, lines) })),
  );
}

export function readReply(kept: AttemptState, lines: LineReader): string | undefined {
  const event = kept.reply && lines.read(kept.reply);
  return event?.event === 'completion-end' ? event.completion.text : undefined;
}
