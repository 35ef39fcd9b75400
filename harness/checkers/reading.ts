import type { FieldReading } from '../core/answer.ts';
import type { CheckInput } from '../core/checker.ts';
import { type Scored, wrong } from '../core/score.ts';

type Read = Extract<FieldReading, { status: 'read' }>;

/** The field as it was read, or the score of not having it: a missing or ambiguous answer is wrong, and says why. */
export function readingOf(input: CheckInput, field: string): { read: Read } | { score: Scored } {
  const reading = Object.hasOwn(input.answer.fields, field) ? input.answer.fields[field] : undefined;
  if (!reading) return { score: wrong(`"${field}" is not a field of the answer`) };
  if (reading.status === 'read') return { read: reading };
  return {
    score: wrong(
      reading.status === 'missing' ? `no answer: ${reading.reason}` : `ambiguous: ${reading.reason}`,
    ),
  };
}

/** How a field was read, for the end of a reason: silent where it stood in the JSON object as asked. */
export function byWay({ way }: Read): string {
  return way === 'json' ? '' : ` (read by ${way})`;
}
