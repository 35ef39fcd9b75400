import { existsSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { nearest, UserError } from '../core/errors.ts';
import { loadSuite, SUITE_FILE } from '../suite/load.ts';
import type { Registries, Suite } from '../suite/suite.ts';
import type { Io } from './io.ts';
import { packageRoot } from './package-root.ts';

const BUILTIN = 'builtin:';

export interface SuiteSource {
  dir: string;
  /** `builtin:<name>`, or the path as the user gave it. */
  source: string;
}

export function builtinSuites(): SuiteSource[] {
  const suites = join(packageRoot(), 'suites');
  return readdirSync(suites)
    .filter((name) => existsSync(join(suites, name, SUITE_FILE)))
    .sort()
    .map((name) => ({ dir: join(suites, name), source: `${BUILTIN}${name}` }));
}

/**
 * A suite as a user names it: a built-in one by name (`dispatch`), any other by its folder (`./my-suite`), or
 * `builtin:<name>` as journals write it.
 */
export function findSuite(name: string, io: Io): SuiteSource {
  const builtins = builtinSuites();
  const builtin = builtins.find(({ source }) => source === name || source === `${BUILTIN}${name}`);
  if (builtin) return builtin;
  const dir = resolve(io.cwd, name);
  if (existsSync(dir)) return { dir: name.startsWith('/') ? name : dir, source: name };
  const names = builtins.map(({ source }) => source.slice(BUILTIN.length));
  const near = nearest(name, names);
  throw new UserError(
    `there is no suite "${name}"`,
    near
      ? `did you mean ${near}?`
      : `built-in suites: ${names.join(', ')}; a folder of your own is named by its path`,
  );
}

/** Loads every suite that is named, and reports the faults of all of them at once. */
export async function loadSuites(names: readonly string[], registries: Registries, io: Io): Promise<Suite[]> {
  const sources = [...new Set(names)].map((name) => findSuite(name, io));
  const loaded = await Promise.allSettled(
    sources.map(({ dir, source }) => loadSuite(dir, registries, source)),
  );
  const issues = loaded.flatMap((result) => {
    if (result.status === 'fulfilled') return [];
    if (result.reason instanceof UserError) return result.reason.issues;
    throw result.reason;
  });
  if (issues.length > 0) throw new UserError(issues);
  const suites = loaded.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const twice = suites.find((suite, i) => suites.findIndex(({ name }) => name === suite.name) !== i);
  if (twice) throw new UserError(`two suites are called "${twice.name}"`, 'a run tells suites apart by name');
  return suites;
}
