import { guessReply } from '../../providers/baseline/guess.ts';
import { scoreReply } from '../checkers/score-reply.ts';
import { readLock } from '../suite/lock.ts';
import { taskFloors } from '../suite/prove.ts';
import type { Suite } from '../suite/suite.ts';

/** Problems a task that floors are estimated on where no lock holds them. */
const SEEDS = { from: 1, to: 6 };
const GUESSES = 4;

/** What guessing scores, by task: as locked, or estimated on the first few problems where the suite has no lock of its version. */
export async function floorsOf(suite: Suite): Promise<Record<string, number>> {
  const lock = await readLock(suite.dir);
  if (lock && lock.suite === suite.name && lock.version === suite.version) return lock.floors;
  return taskFloors(suite, guessReply, { score: scoreReply, seeds: SEEDS, guesses: GUESSES });
}

/** The floors that a lock records: every public problem, many guesses each. */
export const lockedFloors = (suite: Suite): Record<string, number> =>
  taskFloors(suite, guessReply, { score: scoreReply });
