import type { RunEvent } from '../core/event.ts';
import type { Clock } from './clock.ts';
import { type JournalFile, mendTail, openFile } from './journal-file.ts';
import { writeLine } from './journal-line.ts';

export const JOURNAL_FILE = 'journal.jsonl';

/** The journal can no longer be written. What was appended before is kept; nothing torn is left. */
export class JournalError extends Error {
  override readonly name = 'JournalError';
  readonly code: string;

  constructor(path: string, cause: unknown) {
    const code = (cause as NodeJS.ErrnoException | undefined)?.code ?? 'EIO';
    super(`${path}: ${REASONS[code] ?? `cannot be written (${code})`}`, { cause });
    this.code = code;
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; what had arrived is kept. Free some space, then resume the run',
  EDQUOT: 'the disk quota is used up; what had arrived is kept. Free some space, then resume the run',
  EACCES: 'cannot be written: permission denied',
  EROFS: 'cannot be written: the file system is read-only',
  ENOENT: 'cannot be written: its folder does not exist',
  EFBIG: 'has reached the largest file this system allows',
};

export interface JournalWriter {
  readonly path: string;
  /** Bytes in the file, all of them whole lines. */
  readonly size: number;
  /** Bytes of a torn last line that opening cut off. */
  readonly cut: number;
  /**
   * Appends events, each a line, all in one write to the kernel before it returns: what was appended
   * survives a kill -9 of this process. The disk is brought up to date about once a second.
   * @throws UnwritableEvent, and nothing is written, for an event no reader would take
   * @throws JournalError where the file cannot take it; every later call throws the same
   */
  append(...events: RunEvent[]): void;
  /** Appends, and brings all to the disk before it returns. @throws as `append` */
  appendDurably(...events: RunEvent[]): void;
  /**
   * Appends an event that could be made again without asking anyone: with the next write, at the latest when
   * the event loop next turns. A kill -9 in between costs a score that resume makes anew.
   * @throws UnwritableEvent
   * @throws JournalError where an earlier event could not be written
   */
  appendSoon(event: RunEvent): void;
  /** @throws JournalError where the last bytes cannot be brought to the disk, unless that was thrown before */
  close(): void;
}

/** Lets `hear` know of each event that has been taken, in the order of the journal's lines. */
export function overheard(journal: JournalWriter, hear: (event: RunEvent) => void): JournalWriter {
  return {
    get path() {
      return journal.path;
    },
    get size() {
      return journal.size;
    },
    get cut() {
      return journal.cut;
    },
    append(...events) {
      journal.append(...events);
      events.forEach(hear);
    },
    appendDurably(...events) {
      journal.appendDurably(...events);
      events.forEach(hear);
    },
    appendSoon(event) {
      journal.appendSoon(event);
      hear(event);
    },
    close: () => journal.close(),
  };
}

const SYNC_EVERY_MS = 1000;
/** In UTF-16 units: where the event loop does not turn, this many go in one write. */
const SOON_AT_MOST = 64 * 1024;

/**
 * Opens a journal for appending, or begins one, and cuts off a last line that a crash tore.
 * @throws JournalError
 */
export function openJournal(
  path: string,
  { clock, file }: { clock: Pick<Clock, 'monotonicMs'>; file?: JournalFile },
): JournalWriter {
  try {
    const opened = file ?? openFile(path);
    return new Journal(path, opened, mendTail(opened, path), clock);
  } catch (error) {
    throw new JournalError(path, error);
  }
}

class Journal implements JournalWriter {
  readonly path: string;
  readonly cut: number;
  size: number;
  private readonly file: JournalFile;
  private readonly clock: Pick<Clock, 'monotonicMs'>;
  private failure: JournalError | undefined;
  private soon = '';
  private syncedAt: number;

  constructor(
    path: string,
    file: JournalFile,
    { size, cut }: { size: number; cut: number },
    clock: Pick<Clock, 'monotonicMs'>,
  ) {
    this.path = path;
    this.file = file;
    this.size = size;
    this.cut = cut;
    this.clock = clock;
    this.syncedAt = clock.monotonicMs();
  }

  append(...events: RunEvent[]): void {
    this.flush(events.map(writeLine).join(''));
  }

  appendDurably(...events: RunEvent[]): void {
    this.append(...events);
    this.attempt(() => this.file.syncNow?.());
  }

  appendSoon(event: RunEvent): void {
    if (this.failure) throw this.failure;
    const line = writeLine(event);
    if (this.soon === '') setImmediate(() => this.flushQuietly());
    this.soon += line;
    if (this.soon.length > SOON_AT_MOST) this.flush();
  }

  close(): void {
    try {
      // What has failed was thrown already, to whoever could still act on it.
      if (!this.failure) this.flush();
    } finally {
      this.attempt(() => this.file.close());
    }
  }

  private flush(more = ''): void {
    const text = this.soon + more;
    this.soon = '';
    if (this.failure) throw this.failure;
    if (text === '') return;
    this.put(Buffer.from(text, 'utf8'));
    const now = this.clock.monotonicMs();
    if (now - this.syncedAt < SYNC_EVERY_MS) return;
    this.syncedAt = now;
    this.file.sync((error) => {
      this.failure ??= new JournalError(this.path, error);
    });
  }

  /** A failure is kept: the next call throws it. */
  private flushQuietly(): void {
    try {
      this.flush();
    } catch {
      // Thrown by the next call.
    }
  }

  private put(bytes: Buffer): void {
    let done = 0;
    this.attempt(
      () => {
        while (done < bytes.length) done += this.file.write(done === 0 ? bytes : bytes.subarray(done));
      },
      () => {
        if (done > 0) this.file.truncate(this.size);
      },
    );
    this.size += bytes.length;
  }

  private attempt(work: () => void, undo?: () => void): void {
    try {
      work();
    } catch (error) {
      this.failure ??= new JournalError(this.path, error);
      try {
        undo?.();
      } catch {
        // The torn end is cut off when the journal is opened next.
      }
      throw this.failure;
    }
  }
}
