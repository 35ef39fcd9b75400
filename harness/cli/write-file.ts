import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { UserError } from '../core/errors.ts';

/**
 * Written beside and renamed, so that a web server never serves half a file.
 * @throws UserError where it cannot be written
 */
export function writeWhole(path: string, text: string | Iterable<string>): void {
  const beside = `${path}.${randomBytes(4).toString('hex')}.part`;
  try {
    mkdirSync(dirname(path), { recursive: true });
    writePieces(beside, typeof text === 'string' ? [text] : text);
    renameSync(beside, path);
  } catch (error) {
    rmSync(beside, { force: true });
    throw unwritable(path, error);
  }
}

function writePieces(path: string, pieces: Iterable<string>): void {
  const fd = openSync(path, 'w');
  try {
    for (const piece of pieces) writeFileSync(fd, piece);
  } finally {
    closeSync(fd);
  }
}

/**
 * Adds a line to an append-only file. What a crash left of the line before is closed first, so that it spoils no other.
 * @throws UserError where it cannot be written
 */
export function appendLine(path: string, line: string): void {
  try {
    mkdirSync(dirname(path), { recursive: true });
    appendFileSync(path, `${existsSync(path) && !endsInNewline(path) ? '\n' : ''}${line}`);
  } catch (error) {
    throw unwritable(path, error);
  }
}

function endsInNewline(path: string): boolean {
  const fd = openSync(path, 'r');
  try {
    const { size } = fstatSync(fd);
    const last = Buffer.alloc(1);
    return size === 0 || (readSync(fd, last, 0, 1, size - 1) === 1 && last[0] === 10);
  } finally {
    closeSync(fd);
  }
}

const unwritable = (path: string, error: unknown): UserError =>
  new UserError(`${path}: cannot be written (${(error as NodeJS.ErrnoException).code ?? String(error)})`);
