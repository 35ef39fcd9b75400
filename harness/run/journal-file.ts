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
import { readLine } from './journal-line.ts';

/** The few calls a journal makes of its file, so that tests can fill a disk. Offsets and lengths in bytes. */
export interface JournalFile {
  size(): number;
  read(into: Buffer, at: number): number;
  /** Appends, and says how many bytes it took: a disk that fills up takes a part. */
  write(bytes: Buffer): number;
  truncate(size: number): void;
  /** Hands what was written to the disk itself, without blocking; `failed` is called if that cannot be done. */
  sync(failed: (error: Error) => void): void;
  /** The same, before it returns; absent: nothing to wait for. */
  syncNow?(): void;
  close(): void;
}

export function openFile(path: string): JournalFile {
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
    syncNow: () => syncNow(fd),
    close() {
      try {
        syncNow(fd);
      } finally {
        closeSync(fd);
      }
    },
  };
}

function syncNow(fd: number): void {
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
export function mendTail(file: JournalFile, path: string): { size: number; cut: number } {
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
    const bytes = block.subarray(0, file.read(block, start));
    const newline = bytes.lastIndexOf(10);
    blocks.unshift(bytes.subarray(newline + 1));
    if (newline !== -1) break;
    end = start;
  }
  return Buffer.concat(blocks);
}
