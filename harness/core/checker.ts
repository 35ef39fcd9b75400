import type { z } from 'zod';
import type { Answer, AnswerField, AnswerSpec } from './answer.ts';
import type { Lang } from './lang.ts';
import type { CompletionRequest } from './provider.ts';
import type { Score } from './score.ts';
import type { Vote } from './words.ts';

/** A verdict of the engineering code on a proposed plan. */
export interface Verdict {
  /** 0 to 1. */
  value: number;
  reason: string;
  details?: unknown;
  regret?: { amount: number; currency: string };
}

/** Everything a check may look at. Nothing else: same input, same score, for ever. */
export interface CheckInput {
  reply: string;
  answer: Answer;
  spec: AnswerSpec;
  lang: Lang;
  /** The question as the model saw it: for telling a restated figure from an answer. */
  question: string;
  /** A fully right reply, for a judge to know the facts by. Present only where a judge is about to be asked. */
  reference?: string;
  /** The right values by field: numbers in the unit of `targetUnits`, option ids, arrays of ids, structures. */
  targets: Readonly<Record<string, unknown>>;
  targetUnits: Readonly<Record<string, string>>;
  /** Asks the sample's family to judge a proposed plan; absent where the family checks none. */
  verify?: (field: string, proposal: unknown) => Verdict;
  /** Judge replies by criterion id, fetched and journalled by the runner. Absent: no judge was used. */
  judgements?: Readonly<Record<string, Judgement>>;
}

export type Judgement =
  | { status: 'replied'; text: string; judge: string }
  | { status: 'failed'; reason: string }
  /** What each judge of a panel gave, and how they are to be made one. */
  | { status: 'panel'; vote: Vote; members: readonly Exclude<Judgement, { status: 'panel' }>[] };

export interface JudgeRequest {
  id: string;
  request: CompletionRequest;
  /** Whether a judge's reply can be used. One that cannot is asked for once more, and then leaves the check unscored. */
  readable?(text: string): boolean;
}

/** How a judge is asked. */
export interface JudgingMode {
  /** All criteria of a check in one request, instead of one request each. */
  batch?: boolean;
}

export interface ConfigProblem {
  /** Path inside the check's own mapping, such as ['unit']. */
  path: readonly (string | number)[];
  message: string;
  hint?: string;
}

/** What the suite says around a check, for finding faults before anything is asked. */
export interface CheckContext {
  fields: Readonly<Record<string, AnswerField>>;
  /** Fields the family or the cases give a right value for, with the unit it is in. */
  targets: Readonly<Record<string, { unit?: string }>>;
  verifies: readonly string[];
  langs: readonly Lang[];
}

/** A checker is a value. `version` goes up whenever a score could change. */
export interface Checker<C> {
  kind: string;
  version: number;
  config: z.ZodType<C>;
  /** Faults that the schema cannot see: an unknown field, a unit of another dimension. */
  validate?(config: C, context: CheckContext): ConfigProblem[];
  judgeRequests?(config: C, input: CheckInput, mode?: JudgingMode): JudgeRequest[];
  check(config: C, input: CheckInput): Score;
}

// biome-ignore lint/suspicious/noExplicitAny: a registry holds checkers of every config; each parses its own.
export type AnyChecker = Checker<any>;
export type CheckerRegistry = ReadonlyMap<string, AnyChecker>;
