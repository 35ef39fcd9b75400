import { JournalError } from './journal.ts';
import { type AttemptKey, heldJudgements, judgeReply } from './judge.ts';
import type { LaneRun } from './lane.ts';
import type { Work } from './plan.ts';
import type { JudgeTask, ScoredReply } from './scoring.ts';
import { eventOf } from './session.ts';
import type { AttemptState } from './state.ts';

/**
 * Scores a reply, by way of the judge where a check needs one. Judging goes on after this returns, so that it
 * holds no slot of the model; where the judge falls behind, this waits for it.
 */
export async function scoreReply(
  run: LaneRun,
  work: Work,
  text: string,
  kept: AttemptState | undefined,
): Promise<void> {
  const { scoring, judge } = run.lane;
  if (!judge) return settle(run, work, () => scoring.score(work.sample, text));
  const tasks = guarded(run, work, () => scoring.judgeRequests(work.sample, text));
  if (!tasks) return;
  if (tasks.length === 0) return settle(run, work, () => scoring.score(work.sample, text, new Map()));
  await judge.room.acquire();
  const judging: Promise<void> = judgeAndSettle(run, work, { text, tasks, kept })
    .catch((error: unknown) => run.session.halt.fail(error))
    .finally(() => {
      judge.room.release();
      run.open.delete(judging);
    });
  run.open.add(judging);
}

async function judgeAndSettle(
  run: LaneRun,
  work: Work,
  { text, tasks, kept }: { text: string; tasks: readonly JudgeTask[]; kept: AttemptState | undefined },
): Promise<void> {
  const { judge, lines, scoring, model } = run.lane;
  if (!judge) return;
  const attempt: AttemptKey = { sample: work.sample.hash, model: model.id, epoch: work.epoch };
  const held = kept && lines ? heldJudgements(kept, judge, tasks, lines) : new Map<string, never>();
  const judgements = await judgeReply(run.session, judge, attempt, tasks, held);
  if (judgements) settle(run, work, () => scoring.score(work.sample, text, judgements));
}

function settle(run: LaneRun, work: Work, score: () => ScoredReply): void {
  const { session, lane, outcome } = run;
  const { sample, epoch } = work;
  const result = guarded(run, work, () => {
    const reply = score();
    session.journal.appendSoon(
      eventOf(
        session.clock,
        scoreEnd({ sample: sample.hash, model: lane.model.id, epoch }, sample.keyHash, reply),
      ),
    );
    return reply.score;
  });
  if (!result) return;
  outcome[result.status] += 1;
  session.report({ kind: 'scored', model: lane.model.id, sample: sample.id, epoch, score: result });
}

export function scoreEnd(attempt: AttemptKey, key: string, { score, checks, format }: ScoredReply) {
  return {
    event: 'score-end' as const,
    ...attempt,
    key,
    score,
    checks: [...checks],
    ...(format ? { format } : {}),
  };
}

/** A check that throws leaves its reply unscored and in hand; the run goes on. A journal that fails does not. */
function guarded<T>(run: LaneRun, { sample, epoch }: Work, work: () => T): T | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof JournalError) throw error;
    run.outcome.unscored += 1;
    const message = `cannot be scored: ${error instanceof Error ? error.message : String(error)}`;
    run.session.report({ kind: 'unscored', model: run.lane.model.id, sample: sample.id, epoch, message });
    return undefined;
  }
}
