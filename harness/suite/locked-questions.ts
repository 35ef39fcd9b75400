import { fullHash } from '../core/canonical.ts';
import { findTaskFiles } from './find-files.ts';
import { openFolder, readSuiteConfig, SUITE_FILE } from './load.ts';
import { readLock, type SuiteLock } from './lock.ts';
import { readSuiteFile } from './read-file.ts';
import { quotas, type SampleSelection } from './selection.ts';

/** A public sample as its suite's lock has it: known without drawing it. */
export interface LockedQuestion {
  id: string;
  hash: string;
  keyHash: string;
  /** About how many tokens its prompt has. */
  inputTokens: number;
}

/** What the locked questions of a suite can be picked by; its tags and further seeds are not in its lock. */
export type LockedSelection = Pick<SampleSelection, 'langs' | 'tasks' | 'limit'>;

export interface LockedSuite {
  name: string;
  tasks: readonly string[];
  languages: readonly string[];
  /** In the order in which they would be asked. */
  questions: readonly LockedQuestion[];
}

/**
 * What a selection takes of a suite, as the suite's lock has it. Undefined where only loading the suite can tell: it
 * has no lock, or its files are not those that were proved and locked.
 */
export async function readLockedSuite(
  dir: string,
  selection: LockedSelection,
): Promise<LockedSuite | undefined> {
  const lock = await readLock(dir).catch(() => undefined);
  if (!lock?.proved || lock.files !== (await filesHash(dir).catch(() => undefined))) return undefined;
  return lockedSuite(lock, selection);
}

/** Of the suite's files, as loading the suite hashes them. */
async function filesHash(dir: string): Promise<string | undefined> {
  const folder = await openFolder(dir);
  const { located, config, text, issues } = await readSuiteConfig(folder);
  if (!located || !config || issues.length > 0) return undefined;
  const { paths, issues: lost } = await findTaskFiles(folder, located, config.tasks);
  if (lost.length > 0) return undefined;
  const readings = await Promise.all(
    paths.map(async (path) => ({ path, reading: await readSuiteFile(folder, path) })),
  );
  const texts = readings.map(({ path, reading }) => [path, 'text' in reading ? reading.text : '']);
  return fullHash([[SUITE_FILE, text], ...texts]);
}

function lockedSuite(lock: SuiteLock, { langs, tasks, limit }: LockedSelection): LockedSuite | undefined {
  const all = Object.entries(lock.samples).map(([task, samples]) => ({
    task,
    problems: problemsOf(`${lock.suite}/${task}`, samples, lock.inputTokens[task] ?? []),
  }));
  const languages = [
    ...new Set(all.flatMap(({ problems }) => problems.flatMap((twins) => [...twins.keys()]))),
  ];
  const spoken = languages.filter((lang) => langs?.some((one) => one === lang) ?? true);
  const taken = all.filter(({ task }) => tasks?.includes(task) ?? true).map(({ problems }) => problems);
  const shares = quotas(
    taken.map(({ length }) => length),
    limit === undefined ? Number.POSITIVE_INFINITY : Math.floor(limit / Math.max(1, spoken.length)),
  );
  const questions = taken.flatMap((problems, index) =>
    problems
      .slice(0, shares[index])
      .flatMap((twins) => [...twins].filter(([lang]) => spoken.includes(lang)).map(([, one]) => one)),
  );
  if (questions.some(({ inputTokens }) => Number.isNaN(inputTokens))) return undefined;
  return { name: lock.suite, tasks: all.map(({ task }) => task), languages, questions };
}

/** The samples of a task by problem, and in each by language: `s1/en` and `s1/zh` are twins. */
function problemsOf(
  prefix: string,
  samples: Readonly<Record<string, string>>,
  tokens: readonly number[],
): Map<string, LockedQuestion>[] {
  const problems = new Map<string, Map<string, LockedQuestion>>();
  for (const [index, [label, hashes]] of Object.entries(samples).entries()) {
    const slash = label.lastIndexOf('/');
    const [problem, lang] = [label.slice(0, slash), label.slice(slash + 1)];
    const [hash = '', keyHash = ''] = hashes.split(' ');
    const twins = problems.get(problem) ?? new Map<string, LockedQuestion>();
    twins.set(lang, { id: `${prefix}/${label}`, hash, keyHash, inputTokens: tokens[index] ?? Number.NaN });
    problems.set(problem, twins);
  }
  return [...problems.values()];
}
