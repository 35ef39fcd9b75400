import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRateHeaders } from '../../../providers/faults/rate-headers.ts';

const NOW = Date.parse('2026-11-23T02:00:00Z');
const read = (headers: Record<string, string>) => readRateHeaders((name) => headers[name], NOW);

describe('rate headers', () => {
  it.each([
    ['1s', 1000],
    ['6m0s', 360_000],
    ['20ms', 20],
    ['1h2m3.5s', 3_723_500],
    ['1d', 86_400_000],
    ['1.5', 1500],
  ])('reads OpenAI’s %s as %d ms, not minutes as milliseconds', (reset, resetMs) => {
    expect(
      read({
        'x-ratelimit-limit-requests': '60',
        'x-ratelimit-remaining-requests': '59',
        'x-ratelimit-reset-requests': reset,
      }),
    ).toEqual([{ kind: 'requests', limit: 60, remaining: 59, resetMs }]);
  });

  it('reads Anthropic’s times, and gives 0 for one that has passed', () => {
    const headers = (reset: string) => ({
      'anthropic-ratelimit-output-tokens-limit': '8000',
      'anthropic-ratelimit-output-tokens-remaining': '0',
      'anthropic-ratelimit-output-tokens-reset': reset,
    });
    expect(read(headers('2026-11-23T02:00:12Z'))).toEqual([
      { kind: 'output-tokens', limit: 8000, remaining: 0, resetMs: 12_000 },
    ]);
    expect(read(headers('2026-11-23T01:59:00Z'))[0]?.resetMs).toBe(0);
  });

  it('leaves out what is told in half or in nonsense, and never throws', () => {
    expect(read({ 'x-ratelimit-limit-requests': '60' })).toEqual([]);
    fc.assert(
      fc.property(fc.string(), fc.string(), fc.string(), (limit, remaining, reset) => {
        for (const reading of read({
          'x-ratelimit-limit-tokens': limit,
          'x-ratelimit-remaining-tokens': remaining,
          'x-ratelimit-reset-tokens': reset,
        })) {
          expect(reading.limit).toBeGreaterThan(0);
          expect(reading.resetMs).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });
});
