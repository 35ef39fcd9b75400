import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { holdRun } from '../../harness/cli/hold-run.ts';
import { resolveRun } from '../../harness/run/run-id.ts';
import { emptyFolder, meritOrderSuite } from './cli.ts';
import { command, pressCtrlC } from './in-process.ts';
import { createMessageBatches } from './message-batches.ts';

const vendor = createMessageBatches();
beforeAll(() => vendor.listen());
afterAll(() => vendor.close());
beforeEach(() => vendor.reset());

const HURRY = 20;
const NEVER = 1e9;

/** A run that has left its batch of six with the vendor. */
async function left(): Promise<string> {
  const cwd = emptyFolder();
  meritOrderSuite(cwd);
  vendor.endsAtLook = NEVER;
  vendor.onLook = pressCtrlC;
  const args = ['./merit', '-m', 'anthropic/claude-x', '--limit', '6', '--batch'];
  const { code, err } = await at(cwd, 'run', ...args, '-q');
  expect([code, vendor.batches.length, err]).toEqual([130, 1, expect.stringContaining('is left with')]);
  vendor.onLook = () => {};
  return cwd;
}
const at = (cwd: string, ...args: string[]) =>
  command([...args, '--runs', 'runs'], { cwd, env: vendor.env, hurry: HURRY });
const journal = (cwd: string) => readFileSync(resolveRun(join(cwd, 'runs'), 'latest').journal, 'utf8');
const count = (text: string, part: string) => text.split(part).length - 1;

it('keeps what a cancelled batch has answered, and asks the rest in a new batch, nothing of it alone', async () => {
  const cwd = await left();
  const held = await at(cwd, 'status');
  expect(held.out).toMatch(/6 in batch msgbatch_0 since \d{4}-\d\d-\d\dT[\d:.]+Z/);
  expect(held.out).not.toContain('cancelled');
  const { code, out, err } = await at(cwd, 'batch', 'cancel');
  expect((await at(cwd, 'status')).out).toContain(', cancelled');
  expect([code, vendor.cancels]).toEqual([0, 1]);
  expect(out).toContain('anthropic/claude-x: batch msgbatch_0 of 6 requests is cancelled');
  expect(err).toContain('run --resume');
  vendor.endsAtLook = 1;
  const resumed = await at(cwd, 'run', '--resume', 'latest', '-q');
  expect(resumed.code).toBe(0);
  expect(vendor.batches.map(({ lines }) => lines.length)).toEqual([6, 4]);
  expect(vendor.alone).toBe(0);
  expect(count(journal(cwd), '"event":"completion-end"')).toBe(6);
  const again = await at(cwd, 'batch', 'cancel', 'latest');
  expect([again.code, again.out, vendor.cancels]).toEqual([
    0,
    expect.stringContaining('has no batch with a vendor'),
    1,
  ]);
});

it('asks nothing twice where the batch had ended before it could be cancelled', async () => {
  const cwd = await left();
  vendor.refusesCancel = true;
  vendor.endsAtLook = 1;
  const { code, out } = await at(cwd, 'batch', 'cancel');
  expect([code, out]).toEqual([0, expect.stringContaining('has ended by itself')]);
  const resumed = await at(cwd, 'run', '--resume', 'latest', '-q');
  expect([resumed.code, vendor.batches.length, vendor.alone]).toEqual([0, 1, 0]);
});

it('says so where the batch may still run', async () => {
  const cwd = await left();
  vendor.refusesCancel = true;
  const { code, err } = await at(cwd, 'batch', 'cancel');
  expect([code, err]).toEqual([3, expect.stringContaining('batch msgbatch_0 may still run')]);
});

it('keeps its hands off a run that another process goes on with', async () => {
  const cwd = await left();
  const held = holdRun(resolveRun(join(cwd, 'runs'), 'latest'));
  try {
    const { code } = await at(cwd, 'batch', 'cancel');
    expect([code, vendor.cancels]).toEqual([2, 0]);
  } finally {
    held.close();
  }
});
