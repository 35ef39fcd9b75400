import type { AnswerSpec } from '../core/answer.ts';
import { shortHash } from '../core/canonical.ts';
import { UserError } from '../core/errors.ts';
import type { Lang } from '../core/lang.ts';
import type { Message } from '../core/provider.ts';
import type { Oracle, Sample } from '../core/sample.ts';
import type { Variant } from '../core/words.ts';
import { answerSpec } from './answer-fields.ts';
import { answerInstruction } from './instruction.ts';
import { caseProblem, drawProblem, type Posed, type Problem, type Solved } from './problem.ts';
import { templateIssue } from './question.ts';
import { picks, type SampleSelection, seedText, speaks, type Pick as Taken } from './selection.ts';
import type { Question, Suite, Task, Worded } from './suite.ts';
import {
  inUnitsOf,
  mistakesInUnitsOf,
  variantRandom,
  variantsOf,
  withAsides,
  withOptionsShuffled,
} from './variants.ts';

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
  pick: Taken;
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
        const variants = variantsOf(suite, task, pick).filter((one) => selection.variants?.includes(one));
        return [undefined, ...variants].flatMap((variant) => {
          const problem = problemOf(suite, task, pick, { variant, key: selection.seedKey });
          return langs.map((lang) => sampleOf(suite, task, problem, lang));
        });
      };
      yield { task, pick, make };
    }
  }
}

function problemOf(
  suite: Suite,
  task: Task,
  pick: Taken,
  { variant, key }: { variant: Variant | undefined; key: Buffer | string | undefined },
): Problem {
  if ('one' in pick) return caseProblem(task, pick.one, `${suite.name}/${task.id}/${pick.one.id}`, variant);
  if (task.problems.kind !== 'generated') throw new TypeError(`${task.id} draws nothing`);
  return drawProblem(task, task.problems, pick.seed, seedText(suite.name, task.id, pick.seed, key), variant);
}

/** One problem in one language. */
function sampleOf(suite: Suite, task: Task, problem: Problem, lang: Lang): Sample {
  const { question, label, seed, variant } = problem;
  const id = `${suite.name}/${task.id}/${label}${variant ? `~${variant}` : ''}/${lang}`;
  const posed = problem.in(lang);
  const asked = answerSpec(question.answer, problem.fields, lang, posed.options);
  const random = () => variantRandom(problem.seedText, variant as Variant);
  const answer = variant === 'rows' ? withOptionsShuffled(asked, random()) : asked;
  const noise = variant === 'noise' ? (text: string) => withAsides(text, suite, lang, random()) : undefined;
  const messages = messagesOf(task, question, posed.vars, lang, answerInstruction(answer, lang), noise);
  const { targets, targetUnits, keyParts, verify, work, plots, ...replies } = posed.solve();
  const { reply, mistakes } =
    variant === 'units' ? repliesInUnits(task, answer, problem, posed, lang, replies) : replies;
  const oracle: Oracle = {
    targets,
    targetUnits,
    ...(verify ? { verify } : {}),
    reply,
    mistakes,
    ...(work ? { work } : {}),
    ...(plots ? { plots } : {}),
  };
  const checkers = question.checks.map(({ checker }) => [checker.kind, checker.version]);
  return {
    id,
    suite: suite.name,
    task: task.id,
    lang,
    seed,
    ...(variant ? { variant } : {}),
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

/** What a family replies is in the units that its task first asks for. */
function repliesInUnits(
  task: Task,
  answer: AnswerSpec,
  { fields }: Problem,
  { options }: Posed,
  lang: Lang,
  { reply, mistakes }: Pick<Solved, 'reply' | 'mistakes'>,
): Pick<Solved, 'reply' | 'mistakes'> {
  if (task.problems.kind !== 'generated' || !task.problems.convertUnit) return { reply, mistakes };
  const { question, convertUnit } = task.problems;
  const first = answerSpec(question.answer, fields, lang, options);
  const restate = (text: string) => inUnitsOf(text, first, answer, convertUnit);
  return { reply: () => restate(reply()), mistakes: () => mistakesInUnitsOf(mistakes(), restate) };
}

function messagesOf(
  task: Task,
  question: Question,
  vars: Readonly<Record<string, unknown>>,
  lang: Lang,
  instruction: string,
  change: (prompt: string) => string = (prompt) => prompt,
): Message[] {
  const text = (worded: Worded | undefined) => (worded ? renderPrompt(task, worded, vars, lang) : '');
  const system = text(question.system.get(lang));
  const prompt = change(text(question.prompt.get(lang)));
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
