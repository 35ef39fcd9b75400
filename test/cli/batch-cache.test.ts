import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emptyFolder, meritOrderSuite } from './cli.ts';
import { command } from './in-process.ts';
import { createMessageBatches } from './message-batches.ts';

const vendor = createMessageBatches();
beforeAll(() => vendor.listen());
afterAll(() => vendor.close());
beforeEach(() => vendor.reset());

const MODEL = ['-m', 'anthropic/claude-x', '--cache', 'kept', '--json', '-q'];
const ask = async (cwd: string, ...more: string[]) => {
  const args = ['run', './merit', ...MODEL, ...more];
  const { code, out, err } = await command(args, { cwd, env: vendor.env, hurry: 20 });
  expect(code, err).toBe(0);
  return JSON.parse(out).models[0] as { cached?: number };
};
const batched = () => vendor.batches.map(({ lines }) => lines.length);

describe('--cache of a run in batches', () => {
  it('keeps the replies of batches, and asks in a batch only what is not kept', async () => {
    const cwd = emptyFolder();
    meritOrderSuite(cwd);
    await ask(cwd, '--batch', '--limit', '4');
    await ask(cwd, '--batch', '--limit', '4');
    expect([batched(), vendor.alone]).toEqual([[4], 0]);
    await ask(cwd, '--batch', '--limit', '6');
    expect(batched()[1], 'some of six are among the four').toBeLessThan(6);
  });

  it('serves a batch with what was asked alone, and the other way round', async () => {
    const cwd = emptyFolder();
    meritOrderSuite(cwd);
    await ask(cwd, '--limit', '4');
    expect(vendor.alone).toBe(4);
    await ask(cwd, '--batch', '--limit', '4');
    expect(batched()).toEqual([]);
    await ask(cwd, '--batch', '--limit', '8');
    const [asked = 0] = batched();
    await ask(cwd, '--limit', '8');
    expect([asked > 0, vendor.alone]).toEqual([true, 4]);
  });
});
