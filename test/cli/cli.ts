import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const BIN = process.env['WATTMARK_BIN'] ?? fileURLToPath(new URL('../../dist/wattmark.js', import.meta.url));

export interface Ended {
  code: number | null;
  out: string;
  err: string;
}

export interface CliOptions {
  cwd?: string;
  env?: Record<string, string>;
  bin?: string;
  onStart?(child: ChildProcess): void;
}

/** A folder of its own for a test, outside the project. */
export const emptyFolder = (): string => mkdtempSync(join(tmpdir(), 'wattmark-'));

/** Runs the built command line as a user would, without any key or proxy of the machine. */
export const wattmark = (args: readonly string[], options: CliOptions = {}): Promise<Ended> =>
  wattmarkOn([], args, options);

/** The same below another command, such as one that makes a file system of its own first. */
export function wattmarkOn(
  below: readonly string[],
  args: readonly string[],
  { cwd = emptyFolder(), env = {}, bin = BIN, onStart }: CliOptions = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    const [program, ...rest] = [...below, process.execPath, bin, ...args] as [string, ...string[]];
    const child = spawn(program, rest, {
      cwd,
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      err += chunk.toString();
    });
    child.on('close', (code) => resolve({ code, out, err }));
    onStart?.(child);
  });
}
