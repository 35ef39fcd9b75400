import { writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ProviderError } from '../../harness/core/provider.ts';
import { createProgress, type ProgressEvent } from '../../harness/run/progress.ts';
import { journalOf, run, tempFolder } from './kit.ts';
import { completionOf, makeSamples, modelOf, providerOf, rightReply } from './made.ts';

const counts = (ask: number) => ({ ask, retry: 0, again: 0, score: 0, done: 0 });
const about = { model: 'm', sample: 's', epoch: 1 };

function progressOf(total: number) {
  let time = 0;
  const progress = createProgress({ counts: new Map([['m', counts(total)]]) }, { monotonicMs: () => time });
  return {
    progress,
    wait: (ms: number) => void (time += ms),
    lane: () => progress.snapshot().lanes.get('m'),
  };
}

describe('progress', () => {
  it('ends with nothing running and everything accounted for, on a real run', async () => {
    const folder = tempFolder();
    writeFileSync(journalOf(folder), '');
    const provider = providerOf('m', async (request) => {
      if (Number(rightReply(request)) % 5 === 0) throw new ProviderError('server', 'HTTP 500');
      return completionOf(rightReply(request));
    });
    const events: ProgressEvent[] = [];
    const models = [modelOf('m', { prices: { input: 1, output: 2, currency: 'USD' } })];
    const samples = makeSamples(20);
    const onProgress = (event: ProgressEvent) => void events.push(event);
    const { plan } = await run({ folder, samples, providers: [provider], models, onProgress });
    const progress = createProgress(plan, { monotonicMs: () => 0 });
    for (const event of events) progress.report(event);
    const lane = progress.snapshot().lanes.get('m');
    expect(lane).toMatchObject({
      total: 20,
      running: 0,
      done: 16,
      failed: 4,
      faults: { server: 4 },
      tokens: 240,
    });
    expect(lane?.cost).toBeCloseTo(16 * 20e-6, 12);
  });

  it('tells rate and time left from what has ended, not from what was asked', () => {
    const { progress, wait } = progressOf(100);
    expect(progress.snapshot().leftMs).toBeUndefined();
    for (let i = 0; i < 10; i++) {
      wait(500);
      progress.report({ kind: 'asked', ...about });
      progress.report({ kind: 'replied', ...about, tokens: 1, cost: 0 });
      progress.report({ kind: 'scored', ...about, score: { status: 'scored', value: 1, reason: '' } });
    }
    const { perSecond, leftMs } = progress.snapshot();
    expect(perSecond).toBeCloseTo(2, 6);
    expect(leftMs).toBeCloseTo(45_000, 6);
  });

  it('forgets a burst after a minute, so that the rate is that of now', () => {
    const { progress, wait } = progressOf(1000);
    for (let i = 0; i < 600; i++) progress.report({ kind: 'failed', ...about, fault: 'server', message: '' });
    wait(120_000);
    expect(progress.snapshot().perSecond).toBe(0);
  });

  it('shows an unknown cost as unknown, even among known ones', () => {
    const { progress, lane } = progressOf(3);
    progress.report({ kind: 'replied', ...about, cost: 1 });
    expect(lane()?.cost).toBe(1);
    progress.report({ kind: 'replied', ...about });
    progress.report({ kind: 'replied', ...about, cost: 1 });
    expect(lane()?.cost).toBeUndefined();
  });

  it('says who is throttled and for how long, and does not wait for a model that was stopped', () => {
    const { progress, lane } = progressOf(10);
    progress.report({ kind: 'throttled', model: 'm', waitMs: 20_000, reason: 'rate-limit' });
    progress.report({ kind: 'retrying', model: 'm', fault: 'rate-limit', tries: 1, waitMs: 20_000 });
    expect(lane()).toMatchObject({ throttled: { until: 20_000, reason: 'rate-limit' }, retries: 1 });
    progress.report({ kind: 'lane-stopped', model: 'm', reason: 'auth' });
    expect(lane()?.stopped).toBe('auth');
    expect(progress.snapshot().leftMs).toBe(0);
    progress.report({ kind: 'throttled', model: 'judge', waitMs: 1, reason: 'not a lane' });
  });
});
