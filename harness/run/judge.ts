import type { Judgement } from '../core/checker.ts';
import type { CompletionRequest } from '../core/provider.ts';
import type { LineReader } from './journal-reader.ts';
import { asOne, type Judge, type Panel, type PanelNames } from './judge-panel.ts';
import { collectJudgements, type Judgements, type JudgeTask } from './scoring.ts';
import { ask, eventOf, type Session } from './session.ts';
import type { AttemptState, KeptJudgement } from './state.ts';

export interface AttemptKey {
  sample: string;
  model: string;
  epoch: number;
}

/** What one judge gave. */
type OwnJudgement = Exclude<Judgement, { status: 'panel' }>;
export type HeldJudgements = ReadonlyMap<string, OwnJudgement>;

/**
 * Has every criterion of a reply judged by every judge, and journals each judgement as it comes. A judge that fails
 * gives a failed judgement, which leaves its check unscored. Undefined where the run ended first: resume goes on here.
 */
export async function judgeReply(
  session: Session,
  panel: Panel,
  attempt: AttemptKey,
  tasks: readonly JudgeTask[],
  held: HeldJudgements,
): Promise<Judgements | undefined> {
  const results = await Promise.all(
    tasks.map(async (task) => {
      const members = await Promise.all(
        panel.judges.map((judge) => judgeOnce(session, judge, attempt, task, held)),
      );
      const given = members.filter((member) => member !== undefined);
      if (given.length < members.length) return undefined;
      return { check: task.check, criterion: task.id, judgement: asOne(given, panel.vote) };
    }),
  );
  const whole = results.filter((result) => result !== undefined);
  return whole.length < results.length ? undefined : collectJudgements(whole);
}

/** One judge on one criterion. A reply that cannot be read is asked for once more, as a call of its own. */
async function judgeOnce(
  session: Session,
  judge: Judge,
  attempt: AttemptKey,
  task: JudgeTask,
  held: HeldJudgements,
): Promise<OwnJudgement | undefined> {
  const kept = held.get(judgementKey(task.check, task.id, judge.id));
  if (kept) return kept;
  await judge.slots.acquire();
  try {
    const first = await askJudge(session, judge, attempt, task, false);
    if (first?.status !== 'replied' || !task.readable || task.readable(first.text)) return first;
    return await askJudge(session, judge, attempt, task, true);
  } finally {
    judge.slots.release();
  }
}

async function askJudge(
  session: Session,
  judge: Judge,
  attempt: AttemptKey,
  { check, id, request }: JudgeTask,
  again: boolean,
): Promise<OwnJudgement | undefined> {
  const marks = { judge: judge.id, check, criterion: id, ...(again ? { again } : {}) };
  const head = { event: 'judgement-end', ...attempt, ...marks } as const;
  const failed = (reason: string): OwnJudgement => {
    session.journal.append(eventOf(session.clock, { ...head, result: { status: 'failed', reason } }));
    return { status: 'failed', reason };
  };
  if (judge.breaker.reason !== undefined) return failed(`the judge was stopped: ${judge.breaker.reason}`);
  const { model, provider } = judge.setup;
  const to = { provider, model, breaker: judge.breaker, expected: {}, unlessStopped: false };
  const asked = await ask(session, to, again ? afresh(request) : request, (completion) =>
    session.journal.append(eventOf(session.clock, { ...head, result: { status: 'replied', completion } })),
  );
  if (asked.status === 'dropped') return undefined;
  if (asked.status === 'failed') {
    return failed(`${asked.error.fault}: ${asked.error.message}`);
  }
  return { status: 'replied', text: asked.completion.text, judge: judge.id };
}

/** A cache of replies would give the same unreadable words again: another epoch is another question to it. */
const afresh = (request: CompletionRequest): CompletionRequest => ({
  ...request,
  epoch: (request.epoch ?? 1) + 1,
});

const judgementKey = (check: number, criterion: string, judge: string) => `${check} ${criterion} ${judge}`;

/**
 * The judgements that need not be asked again: those these judges gave, and that can be read. Where a check alone can
 * tell (`readable` is absent), the judges answered everything and the reply is unscored all the same, only asking all
 * of it again can help.
 */
export function heldJudgements(
  kept: AttemptState,
  panel: Pick<Panel, 'judges'>,
  tasks: readonly JudgeTask[],
  lines: LineReader,
): Map<string, OwnJudgement> {
  const held = new Map<string, OwnJudgement>();
  const names = new Set(panel.judges.map(({ id }) => id));
  const own = (kept.judgements ?? []).filter(({ judge }) => names.has(judge));
  const unreadable = kept.score?.status === 'unscored' && own.every((j) => !j.failed);
  const byName = new Map(tasks.map((task) => [`${task.check} ${task.id}`, task]));
  for (const item of own) {
    const task = byName.get(`${item.check} ${item.criterion}`);
    if (!task || item.failed || (unreadable && !task.readable)) continue;
    const judgement = readJudgement(item, lines);
    if (judgement.status !== 'replied' || task.readable?.(judgement.text) === false) continue;
    held.set(judgementKey(item.check, item.criterion, item.judge), judgement);
  }
  return held;
}

function readJudgement({ ref, judge }: KeptJudgement, lines: LineReader): OwnJudgement {
  const event = lines.read(ref);
  if (event.event !== 'judgement-end') return { status: 'failed', reason: 'not found in the journal' };
  return event.result.status === 'failed'
    ? { status: 'failed', reason: event.result.reason }
    : { status: 'replied', text: event.result.completion.text, judge };
}

/** All judgements of an attempt as they stand, failures too: for scoring again without asking. */
export function standingJudgements(
  kept: AttemptState,
  { judges, vote }: PanelNames,
  lines: LineReader,
): Judgements {
  const standing = (kept.judgements ?? []).filter(({ judge }) => judges.includes(judge));
  const names = new Map(
    standing.map(({ check, criterion }) => [`${check} ${criterion}`, { check, criterion }]),
  );
  return collectJudgements(
    [...names.values()].map(({ check, criterion }) => {
      const members = judges.map((judge): OwnJudgement => {
        const item = standing.find(
          (j) => j.check === check && j.criterion === criterion && j.judge === judge,
        );
        return item ? readJudgement(item, lines) : { status: 'failed', reason: `not judged by ${judge} yet` };
      });
      return { check, criterion, judgement: asOne(members, vote) };
    }),
  );
}

export function readReply(kept: AttemptState, lines: LineReader): string | undefined {
  const event = kept.reply && lines.read(kept.reply);
  return event?.event === 'completion-end' ? event.completion.text : undefined;
}
