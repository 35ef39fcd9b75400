import { scoreReply } from '../checkers/score-reply.ts';
import { UserError } from '../core/errors.ts';
import type { SuiteRecord } from '../core/event.ts';
import { verifyLock } from '../suite/drift.ts';
import { readLock } from '../suite/lock.ts';
import { checkSuite } from '../suite/prove.ts';
import type { Suite } from '../suite/suite.ts';
import type { Io } from './io.ts';
import { registries } from './registries.ts';
import { loadSuites } from './suite-source.ts';

/** Why a suite's own check does not stand behind a run of it; undefined where it does. */
export type SuiteProof = (record: SuiteRecord) => Promise<string | undefined>;

/**
 * The check of suites that runs were made of, each suite once: the suite must be at hand in the run's version, must ask
 * and take for right what its lock says, and must have proved itself when it was locked, or prove itself now.
 */
export function createSuiteProof(checkerModules: readonly string[], io: Io): SuiteProof {
  const checked = new Map<string, Promise<string | { version: string }>>();
  const check = async (source: string): Promise<string | { version: string }> => {
    try {
      const [suite] = (await loadSuites([source], await registries(checkerModules, io))) as [Suite];
      const lock = await readLock(suite.dir);
      const drift = verifyLock(suite, lock, undefined, { variants: false });
      if (drift.length > 0) return `is not as locked: ${drift[0]?.message}`;
      // A lock is written for a suite that proved itself; where nothing has changed since, nothing can have broken.
      if (lock?.proved) return { version: suite.version };
      for (const { issues } of checkSuite(suite, { score: scoreReply }))
        if (issues.length > 0) return `does not pass its check: ${issues[0]?.message}`;
      return { version: suite.version };
    } catch (error) {
      if (error instanceof UserError) return `could not be loaded: ${error.message}`;
      throw error;
    }
  };
  return async ({ name, version, source }) => {
    let verdict = checked.get(source);
    if (!verdict) checked.set(source, (verdict = check(source)));
    const found = await verdict;
    if (typeof found === 'string') return `suite ${name} ${found}`;
    return found.version === version
      ? undefined
      : `suite ${name} was asked in version ${version}; only ${found.version} is at hand to be checked`;
  };
}
