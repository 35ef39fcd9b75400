import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The installed package's own folder, from a source file or from the bundle: where the built-in suites lie. */
export function packageRoot(from: string = import.meta.url): string {
  for (let folder = dirname(fileURLToPath(from)); ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json')) && existsSync(join(folder, 'suites'))) return folder;
    if (folder === dirname(folder)) throw new Error('the package is incomplete: its suites are missing');
  }
}
