import { type Issue, nearest } from '../core/errors.ts';
import type { AnyFamily } from '../core/family.ts';
import type { AnswerConfig } from './answer-fields.ts';
import { bindVariants } from './bind-variants.ts';
import type { Located } from './located.ts';
import { bindQuestion } from './question.ts';
import type { TaskConfig } from './schema.ts';
import type { Generated } from './suite.ts';
import { questionParts, type TaskScope } from './task-scope.ts';
import { issueAt, issueAtKey, zodIssues } from './zod-issues.ts';

/** A task that draws its problems: its family loaded and prepared, its parameters parsed. */
export async function bindGenerated(
  generate: NonNullable<TaskConfig['generate']>,
  scope: TaskScope,
): Promise<Generated | undefined> {
  const { config, located, langs, registries, issues } = scope;
  const family = await loadFamily(generate.family, scope);
  if (!family) return undefined;
  const params = family.params.safeParse(generate.params);
  if (!params.success)
    issues.push(...zodIssues(params.error, family.params, located, ['generate', 'params']));
  const { question, issues: found } = bindQuestion(questionParts(config), {
    located,
    langs,
    registries,
    targets: family.targets,
    verifies: Object.keys(family.verify ?? {}),
  });
  issues.push(...generatedFieldIssues(family, config.answer, located), ...found);
  const variants = bindVariants(family, scope, issues);
  if (!params.success) return undefined;
  const { convertUnit } = registries;
  const { seeds } = generate;
  return {
    kind: 'generated',
    family,
    params: params.data,
    seeds,
    question,
    variants,
    ...(convertUnit ? { convertUnit } : {}),
  };
}

async function loadFamily(
  name: string,
  { located, registries: { families }, issues }: TaskScope,
): Promise<AnyFamily | undefined> {
  const path = ['generate', 'family'];
  if (!families.names.includes(name)) {
    const meant = nearest(name, families.names);
    const hint = meant ? `did you mean "${meant}"?` : `there are: ${families.names.join(', ') || 'none'}`;
    issues.push(issueAt(located, path, `no family "${name}"`, hint));
    return undefined;
  }
  try {
    const family = await families.load(name);
    await family.prepare?.();
    return family;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    issues.push(issueAt(located, path, `the family could not be loaded: ${reason}`));
    return undefined;
  }
}

/** Fields of a drawn task that its family gives no right value for, or another type of value. */
function generatedFieldIssues(
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
