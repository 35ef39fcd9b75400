import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { eventsOf, journalOf, tempFolder } from './kit.ts';

const PROGRAM = fileURLToPath(new URL('./fixtures/run-in-child.ts', import.meta.url));

function start(
  folder: string,
  samples: number,
  log: string,
  delayMs: number,
  most = Number.POSITIVE_INFINITY,
): ChildProcess {
  const args = [folder, `${samples}`, log, `${delayMs}`, `${most}`];
  return fork(PROGRAM, args, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'pipe', 'ipc'] });
}

const running = (child: ChildProcess) => new Promise((resolve) => child.once('message', resolve));

function ended(child: ChildProcess): Promise<{ code: number | null; stderr: string }> {
  let stderr = '';
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, stderr })));
}

const lines = (log: string, word: string) =>
  readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith(word));

describe('kill -9', () => {
  it('at any moment loses no reply that was kept, and resume asks none of those again', async () => {
    const folder = tempFolder();
    const log = join(folder, 'log');
    writeFileSync(log, '');
    writeFileSync(journalOf(folder), '');
    const total = 400;
    for (const replies of [0, 1, 9, 40]) {
      // However late the kill comes, not all is done by then.
      const child = start(folder, total, log, 2, 80);
      const end = ended(child);
      await running(child);
      const enough = lines(log, 'kept').length + replies;
      await expect
        .poll(() => lines(log, 'kept').length, { interval: 1, timeout: 60_000 })
        .toBeGreaterThanOrEqual(enough);
      child.kill('SIGKILL');
      await end;
    }
    const kept = lines(log, 'kept').length;
    const before = (await eventsOf(folder)).filter((e) => e.event === 'completion-end').length;
    // A reply may have been journalled by a process that died before it could say so; never the reverse.
    expect(before).toBeGreaterThanOrEqual(kept);
    expect(before).toBeGreaterThan(0);
    expect(before).toBeLessThan(total);

    const last = await ended(start(folder, total, log, 0));
    expect(last).toEqual({ code: 0, stderr: '' });
    const events = await eventsOf(folder);
    const replies = events.flatMap((e) => (e.event === 'completion-end' ? [e.sample] : []));
    const scores = events.flatMap((e) => (e.event === 'score-end' ? [e.sample] : []));
    expect(replies).toHaveLength(total);
    expect(new Set(replies).size).toBe(total);
    expect(scores).toHaveLength(total);
    expect(new Set(scores).size).toBe(total);
    // Each kill costs at most the four requests that were in flight.
    expect(lines(log, 'asked').length).toBeLessThanOrEqual(total + 4 * 4);
  });

  it('two processes on one run: the second says who holds it, and harms nothing', async () => {
    const folder = tempFolder();
    const log = join(folder, 'log');
    writeFileSync(log, '');
    const first = start(folder, 10, log, 600_000);
    const firstEnd = ended(first);
    await running(first);
    const second = await ended(start(folder, 10, log, 0));
    expect(second.code).not.toBe(0);
    expect(second.stderr).toContain(`this run is held by process ${first.pid} on `);
    first.kill('SIGKILL');
    await firstEnd;
    expect(lines(log, 'kept')).toEqual([]);
    expect(await ended(start(folder, 10, log, 0))).toEqual({ code: 0, stderr: '' });
    expect(lines(log, 'kept')).toHaveLength(10);
  });

  it('of many that start at once on a stale lock, no two run at the same time', async () => {
    const folder = tempFolder();
    const log = join(folder, 'log');
    writeFileSync(log, '');
    const victim = start(folder, 50, log, 600_000);
    const victimEnd = ended(victim);
    await running(victim);
    victim.kill('SIGKILL');
    await victimEnd;
    writeFileSync(log, '');
    const ends = await Promise.all(Array.from({ length: 4 }, () => ended(start(folder, 50, log, 30))));
    const refused = ends.filter(({ code }) => code !== 0);
    expect(refused.length).toBeLessThan(4);
    for (const { stderr } of refused) expect(stderr).toMatch(/held by process|keep taking this lock/);
    // Two at once would both ask what neither has yet.
    expect(lines(log, 'asked')).toHaveLength(50);
  });
});
