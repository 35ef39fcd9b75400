import type { AnswerSpec } from './answer.ts';
import type { AnyChecker, Verdict } from './checker.ts';
import type { Mistake } from './family.ts';
import type { Lang } from './lang.ts';
import type { Plot } from './plot.ts';
import type { Message } from './provider.ts';
import type { Variant } from './words.ts';

export const TIERS = ['basic', 'advanced', 'expert'] as const;
export type Tier = (typeof TIERS)[number];

export interface BoundCheck {
  checker: AnyChecker;
  config: unknown;
  field?: string;
  weight: number;
  gate: boolean;
}

/** What is known of a sample's right and wrong answers. Never shown to a model. */
export interface Oracle {
  targets: Readonly<Record<string, unknown>>;
  targetUnits: Readonly<Record<string, string>>;
  verify?(field: string, proposal: unknown): Verdict;
  /** A fully right reply. */
  reply(): string;
  mistakes(): readonly Mistake[];
  work?(): string;
  plots?(): readonly Plot[];
}

/** One question in one language. */
export interface Sample {
  /** `<suite>/<task>/<case or s+seed number>[~variant]/<lang>` */
  id: string;
  suite: string;
  task: string;
  lang: Lang;
  /** The seed's number or the case's id; a private seed shows its number, never what it was drawn from. */
  seed: string;
  /** How the problem was changed without changing its answer; absent for the problem itself. Tells of stability, never of skill. */
  variant?: Variant;
  /** Samples that stand or fall together: a problem's twins in two languages, and its variants. */
  cluster: string;
  skills: readonly string[];
  tags: readonly string[];
  tier?: Tier;
  messages: readonly Message[];
  answer: AnswerSpec;
  checks: readonly BoundCheck[];
  oracle: Oracle;
  /** A score at or above this counts as a pass where a yes or no is needed. */
  pass: number;
  /** Of what the model is asked: a reply belongs to this. */
  hash: string;
  /** Of what counts as right: targets, checks and checker versions. */
  keyHash: string;
}
