import { shortHash } from '../core/canonical.ts';
import { UserError } from '../core/errors.ts';
import type { Lang } from '../core/lang.ts';
import type { Message } from '../core/provider.ts';
import type { Oracle, Sample } from '../core/sample.ts';
import { answerSpec } from './answer-fields.ts';
import { answerInstruction } from './instruction.ts';
import { caseProblem, drawProblem, type Problem } from './problem.ts';
import { templateIssue } from './question.ts';
import { type Pick, picks, type SampleSelection, seedText, speaks } from './selection.ts';
import type { Question, Suite, Task, Worded } from './suite.ts';

/**
 * The samples of a suite, made as they are asked for: task by task, problem by problem, twins side by side.
 * A problem is drawn and solved once for all its languages; replies and worked solutions wait until someone asks.
 * @throws UserError where a template or a family fails on a seed
 */
export function* expand(suite: Suite, selection: SampleSelection = {}): Generator<Sample, void, undefined> {
  for (const { make } of lots(suite, selection)) yield* make();
}

/** One problem of a selection, not yet drawn: `make` gives its samples, one a language. */
export interface Lot {
  task: Task;
  pick: Pick;
  /** @throws UserError where a template or the family fails */
  make(): Sample[];
}

/** The problems of a selection, each on its own: for those who go on where one of them fails. */
export function* lots(suite: Suite, selection: SampleSelection = {}): Generator<Lot, void, undefined> {
  const langs = speaks(suite, selection);
  if (langs.length === 0) return;
  for (const { task, picks: taken } of picks(suite, selection)) {
    for (const pick of taken) {
      const make = () => {
        const problem = problemOf(suite, task, pick, selection.seedKey);
        return langs.map((lang) => sampleOf(suite, task, problem, lang));
      };
      yield { task, pick, make };
    }
  }
}

function problemOf(suite: Suite, task: Task, pick: Pick, key?: Buffer | string): Problem {
  if ('one' in pick) return caseProblem(task, pick.one);
  if (task.problems.kind !== 'generated') throw new TypeError(`${task.id} draws nothing`);
  return drawProblem(task, task.problems, pick.seed, seedText(suite.name, task.id, pick.seed, key));
}

/** One problem in one language. */
function sampleOf(suite: Suite, task: Task, problem: Problem, lang: Lang): Sample {
  const { question, label, seed } = problem;
  const id = `${suite.name}/${task.id}/${label}/${lang}`;
  const posed = problem.in(lang);
  const answer = answerSpec(question.answer, problem.fields, lang, posed.options);
  const messages = messagesOf(task, question, posed.vars, lang, answerInstruction(answer, lang));
  const { targets, targetUnits, keyParts, reply, mistakes, verify, work } = posed.solve();
  const oracle: Oracle = {
    targets,
    targetUnits,
    ...(verify ? { verify } : {}),
    reply,
    mistakes,
    ...(work ? { work } : {}),
  };
  const checkers = question.checks.map(({ checker }) => [checker.kind, checker.version]);
  return {
    id,
    suite: suite.name,
    task: task.id,
    lang,
    seed,
    cluster: `${suite.name}/${task.id}/${label}`,
    skills: task.skills,
    tags: problem.tags,
    ...(task.tier ? { tier: task.tier } : {}),
    messages,
    answer,
    checks: question.checks,
    oracle,
    pass: task.pass,
    hash: shortHash({ id, messages, answer }),
    keyHash: shortHash({ targets, targetUnits, checks: question.rawChecks, checkers, keyParts }),
  };
}

function messagesOf(
  task: Task,
  question: Question,
  vars: Readonly<Record<string, unknown>>,
  lang: Lang,
  instruction: string,
): Message[] {
  const text = (worded: Worded | undefined) => (worded ? renderPrompt(task, worded, vars, lang) : '');
  const system = text(question.system.get(lang));
  const prompt = text(question.prompt.get(lang));
  return [
    ...(system ? [{ role: 'system' as const, content: system }] : []),
    { role: 'user', content: instruction ? `${prompt}\n\n${instruction}` : prompt },
  ];
}

/** @throws UserError at the template's line where it cannot be rendered */
function renderPrompt(
  task: Task,
  { template, path }: Worded,
  vars: Readonly<Record<string, unknown>>,
  lang: Lang,
): string {
  try {
    return template.render(vars, lang);
  } catch (fault) {
    throw new UserError([templateIssue(fault, task.file, path)]);
  }
}
