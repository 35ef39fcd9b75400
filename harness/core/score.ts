import * as z from 'zod';
import { jsonSchema } from './json.ts';

/**
 * What a check says of one answer. Wrong is a score of 0; a failure of a provider or a judge is *unscored*.
 * The two are different types, so that neither can be counted as the other.
 */
export const scoreSchema = z.discriminatedUnion('status', [
  z.strictObject({
    status: z.literal('scored'),
    /** 0 to 1. */
    value: z.number().min(0).max(1),
    /** What was read in the reply, as it was compared; absent where nothing could be read. */
    extracted: jsonSchema.optional(),
    reason: z.string(),
    /** Whatever a report may show beside the reason: claim labels, criteria, violations. */
    details: jsonSchema.optional(),
    /** What acting on this answer would have cost beyond the best plan, where a check can tell. */
    regret: z.strictObject({ amount: z.number(), currency: z.string() }).optional(),
  }),
  z.strictObject({ status: z.literal('unscored'), fault: z.enum(['provider', 'judge']), reason: z.string() }),
]);
export type Score = z.infer<typeof scoreSchema>;
export type Scored = Extract<Score, { status: 'scored' }>;

type Extras = Omit<Scored, 'status' | 'value' | 'reason'>;

export function scored(value: number, reason: string, extras: Extras = {}): Scored {
  return { status: 'scored', value: Math.min(1, Math.max(0, value)), reason, ...extras };
}
export const correct = (reason: string, extras?: Extras): Scored => scored(1, reason, extras);
export const wrong = (reason: string, extras?: Extras): Scored => scored(0, reason, extras);
export const unscored = (fault: 'provider' | 'judge', reason: string): Score => ({
  status: 'unscored',
  fault,
  reason,
});

export interface CheckScore {
  kind: string;
  field?: string;
  weight: number;
  gate: boolean;
  score: Score;
}

/**
 * A sample's score: the weighted mean of its checks. A failed gate makes it 0 even where another check is
 * unscored, since no later judgement could lift it; otherwise one unscored check leaves the sample unscored.
 */
export function combine(checks: readonly CheckScore[]): Score {
  const failedGate = checks.find((c) => c.gate && c.score.status === 'scored' && c.score.value < 1);
  if (failedGate)
    return wrong(`gate ${failedGate.kind}${failedGate.field ? ` ${failedGate.field}` : ''} failed`);
  let total = 0;
  let weights = 0;
  let regret: Scored['regret'];
  for (const { score, weight } of checks) {
    if (score.status === 'unscored') return score;
    total += weight * score.value;
    weights += weight;
    regret ??= score.regret;
  }
  const value = weights > 0 ? total / weights : 0;
  return scored(
    value,
    `weighted mean of ${checks.length} check${checks.length === 1 ? '' : 's'}`,
    regret ? { regret } : {},
  );
}
