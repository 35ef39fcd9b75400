import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { emptyFolder, meritOrderSuite } from './cli.ts';
import { command } from './in-process.ts';
import { createMessageBatches } from './message-batches.ts';

const vendor = createMessageBatches();
beforeAll(() => vendor.listen());
afterAll(() => vendor.close());
beforeEach(() => vendor.reset());

const HURRY = 20;
const RUN = ['run', './merit', '-m', 'anthropic/claude-x', '--limit', '6', '--runs', 'runs', '-q'];
const PRICES = '{ input: 10, output: 20, currency: USD }';

/** @param prices as in wattmark.yaml */
function place(prices = PRICES): string {
  const cwd = emptyFolder();
  meritOrderSuite(cwd);
  writeFileSync(join(cwd, 'wattmark.yaml'), `providers:\n  anthropic:\n    prices: ${prices}\n`);
  return cwd;
}

async function estimate(cwd: string, ...more: string[]) {
  const args = [...RUN, '--dry-run', ...more];
  const text = await command(args, { cwd, env: vendor.env });
  const { out } = await command([...args, '--json'], { cwd, env: vendor.env });
  return { text: text.out, json: JSON.parse(out) as Estimate };
}

interface Estimate {
  lanes: { batchShare?: number }[];
  money: { amounts: { USD: number } };
}

describe('a dry run of a run in batches', () => {
  it.each(['drawn', 'locked'])('tells the price of the batch, not that of asking alone: %s', async (way) => {
    const cwd = place();
    if (way === 'locked') await command(['suites', 'lock', './merit'], { cwd });
    const alone = await estimate(cwd);
    const batched = await estimate(cwd, '--batch');
    expect(alone.text).not.toContain('in batches');
    expect(batched.text).toContain('in batches at 50 % of the price');
    expect(batched.json.lanes[0]?.batchShare).toBe(0.5);
    expect(batched.json.money.amounts.USD).toBeCloseTo(alone.json.money.amounts.USD / 2, 10);
  });

  it('takes the share that wattmark.yaml tells', async () => {
    const alone = await estimate(place());
    const batched = await estimate(place(PRICES.replace('}', ', batch: 0.25 }')), '--batch');
    expect(batched.text).toContain('in batches at 25 % of the price');
    expect(batched.json.money.amounts.USD).toBeCloseTo(alone.json.money.amounts.USD / 4, 10);
  });

  it('refuses a model without a batch interface, from the lock too', async () => {
    const cwd = place();
    await command(['suites', 'lock', './merit'], { cwd });
    const refused = await command(['run', './merit', '-m', 'command:cat', '--batch', '--dry-run'], { cwd });
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('no batch interface')]);
  });
});

describe('a share for batches in wattmark.yaml', () => {
  it('that is no share is refused with its line and column', async () => {
    const cwd = place(PRICES.replace('}', ', batch: 50 }'));
    const { code, err } = await command([...RUN, '--batch'], { cwd, env: vendor.env });
    expect(code).toBe(2);
    expect(err).toMatch(/wattmark\.yaml:3:\d+ .*batch/);
  });

  it('is what a batched reply cost, in the journal and in the result', async () => {
    const cwd = place(PRICES.replace('}', ', batch: 0.25 }'));
    const { out } = await command([...RUN, '--batch', '--json'], { cwd, env: vendor.env, hurry: HURRY });
    // 6 × (1000 × 10 + 100 × 20)/10⁶ × 0.25.
    expect(JSON.parse(out).models[0].cost.spent).toBeCloseTo(6 * 0.012 * 0.25, 10);
    const run = JSON.parse(out).run as string;
    expect(readFileSync(join(cwd, 'runs', run, 'journal.jsonl'), 'utf8')).toContain('"batch":0.25}');
  });
});

describe('--max-cost in batches', () => {
  const ask = (money: string, ...more: string[]) =>
    command([...RUN, '--batch', '--max-cost', money, ...more], {
      cwd: place(),
      env: vendor.env,
      hurry: HURRY,
    });

  it('holds back what the money cannot pay, though no reply has told yet what one costs', async () => {
    // A reply is reserved at 800 × 20/10⁶ and its question, in a batch at half of that: 0.008 and more. It then costs 0.006.
    const { code, err } = await ask('0.03');
    expect(code).toBe(130);
    expect(err).toContain('the budget of 0.03 USD is used up');
    expect(vendor.batches.map(({ lines }) => lines.length)).toEqual([2, 1, 1]);
  });

  it('does not reckon a batch at the full price', async () => {
    // 6 × 0.012 at half the price: 0.036 in all.
    const { code } = await ask('0.06', '--max-tokens', '100');
    expect([code, vendor.batches.map(({ lines }) => lines.length)]).toEqual([0, [6]]);
  });
});

it('--max-time leaves the batch with the vendor at once, and says how to go on', async () => {
  // Looked at after 1, 2.5, 4.75, 8.1, 13.2, 20.8, 32.2 and 49.3 s: a run that waited on would get its replies.
  vendor.endsAtLook = 8;
  const cwd = place();
  const args = [...RUN, '--batch', '--max-time', '40s'];
  // Slower than the others, so that the batch is created in time on a busy machine too.
  const { code, err } = await command(args, { cwd, env: vendor.env, hurry: HURRY / 3 });
  expect(code).toBe(130);
  expect(err).toContain('6 left');
  expect(err).toContain('batch msgbatch_0 of 6 requests is left with the vendor');
  expect(err).toContain('run --resume');
  vendor.endsAtLook = 1;
  const resume = ['run', '--resume', 'latest', '--runs', 'runs', '-q'];
  const resumed = await command(resume, { cwd, env: vendor.env, hurry: HURRY });
  expect([resumed.code, vendor.batches.length, vendor.alone]).toEqual([0, 1, 0]);
});
