import type { SuiteRecord } from '../core/event.ts';
import type { Sample } from '../core/sample.ts';
import { suiteHash } from '../suite/lock.ts';
import type { Suite } from '../suite/suite.ts';
import { floorsOf } from './floors.ts';

/**
 * Each suite with the samples that a run takes of it, and the checkers these use: equal hashes, equal questions and
 * keys; equal checkers, equal scores.
 */
export async function recordSuites(
  suites: readonly Suite[],
  samples: () => Iterable<Sample>,
): Promise<{ suites: SuiteRecord[]; checkers: Record<string, number> }> {
  const taken = new Map(suites.map(({ name }) => [name, [] as { hash: string; keyHash: string }[]]));
  const counts = new Map(suites.map(({ name }) => [name, 0]));
  const checkers: Record<string, number> = {};
  for (const { suite, variant, hash, keyHash, checks } of samples()) {
    counts.set(suite, (counts.get(suite) ?? 0) + 1);
    // Runs with and without variants score the same questions.
    if (!variant) taken.get(suite)?.push({ hash, keyHash });
    for (const { checker } of checks) checkers[checker.kind] = checker.version;
  }
  const records = suites.map(async (suite) => {
    const { name, version, source, title } = suite;
    const hashes = taken.get(name) ?? [];
    const floors = await floorsOf(suite);
    return { name, version, hash: suiteHash(hashes), source, title, samples: counts.get(name) ?? 0, floors };
  });
  return { suites: await Promise.all(records), checkers };
}
