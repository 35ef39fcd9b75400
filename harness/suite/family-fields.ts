import { type Issue, nearest } from '../core/errors.ts';
import type { AnyFamily } from '../core/family.ts';
import type { AnswerConfig } from './answer-fields.ts';
import type { Located } from './located.ts';
import { issueAt, issueAtKey } from './zod-issues.ts';

/** Fields of a drawn task that its family gives no right value for, or another type of value. */
export function generatedFieldIssues(
  family: AnyFamily,
  answer: AnswerConfig | undefined,
  located: Located,
): Issue[] {
  const known = [...new Set([...Object.keys(family.targets), ...Object.keys(family.verify ?? {})])];
  return Object.entries(answer ?? {}).flatMap(([name, field]) => {
    const path = ['answer', name];
    if (!known.includes(name)) {
      const meant = nearest(name, known);
      const hint = meant ? `did you mean "${meant}"?` : `it solves for: ${known.join(', ')}`;
      return [issueAtKey(located, path, `the family ${family.name} solves for no such field`, hint)];
    }
    const type = Object.hasOwn(family.targets, name) ? family.targets[name]?.type : undefined;
    if (!type || !field.type || field.type === type) return [];
    const hint = 'leave the type out: the family tells it';
    return [
      issueAt(
        located,
        [...path, 'type'],
        `the family ${family.name} gives a ${type}, not a ${field.type}`,
        hint,
      ),
    ];
  });
}
