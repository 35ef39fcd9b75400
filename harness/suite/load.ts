import { realpath, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fullHash } from '../core/canonical.ts';
import { type Issue, UserError } from '../core/errors.ts';
import { bindTask } from './bind-task.ts';
import { findTaskFiles } from './find-files.ts';
import { localised, missingLanguages } from './languages.ts';
import type { Located } from './located.ts';
import { readLock } from './lock.ts';
import { parseSuiteYaml } from './parse-yaml.ts';
import { readSuiteFile, type SuiteFolder } from './read-file.ts';
import { type SuiteConfig, suiteSchema } from './schema.ts';
import type { Registries, Suite, Task } from './suite.ts';
import { trialIssues } from './trial.ts';
import { issueAt, zodIssues } from './zod-issues.ts';

export const SUITE_FILE = 'suite.yaml';

/**
 * A suite from its folder: read, checked against the schemas, bound to families and checkers, and every prompt
 * worded once. Families are prepared here, so that samples can be made synchronously.
 * @param source how the suite was named, where that is not its path: `builtin:dispatch`
 * @param asked the tasks that will be asked: others are read and bound, but none of their problems is drawn
 * @throws UserError with every fault of every file
 */
export async function loadSuite(
  dir: string,
  registries: Registries,
  source: string = dir,
  asked?: readonly string[],
): Promise<Suite> {
  const folder = await openFolder(dir);
  const { located, config, text, issues } = await readSuiteConfig(folder);
  if (!located || !config) throw new UserError(inOrder(issues));
  const texts: [path: string, text: string][] = [[SUITE_FILE, text]];
  const { paths, issues: lost } = await findTaskFiles(folder, located, config.tasks);
  issues.push(...lost);
  const tasks: Task[] = [];
  for (const path of paths) {
    const binding = await loadTask(folder, path, config, registries);
    issues.push(...binding.issues);
    texts.push([path, binding.text]);
    if (binding.task) tasks.push(binding.task);
  }
  issues.push(...sameIds(tasks));
  const files = fullHash(texts);
  if (!(await isProved(dir, files))) issues.push(...trials(config, tasks, asked));
  if (issues.length > 0) throw new UserError(inOrder(issues));
  const { name, version, title, description, languages, licence, homepage, asides = [] } = config;
  return {
    name,
    version,
    title: localised(title),
    ...(description ? { description: localised(description) } : {}),
    languages,
    ...(licence ? { licence } : {}),
    ...(homepage ? { homepage } : {}),
    dir,
    source,
    tasks,
    asides: asides.map(localised),
    files,
  };
}

/** @throws UserError where there is no such folder */
export async function openFolder(dir: string): Promise<SuiteFolder> {
  const stats = await stat(dir).catch(() => undefined);
  if (!stats) throw new UserError([{ place: { file: dir }, message: 'no such suite folder' }]);
  if (!stats.isDirectory()) {
    const hint =
      basename(dir) === SUITE_FILE
        ? 'name the folder that it lies in'
        : 'a suite is a folder with a suite.yaml';
    throw new UserError([{ place: { file: dir }, message: 'is a file, not a suite folder', hint }]);
  }
  return { real: await realpath(dir), shown: dir };
}

interface ReadConfig {
  text: string;
  located?: Located;
  config?: SuiteConfig;
  issues: Issue[];
}

/** `suite.yaml` alone: what a list of suites needs, and where loading one begins. */
export async function readSuiteConfig(folder: SuiteFolder): Promise<ReadConfig> {
  const { located, text, issues } = await readYaml(folder, SUITE_FILE);
  if (!located) return { text, issues };
  const parsed = suiteSchema.safeParse(located.value);
  if (!parsed.success)
    return { located, text, issues: [...issues, ...zodIssues(parsed.error, suiteSchema, located)] };
  const config = parsed.data;
  for (const key of ['title', 'description'] as const) {
    issues.push(...missingLanguages(config[key], located, [key], config.languages));
  }
  config.asides?.forEach((aside, index) => {
    issues.push(...missingLanguages(aside, located, ['asides', index], config.languages));
  });
  return { located, config, text, issues };
}

async function loadTask(folder: SuiteFolder, path: string, config: SuiteConfig, registries: Registries) {
  const { located, text, issues } = await readYaml(folder, path);
  if (!located) return { text, issues };
  const binding = await bindTask(located, config.languages, registries);
  issues.push(...binding.issues);
  return { text, issues, ...(binding.task ? { task: binding.task } : {}) };
}

/** Whether these very files had proved themselves when they were locked: no prompt of theirs needs a trial. */
async function isProved(dir: string, files: string): Promise<boolean> {
  const lock = await readLock(dir).catch(() => undefined);
  return (lock?.proved ?? false) && lock?.files === files;
}

/** Words the first problem of every task that will be asked. */
function trials(
  { name, languages }: SuiteConfig,
  tasks: readonly Task[],
  asked: readonly string[] | undefined,
): Issue[] {
  return tasks
    .filter(({ id }) => asked?.includes(id) ?? true)
    .flatMap((task) => trialIssues(name, task, languages));
}

async function readYaml(
  folder: SuiteFolder,
  path: string,
): Promise<{ located?: Located; text: string; issues: Issue[] }> {
  const reading = await readSuiteFile(folder, path);
  if ('issue' in reading) return { text: '', issues: [reading.issue] };
  const { text } = reading;
  return { text, ...parseSuiteYaml(text, join(folder.shown, path)) };
}

function sameIds(tasks: readonly Task[]): Issue[] {
  const first = new Map<string, Task>();
  return tasks.flatMap((task) => {
    const other = first.get(task.id);
    if (!other) {
      first.set(task.id, task);
      return [];
    }
    return [issueAt(task.file, ['id'], `"${task.id}" is already the id of the task in ${other.file.file}`)];
  });
}

/** File by file as they were read, in each from top to bottom: as an editor would walk through them. */
function inOrder(issues: readonly Issue[]): Issue[] {
  const files = [...new Set(issues.map(({ place }) => place?.file))];
  const rank = ({ place }: Issue) => [files.indexOf(place?.file), place?.line ?? 0, place?.col ?? 0] as const;
  return [...issues].sort((a, b) => {
    const [one, other] = [rank(a), rank(b)];
    return one[0] - other[0] || one[1] - other[1] || one[2] - other[2];
  });
}
