import type { Issue } from '../core/errors.ts';
import type { Lang } from '../core/lang.ts';
import { bindCases } from './bind-cases.ts';
import { bindGenerated } from './bind-generated.ts';
import { localised, missingLanguages } from './languages.ts';
import type { Located } from './located.ts';
import { taskSchema } from './schema.ts';
import type { Generated, Handwritten, Registries, Task } from './suite.ts';
import type { TaskScope } from './task-scope.ts';
import { issueAt, issueAtKey, zodIssues } from './zod-issues.ts';

interface Binding {
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
  const problems = await bindProblems({ config, located, langs, registries, issues });
  if (!problems) return { issues };
  const { id, title, tier, skills, tags, jurisdiction, source, pass } = config;
  const task: Task = {
    id,
    title: localised(title),
    ...(tier ? { tier } : {}),
    skills,
    tags,
    ...(jurisdiction ? { jurisdiction } : {}),
    ...(source ? { source: localised(source) } : {}),
    pass,
    file: located,
    problems,
  };
  return { task, issues };
}

async function bindProblems(scope: TaskScope): Promise<Generated | Handwritten | undefined> {
  const { config, located, issues } = scope;
  const { generate, cases } = config;
  if (generate && cases) {
    issues.push(
      issueAtKey(located, ['cases'], 'a task has generate or cases, not both', 'split it into two tasks'),
    );
    return undefined;
  }
  if (generate) return bindGenerated(generate, scope);
  if (cases && config.variants) {
    const hint = 'a written case is worded once; its options and asides still vary';
    issues.push(
      issueAtKey(located, ['variants'], 'only a task that generates has variants of its own', hint),
    );
  }
  if (cases) return bindCases(cases, scope);
  issues.push({
    ...issueAt(located, [], 'has neither generate nor cases', 'draw problems from a family, or write cases'),
  });
  return undefined;
}
