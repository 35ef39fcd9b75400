import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BIN = process.env['WATTMARK_BIN'] ?? join(ROOT, 'dist', 'wattmark.js');

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

/** The task of merit order as a suite of its own: reading the whole of its suite is half the time of a short run. */
export function meritOrderSuite(cwd: string): './merit' {
  for (const file of ['suite.yaml', join('tasks', 'merit-order.yaml')])
    cpSync(join(ROOT, 'suites', 'dispatch', file), join(cwd, 'merit', file));
  return './merit';
}

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

/** Resolves once a process says something on standard error. */
export const said = (child: ChildProcess, words: string): Promise<void> =>
  new Promise((resolve) => {
    let text = '';
    child.stderr?.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      if (text.includes(words)) resolve();
    });
  });

/** What a run says once the first signal has reached it. */
export const FINISHING = 'finishing what is in flight';
