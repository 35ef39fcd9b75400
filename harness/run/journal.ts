import {
  closeSync,
  fstatSync,
  fsync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readSync,
  writeSync,
} from 'node:fs';
import type { RunEvent } from '../core/event.ts';
import type { Clock } from './clock.ts';
import { readLine, writeLine } from './journal-line.ts';

export const JOURNAL_FILE = 'journal.jsonl';

/** The few calls a journal makes of its file, so that tests can fill a disk. Offsets and lengths in bytes. */
export interface JournalFile {
  size(): number;
  read(into: Buffer, at: number): number;
  /** Appends, and says how many bytes it took: a disk that fills up takes a part. */
  write(bytes: Buffer): number;
  truncate(size: number): void;
  /** Hands what was written to the disk itself, without blocking; `failed` is called if that cannot be done. */
  sync(failed: (error: Error) => void): void;
  close(): void;
}

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
  /**
   * Appends an event that could be made again without asking anyone: with the next write, at the latest when
   * the event loop next turns. A kill -9 in between costs a score that resume makes anew.
   * @throws UnwritableEvent
   * @throws JournalError where an earlier event could not be written
   */
  appendSoon(event: RunEvent): void;
  /** @throws JournalError where the last bytes cannot be brought to the disk */
  close(): void;
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
  const target = guarded(path, () => file ?? openFile(path));
  const whole = guarded(path, () => mendTail(target, path));
  let size = whole.size;
  let failure: JournalError | undefined;
  let syncedAt = clock.monotonicMs();
  const fail = (cause: unknown): JournalError => (failure ??= new JournalError(path, cause));

  const put = (bytes: Buffer) => {
    let done = 0;
    try {
      while (done < bytes.length) done += target.write(done === 0 ? bytes : bytes.subarray(done));
    } catch (error) {
      fail(error);
      // Where even this fails, the torn end is cut off when the journal is opened next.
      if (done > 0) attempt(() => target.truncate(size));
      throw failure;
    }
    size += bytes.length;
  };

  let soon = '';
  const flush = (more = '') => {
    const text = soon + more;
    soon = '';
    if (failure) throw failure;
    if (text === '') return;
    put(Buffer.from(text, 'utf8'));
    if (clock.monotonicMs() - syncedAt >= SYNC_EVERY_MS) {
      syncedAt = clock.monotonicMs();
      target.sync(fail);
    }
  };

  return {
    path,
    cut: whole.cut,
    get size() {
      return size;
    },
    append: (...events) => flush(events.map(writeLine).join('')),
    appendSoon(event) {
      if (failure) throw failure;
      const line = writeLine(event);
      // A failure stays in `failure`: the next call, or closing, throws it.
      if (soon === '') setImmediate(() => attempt(flush));
      soon += line;
      if (soon.length > SOON_AT_MOST) flush();
    },
    close() {
      try {
        // What has failed was thrown already, to whoever could still act on it.
        if (!failure) flush();
      } finally {
        guarded(path, () => target.close());
      }
    },
  };
}

function guarded<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw error instanceof JournalError ? error : new JournalError(path, error);
  }
}

function attempt(work: () => void): void {
  try {
    work();
  } catch {
    // The caller has an error to report already.
  }
}

function openFile(path: string): JournalFile {
  const fd = openSync(path, 'a+', 0o644);
  return {
    size: () => fstatSync(fd).size,
    read: (into, at) => readSync(fd, into, 0, into.length, at),
    write: (bytes) => writeSync(fd, bytes),
    truncate: (size) => ftruncateSync(fd, size),
    sync: (failed) =>
      fsync(fd, (error) => {
        // EBADF: the journal was closed, and synced, while this sync was waiting its turn.
        if (error && error.code !== 'EBADF' && error.code !== 'EINVAL') failed(error);
      }),
    close() {
      try {
        attemptSync(fd);
      } finally {
        closeSync(fd);
      }
    },
  };
}

function attemptSync(fd: number): void {
  try {
    fsyncSync(fd);
  } catch (error) {
    // EINVAL: a file that cannot be synced, such as a pipe; there is nothing to bring to a disk.
    if ((error as NodeJS.ErrnoException).code !== 'EINVAL') throw error;
  }
}

/**
 * Makes the file end in a newline: a last line that lacks only that is kept, any other tail is cut off.
 * A strict prefix of a JSON object is never JSON, so a torn line cannot pass for a whole one.
 */
function mendTail(file: JournalFile, path: string): { size: number; cut: number } {
  const size = file.size();
  const tail = lastLine(file, size);
  if (tail.length === 0) return { size, cut: 0 };
  if (readLine(tail.toString('utf8'), path, 0).status !== 'damaged') {
    file.write(Buffer.from('\n'));
    return { size: size + 1, cut: 0 };
  }
  file.truncate(size - tail.length);
  return { size: size - tail.length, cut: tail.length };
}

/** The bytes after the last newline, read backwards in blocks. */
function lastLine(file: JournalFile, size: number): Buffer {
  const blocks: Buffer[] = [];
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - 65_536);
    const block = Buffer.alloc(end - start);
    const got = file.read(block, start);
    const bytes = block.subarray(0, got);
    const newline = bytes.lastIndexOf(10);
    blocks.unshift(bytes.subarray(newline + 1));
    if (newline !== -1) break;
    end = start;
  }
  return Buffer.concat(blocks);
}
