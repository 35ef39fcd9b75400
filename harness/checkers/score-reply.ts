import type { FormatRecord, ReadWay } from '../core/answer.ts';
import type { CheckInput, Judgement, JudgeRequest, JudgingMode } from '../core/checker.ts';
import type { Sample } from '../core/sample.ts';
import { type CheckScore, combine, type Score } from '../core/score.ts';
import { readAnswer } from './answer/read-answer.ts';

/** Judge replies of one attempt: by the check's place in its sample, then by criterion. Absent: the run has no judge. */
export type Judgements = ReadonlyMap<number, Readonly<Record<string, Judgement>>>;

export interface ReplyScore {
  score: Score;
  checks: CheckScore[];
  format: FormatRecord;
}

/** Scores one reply by all checks of its sample. Pure: the same reply and judgements give the same scores, for ever. */
export function scoreReply(sample: Sample, reply: string, judgements?: Judgements): ReplyScore {
  const input = inputFor(sample, reply);
  const checks = sample.checks.map((bound, index): CheckScore => {
    // With a judge, a check without judgements is unscored; only without one may a rubric look at words itself.
    const judgedInput = judgements ? { ...input, judgements: judgements.get(index) ?? {} } : input;
    const score = bound.checker.check(bound.config, judgedInput);
    const { field, weight, gate } = bound;
    return { kind: bound.checker.kind, ...(field === undefined ? {} : { field }), weight, gate, score };
  });
  const ways = new Set<ReadWay>();
  for (const reading of Object.values(input.answer.fields))
    if (reading.status === 'read') ways.add(reading.way);
  return { score: combine(checks), checks, format: { obeyed: input.answer.obeyed, ways: [...ways] } };
}

export interface CheckJudgeRequest extends JudgeRequest {
  check: number;
}

/** Everything a judge must be asked about one reply, before it can be scored. */
export function judgeRequests(sample: Sample, reply: string, mode: JudgingMode = {}): CheckJudgeRequest[] {
  if (!sample.checks.some(({ checker }) => checker.judgeRequests)) return [];
  const input = { ...inputFor(sample, reply), reference: sample.oracle.reply() };
  return sample.checks.flatMap((bound, check) =>
    (bound.checker.judgeRequests?.(bound.config, input, mode) ?? []).map((request) => ({
      ...request,
      check,
    })),
  );
}

/** What the checks of a sample see of a reply. */
export function inputFor(sample: Sample, reply: string): CheckInput {
  const question = sample.messages.map((message) => message.content).join('\n\n');
  const { targets, targetUnits, verify } = sample.oracle;
  return {
    reply,
    answer: readAnswer(reply, sample.answer, { lang: sample.lang, question }),
    spec: sample.answer,
    lang: sample.lang,
    question,
    targets,
    targetUnits,
    ...(verify ? { verify } : {}),
  };
}
