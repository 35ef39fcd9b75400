import type { Lang } from '../core/lang.ts';
import { answerSpec } from './answer-fields.ts';
import type { Case } from './suite.ts';

/** The right reply of a case that words none: its targets, as the one JSON object that the prompt asks for. */
export function targetReply({ targets, targetUnits, question }: Case, lang: Lang): string {
  const { fields } = answerSpec(question.answer, {}, lang);
  const stated = fields
    .filter(({ name }) => Object.hasOwn(targets, name))
    .map(({ name, unit }): [string, unknown] => {
      const own = targetUnits[name];
      const bare = typeof targets[name] !== 'number' || own === undefined || own === unit;
      return [name, bare ? targets[name] : `${targets[name]} ${own}`];
    });
  return JSON.stringify(Object.fromEntries(stated));
}
