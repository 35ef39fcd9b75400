import type { FormatRecord } from '../core/answer.ts';
import type { Judgement } from '../core/checker.ts';
import type { CompletionRequest } from '../core/provider.ts';
import type { Sample } from '../core/sample.ts';
import type { CheckScore, Score } from '../core/score.ts';

/** One question to the judge: for a check (by its index in the sample) and one of its criteria. */
export interface JudgeTask {
  check: number;
  id: string;
  request: CompletionRequest;
  /** Whether a judge's reply can be used; absent where only the check itself can tell. */
  readable?(text: string): boolean;
}

/** A judge's replies by check index, then by criterion. */
export type Judgements = ReadonlyMap<number, Readonly<Record<string, Judgement>>>;

export interface ScoredReply {
  score: Score;
  checks: readonly CheckScore[];
  format?: FormatRecord;
}

/** How replies are scored; the checkers are handed in. Pure: same sample, reply and judgements, same score. */
export interface Scoring {
  judgeRequests(sample: Sample, reply: string): readonly JudgeTask[];
  /** Without `judgements` no judge was used. */
  score(sample: Sample, reply: string, judgements?: Judgements): ScoredReply;
}

export function collectJudgements(
  items: Iterable<{ check: number; criterion: string; judgement: Judgement }>,
): Judgements {
  const byCheck = new Map<number, Record<string, Judgement>>();
  for (const { check, criterion, judgement } of items) {
    let record = byCheck.get(check);
    // No prototype: a criterion may be called anything, even `__proto__`.
    if (!record) byCheck.set(check, (record = Object.create(null) as Record<string, Judgement>));
    record[criterion] = judgement;
  }
  return byCheck;
}
