import { type Issue, nearest, UserError } from '../core/errors.ts';
import type { Lang } from '../core/lang.ts';
import { answerSpec, type DrawnOptions } from './answer-fields.ts';
import { caseProblem, drawProblem, type Problem } from './problem.ts';
import { templateIssue } from './question.ts';
import { seedText } from './selection.ts';
import type { Task, Worded } from './suite.ts';
import { TemplateFault } from './template.ts';
import { issueAt } from './zod-issues.ts';

/** Words the first draw and every case of a task once, so that a prompt's fault shows before anything is asked. */
export function trialIssues(suite: string, task: Task, langs: readonly Lang[]): Issue[] {
  const { problems } = task;
  if (problems.kind === 'cases') {
    return unique(problems.cases.flatMap((one) => problemIssues(task, caseProblem(task, one), langs)));
  }
  try {
    return unique(problemIssues(task, drawProblem(task, problems, 1, seedText(suite, task.id, 1)), langs));
  } catch (error) {
    return issuesOf(error);
  }
}

function problemIssues(task: Task, problem: Problem, langs: readonly Lang[]): Issue[] {
  return langs.flatMap((lang) => {
    try {
      const { vars, options } = problem.in(lang);
      const { system, prompt } = problem.question;
      return [
        ...wordedIssues(task, system.get(lang), vars, lang),
        ...wordedIssues(task, prompt.get(lang), vars, lang),
        ...optionIssues(task, problem, options, lang),
      ];
    } catch (error) {
      return issuesOf(error);
    }
  });
}

/** Every name that nothing gives, at once; where all are known, whatever else rendering finds. */
function wordedIssues(
  task: Task,
  worded: Worded | undefined,
  vars: Readonly<Record<string, unknown>>,
  lang: Lang,
): Issue[] {
  if (!worded) return [];
  const { template, path } = worded;
  const known = [...Object.keys(vars), 'lang'];
  const unknown = template.globals.filter(({ name }) => !known.includes(name));
  if (unknown.length > 0) {
    return unknown.map(({ name, line, col }) => {
      const meant = nearest(name, known);
      const hint = meant ? `did you mean "${meant}"?` : `it may name: ${known.join(', ')}`;
      return templateIssue(new TemplateFault(`nothing gives "${name}"`, line, col), task.file, path, hint);
    });
  }
  try {
    template.render(vars, lang);
    return [];
  } catch (fault) {
    return [templateIssue(fault, task.file, path, memberHint(fault, vars))];
  }
}

/** `unit.capcity_mw` where the units have `capacity_mw`: the members that the facts do have, at any depth. */
function memberHint(fault: unknown, vars: unknown): string | undefined {
  if (!(fault instanceof TemplateFault) || fault.unknown === undefined) return undefined;
  const member = fault.unknown.split('.').at(-1) as string;
  const names = new Set<string>();
  const gather = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > 4) return;
    if (!Array.isArray(value)) for (const key of Object.keys(value)) names.add(key);
    for (const inner of Array.isArray(value) ? value.slice(0, 1) : Object.values(value))
      gather(inner, depth + 1);
  };
  gather(vars, 0);
  const meant = nearest(member, names);
  return meant ? `did you mean "${meant}"?` : undefined;
}

function optionIssues(task: Task, problem: Problem, drawn: DrawnOptions, lang: Lang): Issue[] {
  const config = problem.question.answer;
  return answerSpec(config, problem.fields, lang, drawn)
    .fields.filter(({ type, options }) => type === 'choice' && !options)
    .map(({ name }) =>
      issueAt(task.file, ['answer', name], 'a choice needs its options', 'list them under options:'),
    );
}

function issuesOf(error: unknown): Issue[] {
  if (error instanceof UserError) return [...error.issues];
  throw error;
}

function unique(issues: readonly Issue[]): Issue[] {
  return [...new Map(issues.map((issue) => [JSON.stringify(issue), issue])).values()];
}
