import { linkSync, readFileSync, renameSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { UserError } from '../core/errors.ts';

export const LOCK_FILE = 'run.lock';

const holderSchema = z.object({
  pid: z.int().positive(),
  host: z.string(),
  since: z.string(),
  /** Tells this process from a later one with the same number; absent where the system does not say. */
  born: z.string().optional(),
  token: z.string(),
});
type Holder = z.infer<typeof holderSchema>;

/** What a lock asks of the machine, so that tests can play two of them. */
export interface Machine {
  pid: number;
  host: string;
  alive(pid: number): boolean;
  /** When a process was born, in any form that differs between two processes of one number. */
  born(pid: number): string | undefined;
}

export interface Lock {
  release(): void;
}

/**
 * Takes the lock of a run's folder, so that two processes never append to one journal. A lock whose process
 * is gone from this machine is taken over; on another machine that cannot be known, and the user must say.
 * @throws UserError that names who holds it
 */
export function takeLock(
  folder: string,
  { now, token, machine = thisMachine }: { now: number; token: string; machine?: Machine },
): Lock {
  const path = join(folder, LOCK_FILE);
  const born = machine.born(machine.pid);
  const mine: Holder = {
    pid: machine.pid,
    host: machine.host,
    since: new Date(now).toISOString(),
    ...(born === undefined ? {} : { born }),
    token,
  };
  const draft = `${path}.${mine.pid}.${token}`;
  // Made whole under another name and then linked: a reader never sees half a lock.
  writeFileSync(draft, `${JSON.stringify(mine)}\n`);
  try {
    for (let tries = 0; tries < 5; tries++) {
      if (linked(draft, path)) return { release: () => release(path, token) };
      const holder = readHolder(path);
      if (holder === 'gone') continue;
      if (holder !== 'unreadable' && !isStale(holder, machine)) throw held(path, holder);
      moveAside(path, holder === 'unreadable' ? undefined : holder.token, draft);
    }
    throw new UserError(`${path}: other processes keep taking this lock`, 'let one of them finish');
  } finally {
    quietly(() => unlinkSync(draft));
  }
}

/** True when made; false when another lock is there. */
function linked(draft: string, path: string): boolean {
  try {
    linkSync(draft, path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code === 'ENOENT' || code === 'EACCES' || code === 'EROFS' || code === 'ENOSPC') throw error;
    return written(draft, path);
  }
}

/** For file systems without hard links. */
function written(draft: string, path: string): boolean {
  try {
    writeFileSync(path, readFileSync(draft), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function readHolder(path: string): Holder | 'gone' | 'unreadable' {
  try {
    const parsed = holderSchema.safeParse(JSON.parse(readFileSync(path, 'utf8')));
    return parsed.success ? parsed.data : 'unreadable';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'gone' : 'unreadable';
  }
}

function isStale(holder: Holder, machine: Machine): boolean {
  if (holder.host !== machine.host) return false;
  if (!machine.alive(holder.pid)) return true;
  const born = machine.born(holder.pid);
  return born !== undefined && holder.born !== undefined && born !== holder.born;
}

/** Moves a stale lock away. Another process may have replaced it since it was read: then it is put back. */
function moveAside(path: string, token: string | undefined, draft: string): void {
  const aside = `${draft}.stale`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const moved = readHolder(aside);
  if (typeof moved === 'object' && moved.token !== token) quietly(() => linkSync(aside, path));
  quietly(() => unlinkSync(aside));
}

function release(path: string, token: string): void {
  const holder = readHolder(path);
  if (typeof holder === 'object' && holder.token === token) quietly(() => unlinkSync(path));
}

function held(path: string, { pid, host, since }: Holder): UserError {
  return new UserError(
    `this run is held by process ${pid} on ${host} since ${since}`,
    `wait for it to end or stop it; if it is surely gone (another machine that was shut down), delete ${path}`,
  );
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // Gone already, which is what was wanted.
  }
}

const thisMachine: Machine = {
  pid: process.pid,
  host: hostname(),
  alive(pid) {
    // A killed process that nobody has waited for yet still has a number, and takes signals.
    if (/^[ZX]/.test(processState(pid)?.[0] ?? '')) return false;
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      // EPERM: it lives, and belongs to someone else.
      return (error as NodeJS.ErrnoException).code === 'EPERM';
    }
  },
  born(pid) {
    const started = processState(pid)?.[19];
    return started === undefined ? undefined : `${bootId()}/${started}`;
  },
};

/** The fields of /proc/<pid>/stat from the state on; undefined where the system has no such file. */
function processState(pid: number): string[] | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in parentheses may itself hold spaces and parentheses.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    return '';
  }
}

/** Who holds a run, where anyone does: on another machine it cannot be known whether the process still lives. */
export function holderOf(
  folder: string,
  machine: Machine = thisMachine,
): Pick<Holder, 'pid' | 'host' | 'since'> | undefined {
  const holder = readHolder(join(folder, LOCK_FILE));
  if (typeof holder !== 'object' || isStale(holder, machine)) return undefined;
  const { pid, host, since } = holder;
  return { pid, host, since };
}
