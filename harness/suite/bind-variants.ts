import type { Issue } from '../core/errors.ts';
import type { AnyFamily } from '../core/family.ts';
import type { Lang } from '../core/lang.ts';
import { type AnswerConfig, unitIn } from './answer-fields.ts';
import { wordingIn } from './languages.ts';
import { bindQuestion, type QuestionParts } from './question.ts';
import type { TaskConfig } from './schema.ts';
import type { Generated } from './suite.ts';
import { questionParts, type TaskScope } from './task-scope.ts';
import { issueAt, issueAtKey } from './zod-issues.ts';

/** The question of a drawn task in other words and in other units; faults go to `issues`. */
export function bindVariants(family: AnyFamily, scope: TaskScope, issues: Issue[]): Generated['variants'] {
  const { variants } = scope.config;
  if (!variants) return {};
  const parts = questionParts(scope.config);
  const { paraphrase, units } = variants;
  const bind = (changed: QuestionParts) => {
    const { located, langs, registries } = scope;
    const verifies = Object.keys(family.verify ?? {});
    const bound = bindQuestion(changed, { located, langs, registries, targets: family.targets, verifies });
    // What is wrong with the task's own parts was told when they were bound.
    issues.push(...bound.issues.filter(({ message }) => message.startsWith('variants')));
    return bound.question;
  };
  return {
    ...(paraphrase
      ? { paraphrase: bind({ ...parts, prompt: { value: paraphrase, path: ['variants', 'paraphrase'] } }) }
      : {}),
    ...(units
      ? {
          units: bind({
            ...parts,
            ...(units.prompt
              ? { prompt: { value: units.prompt, path: ['variants', 'units', 'prompt'] } }
              : {}),
            ...(units.answer ? inUnits(units.answer, family, scope, issues) : {}),
          }),
        }
      : {}),
  };
}

type Units = NonNullable<NonNullable<NonNullable<TaskConfig['variants']>['units']>['answer']>;

/** The answer's fields in other units, and the checks with their bare tolerances still in the old ones. */
function inUnits(
  units: Units,
  family: AnyFamily,
  { config, located, langs, registries }: TaskScope,
  issues: Issue[],
): Pick<QuestionParts, 'answer' | 'checks'> {
  const answer: AnswerConfig = config.answer ?? {};
  const unitOf = (name: string, lang: Lang): string | undefined => {
    const own = Object.hasOwn(answer, name) ? answer[name]?.unit : undefined;
    return own === undefined ? unitIn(family.targets[name]?.unit, lang) : wordingIn(own, lang);
  };
  for (const [name, unit] of Object.entries(units)) {
    const path = ['variants', 'units', 'answer', name];
    const field = Object.hasOwn(answer, name) ? answer[name] : undefined;
    if (!field) {
      issues.push(issueAtKey(located, path, `the task asks for no field "${name}"`));
      continue;
    }
    for (const lang of langs) {
      const from = unitOf(name, lang) ?? '';
      const to = wordingIn(unit, lang);
      if (registries.convertUnit && registries.convertUnit(1, from, to) === undefined)
        issues.push(issueAt(located, path, `"${from}" does not convert to "${to}"`));
    }
  }
  const changed = Object.fromEntries(
    Object.entries(answer).map(([name, field]) => [
      name,
      Object.hasOwn(units, name) ? { ...field, unit: units[name] } : field,
    ]),
  );
  return {
    answer: { value: changed, path: ['answer'] },
    checks: {
      value: config.checks?.map((check) =>
        withToldUnit(check, units, (name) => unitOf(name, langs[0] as Lang)),
      ),
      path: ['checks'],
    },
  };
}

/** A bare tolerance is in the unit that is asked: once that changes, it has to say which it meant. */
function withToldUnit<C extends { field?: string | undefined }>(
  check: C,
  units: Units,
  unitOf: (name: string) => string | undefined,
): C {
  const { field, abs } = check as C & { abs?: unknown };
  if (field === undefined || !Object.hasOwn(units, field) || typeof abs !== 'number') return check;
  const told = unitOf(field);
  return told === undefined ? check : { ...check, abs: `${abs} ${told}` };
}
