import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { type Issue, nearest, UserError } from '../core/errors.ts';
import type { Lang, Localised } from '../core/lang.ts';
import { localised } from './languages.ts';
import { openFolder, readSuiteConfig, SUITE_FILE } from './load.ts';

interface SuiteSource {
  dir: string;
  /** `builtin:<name>`, or the path as it was given. */
  source: string;
}

/**
 * Where the suite lies that a user names: a built-in one by its name (`dispatch`, `builtin:dispatch`), any other by
 * the path of its folder. A bare name means the built-in suite even beside a folder of that name; `./name` is the folder.
 * @throws UserError where there is neither
 */
export async function suiteSource(given: string, builtinDir: string): Promise<SuiteSource> {
  const name = given.replace(/^builtin:/, '');
  const builtins = await suiteFolders(builtinDir);
  if (builtins.includes(name)) return { dir: join(builtinDir, name), source: `builtin:${name}` };
  if (name === given) {
    if (await isSuite(given)) return { dir: given, source: given };
    // The file itself, as a shell completes it.
    if (basename(given) === SUITE_FILE && (await stat(given).catch(() => undefined))?.isFile()) {
      return { dir: join(given, '..'), source: join(given, '..') };
    }
  }
  const meant = nearest(name, builtins);
  const hint = meant
    ? `did you mean "${meant}"?`
    : `built-in suites: ${builtins.join(', ')}; or give the path of a folder`;
  throw new UserError(`no suite "${given}"`, hint);
}

interface SuiteSummary extends SuiteSource {
  name: string;
  version?: string;
  title: Localised;
  languages: readonly Lang[];
  /** Faults of its suite.yaml; its tasks are not looked at. */
  issues: Issue[];
}

/** The suites that lie in some folders, by name: what can be read of each, and what is wrong with it. */
export async function listSuites(
  roots: readonly { dir: string; builtin: boolean }[],
): Promise<SuiteSummary[]> {
  const summaries = await Promise.all(
    roots.map(async ({ dir: root, builtin }) => {
      const names = await suiteFolders(root);
      return Promise.all(
        names.map((name) => summarise(join(root, name), builtin ? `builtin:${name}` : join(root, name))),
      );
    }),
  );
  return summaries.flat();
}

async function summarise(dir: string, source: string): Promise<SuiteSummary> {
  const { config, issues } = await readSuiteConfig(await openFolder(dir));
  return {
    dir,
    source,
    name: config?.name ?? basename(dir),
    ...(config ? { version: config.version } : {}),
    title: config ? localised(config.title) : {},
    languages: config?.languages ?? [],
    issues,
  };
}

/** Names of the folders that hold a suite.yaml, sorted by code unit. */
async function suiteFolders(root: string): Promise<string[]> {
  const names = (await readdir(root).catch(() => [] as string[])).filter((name) => !name.startsWith('.'));
  const suites = await Promise.all(names.map((name) => isSuite(join(root, name))));
  return names.filter((_, index) => suites[index]).sort();
}

const isSuite = async (dir: string): Promise<boolean> =>
  (await stat(join(dir, SUITE_FILE)).catch(() => undefined)) !== undefined;
