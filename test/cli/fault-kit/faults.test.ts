import { afterAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import { FINISHING, said } from '../cli.ts';
import { FAULT_NAMES } from './faulty-endpoint.ts';
import { expectComplete, expectKept, readLedger } from './ledger.ts';
import { CONCURRENCY, createWorld, PATIENCE, RATE, SAMPLES, SEED, type World, whenAsked } from './world.ts';

const open: World[] = [];
afterAll(() => Promise.all(open.splice(0).map(({ endpoint }) => endpoint.close())));
const worldOf = async (name: string, rate: number): Promise<World> => {
  const world = await createWorld(name, rate);
  open.push(world);
  return world;
};

/** Resumes until all is done. A run may end with unscored samples where one met faults at every try. */
async function finish(world: World): Promise<void> {
  world.endpoint.mood.rate = 0;
  const { code, err } = await world.resume();
  expect(code, err).toBe(0);
}

// They mostly wait: for what hangs, and between tries.
describe.concurrent('a run against an endpoint that fails', () => {
  it('loses no reply, asks none twice and scores none twice, whatever comes', {
    timeout: PATIENCE,
  }, async () => {
    const world = await worldOf('storm', RATE);
    const { code, err } = await world.begin();
    expect([0, 3], err).toContain(code);
    const ledger = await readLedger(world.runs);
    expectKept(world.endpoint, ledger);
    for (const question of ledger.errors.keys()) expect(ledger.scores.has(question)).toBe(false);
    expect(ledger.replies.size + ledger.errors.size).toBe(SAMPLES);
    expect(world.endpoint.given.size).toBeGreaterThanOrEqual(Math.min(FAULT_NAMES.length, SAMPLES / 4));
    await finish(world);
    const after = await readLedger(world.runs);
    expectKept(world.endpoint, after);
    expectComplete(after, SAMPLES);
  });

  it('stops at its budget with all it has, and goes on from there', { timeout: PATIENCE }, async () => {
    const world = await worldOf('budget', 0);
    const stopped = await world.begin({ args: ['--max-requests', '3'] });
    expect(stopped.code).toBe(130);
    expect(stopped.err).toContain('the budget of 3 requests is used up');
    expect(world.endpoint.requests).toHaveLength(3);
    await finish(world);
    const ledger = await readLedger(world.runs);
    expectKept(world.endpoint, ledger);
    expectComplete(ledger, SAMPLES);
    expect(world.endpoint.requests).toHaveLength(SAMPLES);
  });
});

describe.concurrent('kill -9 at random points', () => {
  it('costs at most the requests in flight; resume asks the rest once', { timeout: PATIENCE }, async () => {
    const world = await worldOf('killed', 0.1);
    const random = createRandom(`${SEED}/kills`);
    const kills = 4;
    for (let kill = 0; kill < kills; kill++) {
      const at = world.endpoint.requests.length + random.int(1, Math.max(2, Math.floor(SAMPLES / kills)));
      const options = whenAsked(world, at, (child) => child.kill('SIGKILL'));
      const { code } = await (kill === 0 ? world.begin(options) : world.resume(options));
      // The last of the work may be done before the kill comes.
      if (code !== null) break;
      expectKept(world.endpoint, await readLedger(world.runs), (kill + 1) * CONCURRENCY);
    }
    await finish(world);
    const ledger = await readLedger(world.runs);
    expectKept(world.endpoint, ledger, kills * CONCURRENCY);
    expectComplete(ledger, SAMPLES);
  });
});

describe.concurrent('signals', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s once finishes what is in flight and keeps it',
    async (signal) => {
      const world = await worldOf(signal, 0);
      let heard = () => {};
      // Else the rest might be done before the signal gets through.
      const hearing = new Promise<void>((resolve) => (heard = resolve));
      world.endpoint.mood.hold = (n) => (n > CONCURRENCY ? hearing : undefined);
      const { code, err } = await world.begin(
        whenAsked(world, CONCURRENCY + 1, (child) => {
          void said(child, FINISHING).then(heard);
          child.kill(signal);
        }),
      );
      expect(code, err).toBe(130);
      const ledger = await readLedger(world.runs);
      expectKept(world.endpoint, ledger);
      expect(ledger.replies.size).toBe(world.endpoint.requests.length);
      expect(ledger.scores.size).toBe(ledger.replies.size);
      expect(ledger.events.at(-1)).toMatchObject({ event: 'run-end', status: 'interrupted' });
      await finish(world);
      const after = await readLedger(world.runs);
      expectKept(world.endpoint, after);
      expectComplete(after, SAMPLES);
    },
    PATIENCE,
  );

  it('SIGINT twice leaves what hangs, at once', { timeout: PATIENCE }, async () => {
    const world = await worldOf('hanging', 0);
    world.endpoint.mood.hold = () => new Promise(() => {});
    const { code, err } = await world.begin({
      args: ['--attempt-timeout', '10m'],
      ...whenAsked(world, CONCURRENCY, (child) => {
        // Two that come together are one to a process.
        void said(child, FINISHING).then(() => child.kill('SIGINT'));
        child.kill('SIGINT');
      }),
    });
    expect(code, err).toBe(130);
    expect((await readLedger(world.runs)).replies.size).toBe(0);
    delete world.endpoint.mood.hold;
    await finish(world);
    expectComplete(await readLedger(world.runs), SAMPLES);
  });
});

describe.concurrent('two processes on one run', () => {
  it('the second is told who holds it and asks nothing', { timeout: PATIENCE }, async () => {
    const world = await worldOf('shared', 0);
    await world.begin(whenAsked(world, 3, (child) => child.kill('SIGKILL')));
    const both = [world.resume(), world.resume()];
    // Else the first might be done before the second has started.
    const refused = Promise.race(both);
    world.endpoint.mood.hold = () => refused;
    const ends = await Promise.all(both);
    expect(ends.map(({ code }) => code).sort()).toEqual([0, 2]);
    expect(ends.find(({ code }) => code === 2)?.err).toMatch(/held by process \d+/);
    const ledger = await readLedger(world.runs);
    expectKept(world.endpoint, ledger, CONCURRENCY);
    expectComplete(ledger, SAMPLES);
  });
});
