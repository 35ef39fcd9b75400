import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { expectComplete, expectKept, readLedger } from './ledger.ts';
import { CONCURRENCY, createWorld, PATIENCE, RATE, SAMPLES, type World, whenBegun } from './world.ts';

const open: World[] = [];
afterAll(() => Promise.all(open.splice(0).map(({ endpoint }) => endpoint.close())));
const worldOf = async (name: string, rate: number): Promise<World> => {
  const world = await createWorld(name, rate);
  open.push(world);
  return world;
};

/** From here on requests go out from a thread of their own. */
const MANY = 40;
const widths = [['a few at once', CONCURRENCY] as const, ['many at once', MANY] as const];

async function finish(world: World, concurrency: number): Promise<void> {
  world.endpoint.mood.rate = 0;
  world.configure({ concurrency });
  const { code, err } = await world.resume();
  expect(code, err).toBe(0);
  const ledger = await readLedger(world.runs);
  expectKept(world.endpoint, ledger);
  expectComplete(ledger, SAMPLES);
}

// They mostly wait: for what hangs, and between tries.
describe.concurrent.each(widths)('a network that fails, %s', (_, concurrency) => {
  it('a server that speaks no TLS is told at once, and nothing is scored by it', {
    timeout: PATIENCE,
  }, async () => {
    const world = await worldOf('no-tls', 0);
    world.configure({ url: world.endpoint.url.replace('http:', 'https:'), concurrency });
    const { code, err } = await world.begin();
    expect(code, err).toBe(3);
    const { events, replies, scores } = await readLedger(world.runs);
    const errors = events.filter((event) => event.event === 'completion-error');
    expect(errors).toHaveLength(SAMPLES);
    for (const error of errors) expect(error).toMatchObject({ fault: 'network' });
    expect(errors[0]).toMatchObject({ message: expect.stringMatching(/TLS failed/) });
    expect([replies.size, scores.size]).toEqual([0, 0]);
    await finish(world, concurrency);
  });

  it('a name that no server has is tried again, and a run that is cut meanwhile goes on elsewhere', {
    timeout: PATIENCE,
  }, async () => {
    const world = await worldOf('no-name', 0);
    world.configure({ url: 'http://no-such-host.invalid/v1', concurrency });
    const { code } = await world.begin(whenBegun(world, (child) => child.kill('SIGKILL')));
    expect(code).toBeNull();
    expect(world.endpoint.requests).toEqual([]);
    await finish(world, concurrency);
    expect(world.endpoint.requests).toHaveLength(SAMPLES);
  });

  it('a storm of all faults while the wall clock jumps loses nothing and asks nothing twice', {
    timeout: PATIENCE,
  }, async () => {
    const world = await worldOf('jumps', RATE);
    world.configure({ concurrency });
    world.endpoint.mood.delayMs = 150;
    const hook = fileURLToPath(new URL('./clock-jumps.mjs', import.meta.url));
    const { code, err } = await world.begin({ env: { NODE_OPTIONS: `--import=${hook}` } });
    expect([0, 3], err).toContain(code);
    const ledger = await readLedger(world.runs);
    expectKept(world.endpoint, ledger);
    expect(ledger.replies.size + ledger.errors.size).toBe(SAMPLES);
    const hours = new Set(ledger.events.map(({ at }) => at.slice(0, 13)));
    expect(hours.size, 'the clock did not jump').toBeGreaterThan(1);
    await finish(world, concurrency);
  });
});
