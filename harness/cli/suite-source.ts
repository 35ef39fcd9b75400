import { join } from 'node:path';
import { UserError } from '../core/errors.ts';
import { loadSuite } from '../suite/load.ts';
import { suiteSource } from '../suite/sources.ts';
import type { Registries, Suite } from '../suite/suite.ts';
import { packageRoot } from './package-root.ts';

export const builtinFolder = (): string => join(packageRoot(), 'suites');

/** Loads every suite that is named, and reports the faults of all of them at once. */
export async function loadSuites(
  names: readonly string[],
  registries: Registries,
  tasks?: readonly string[],
): Promise<Suite[]> {
  const loaded = await Promise.allSettled(
    [...new Set(names)].map(async (name) => {
      const { dir, source } = await suiteSource(name, builtinFolder());
      return loadSuite(dir, registries, source, tasks);
    }),
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
