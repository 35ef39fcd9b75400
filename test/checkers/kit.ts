import { readAnswer } from '../../harness/checkers/answer/read-answer.ts';
import { checkerRegistry } from '../../harness/checkers/registry.ts';
import type { AnswerField, AnswerSpec } from '../../harness/core/answer.ts';
import type { CheckContext, CheckInput } from '../../harness/core/checker.ts';
import type { Lang } from '../../harness/core/lang.ts';
import type { Score } from '../../harness/core/score.ts';

const checkers = checkerRegistry();

export interface Case {
  fields?: AnswerField[];
  targets?: Record<string, unknown>;
  targetUnits?: Record<string, string>;
  lang?: Lang;
  question?: string;
  verify?: CheckInput['verify'];
  judgements?: CheckInput['judgements'];
}

/** Checks one reply by one check, as a run would. */
export function check(kind: string, config: object, reply: string, given: Case = {}): Score {
  const checker = checkers.get(kind);
  if (!checker) throw new Error(`no checker ${kind}`);
  return checker.check(checker.config.parse(config), inputOf(reply, given));
}

export function inputOf(reply: string, given: Case): CheckInput {
  const { fields = [], targets = {}, targetUnits = {}, lang = 'en', question = 'A question.' } = given;
  const spec: AnswerSpec = { style: fields.length > 0 ? 'json' : 'text', fields };
  return {
    reply,
    answer: readAnswer(reply, spec, { lang, question }),
    spec,
    lang,
    question,
    targets,
    targetUnits,
    ...(given.verify ? { verify: given.verify } : {}),
    ...(given.judgements ? { judgements: given.judgements } : {}),
  };
}

export function worthOf(score: Score): number | 'unscored' {
  return score.status === 'scored' ? score.value : 'unscored';
}

export function problems(kind: string, config: object, context: Partial<CheckContext>): string[] {
  const checker = checkers.get(kind);
  const whole = { fields: {}, targets: {}, verifies: [], langs: ['en', 'zh'] as const, ...context };
  return (checker?.validate?.(checker.config.parse(config), whole) ?? []).map(({ message }) => message);
}
