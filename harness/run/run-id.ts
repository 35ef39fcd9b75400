import { mkdirSync, readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { nearest, UserError } from '../core/errors.ts';
import { JOURNAL_FILE } from './journal.ts';

const RUN_ID = /^\d{8}-\d{6}-[0-9a-z]{4,}$/;
// Without vowels and look-alikes: no words by accident, nothing to misread.
const LETTERS = '23456789bcdfghjkmnpqrstvwxz';

/** A run's name: UTC second and four random letters, so that names sort by time. `20261123-102233-x7k2` */
export function newRunId(now: number, uniform: () => number): string {
  const [date = '', time = ''] = new Date(now).toISOString().split('T');
  const tail = Array.from({ length: 4 }, () => LETTERS[Math.floor(uniform() * LETTERS.length)]).join('');
  return `${date.replaceAll('-', '')}-${time.slice(0, 8).replaceAll(':', '')}-${tail}`;
}

export interface RunFolder {
  id: string;
  folder: string;
  journal: string;
}

/**
 * Makes the folder of a new run under `runs`.
 * @throws UserError where it cannot be made
 */
export function createRunFolder(runs: string, now: number, uniform: () => number): RunFolder {
  try {
    mkdirSync(runs, { recursive: true });
    for (;;) {
      const id = newRunId(now, uniform);
      if (made(join(runs, id))) return runFolder(join(runs, id));
    }
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    throw new UserError(`${runs}: cannot make a folder for the run (${code ?? message})`);
  }
}

function made(folder: string): boolean {
  try {
    mkdirSync(folder);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

const runFolder = (folder: string): RunFolder => ({
  id: basename(folder),
  folder,
  journal: join(folder, JOURNAL_FILE),
});

/** The names of the runs under `runs`, oldest first. */
export function listRuns(runs: string): string[] {
  try {
    return readdirSync(runs)
      .filter((name) => RUN_ID.test(name) && isFile(join(runs, name, JOURNAL_FILE)))
      .sort();
  } catch {
    return [];
  }
}

/**
 * The run a user means: `latest`, a name, the beginning or end of one that fits no other, or a path to a
 * run's folder or journal.
 * @throws UserError that names the runs that come near
 */
export function resolveRun(runs: string, text: string): RunFolder {
  const direct = text.endsWith('.jsonl') ? dirname(text) : text;
  if (/[\\/]/.test(text) || text.endsWith('.jsonl')) {
    if (isFile(join(direct, JOURNAL_FILE))) return runFolder(direct);
    throw new UserError(`${text}: no run here`, `a run's folder holds a ${JOURNAL_FILE}`);
  }
  const names = listRuns(runs);
  const last = names.at(-1);
  if (last === undefined) throw new UserError(`no runs under ${runs}`, 'wattmark run makes one');
  if (text === 'latest') return runFolder(join(runs, last));
  const fitting = names.includes(text)
    ? [text]
    : names.filter((name) => text !== '' && (name.startsWith(text) || name.endsWith(`-${text}`)));
  if (fitting.length === 1) return runFolder(join(runs, fitting[0] as string));
  if (fitting.length > 1) {
    throw new UserError(
      `run ${text} could be ${fitting.length} runs: ${fitting.slice(-4).join(', ')}`,
      'type more of it',
    );
  }
  throw new UserError(
    `no run ${text} under ${runs}`,
    `did you mean ${nearest(text, names) ?? last}? "latest" is ${last}`,
  );
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}
