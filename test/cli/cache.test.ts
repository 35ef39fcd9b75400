import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { expectComplete, readLedger } from './fault-kit/ledger.ts';
import { createWorld, SAMPLES, type World } from './fault-kit/world.ts';

let world: World;
afterEach(() => world.endpoint.close());

it('a run over a cache asks what is not in it, says what was, and asks each epoch on its own', async () => {
  world = await createWorld('cache', 0);
  const args = ['--cache', 'kept'];
  const first = await world.begin({ args });
  expect(first.code, first.err).toBe(0);
  expect(world.endpoint.requests).toHaveLength(SAMPLES);
  const second = await world.begin({ args: [...args, '--epochs', '2'] });
  expect(second.code, second.err).toBe(0);
  expect(world.endpoint.requests).toHaveLength(2 * SAMPLES);
  const { events } = await readLedger(world.runs);
  const cached = events.filter((event) => event.event === 'completion-end' && event.completion.cached);
  expect(cached.map((event) => 'epoch' in event && event.epoch)).toEqual(Array(SAMPLES).fill(1));
  const third = await world.begin({ args });
  expect(third.code, third.err).toBe(0);
  expectComplete(await readLedger(world.runs), SAMPLES);
  expect(world.endpoint.requests).toHaveLength(2 * SAMPLES);
  const files = readdirSync(join(world.cwd, 'kept'), { recursive: true, encoding: 'utf8' });
  expect(files.filter((name) => name.endsWith('.json'))).toHaveLength(2 * SAMPLES);
});

it('a cache that cannot be made is told before anything is asked', async () => {
  world = await createWorld('no-cache', 0);
  const { code, err } = await world.begin({ args: ['--cache', 'wattmark.yaml'] });
  expect([code, world.endpoint.requests.length], err).toEqual([2, 0]);
  expect(err).toContain('--cache');
  expect(readFileSync(join(world.cwd, 'wattmark.yaml'), 'utf8')).toContain('providers:');
});
