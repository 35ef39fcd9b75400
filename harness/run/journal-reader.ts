import { closeSync, openSync, readSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { UserError } from '../core/errors.ts';
import type { RunEvent } from '../core/event.ts';
import { LONGEST_LINE, readLine } from './journal-line.ts';

/** Where a line lies in its journal, in bytes: replies are read back when needed instead of being held. */
export interface LineRef {
  offset: number;
  length: number;
}

export interface JournalEntry {
  event: RunEvent;
  ref: LineRef;
  /** Counts from 1. */
  line: number;
}

export interface ReadOptions {
  /** Called for a damaged line in the middle, which is left out. Absent: such a line is an error. */
  onDamage?(line: number, reason: string): void;
  /** Called for each event of a kind that this version does not know. */
  onUnknown?(kind: string): void;
  /** Called when the last line was torn by a crash. It is never an error. */
  onTorn?(): void;
  /** Byte to begin at, which must begin a line. Lines are counted from there. */
  from?: number;
}

const CHUNK = 256 * 1024;

/**
 * The events of a journal, in order, in constant memory. A journal may be read while it is being written.
 * @throws UserError where it cannot be read, is damaged (without `onDamage`), or comes from a newer Wattmark
 */
export async function* readJournal(path: string, options: ReadOptions = {}): AsyncGenerator<RunEvent> {
  for await (const { event } of readEntries(path, options)) yield event;
}

/** As `readJournal`, with where each event's line lies. */
export async function* readEntries(path: string, options: ReadOptions = {}): AsyncGenerator<JournalEntry> {
  for await (const { text, ref, line, whole } of readRawLines(path, options.from ?? 0)) {
    if (ref.length === 0) continue;
    const reading = readLine(text, path, line);
    if (reading.status === 'event') yield { event: reading.event, ref, line };
    else if (reading.status === 'unknown') options.onUnknown?.(reading.kind);
    else if (!whole) options.onTorn?.();
    else if (options.onDamage) options.onDamage(line, reading.reason);
    else throw damaged(path, line, reading.reason);
  }
}

function damaged(file: string, line: number, reason: string): UserError {
  return new UserError([
    {
      place: { file, line },
      message: `damaged line: ${reason}`,
      hint: 'delete this line to leave the event out; wattmark run --resume asks again what it held',
    },
  ]);
}

interface RawLine {
  text: string;
  ref: LineRef;
  line: number;
  /** Whether a newline ended it. */
  whole: boolean;
}

async function* readRawLines(path: string, from: number): AsyncGenerator<RawLine> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    throw new UserError(`${path}: cannot read the journal (${error.code ?? error.message})`);
  });
  try {
    const cutter = new LineCutter(from);
    for (let at = from; ; ) {
      // A fresh buffer each time: pieces of it wait in the cutter.
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK, at);
      if (bytesRead === 0) break;
      at += bytesRead;
      yield* cutter.cut(buffer.subarray(0, bytesRead));
    }
    yield* cutter.end();
  } finally {
    await file.close();
  }
}

/** Cuts blocks of bytes into lines; what a block leaves open waits for the next. */
class LineCutter {
  private waiting: Buffer[] = [];
  private waitingLength = 0;
  private offset: number;
  private line = 1;

  constructor(offset: number) {
    this.offset = offset;
  }

  *cut(bytes: Buffer): Generator<RawLine> {
    let start = 0;
    for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
      yield this.take(bytes.subarray(start, end), true);
      start = end + 1;
    }
    if (start === bytes.length) return;
    if (this.waitingLength <= LONGEST_LINE) this.waiting.push(bytes.subarray(start));
    this.waitingLength += bytes.length - start;
  }

  *end(): Generator<RawLine> {
    if (this.waitingLength > 0) yield this.take(Buffer.alloc(0), false);
  }

  private take(last: Buffer, whole: boolean): RawLine {
    const length = this.waitingLength + last.length;
    const bytes = this.waiting.length > 0 ? Buffer.concat([...this.waiting, last]) : last;
    // A line too long to hold is given as empty, and so counts as damaged.
    const text = length > LONGEST_LINE ? '' : bytes.toString('utf8');
    const raw = { text, ref: { offset: this.offset, length }, line: this.line, whole };
    this.offset += length + 1;
    this.line += 1;
    this.waiting = [];
    this.waitingLength = 0;
    return raw;
  }
}

/** Reads single lines back by where they lie. */
export interface LineReader {
  /** @throws UserError where the line is no longer what it was when the journal was folded */
  read(ref: LineRef): RunEvent;
  close(): void;
}

export function openLines(path: string): LineReader {
  const fd = openSync(path, 'r');
  return {
    read({ offset, length }) {
      const bytes = Buffer.allocUnsafe(length);
      let got = 0;
      while (got < length) {
        const n = readSync(fd, bytes, got, length - got, offset + got);
        if (n === 0) break;
        got += n;
      }
      const reading = readLine(bytes.toString('utf8', 0, got), path, 0);
      if (reading.status !== 'event')
        throw new UserError(`${path}: changed by another program while it was being read`);
      return reading.event;
    },
    close: () => closeSync(fd),
  };
}
