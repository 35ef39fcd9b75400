import { shortHash } from '../../core/canonical.ts';
import type { Summary } from '../summary.ts';
import type { Comparable, Ranking } from './schema.ts';

/** What of a run decides whether its scores may stand beside another's. Epochs and harness version do not: they change the noise, not the question. */
export function comparableOf({ suites, checkers, judge, selection }: Summary): Comparable {
  const { langs, seeds, seedKey, tasks, tags, limit } = selection;
  return {
    suites: suites.map(({ name, version, hash }) => ({ name, version, hash })).sort(by(({ name }) => name)),
    checkers: Object.fromEntries(Object.entries(checkers).sort(by(([kind]) => kind))),
    ...(judge === undefined ? {} : { judge }),
    langs: [...langs].sort(),
    ...(seeds ? { seeds } : {}),
    ...(seedKey === undefined ? {} : { seed_key_fingerprint: seedKey }),
    ...(tasks ? { tasks: [...tasks].sort() } : {}),
    ...(tags ? { tags: [...tags].sort() } : {}),
    ...(limit === undefined ? {} : { limit }),
  };
}

export const comparableKey = (comparable: Comparable): string => shortHash(comparable);

/** Everything in which two runs differ so that their scores cannot be compared; empty where they can. */
export function differences(here: Comparable, first: Comparable): Ranking['apart'] {
  const rows: [what: string, here: string | undefined, first: string | undefined][] = [];
  const suites = new Map(here.suites.map((suite) => [suite.name, suite]));
  const others = new Map(first.suites.map((suite) => [suite.name, suite]));
  for (const name of [...new Set([...suites.keys(), ...others.keys()])].sort())
    rows.push([`suite ${name}`, wordSuite(suites.get(name)), wordSuite(others.get(name))]);
  const kinds = [...new Set([...Object.keys(here.checkers), ...Object.keys(first.checkers)])].sort();
  for (const kind of kinds)
    rows.push([`checker ${kind}`, version(here.checkers, kind), version(first.checkers, kind)]);
  rows.push(
    ['judge', here.judge, first.judge],
    ['languages', here.langs.join(' '), first.langs.join(' ')],
    ['seeds', wordSeeds(here), wordSeeds(first)],
    ['seed key', here.seed_key_fingerprint, first.seed_key_fingerprint],
    ['tasks', here.tasks?.join(' '), first.tasks?.join(' ')],
    ['tags', here.tags?.join(' '), first.tags?.join(' ')],
    ['limit', here.limit?.toString(), first.limit?.toString()],
  );
  return rows
    .filter(([, a, b]) => a !== b)
    .map(([what, a, b]) => ({ what, here: a ?? 'none', first: b ?? 'none' }));
}

const wordSuite = (suite: Comparable['suites'][number] | undefined) =>
  suite && `${suite.version} ${suite.hash}`;
const wordSeeds = ({ seeds }: Comparable) => seeds && `${seeds.from}-${seeds.to}`;
const version = (checkers: Comparable['checkers'], kind: string) =>
  Object.hasOwn(checkers, kind) ? `version ${checkers[kind]}` : undefined;

/** Orders by text, code unit by code unit: the same on every machine, whatever its locale. */
export const by =
  <T>(textOf: (item: T) => string) =>
  (a: T, b: T): number => {
    const [left, right] = [textOf(a), textOf(b)];
    return left < right ? -1 : left > right ? 1 : 0;
  };
