import { UserError } from '../core/errors.ts';
import type { EventOf } from '../core/event.ts';
import { readEntries } from '../run/journal-reader.ts';
import type { RunFolder } from '../run/run-id.ts';
import { foldState, type RunState } from '../run/state.ts';
import type { Io } from './io.ts';

export interface RecordedRun extends RunState {
  start: EventOf<'run-start'>;
  /** How it ended last; absent where it was cut off. */
  ended?: EventOf<'run-end'>;
}

/** What to type to go on with a run. */
export const resumeHint = (run: string, { runs }: { runs: string }, { self }: Pick<Io, 'self'>): string =>
  `Go on with: ${self} run --resume ${run}${runs === 'results/runs' ? '' : ` --runs ${runs}`}\n`;

/** What a run's journal holds. @throws UserError where it ends before the run began */
export async function readState(folder: RunFolder, io: Io): Promise<RecordedRun> {
  let ended: EventOf<'run-end'> | undefined;
  const entries = readEntries(folder.journal, {
    onDamage: (line, reason) => io.err(`${folder.journal}:${line}  damaged, left out: ${reason}\n`),
  });
  const state = await foldState(
    tap(entries, ({ event }) => {
      if (event.event === 'run-end') ended = event;
      else if (event.event === 'run-start') ended = undefined;
    }),
  );
  const { start } = state;
  if (!start) throw new UserError(`${folder.id}: the journal ends before the run began`, 'start a new run');
  return { ...state, start, ...(ended ? { ended } : {}) };
}

async function* tap<T>(items: AsyncIterable<T>, see: (item: T) => void): AsyncGenerator<T> {
  for await (const item of items) {
    see(item);
    yield item;
  }
}

/**
 * Private seeds drawn from another secret would be other questions under the same names.
 * @param fingerprint of the secret given now, if any
 */
export function checkSeedKey(before: string | undefined, fingerprint: string | undefined): void {
  if (before === fingerprint) return;
  if (before === undefined) throw new UserError('--seed-key-env: this run was begun with public seeds');
  throw new UserError(
    'this run was begun with private seeds of another secret',
    'give the same secret with --seed-key-env NAME',
  );
}
