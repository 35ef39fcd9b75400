import { UserError } from '../core/errors.ts';
import type { Clock } from './clock.ts';
import { JournalError, type JournalWriter, openJournal } from './journal.ts';
import type { JournalFile } from './journal-file.ts';
import { takeLock } from './lock.ts';
import type { RunFolder } from './run-id.ts';

/** A run open for writing: this process holds its lock. */
export interface OpenRun {
  journal: JournalWriter;
  /** Brings the journal to the disk and gives the lock back; may be called again. */
  close(): void;
}

/**
 * Takes a run's lock, then opens its journal.
 * @throws UserError where another process holds the run, or the journal cannot be written
 */
export function openRun(
  run: RunFolder,
  { clock, token, file }: { clock: Clock; token: string; file?: JournalFile },
): OpenRun {
  const lock = locked(run, clock, token);
  let journal: JournalWriter;
  try {
    journal = openJournal(run.journal, { clock, ...(file ? { file } : {}) });
  } catch (error) {
    lock.release();
    throw error instanceof JournalError ? new UserError(error.message) : error;
  }
  let closed = false;
  return {
    journal,
    close() {
      if (closed) return;
      closed = true;
      try {
        journal.close();
      } finally {
        lock.release();
      }
    },
  };
}

function locked(run: RunFolder, clock: Clock, token: string) {
  try {
    return takeLock(run.folder, { now: clock.epochMs(), token });
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(
      `${run.folder}: cannot lock the run (${(error as NodeJS.ErrnoException).code ?? String(error)})`,
    );
  }
}
