import { describe, expect, it } from 'vitest';
import { note } from '../../harness/cli/actions/run/display.ts';
import type { LaneProgress } from '../../harness/run/progress.ts';

const LANE: LaneProgress = {
  total: 100,
  running: 5,
  done: 20,
  failed: 0,
  unscored: 0,
  retries: 0,
  tokens: 9000,
  cost: 0.0123,
  faults: {},
};
const NOW = { elapsedMs: 10_000, atMs: 50_000, perSecond: 2, leftMs: undefined };

describe('what a waiting reader is told', () => {
  it('how fast it goes, what it has cost, how long it will take', () => {
    expect(note(LANE, NOW, 'EUR')).toBe('2.0/s · 0.0123 EUR · 40 s left');
    expect(note({ ...LANE, cost: undefined }, NOW, 'EUR')).toBe('2.0/s · 40 s left');
    expect(note(LANE, NOW)).toBe('2.0/s · 40 s left');
    expect(note({ ...LANE, done: 0 }, NOW, 'EUR')).toBe('');
  });

  it('who is held back, by whom and for how long, and what failed by kind', () => {
    const held = {
      ...LANE,
      failed: 3,
      retries: 7,
      faults: { timeout: 2, network: 1 },
      throttled: { until: 53_400, reason: 'throttled by openai' },
    };
    expect(note(held, NOW)).toBe(
      'throttled by openai for 4 s · failed: 2 timeout, 1 network · 7 retries · 2.3/s · 33 s left',
    );
    expect(note({ ...LANE, done: 98, failed: 2, faults: { server: 2 } }, NOW, 'USD')).toBe(
      'failed: 2 server · 0.0123 USD',
    );
    expect(note({ ...LANE, stopped: 'the key\u001b[2J is refused' }, NOW)).not.toMatch(/\u001b/);
  });
});
