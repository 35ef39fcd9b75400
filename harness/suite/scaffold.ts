import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../core/errors.ts';
import { scaffoldFiles } from './scaffold-files.ts';

/**
 * Writes a small suite that works as it stands: two hand-written tasks and a drawn one, commented, in English and Chinese.
 * @param dir the folder to make; its name becomes the suite's
 * @returns the files written
 * @throws UserError where the name is no suite name, or the folder already holds something
 */
export async function scaffold(dir: string): Promise<string[]> {
  const name = basename(resolve(dir));
  if (!/^[a-z0-9][a-z0-9-]*$/.test(name) || name.length > 64) {
    throw new UserError(`"${name}" cannot name a suite`, 'use small letters, digits and dashes: my-suite');
  }
  const there = await readdir(dir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new UserError([{ place: { file: dir }, message: 'is there already and is not a folder' }]);
  });
  if (there.length > 0) {
    throw new UserError([
      { place: { file: dir }, message: 'is not empty', hint: 'nothing is overwritten: choose another name' },
    ]);
  }
  const written: string[] = [];
  for (const [path, text] of Object.entries(scaffoldFiles(name))) {
    const file = join(dir, path);
    await mkdir(dirname(file), { recursive: true });
    // `wx` refuses what has appeared meanwhile.
    await writeFile(file, text, { flag: 'wx' });
    written.push(file);
  }
  return written;
}
