import { afterEach, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../harness/core/event.ts';
import { createStatus } from '../../harness/run/status.ts';
import { wattmark } from './cli.ts';
import { createWorld, SAMPLES, type World } from './fault-kit/world.ts';

let world: World;
afterEach(() => world?.endpoint.close());
const ask = (...args: string[]) => wattmark(['status', ...args], { cwd: world.cwd });

describe('wattmark status', () => {
  it('tells a run that goes on from one that was cut off, stopped or done', { timeout: 60_000 }, async () => {
    world = await createWorld('status', 0);
    world.endpoint.mood.hold = () => new Promise(() => {});
    let running: Promise<{ out: string }> | undefined;
    await world.begin({
      args: ['--attempt-timeout', '10m'],
      onStart(child) {
        const timer = setInterval(() => {
          if (world.endpoint.requests.length === 0) return;
          clearInterval(timer);
          running = ask().finally(() => child.kill('SIGKILL'));
        }, 5);
      },
    });
    expect((await running)?.out).toMatch(/: running \(process \d+ on .*\)[\s\S]*local\/m {2}0\/\d+ scored/);
    expect((await ask()).out).toMatch(/: cut off after 20.*go on with: .*run --resume/);
    delete world.endpoint.mood.hold;
    await world.resume({ args: ['--max-requests', '2'] });
    expect((await ask()).out).toContain('stopped: the budget of 2 requests is used up');
    const watched = world.resume();
    const { code, out } = await ask('--watch');
    expect(code).toBe(0);
    expect(out).toContain(`/${SAMPLES} scored`);
    await watched;
    const { out: json } = await ask('--json');
    expect(JSON.parse(json)).toMatchObject({
      ended: { status: 'done' },
      models: [{ model: 'local/m', scored: SAMPLES, unscored: 0, failed: 0 }],
    });
  });
});

it('counts an attempt that failed and was then answered once, as answered', () => {
  const status = createStatus();
  const line = { v: 1 as const, at: '2026-11-23T02:00:00.000Z' };
  const attempt = { sample: 'a', model: 'm', epoch: 1 };
  const completion = {
    text: 'x',
    finish: { unified: 'stop' as const },
    usage: {},
    latency: { totalMs: 1 },
  };
  const start = { run: 'r', harness: 'h', suites: [], models: [], epochs: 1, checkers: {} };
  const events: RunEvent[] = [
    { ...line, event: 'run-start', ...start, selection: { langs: ['en'] } },
    { ...line, event: 'completion-error', ...attempt, fault: 'timeout', message: 'late' },
    { ...line, event: 'completion-end', ...attempt, completion },
  ];
  for (const event of events) status.take(event);
  expect(status.snapshot()?.models).toMatchObject([{ failed: 0, unscored: 1, scored: 0, faults: {} }]);
});
