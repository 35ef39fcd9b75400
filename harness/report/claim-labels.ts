import * as z from 'zod';
import type { CheckScore } from '../core/score.ts';

const claim = z.object({
  label: z.enum(['supported', 'contradicted', 'unchecked']),
  text: z.string(),
  reason: z.string(),
  safety: z.boolean().optional(),
});
export type ClaimLabel = z.infer<typeof claim>;
const withClaims = z.object({ claims: z.array(claim) });

/** What a check of claims labelled, claim by claim; undefined for every other check. */
export function claimLabels({ score }: CheckScore): ClaimLabel[] | undefined {
  return score.status === 'scored' ? withClaims.safeParse(score.details).data?.claims : undefined;
}
