import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { UserError } from '../../harness/core/errors.ts';
import { LOCK_FILE, type Machine, takeLock } from '../../harness/run/lock.ts';
import { openRun } from '../../harness/run/run-folder.ts';
import { tempFolder } from './kit.ts';
import { realClock } from './made.ts';

const now = Date.UTC(2026, 10, 23, 10, 22, 33);

/** A machine on which only the given processes live. */
const machine = (pid: number, living: Record<number, string>, host = 'bench'): Machine => ({
  pid,
  host,
  alive: (other) => other in living,
  born: (other) => living[other],
});

describe('the lock of a run', () => {
  it('says who holds it, and since when', () => {
    const folder = tempFolder();
    const living = { 1: 'a', 2: 'b' };
    takeLock(folder, { now, token: 'x', machine: machine(1, living) });
    const second = () => takeLock(folder, { now, token: 'y', machine: machine(2, living) });
    expect(second).toThrow(UserError);
    expect(second).toThrow('this run is held by process 1 on bench since 2026-11-23T10:22:33.000Z');
    expect(second).toThrow(`delete ${join(folder, LOCK_FILE)}`);
  });

  it('is refused to the same process too, which would write two journals into one', () => {
    const folder = tempFolder();
    takeLock(folder, { now, token: 'x' });
    expect(() => takeLock(folder, { now, token: 'y' })).toThrow(`held by process ${process.pid}`);
  });

  it('of a process that was killed is taken over', () => {
    const folder = tempFolder();
    takeLock(folder, { now, token: 'x', machine: machine(1, { 1: 'a' }) });
    takeLock(folder, { now, token: 'y', machine: machine(2, { 2: 'b' }) });
    expect(readFileSync(join(folder, LOCK_FILE), 'utf8')).toContain('"y"');
    expect(readdirSync(folder)).toEqual([LOCK_FILE]);
  });

  it('of a dead process whose number a new one bears is taken over', () => {
    const folder = tempFolder();
    takeLock(folder, { now, token: 'x', machine: machine(1, { 1: 'first boot' }) });
    takeLock(folder, { now, token: 'y', machine: machine(2, { 1: 'second boot', 2: 'second boot' }) });
  });

  it('of another machine is never guessed to be stale', () => {
    const folder = tempFolder();
    takeLock(folder, { now, token: 'x', machine: machine(1, { 1: 'a' }, 'far') });
    const here = () => takeLock(folder, { now, token: 'y', machine: machine(2, { 2: 'b' }, 'near') });
    expect(here).toThrow('held by process 1 on far');
  });

  it('that is no lock at all does not block a run for ever', () => {
    for (const rubbish of ['', '{', '{"pid":"1"}', '[]']) {
      const folder = tempFolder();
      writeFileSync(join(folder, LOCK_FILE), rubbish);
      takeLock(folder, { now, token: 'y' }).release();
      expect(existsSync(join(folder, LOCK_FILE))).toBe(false);
    }
  });

  it('is released only by its holder', () => {
    const folder = tempFolder();
    const first = takeLock(folder, { now, token: 'x', machine: machine(1, { 1: 'a' }) });
    const second = takeLock(folder, { now, token: 'y', machine: machine(2, { 2: 'b' }) });
    first.release();
    expect(existsSync(join(folder, LOCK_FILE))).toBe(true);
    second.release();
    expect(existsSync(join(folder, LOCK_FILE))).toBe(false);
  });
});

describe('opening a run', () => {
  const runIn = (folder: string) => ({ id: 'r', folder, journal: join(folder, 'journal.jsonl') });

  it('gives the lock back when it is closed, also twice', () => {
    const folder = tempFolder();
    const open = openRun(runIn(folder), { clock: realClock, token: 'x' });
    expect(() => openRun(runIn(folder), { clock: realClock, token: 'y' })).toThrow('held by');
    open.close();
    open.close();
    openRun(runIn(folder), { clock: realClock, token: 'y' }).close();
    expect(readdirSync(folder)).toEqual(['journal.jsonl']);
  });

  it('does not keep the lock of a run whose journal cannot be opened', () => {
    const folder = tempFolder();
    const bad = { ...runIn(folder), journal: folder };
    expect(() => openRun(bad, { clock: realClock, token: 'x' })).toThrow(UserError);
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says which folder is missing', () => {
    const gone = join(tempFolder(), 'gone');
    expect(() => openRun(runIn(gone), { clock: realClock, token: 'x' })).toThrow(
      `${gone}: cannot lock the run (ENOENT)`,
    );
  });
});
