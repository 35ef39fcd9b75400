import { lstat, open, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import type { Issue } from '../core/errors.ts';

/** Suite files are written by people: a file beyond this is refused before a parser sees it. */
const MAX_FILE_BYTES = 1_000_000;

export type Reading = { text: string } | { issue: Issue };

/** Where a suite lies: `real` with every link resolved, `shown` as the user named it, for messages. */
export interface SuiteFolder {
  real: string;
  shown: string;
}

/** Tells whether a path written in a suite is relative, plain, and free of steps out of its folder. */
export function staysInside(path: string): boolean {
  return (
    !isAbsolute(path) &&
    !/^[A-Za-z]:|\\|\0/.test(path) &&
    !path.split('/').some((segment) => segment === '..')
  );
}

/**
 * The text of one file of a suite. Refused: paths and links that leave the folder, what is not a plain file,
 * files over 1 MB, text that is not UTF-8. A UTF-8 byte order mark is taken off.
 */
export async function readSuiteFile(folder: SuiteFolder, path: string): Promise<Reading> {
  const place = { file: join(folder.shown, path) };
  if (!staysInside(path)) {
    return {
      issue: {
        place,
        message: 'the path leaves the suite folder',
        hint: 'keep every file of a suite inside it',
      },
    };
  }
  try {
    const real = await realpath(join(folder.real, path));
    const inside = relative(folder.real, real);
    if (inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) {
      return {
        issue: {
          place,
          message: 'this link leads out of the suite folder',
          hint: 'copy the file into the suite',
        },
      };
    }
    return await readPlainFile(real, place.file);
  } catch (error) {
    return { issue: { place, ...unreadable(error) } };
  }
}

async function readPlainFile(real: string, file: string): Promise<Reading> {
  const place = { file };
  // Asked before opening: opening a named pipe would wait for a writer for ever.
  const { size } = await lstat(real).then((stats) => (stats.isFile() ? stats : { size: -1 }));
  if (size < 0) return { issue: { place, message: 'is not a file' } };
  if (size > MAX_FILE_BYTES) return { issue: { place, ...tooLarge(size) } };
  const handle = await open(real, 'r');
  try {
    // Not filled with zeros, which for a hundred small files took longer than to read them.
    const buffer = Buffer.allocUnsafe(MAX_FILE_BYTES + 1);
    let length = 0;
    for (;;) {
      const { bytesRead } = await handle.read(buffer, length, buffer.length - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
      if (length > MAX_FILE_BYTES) return { issue: { place, ...tooLarge(length) } };
    }
    return decode(buffer.subarray(0, length), file);
  } finally {
    await handle.close();
  }
}

function decode(bytes: Buffer, file: string): Reading {
  const place = { file };
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    return { issue: { place, message: 'is UTF-16', hint: 'save the file as UTF-8' } };
  }
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return {
      issue: {
        place: badByte(bytes, file),
        message: 'is not UTF-8 from here',
        hint: 'save the file as UTF-8',
      },
    };
  }
  if (text.trim() === '') return { issue: { place, message: 'is empty' } };
  return { text };
}

/** The place of the first byte that is not UTF-8: the longest prefix that decodes ends there. */
function badByte(bytes: Buffer, file: string) {
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    // `stream` forgives a character cut in two at the end of the prefix.
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  const lines = new TextDecoder().decode(bytes.subarray(0, good), { stream: true }).split('\n');
  return { file, line: lines.length, col: (lines.at(-1) as string).length + 1 };
}

const tooLarge = (size: number) => ({
  message: `is ${(size / 1e6).toFixed(1)} MB or more; a suite file may have 1 MB`,
  hint: 'split it into several tasks, or let a family draw the problems',
});

function unreadable(error: unknown): { message: string; hint?: string } {
  const code = (error as NodeJS.ErrnoException).code;
  if (code === 'ENOENT') return { message: 'no such file' };
  if (code === 'ELOOP') return { message: 'the link leads round in a circle' };
  if (code === 'EACCES' || code === 'EPERM')
    return { message: 'may not be read', hint: 'check its permissions' };
  return { message: `could not be read (${code ?? String(error)})` };
}
