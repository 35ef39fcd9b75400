import { UserError } from '../core/errors.ts';
import type { Sample } from '../core/sample.ts';
import { standsAsProved } from './drift.ts';
import { readLock, type SuiteLock } from './lock.ts';
import { labelOf, picks, type SampleSelection, speaks } from './selection.ts';
import type { Suite } from './suite.ts';

/** What a lock tells of a sample. */
export type LockedSample = Pick<Sample, 'id' | 'hash' | 'keyHash'>;

export interface LockedSamples {
  /** In the order in which they will be drawn. */
  samples: LockedSample[];
  /** Mean score of guessing, by task of the suite. */
  floors: Readonly<Record<string, number>>;
}

/**
 * The samples that a selection takes of a suite, as its lock has them: nothing is drawn to know them. Undefined where only drawing tells: the suite is not as it proved itself, another version of
 * Wattmark drew it, or the selection takes variants, private seeds, or seeds that are not locked.
 */
export async function lockedSamples(
  suite: Suite,
  selection: SampleSelection,
  wattmark: string,
): Promise<LockedSamples | undefined> {
  if (selection.seedKey !== undefined || (selection.variants?.length ?? 0) > 0) return undefined;
  const lock = await readLock(suite.dir).catch(() => undefined);
  if (!lock || lock.wattmark !== wattmark || !standsAsProved(suite, lock)) return undefined;
  const samples = pickLocked(suite, selection, lock);
  return samples && { samples, floors: lock.floors };
}

function pickLocked(
  suite: Suite,
  selection: SampleSelection,
  { samples }: SuiteLock,
): LockedSample[] | undefined {
  const langs = speaks(suite, selection);
  const found: LockedSample[] = [];
  for (const { task, picks: taken } of picks(suite, selection)) {
    const locked = samples[task.id] ?? {};
    for (const pick of taken) {
      for (const lang of langs) {
        const label = `${labelOf(pick)}/${lang}`;
        const [hash, keyHash] = locked[label]?.split(' ') ?? [];
        if (!hash || !keyHash) return undefined;
        found.push({ id: `${suite.name}/${task.id}/${label}`, hash, keyHash });
      }
    }
  }
  return found;
}

/** @throws UserError at the first sample that is not the one which its suite's lock promised */
export function* drawnAsLocked(
  drawn: Iterable<Sample>,
  locked: readonly LockedSample[],
): Generator<Sample, void, undefined> {
  let index = 0;
  for (const sample of drawn) {
    const promised = locked[index++];
    const kept =
      sample.id === promised?.id && sample.hash === promised.hash && sample.keyHash === promised.keyHash;
    if (!kept) throw drifted(sample);
    yield sample;
  }
  const missing = locked[index];
  if (missing) throw drifted(missing);
}

const drifted = ({ id }: Pick<Sample, 'id'>) =>
  new UserError(
    `${id} is not as the lock of its suite has it`,
    'run: wattmark suites check, then wattmark suites lock',
  );
