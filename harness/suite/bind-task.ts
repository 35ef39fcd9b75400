import { type Issue, nearest } from '../core/errors.ts';
import type { AnyFamily } from '../core/family.ts';
import type { Lang } from '../core/lang.ts';
import { generatedFieldIssues } from './family-fields.ts';
import { localised, missingLanguages } from './languages.ts';
import type { Located, Path } from './located.ts';
import { bindQuestion, type Placed, type QuestionParts } from './question.ts';
import { type CaseConfig, type TaskConfig, taskSchema } from './schema.ts';
import type { Case, Generated, Handwritten, Registries, Task } from './suite.ts';
import { caseTargets } from './targets.ts';
import { issueAt, issueAtKey, zodIssues } from './zod-issues.ts';

export interface Binding {
  task?: Task;
  issues: Issue[];
}

/** One task file as a task, with every fault that shows before anything is drawn. */
export async function bindTask(
  located: Located,
  langs: readonly Lang[],
  registries: Registries,
): Promise<Binding> {
  const parsed = taskSchema.safeParse(located.value);
  if (!parsed.success) return { issues: zodIssues(parsed.error, taskSchema, located) };
  const config = parsed.data;
  const issues = [
    ...missingLanguages(config.title, located, ['title'], langs),
    ...missingLanguages(config.source, located, ['source'], langs),
  ];
  const problems = await bindProblems(config, located, langs, registries, issues);
  if (!problems) return { issues };
  const { id, title, tier, skills, tags, jurisdiction, source, pass, weight } = config;
  const task: Task = {
    id,
    title: localised(title),
    ...(tier ? { tier } : {}),
    skills,
    tags,
    ...(jurisdiction ? { jurisdiction } : {}),
    ...(source ? { source: localised(source) } : {}),
    pass,
    weight,
    file: located,
    problems,
  };
  return { task, issues };
}

async function bindProblems(
  config: TaskConfig,
  located: Located,
  langs: readonly Lang[],
  registries: Registries,
  issues: Issue[],
): Promise<Generated | Handwritten | undefined> {
  const { generate, cases } = config;
  if (generate && cases) {
    issues.push(
      issueAtKey(located, ['cases'], 'a task has generate or cases, not both', 'split it into two tasks'),
    );
    return undefined;
  }
  if (generate) return bindGenerated(config, generate, located, langs, registries, issues);
  if (cases) return bindCases(config, cases, located, langs, registries, issues);
  issues.push({
    ...issueAt(located, [], 'has neither generate nor cases', 'draw problems from a family, or write cases'),
  });
  return undefined;
}

async function bindGenerated(
  config: TaskConfig,
  generate: NonNullable<TaskConfig['generate']>,
  located: Located,
  langs: readonly Lang[],
  registries: Registries,
  issues: Issue[],
): Promise<Generated | undefined> {
  const family = await loadFamily(generate.family, located, registries, issues);
  if (!family) return undefined;
  const params = family.params.safeParse(generate.params);
  if (!params.success)
    issues.push(...zodIssues(params.error, family.params, located, ['generate', 'params']));
  const { question, issues: found } = bindQuestion(parts(config), {
    located,
    langs,
    registries,
    targets: family.targets,
    verifies: Object.keys(family.verify ?? {}),
  });
  issues.push(...generatedFieldIssues(family, config.answer, located), ...found);
  return params.success
    ? { kind: 'generated', family, params: params.data, seeds: generate.seeds, question }
    : undefined;
}

async function loadFamily(
  name: string,
  located: Located,
  { families }: Registries,
  issues: Issue[],
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

function bindCases(
  config: TaskConfig,
  cases: readonly CaseConfig[],
  located: Located,
  langs: readonly Lang[],
  registries: Registries,
  issues: Issue[],
): Handwritten {
  const first = new Map<string, number>();
  // The same fault of the task's own prompt or checks would be found again in every case.
  const seen = new Set<string>();
  const bound = cases.map((one, index) => {
    const path: Path = ['cases', index];
    if (first.has(one.id)) {
      issues.push(
        issueAt(located, [...path, 'id'], `"${one.id}" is already the id of cases[${first.get(one.id)}]`),
      );
    }
    first.set(one.id, first.get(one.id) ?? index);
    const { bound: result, issues: found } = bindCase(config, one, path, located, langs, registries);
    for (const issue of found) {
      const key = JSON.stringify(issue);
      if (!seen.has(key)) issues.push(issue);
      seen.add(key);
    }
    return result;
  });
  return { kind: 'cases', cases: bound };
}

function bindCase(
  config: TaskConfig,
  one: CaseConfig,
  path: Path,
  located: Located,
  langs: readonly Lang[],
  registries: Registries,
): { bound: Case; issues: Issue[] } {
  const merged = parts(config, one, path);
  const answer = merged.answer.value;
  const at = [...path, 'target'];
  const { readQuantity } = registries;
  const { targets, targetUnits, fields, issues } = caseTargets(one.target, {
    located,
    path: at,
    answer,
    langs,
    readQuantity,
  });
  const scope = { located, langs, registries, targets: fields, verifies: [] };
  const { question, issues: found } = bindQuestion(merged, scope);
  issues.push(...found, ...replyIssues(one, path, located, langs, answer !== undefined));
  const { id, tags, vars, reference, mistakes } = one;
  return { bound: { id, path, tags, vars, targets, targetUnits, reference, mistakes, question }, issues };
}

function replyIssues(
  one: CaseConfig,
  path: Path,
  located: Located,
  langs: readonly Lang[],
  asksFields: boolean,
): Issue[] {
  const issues = missingLanguages(one.reference, located, [...path, 'reference'], langs);
  one.mistakes.forEach(({ reply }, index) => {
    issues.push(...missingLanguages(reply, located, [...path, 'mistakes', index, 'reply'], langs));
  });
  if (!asksFields && one.reference === undefined) {
    const hint = 'write a reply that is fully right, in each language: the suite is tested against it';
    issues.push(
      issueAt(located, [...path, 'reference'], 'is missing, and the task asks for no fields', hint),
    );
  }
  return issues;
}

/** What a case words itself, else what its task does. */
function parts(config: TaskConfig, one?: CaseConfig, path: Path = []): QuestionParts {
  const pick = <K extends 'prompt' | 'system' | 'answer' | 'checks'>(key: K): Placed<TaskConfig[K]> =>
    one?.[key] === undefined
      ? { value: config[key], path: [key] }
      : { value: one[key] as TaskConfig[K], path: [...path, key] };
  return { prompt: pick('prompt'), system: pick('system'), answer: pick('answer'), checks: pick('checks') };
}
