import { type Issue, nearest, UserError } from '../core/errors.ts';
import type { Lang } from '../core/lang.ts';
import { answerSpec } from './answer-fields.ts';
import { keysWithin } from './fact-keys.ts';
import { caseProblem, drawProblem, type Posed, type Problem } from './problem.ts';
import { templateIssue } from './question.ts';
import { seedText } from './selection.ts';
import type { Task, Worded } from './suite.ts';
import { type Template, TemplateFault } from './template.ts';
import { issueAt } from './zod-issues.ts';

/** A fact that only some draws have may be named in a condition; so many draws are looked through for it. */
const MAX_DRAWS = 200;

/** Words the first draw and every case of a task once, so that a prompt's fault shows before anything is asked. */
export function trialIssues(suite: string, task: Task, langs: readonly Lang[]): Issue[] {
  const { problems } = task;
  try {
    if (problems.kind === 'cases') {
      const all = problems.cases.map((one) => caseProblem(task, one, one.id));
      return unique(all.flatMap((problem) => problemIssues(task, problem, langs, () => all)));
    }
    const draw = (seed: number) => drawProblem(task, problems, seed, seedText(suite, task.id, seed));
    const others = function* () {
      for (let seed = 2; seed <= Math.min(problems.seeds, MAX_DRAWS); seed++) yield draw(seed);
    };
    const first = draw(1);
    const { paraphrase, units } = problems.variants;
    const asked = [problems.question, paraphrase, units].filter((one) => one !== undefined);
    return unique(asked.flatMap((question) => problemIssues(task, { ...first, question }, langs, others)));
  } catch (error) {
    if (error instanceof UserError) return [...error.issues];
    throw error;
  }
}

function problemIssues(
  task: Task,
  problem: Problem,
  langs: readonly Lang[],
  others: () => Iterable<Problem>,
): Issue[] {
  return langs.flatMap((lang) => {
    const posed = problem.in(lang);
    const { system, prompt } = problem.question;
    const worded = [system.get(lang), prompt.get(lang)].filter((one) => one !== undefined);
    return [
      ...worded.flatMap((one) => wordedIssues(task, one, posed, lang, others)),
      ...optionIssues(task, problem, posed, lang),
    ];
  });
}

/** Every name that nothing gives, at once; where all are known, whatever else rendering finds. */
function wordedIssues(
  task: Task,
  { template, path }: Worded,
  { vars }: Posed,
  lang: Lang,
  others: () => Iterable<Problem>,
): Issue[] {
  const known = [...Object.keys(vars), 'lang'];
  const unknown = template.globals.filter(({ name }) => !known.includes(name));
  const lost = lostMembers(template.members, vars, lang, others);
  if (unknown.length + lost.missing.length > 0) {
    const tell =
      (candidates: readonly string[], otherwise?: string) => (one: Template['members'][number]) => {
        const meant = nearest(one.name, candidates);
        const fault = new TemplateFault(`nothing gives "${one.whole}"`, one.line, one.col);
        return templateIssue(fault, task.file, path, meant ? `did you mean "${meant}"?` : otherwise);
      };
    return [
      ...unknown.map(tell(known, `it may name: ${known.join(', ')}`)),
      ...lost.missing.map(tell([...lost.keys], 'no draw and no case has it')),
    ];
  }
  try {
    template.render(vars, lang);
    return [];
  } catch (fault) {
    return [templateIssue(fault, task.file, path)];
  }
}

/** Names after a dot that no fact of any problem of the task has. */
function lostMembers<T extends { name: string }>(
  members: readonly T[],
  vars: unknown,
  lang: Lang,
  others: () => Iterable<Problem>,
): { missing: T[]; keys: ReadonlySet<string> } {
  const keys = keysWithin(vars);
  let missing = members.filter(({ name }) => !keys.has(name));
  if (missing.length === 0) return { missing, keys };
  for (const other of others()) {
    for (const key of keysWithin(other.in(lang).vars)) keys.add(key);
    missing = missing.filter(({ name }) => !keys.has(name));
    if (missing.length === 0) break;
  }
  return { missing, keys };
}

function optionIssues(task: Task, problem: Problem, { options }: Posed, lang: Lang): Issue[] {
  const config = problem.question.answer;
  return answerSpec(config, problem.fields, lang, options)
    .fields.filter((field) => field.type === 'choice' && !field.options)
    .map(({ name }) =>
      issueAt(task.file, ['answer', name], 'a choice needs its options', 'list them under options:'),
    );
}

function unique(issues: readonly Issue[]): Issue[] {
  return [...new Map(issues.map((issue) => [JSON.stringify(issue), issue])).values()];
}
