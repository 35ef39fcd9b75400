import { relative, resolve } from 'node:path';
import { scaffold } from '../../suite/scaffold.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';

/** `wattmark init`: a suite that works as it stands, to be changed into one's own. */
export async function init(folder: string, io: Io): Promise<ExitCode> {
  const files = await scaffold(resolve(io.cwd, folder));
  for (const file of files) io.out(`wrote ${relative(io.cwd, file)}\n`);
  const path = folder.startsWith('.') || folder.startsWith('/') ? folder : `./${folder}`;
  io.out(`\nNext: ${io.self} suites check ${path} && ${io.self} run ${path}\n`);
  return EXIT.done;
}
