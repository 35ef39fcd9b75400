import * as z from 'zod';
import { localisedSchema } from '../../core/lang.ts';

/** One way to see a criterion in the text: a pattern, or several that must all be found. RE2, no regard to case. */
const evidence = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)]);
const evidenceList = z.array(evidence).min(1);

const criterionSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, 'an id is lower-case letters, digits and hyphens'),
  /** Points for meeting it. Negative: the criterion names something bad, and meeting it costs. */
  points: z.number().refine((points) => points !== 0, 'a criterion of 0 points says nothing'),
  /** What a judge is asked, in the language of the sample. */
  text: localisedSchema,
  /** Where no judge is used: any one of these found in the reply counts as met. */
  evidence: z.strictObject({ en: evidenceList.optional(), zh: evidenceList.optional() }),
});
export type Criterion = z.infer<typeof criterionSchema>;

export const rubricConfig = z
  .strictObject({
    criteria: z.array(criterionSchema).min(1),
    /** What a judge must know to tell a true statement from a false one, beside the question and the reference reply. */
    facts: localisedSchema.optional(),
  })
  .refine(({ criteria }) => criteria.some(({ points }) => points > 0), {
    message: 'a rubric needs a criterion with positive points',
  })
  .refine(({ criteria }) => new Set(criteria.map(({ id }) => id)).size === criteria.length, {
    message: 'two criteria have the same id',
  });
export type RubricConfig = z.infer<typeof rubricConfig>;
