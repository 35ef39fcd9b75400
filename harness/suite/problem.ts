import { canonicalJson } from '../core/canonical.ts';
import type { Verdict } from '../core/checker.ts';
import { UserError } from '../core/errors.ts';
import type { Mistake, TargetField } from '../core/family.ts';
import type { Lang } from '../core/lang.ts';
import type { Plot } from '../core/plot.ts';
import { createRandom } from '../core/random.ts';
import type { Variant } from '../core/words.ts';
import { type DrawnOptions, unitIn } from './answer-fields.ts';
import { wordingIn } from './languages.ts';
import { targetReply } from './reference.ts';
import { labelOf } from './selection.ts';
import type { Case, Generated, Question, Task } from './suite.ts';
import { variantRandom, withRowsShuffled } from './variants.ts';
import { issueAt } from './zod-issues.ts';

/** One problem before it is put into words: drawn once, shared by its twins. */
export interface Problem {
  /** Its part of a sample's id: `s<seed>` or the case's id. */
  label: string;
  seed: string;
  tags: readonly string[];
  question: Question;
  variant?: Variant;
  /** What the problem is drawn from, and what the random choices of its variants are. Never shown. */
  seedText: string;
  /** Types and units of the right values: what the answer's fields inherit. */
  fields: Readonly<Record<string, TargetField>>;
  /** @throws UserError where the family fails */
  in(lang: Lang): Posed;
}

/** A problem as one language has it. */
export interface Posed {
  vars: Readonly<Record<string, unknown>>;
  options: DrawnOptions;
  /** @throws UserError where the family's solver fails or gives what no reply could be compared with */
  solve(): Solved;
}

export interface Solved {
  targets: Readonly<Record<string, unknown>>;
  targetUnits: Readonly<Record<string, string>>;
  /** What decides a score beside targets and checks: who solved it, and what plans are judged against. */
  keyParts: unknown;
  reply(): string;
  mistakes(): readonly Mistake[];
  verify?(field: string, proposal: unknown): Verdict;
  work?(): string;
  plots?(): readonly Plot[];
}

type Answer = Record<string, unknown>;
type Guard = <T>(what: string, work: () => T) => T;

/** @throws UserError where the family cannot draw */
export function drawProblem(
  task: Task,
  generated: Generated,
  index: number,
  seedText: string,
  variant?: Variant,
): Problem {
  const { family, params, question } = generated;
  const guard = guardFor(task, generated, index);
  const facts = guard('draw', () => family.draw(params, createRandom(seedText)));
  const drawn =
    variant === 'rows'
      ? guard('unordered', () => withRowsShuffled(family, facts, variantRandom(seedText, variant)))
      : facts;
  // Twins share facts and solution, unless the family gives each language its own currency.
  let shared: Answer | undefined;
  const solveShared = () => (shared ??= checkedAnswer(generated, drawn, guard));
  return {
    label: labelOf({ seed: index }),
    seed: String(index),
    tags: task.tags,
    question: (variant && generated.variants[variant as keyof Generated['variants']]) ?? question,
    ...(variant ? { variant } : {}),
    seedText,
    fields: family.targets,
    in(lang) {
      const facts = family.localise ? guard('localise', () => family.localise?.(drawn, lang)) : drawn;
      return {
        vars: guard('vars', () => family.vars?.(facts, lang) ?? facts),
        options: guard('options', () => family.options?.(facts, lang) ?? {}),
        solve: () =>
          solution(
            generated,
            facts,
            family.localise ? checkedAnswer(generated, facts, guard) : solveShared(),
            lang,
            guard,
          ),
      };
    },
  };
}

/** A family that throws is a fault of the family, told with the task and seed that show it. */
function guardFor(task: Task, { family }: Generated, index: number): Guard {
  return (what, work) => {
    try {
      return work();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const message = `family ${family.name}, seed ${index}: ${what}: ${reason}`;
      throw new UserError([
        issueAt(task.file, ['generate'], message, 'a fault of the family, not of the suite'),
      ]);
    }
  };
}

function checkedAnswer({ family }: Generated, facts: unknown, guard: Guard): Answer {
  const answer = guard('solve', () => family.solve(facts)) as Answer;
  for (const name of Object.keys(family.targets))
    guard(`solve gives ${name}`, () => comparable(answer[name]));
  return answer;
}

/** @throws TypeError for what no reply can equal: undefined, NaN, infinities, functions */
function comparable(value: unknown): void {
  if (value === undefined) throw new TypeError('undefined');
  canonicalJson(value);
}

function solution({ family }: Generated, facts: unknown, answer: Answer, lang: Lang, guard: Guard): Solved {
  const names = Object.keys(family.targets);
  const units = names.flatMap((name) => {
    const unit = unitIn(family.targets[name]?.unit, lang);
    return unit === undefined ? [] : [[name, unit] as const];
  });
  const { verify, work, plots } = family;
  return {
    targets: Object.fromEntries(names.map((name) => [name, answer[name]])),
    targetUnits: Object.fromEntries(units),
    keyParts: { family: [family.name, family.version], facts: verify ? tagged(facts) : null },
    reply: () => guard('reply', () => family.reply(facts, answer, lang)),
    mistakes: () => guard('mistakes', () => family.mistakes(facts, answer, lang)),
    ...(verify
      ? {
          verify(field: string, proposal: unknown) {
            const judge = Object.hasOwn(verify, field) ? verify[field] : undefined;
            return judge
              ? judge(facts, answer, proposal)
              : { value: 0, reason: `nothing judges plans for "${field}"` };
          },
        }
      : {}),
    ...(work ? { work: () => guard('work', () => work(facts, answer, lang)) } : {}),
    ...(plots ? { plots: () => guard('plots', () => plots(facts, answer, lang)) } : {}),
  };
}

/** Facts may hold an unlimited rating: Infinity, which JSON lacks, by its name. */
function tagged(value: unknown): unknown {
  if (typeof value === 'number' && !Number.isFinite(value)) return `<${value}>`;
  if (Array.isArray(value)) return value.map(tagged);
  if (typeof value !== 'object' || value === null) return value;
  // A name such as __proto__ must stay a name.
  const copy = Object.create(null) as Record<string, unknown>;
  for (const key of Object.keys(value)) copy[key] = tagged((value as Record<string, unknown>)[key]);
  return copy;
}

export function caseProblem(task: Task, one: Case, seedText: string, variant?: Variant): Problem {
  const { id, tags, vars, targets, targetUnits, question, reference, mistakes } = one;
  return {
    label: id,
    seed: id,
    tags: [...new Set([...task.tags, ...tags])],
    question,
    ...(variant ? { variant } : {}),
    seedText,
    fields: {},
    in: (lang) => ({
      vars,
      options: {},
      solve: () => ({
        targets,
        targetUnits,
        keyParts: null,
        reply: () => (reference === undefined ? targetReply(one, lang) : wordingIn(reference, lang)),
        mistakes: () => mistakes.map(({ reply, ...rest }) => ({ ...rest, reply: wordingIn(reply, lang) })),
      }),
    }),
  };
}
