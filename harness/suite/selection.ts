import { createHmac } from 'node:crypto';
import { type Issue, nearest, UserError } from '../core/errors.ts';
import type { Lang } from '../core/lang.ts';
import type { Variant } from '../core/words.ts';
import type { Case, Question, Suite, Task } from './suite.ts';

/** Which samples of a suite to make. Left out means all. */
export interface SampleSelection {
  langs?: readonly Lang[] | undefined;
  /** Of drawn tasks, instead of 1 to the task's own number; hand-written cases stay. */
  seeds?: { from: number; to: number } | undefined;
  /** The secret of held-out seeds. With it only drawn problems are made: hand-written cases are public. */
  seedKey?: Buffer | string | undefined;
  tasks?: readonly string[] | undefined;
  /** A sample with any of these tags is taken. */
  tags?: readonly string[] | undefined;
  /** At most so many samples: see `quotas`. */
  limit?: number | undefined;
  /** The problems again in these variants, where a task has them. A limit counts problems, not their variants. */
  variants?: readonly Variant[] | undefined;
}

/** A problem that a selection takes, before it is drawn. */
export type Pick = { seed: number } | { one: Case };

/** A problem's part of its samples' ids. */
export const labelOf = (pick: Pick): string => ('one' in pick ? pick.one.id : `s${pick.seed}`);

/** The question that a problem is put by. */
export function questionOf({ problems }: Task, pick: Pick): Question | undefined {
  if ('one' in pick) return pick.one.question;
  return problems.kind === 'generated' ? problems.question : undefined;
}

/**
 * Public seeds are named by suite, task and number, so that a task keeps its problems wherever it stands in
 * its suite. Private ones are HMAC-SHA256(key, the same name): without the key nobody can draw them.
 */
export function seedText(suite: string, task: string, index: number, key?: Buffer | string): string {
  const name = `${suite}/${task}/${index}`;
  return key === undefined ? name : createHmac('sha256', key).update(name).digest('hex');
}

/** Tells runs of one secret from runs of another; says nothing of the secret itself, even beside private seeds. */
export function seedKeyFingerprint(key: Buffer | string): string {
  return createHmac('sha256', key).update('wattmark seed key fingerprint').digest('hex').slice(0, 12);
}

export function speaks(suite: Suite, selection: SampleSelection): Lang[] {
  return suite.languages.filter((lang) => selection.langs?.includes(lang) ?? true);
}

/** What a selection takes of each task, in the suite's order. @throws UserError for an empty seed key */
export function picks(suite: Suite, selection: SampleSelection): { task: Task; picks: Pick[] }[] {
  // Anyone can draw what an empty key draws.
  if (selection.seedKey?.length === 0) throw new UserError('the seed key is empty');
  const langs = speaks(suite, selection).length;
  const all = suite.tasks
    .filter(({ id }) => selection.tasks?.includes(id) ?? true)
    .map((task) => ({ task, picks: picksOf(task, selection) }));
  if (selection.limit === undefined || langs === 0) return all;
  const problems = Math.floor(selection.limit / langs);
  const shares = quotas(
    all.map(({ picks }) => picks.length),
    problems,
  );
  return all.map(({ task, picks }, index) => ({ task, picks: picks.slice(0, shares[index]) }));
}

function picksOf({ problems, tags }: Task, { seeds, seedKey, tags: wanted }: SampleSelection): Pick[] {
  const tagged = (own: readonly string[]) => !wanted || wanted.some((tag) => own.includes(tag));
  if (problems.kind === 'cases') {
    if (seedKey !== undefined) return [];
    return problems.cases.filter((one) => tagged([...tags, ...one.tags])).map((one) => ({ one }));
  }
  if (!tagged(tags)) return [];
  const { from, to } = seeds ?? { from: 1, to: problems.seeds };
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => ({ seed: from + index }));
}

/**
 * Spreads a number of problems over tasks as evenly as their sizes allow: one each in turn until none is left,
 * earlier tasks first. A limit counts samples; twins stay together, so with two languages an odd one is left over.
 */
export function quotas(sizes: readonly number[], total: number): number[] {
  const shares = sizes.map(() => 0);
  let left = Math.min(
    total,
    sizes.reduce((sum, size) => sum + size, 0),
  );
  while (left > 0) {
    for (const [index, size] of sizes.entries()) {
      if (left === 0) break;
      if ((shares[index] as number) >= size) continue;
      shares[index] = (shares[index] as number) + 1;
      left -= 1;
    }
  }
  return shares;
}

/** Task and tag names of a selection that no suite of the run has. */
export function selectionIssues(
  suites: readonly Suite[],
  { tasks = [], tags = [] }: SampleSelection,
): Issue[] {
  const all = suites.flatMap((suite) => suite.tasks);
  const taskIds = new Set(all.map(({ id }) => id));
  const tagIds = new Set(
    all.flatMap(({ tags: own, problems }) => [
      ...own,
      ...(problems.kind === 'cases' ? problems.cases.flatMap((one) => one.tags) : []),
    ]),
  );
  return [...unknown('task', tasks, taskIds), ...unknown('tag', tags, tagIds)];
}

function unknown(what: string, names: readonly string[], known: ReadonlySet<string>): Issue[] {
  return names
    .filter((name) => !known.has(name))
    .map((name) => {
      const meant = nearest(name, known);
      const hint = meant ? `did you mean "${meant}"?` : `there are: ${[...known].join(', ') || 'none'}`;
      return {
        message: `no ${what} "${name}" in ${what === 'task' ? 'these suites' : 'any task of these suites'}`,
        hint,
      };
    });
}
