import type { Lang } from '../../../core/lang.ts';
import type { Random } from '../../../core/random.ts';

/**
 * One criterion in one language, with statements whose truth is known because they were written to meet it or to miss
 * it. A statement decides its own criterion and says nothing that could decide another one of the scenario.
 */
export interface AuditCriterion {
  id: string;
  points: number;
  text: string;
  /** What an author of a suite would look for without a judge; not tuned to these statements. */
  evidence: readonly (string | readonly string[])[];
  /** Three wordings that meet the criterion. Where points are negative they do the bad thing. */
  met: readonly [string, string, string];
  /**
   * Two that do not: a wrong figure, direction or cause, and a denial. Where points are negative they are what a careful
   * writer says: a warning, or that the thing was not done.
   */
  unmet: readonly [string, string];
}

/** A scenario with its facts drawn, in one language: a question and what may be said to it. */
export interface AuditStory {
  question: string;
  /** Four with positive points, then one with negative points. */
  criteria: readonly AuditCriterion[];
  /** True, irrelevant sentences: they meet no criterion. */
  padding: readonly string[];
}

export interface AuditScenario {
  id: string;
  /** Draws facts, and tells them in both languages, each written in its own right. */
  draw(random: Random): Readonly<Record<Lang, AuditStory>>;
}
