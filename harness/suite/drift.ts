import { join } from 'node:path';
import type { Issue } from '../core/errors.ts';
import { LOCK_FILE, lockSuite, type SuiteLock, versionsOf } from './lock.ts';
import type { Suite } from './suite.ts';

/** How many samples a message names before it only counts. */
const NAMED = 5;
const RELOCK = 'run: wattmark suites lock';

/**
 * What no longer is as the lock has it. Samples may only change together with the suite's version: two results
 * under one version must be comparable. Floors are compared where they are given.
 */
export function verifyLock(
  suite: Suite,
  lock: SuiteLock | undefined,
  floors?: Readonly<Record<string, number>>,
  { variants = true }: { variants?: boolean } = {},
): Issue[] {
  const place = { file: join(suite.dir, LOCK_FILE) };
  if (!lock) return [{ place, message: 'is missing', hint: RELOCK }];
  if (lock.suite !== suite.name) return [{ place, message: `is the lock of "${lock.suite}"`, hint: RELOCK }];
  const drawn = lockSuite(suite, floors ?? lock.floors, { variants });
  // Variants count for no score: who asks about scores alone need not draw five times as much.
  const now = variants ? drawn : { ...drawn, variants: lock.variants };
  if (lock.version !== now.version) {
    const older = compareVersions(now.version, lock.version) < 0;
    const message = `is of version ${lock.version}, the suite of ${now.version}`;
    return [{ place, message, hint: older ? 'a version only goes up' : RELOCK }];
  }
  const drifted = driftIssues(suite, lock, now);
  return [...drifted, ...(drifted.length > 0 ? [] : floorIssues(suite, lock, now))];
}

/**
 * Whether a suite is the very one that proved itself when its lock was written: the same files, and the same versions of
 * what draws and what checks. Nothing is drawn to know it, so a family that changed without a new version goes unseen.
 */
export function standsAsProved(suite: Suite, lock: SuiteLock): boolean {
  const { families, checkers } = versionsOf(suite);
  return (
    lock.proved &&
    lock.suite === suite.name &&
    lock.version === suite.version &&
    lock.files === suite.files &&
    moved('family', lock.families, families).length === 0 &&
    moved('checker', lock.checkers, checkers).length === 0
  );
}

function driftIssues(suite: Suite, lock: SuiteLock, now: SuiteLock): Issue[] {
  const bump = `raise the version in suite.yaml above ${lock.version}, then ${RELOCK}`;
  if (lock.hash === now.hash) return variantDrift(suite, lock, now, bump);
  const tasks = [...new Set([...Object.keys(lock.samples), ...Object.keys(now.samples)])];
  const issues = tasks.flatMap((task) =>
    taskDrift(lock.samples[task] ?? {}, now.samples[task] ?? {}).map(({ what, labels }): Issue => {
      const names = labels.slice(0, NAMED).map((label) => `${suite.name}/${task}/${label}`);
      const more = labels.length > NAMED ? ` and ${labels.length - NAMED} more` : '';
      const place = {
        file: suite.tasks.find(({ id }) => id === task)?.file.file ?? join(suite.dir, LOCK_FILE),
      };
      return { place, message: `${what} without a new version: ${names.join(', ')}${more}`, hint: bump };
    }),
  );
  const versions = [
    ...moved('family', lock.families, now.families),
    ...moved('checker', lock.checkers, now.checkers),
  ];
  const place = { file: join(suite.dir, LOCK_FILE) };
  if (versions.length > 0)
    issues.push({ place, message: `since it was made: ${versions.join(', ')}`, hint: bump });
  // The samples are the same, so their order is what the hash saw.
  if (issues.length === 0) issues.push({ place, message: 'the samples stand in another order', hint: bump });
  return issues;
}

/** Stability is compared between results too. */
function variantDrift(suite: Suite, lock: SuiteLock, now: SuiteLock, hint: string): Issue[] {
  return Object.keys({ ...lock.variants, ...now.variants })
    .filter((task) => lock.variants[task] !== now.variants[task])
    .map((task) => ({
      place: { file: join(suite.dir, LOCK_FILE) },
      message: `${task}: its variants ask otherwise without a new version`,
      hint,
    }));
}

type Labels = Readonly<Record<string, string>>;

function taskDrift(was: Labels, is: Labels): { what: string; labels: string[] }[] {
  const kept = Object.keys(was).filter((label) => Object.hasOwn(is, label));
  const part = (labels: Labels, label: string, index: number) => labels[label]?.split(' ')[index];
  return [
    { what: 'asked differently', labels: kept.filter((label) => part(was, label, 0) !== part(is, label, 0)) },
    {
      what: 'checked differently',
      labels: kept.filter(
        (label) => part(was, label, 0) === part(is, label, 0) && part(was, label, 1) !== part(is, label, 1),
      ),
    },
    { what: 'gone', labels: Object.keys(was).filter((label) => !Object.hasOwn(is, label)) },
    { what: 'new', labels: Object.keys(is).filter((label) => !Object.hasOwn(was, label)) },
  ].filter(({ labels }) => labels.length > 0);
}

function moved(
  what: string,
  was: Readonly<Record<string, number>>,
  is: Readonly<Record<string, number>>,
): string[] {
  return Object.keys({ ...was, ...is })
    .filter((name) => was[name] !== is[name])
    .map((name) => `${what} ${name} ${was[name] ?? 'absent'} → ${is[name] ?? 'absent'}`);
}

function floorIssues(suite: Suite, lock: SuiteLock, now: SuiteLock): Issue[] {
  return Object.keys({ ...lock.floors, ...now.floors })
    .filter((task) => !(Math.abs((lock.floors[task] ?? NaN) - (now.floors[task] ?? NaN)) < 1e-6))
    .map((task) => ({
      place: { file: join(suite.dir, LOCK_FILE) },
      message: `the floor of ${task} is ${now.floors[task] ?? 'absent'}, locked as ${lock.floors[task] ?? 'absent'}`,
      hint: RELOCK,
    }));
}

/** By major, minor, patch; a pre-release comes before its release. Build names do not count. */
export function compareVersions(a: string, b: string): number {
  const parse = (version: string) => {
    const [core = '', ...pre] = (version.split('+')[0] as string).split('-');
    return { numbers: core.split('.').map(Number), pre: pre.join('-') };
  };
  const [one, other] = [parse(a), parse(b)];
  for (const index of [0, 1, 2]) {
    const difference = (one.numbers[index] ?? 0) - (other.numbers[index] ?? 0);
    if (difference !== 0) return difference;
  }
  if (one.pre === other.pre) return 0;
  if (one.pre === '' || other.pre === '') return one.pre === '' ? 1 : -1;
  return one.pre < other.pre ? -1 : 1;
}
