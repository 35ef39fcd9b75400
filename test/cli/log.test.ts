import { describe, expect, it } from 'vitest';
import { createLog } from '../../harness/cli/actions/run/log.ts';
import type { LogLevel } from '../../harness/cli/log-levels.ts';
import type { ProgressEvent } from '../../harness/run/progress.ts';

function logged(level: LogLevel, ...events: ProgressEvent[]): string[] {
  const lines: string[] = [];
  const log = createLog(level, (text) => lines.push(text), { epochMs: () => 1_800_000_000_000 });
  for (const event of events) log.event(event);
  return lines;
}

const ABOUT = { model: 'local/m', sample: 's/1', epoch: 1 };

describe('a line of the log', () => {
  it('is one line whatever a vendor says, and no command to a terminal', () => {
    const message = 'busy\u001b[2J\r\ntime=2026 level=error event=forged "quoted"\u009b31m';
    const [line, ...more] = logged('error', { kind: 'failed', ...ABOUT, fault: 'server', tries: 6, message });
    expect(more).toEqual([]);
    expect(line).toMatch(
      /^time=2027-01-15T08:00:00.000Z level=error event=failed model=local\/m sample=s\/1 epoch=1 fault=server tries=6 message="busy/,
    );
    expect(line?.slice(0, -1)).not.toMatch(/\p{Cc}/u);
    // Forged words stay within the quotes.
    expect(line?.replace(/"(?:[^"\\]|\\.)*"/g, '')).not.toContain('forged');
  });

  it('warns of a wait that a reader would notice, not of each short one that a rate limit brings', () => {
    const held = (waitMs: number): ProgressEvent => ({
      kind: 'throttled',
      model: 'local/m',
      waitMs,
      reason: 'throttled by local',
    });
    expect(logged('warn', held(12.34), held(1500.2))).toEqual([
      'time=2027-01-15T08:00:00.000Z level=warn event=throttled model=local/m wait_ms=1500 reason="throttled by local"\n',
    ]);
    expect(logged('debug', held(12.34))).toHaveLength(1);
  });

  it('is of its level or a graver one', () => {
    const all: ProgressEvent[] = [
      { kind: 'asked', ...ABOUT },
      { kind: 'replied', ...ABOUT, tokens: 3 },
      { kind: 'retrying', ...ABOUT, fault: 'timeout', tries: 1, waitMs: 5 },
      { kind: 'lane-stopped', model: 'local/m', reason: 'the key is refused' },
    ];
    const counts = (['error', 'warn', 'info', 'debug'] as const).map((level) => logged(level, ...all).length);
    expect(counts).toEqual([1, 2, 3, 4]);
  });
});
