import * as z from 'zod';
import type { CheckScore } from '../core/score.ts';

/** What rubrics found in one reply, before a sample's score was clipped to its range. */
export interface RubricRecord {
  /** Σ points met / Σ positive points: below 0 where the bad outweighs. */
  sum: number;
  /** Σ points / Σ positive points: what a reply gets that meets everything, the bad included. */
  weights: number;
  /** Criteria decided; 0 where the reply was worth nothing before anyone looked at its criteria. */
  decisions: number;
  /** Decisions on which the judges of a panel differed. */
  split: number;
}

const detailsSchema = z.array(
  z.object({
    points: z.number(),
    met: z.union([z.boolean(), z.number().min(0).max(1)]),
    votes: z.array(z.object({ met: z.boolean() })).optional(),
  }),
);

/** The rubrics among a reply's checks as one, by their weights; undefined where it has none, or one is unscored. */
export function rubricRecord(checks: readonly CheckScore[]): RubricRecord | undefined {
  const rubrics = checks.filter(({ kind }) => kind === 'rubric');
  if (rubrics.length === 0) return undefined;
  const whole: RubricRecord = { sum: 0, weights: 0, decisions: 0, split: 0 };
  const total = rubrics.reduce((sum, { weight }) => sum + weight, 0);
  for (const { score, weight } of rubrics) {
    if (score.status === 'unscored' || total === 0) return undefined;
    const share = weight / total;
    const details = detailsSchema.safeParse(score.details);
    const found = details.success ? details.data : [];
    const possible = found.reduce((sum, { points }) => sum + Math.max(0, points), 0);
    // Without details the rubric looked at no criterion: what it gave is no judge's doing.
    if (possible === 0) {
      whole.sum += share * score.value;
      continue;
    }
    whole.sum += (share * found.reduce((sum, { points, met }) => sum + points * Number(met), 0)) / possible;
    whole.weights += (share * found.reduce((sum, { points }) => sum + points, 0)) / possible;
    whole.decisions += found.length;
    whole.split += found.filter(({ votes }) => votes?.some(({ met }) => met !== votes[0]?.met)).length;
  }
  return whole;
}
