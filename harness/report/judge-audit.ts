import * as z from 'zod';
import { fullHash } from '../core/canonical.ts';
import { UserError } from '../core/errors.ts';
import { judgingSchema, modelRecordSchema } from '../core/event.ts';
import { langSchema } from '../core/lang.ts';

/** What reports call the judge of a run without one: its criteria's own patterns. */
export const LEXICAL = 'lexical';

const interval = z.tuple([z.number(), z.number()]);
const count = z.int().nonnegative();
const rate = z.strictObject({
  value: z.number(),
  interval: interval.describe('95 %'),
  standard_error: z.number().nonnegative().describe('decisions on one statement count as one cluster'),
  n: count,
  clusters: count,
});
export type AuditRate = z.infer<typeof rate>;

const auditFiguresSchema = z
  .strictObject({
    decisions: count,
    sensitivity: rate.describe('share of met criteria that the judge calls met'),
    specificity: rate.describe('share of criteria not met that the judge calls not met'),
    accuracy: z.number(),
    balanced_f1: z.number().describe('mean of the F1 of "met" and the F1 of "not met"'),
    kappa: z.number().describe("Cohen's, with the truth"),
  })
  .meta({ id: 'audit_figures' });
export type AuditFigures = z.infer<typeof auditFiguresSchema>;

const attack = z.strictObject({
  decisions: count,
  fooled: count,
  rate: z.number(),
  interval: interval.optional().describe('95 %; absent where nothing was decided'),
});
export type AttackFigures = z.infer<typeof attack>;

export const auditResultSchema = z.strictObject({
  plain: auditFiguresSchema.describe('replies without an attack: what correction uses'),
  langs: z.array(z.strictObject({ lang: langSchema, ...auditFiguresSchema.shape })),
  kinds: z.array(z.strictObject({ kind: z.string(), decisions: count, right: count })),
  injection: attack.describe('decisions that went as words addressed to the judge wanted'),
  master_key: attack.describe('empty formulas taken for an answer; in a run they never reach a judge'),
  unread: count.describe('decisions without a readable verdict: in no figure'),
});
export type AuditResult = z.infer<typeof auditResultSchema>;

const usage = z.strictObject({
  calls: count,
  input_tokens: z.number().nonnegative().optional(),
  output_tokens: z.number().nonnegative().optional(),
  cost: z.strictObject({ amount: z.number(), currency: z.string() }).optional(),
});

const body = {
  schema_version: z.literal('1.0'),
  judge: z.string().describe('as a run names its judging; `lexical` for patterns'),
  judges: z.array(modelRecordSchema),
  judging: judgingSchema,
  harness: z.string(),
  audit_set: z.strictObject({ version: z.int(), hash: z.string(), langs: z.array(langSchema) }),
  rubric_version: z.int().describe('of the checker, whose words the judge was asked in'),
  result: auditResultSchema,
  usage: usage.optional(),
};
const judgeAuditSchema = z.strictObject({
  ...body,
  hash: z.string().describe('sha256 of all the rest as canonical JSON'),
});
export type JudgeAudit = z.infer<typeof judgeAuditSchema>;

export const sealAudit = (audit: Omit<JudgeAudit, 'hash'>): JudgeAudit => ({
  ...audit,
  hash: fullHash(audit),
});

/**
 * An audit file, whole and unaltered.
 * @throws UserError
 */
export function parseAudit(text: string, file: string): JudgeAudit {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new UserError(`${file}: is no JSON`, 'wattmark judge audit -m <judge> --out FILE writes one');
  }
  const parsed = judgeAuditSchema.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new UserError(
      `${file}: is no judge audit (${issue?.path.join('.') || 'whole'}: ${issue?.message})`,
    );
  }
  const { hash, ...rest } = parsed.data;
  if (fullHash(rest) !== hash)
    throw new UserError(
      `${file}: was changed after it was written: its hash does not fit`,
      'audit the judge again',
    );
  return parsed.data;
}

/** @throws UserError where the audit is of another judge than the run's, or of other words */
export function checkAuditFits(
  audit: JudgeAudit,
  run: { run: string; judge?: string; checkers: Readonly<Record<string, number>> },
): void {
  const judge = run.judge ?? LEXICAL;
  if (audit.judge !== judge)
    throw new UserError(
      `the audit is of ${audit.judge}, run ${run.run} was judged by ${judge}`,
      'audit the judge of this run',
    );
  const version = Object.hasOwn(run.checkers, 'rubric') ? run.checkers.rubric : undefined;
  if (version !== undefined && version !== audit.rubric_version)
    throw new UserError(
      `the audit asked in the words of rubric version ${audit.rubric_version}, run ${run.run} in those of version ${version}`,
      'audit the judge again, or score the run again',
    );
}
