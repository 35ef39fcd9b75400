import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { emptyFolder, wattmark, wattmarkOn } from '../cli.ts';
import { expectComplete, expectKept, newestRun, readLedger } from './ledger.ts';
import { createWorld, PATIENCE, SAMPLES, type World } from './world.ts';

const open: World[] = [];
afterEach(() => Promise.all(open.splice(0).map(({ endpoint }) => endpoint.close())));
const worldOf = async (name: string): Promise<World> => {
  const world = await createWorld(name, 0);
  open.push(world);
  return world;
};

/** In a name space of its own, what is mounted goes away with the process. */
const APART = ['unshare', '-rm'] as const;

/** Mounting wants root, or a system that lets users have a name space of their own. */
const CAN_MOUNT =
  spawnSync(APART[0], [APART[1], 'mount', '-t', 'tmpfs', 'tmpfs', emptyFolder()], { stdio: 'ignore' })
    .status === 0;

describe('a disk that fills up', () => {
  it.skipIf(!CAN_MOUNT)(
    'keeps every reply that arrived but those it had no room for, and says so',
    {
      timeout: PATIENCE,
    },
    async () => {
      const world = await worldOf('full');
      const runs = join(world.cwd, 'results', 'runs');
      const saved = join(world.cwd, 'saved');
      mkdirSync(runs, { recursive: true });
      // The disk goes away with the name space, so what it held is copied out first.
      const shell = `mount -t tmpfs -o size=32k tmpfs ${runs} && "$@"; code=$?; cp -r ${runs} ${saved}; exit $code`;
      const args = ['run', 'dispatch', '--task', 'merit-order', '--seeds', '1-30', '-m', 'local/m'];
      const first = await wattmarkOn([...APART, 'sh', '-c', shell, 'sh'], args, { cwd: world.cwd });
      expect(first.code, first.err).toBe(130);
      expect(first.err).toContain('the disk is full');
      const ledger = await readLedger(saved);
      // What was in flight when it filled up may have been answered by then, and found no room.
      expectKept(world.endpoint, ledger, 8);
      expect(ledger.replies.size).toBeGreaterThan(0);
      rmSync(runs, { recursive: true });
      cpSync(saved, runs, { recursive: true });
      const second = await world.resume();
      expect(second.code, second.err).toBe(0);
      const after = await readLedger(runs);
      expectKept(world.endpoint, after, 8);
      expectComplete(after, 60);
    },
  );
});

describe('a journal that cannot be written', () => {
  it('is told before anything is asked, with exit 2', { timeout: PATIENCE }, async () => {
    const world = await worldOf('no-folder');
    mkdirSync(join(world.cwd, 'results'));
    writeFileSync(join(world.cwd, 'results', 'runs'), 'a file, not a folder');
    const { code, err } = await world.begin();
    expect(code, err).toBe(2);
    expect(err).not.toMatch(/\n\s+at /);
    expect(world.endpoint.requests).toEqual([]);
  });

  it('that became a folder stops a resume likewise', { timeout: PATIENCE }, async () => {
    const world = await worldOf('became-folder');
    await world.begin({ args: ['--max-requests', '2'] });
    const journal = join(newestRun(world.runs), 'journal.jsonl');
    rmSync(journal);
    mkdirSync(journal);
    const { code, err } = await world.resume();
    expect(code, err).toBe(2);
    expect(err).not.toMatch(/\n\s+at /);
    expect(world.endpoint.requests).toHaveLength(2);
  });
});

describe('a suite that changes while its run is interrupted', () => {
  it('is asked anew only where it changed, and says so', { timeout: PATIENCE }, async () => {
    const world = await worldOf('changed');
    const { cwd, endpoint } = world;
    await wattmark(['init', 'mine'], { cwd });
    const ask = ['run', './mine', '--task', 'line-loss', '-m', 'local/m', '--max-requests', '1'];
    const first = await wattmark(ask, { cwd });
    expect(first.code, first.err).toBe(130);
    const before = new Set((await readLedger(world.runs)).replies.keys());
    expect(before.size).toBe(1);
    const task = join(cwd, 'mine', 'tasks', 'line-loss.yaml');
    const text = readFileSync(task, 'utf8');
    const changed = text.replace(/(prompt:[\s\S]*?en: *\|?\n?\s*)(\S)/, '$1Think of a real line. $2');
    expect(changed).not.toBe(text);
    writeFileSync(task, changed);
    const second = await world.resume();
    expect(second.code, second.err).toBe(0);
    expect(second.err).toMatch(/[1-9]\d* questions changed since the run began and are asked anew/);
    const ledger = await readLedger(world.runs);
    expectKept(endpoint, ledger);
    for (const question of before) expect(endpoint.answered().get(question)).toBe(1);
    expect(ledger.events.at(-1)).toMatchObject({ event: 'run-end', status: 'done' });
  });
});

it('asks every question of a run without faults once', { timeout: PATIENCE }, async () => {
  const world = await worldOf('plain');
  expect((await world.begin()).code).toBe(0);
  expect(world.endpoint.requests).toHaveLength(SAMPLES);
  expectComplete(await readLedger(world.runs), SAMPLES);
});
