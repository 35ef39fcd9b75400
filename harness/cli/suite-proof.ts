import { scoreReply } from '../checkers/score-reply.ts';
import { UserError } from '../core/errors.ts';
import type { SuiteRecord } from '../core/event.ts';
import { standsAsProved, verifyLock } from '../suite/drift.ts';
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
  const known = new Map<string, Promise<AtHand>>();
  const atHand = async (source: string): Promise<AtHand> => {
    const [suite] = (await loadSuites([source], await registries(checkerModules, io))) as [Suite];
    let fault: Promise<string | undefined> | undefined;
    return { version: suite.version, fault: () => (fault ??= faultOf(suite)) };
  };
  return async ({ name, version, source }) => {
    let suite = known.get(source);
    if (!suite) known.set(source, (suite = atHand(source)));
    try {
      const found = await suite;
      if (found.version !== version)
        return `suite ${name} was asked in version ${version}; only ${found.version} is at hand to be checked`;
      const fault = await found.fault();
      return fault === undefined ? undefined : `suite ${name} ${fault}`;
    } catch (error) {
      if (error instanceof UserError) return `suite ${name} could not be loaded: ${error.message}`;
      throw error;
    }
  };
}

interface AtHand {
  version: string;
  fault(): Promise<string | undefined>;
}

async function faultOf(suite: Suite): Promise<string | undefined> {
  const lock = await readLock(suite.dir);
  // A lock is written for a suite that proved itself; where nothing has changed since, nothing can have broken.
  if (lock && standsAsProved(suite, lock)) return undefined;
  const drift = verifyLock(suite, lock, undefined, { variants: false });
  if (drift.length > 0) return `is not as locked: ${drift[0]?.message}`;
  if (lock?.proved) return undefined;
  for (const { issues } of checkSuite(suite, { score: scoreReply }))
    if (issues.length > 0) return `does not pass its check: ${issues[0]?.message}`;
  return undefined;
}
