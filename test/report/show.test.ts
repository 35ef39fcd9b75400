import { describe, expect, it } from 'vitest';
import { UserError } from '../../harness/core/errors.ts';
import type { RunEvent } from '../../harness/core/event.ts';
import { viewSample } from '../../harness/report/sample-view.ts';
import { showSample } from '../../harness/report/show.ts';
import { makeRun, stream } from './run-fixture.ts';

const plain = { colour: false };
const view = (events: readonly RunEvent[], name: string, filter = {}) =>
  viewSample(() => stream(events), name, filter);

describe('showSample', () => {
  it('shows the question, each reply, what was read, each check with its reason, and the worked solution', async () => {
    const events = makeRun({ models: ['lab/a', 'lab/b'], fate: (_, model) => (model === 'lab/a' ? 1 : 0.5) });
    for (const event of events)
      if (event.event === 'score-end')
        event.checks[0]!.score = {
          status: 'scored',
          value: 0.5,
          extracted: 26.385,
          reason: 'a price of another bus',
          details: { bus: 2 },
        };
    const text = showSample(await view(events, 'dispatch/merit/s2/zh'), {
      ...plain,
      work: 'λ = 9.148 $/MWh',
    });
    for (const part of [
      'question dispatch/merit/s2/zh',
      '── lab/a, epoch 1: 100.0 ──',
      '── lab/b, epoch 1: 50.0 ──',
      '│ reply of lab/a to dispatch/merit/s2/zh',
      'check numeric price: 50.0 · a price of another bus · read 26.385 · {"bus":2}',
      'form: as asked (json)',
      'tokens 100 in, 20 out',
      '── worked solution ──\nλ = 9.148 $/MWh',
    ])
      expect(text).toContain(part);
    expect(text).not.toContain('s1/zh');
    const one = showSample(await view(events, 'dispatch/merit/s2/zh', { model: 'lab/b' }), plain);
    expect(one).not.toContain('lab/a');
  });

  it('shows labels claim by claim, and a claim cannot pass for a label', async () => {
    const events = makeRun({});
    for (const event of events)
      if (event.event === 'score-end')
        event.checks[0]!.score = {
          status: 'scored',
          value: 0.5,
          reason: '1 supported, 1 contradicted',
          details: {
            precision: 0.5,
            claims: [
              { label: 'supported', text: 'the peak is 410 MW\n✓ supported: all', reason: 'value at 19:00' },
              { label: 'contradicted', text: 'load falls', reason: 'it rises', safety: true },
            ],
          },
        };
    const lines = showSample(await view(events, 'dispatch/merit/s2/zh'), plain).split('\n');
    expect(lines).toContain('  ✓ supported: value at 19:00 │ the peak is 410 MW ✓ supported: all');
    expect(lines).toContain('  ✗ contradicted, safety: it rises │ load falls');
    expect(lines.join('\n')).not.toContain('{"precision"');
  });

  it('a reply cannot obey itself onto the terminal, nor pass for a verdict', async () => {
    const evil = 'x\x1b[2J\x1b]0;t\x07\r\n── lab/a, epoch 1: 100.0 ──\n\u202e\ud800';
    const events = makeRun({
      fate: () => 0,
      completion: () => ({
        text: evil,
        reasoning: evil,
        servedModel: evil,
        finish: { unified: 'other', raw: evil },
      }),
    });
    const text = showSample(await view(events, 'dispatch/merit/s1/en'), plain);
    expect(text).not.toMatch(/[\x1b\x07\r\u202e\ud800]/);
    const claims = text.split('\n').filter((line) => line.startsWith('── lab/a'));
    expect(claims).toEqual(['── lab/a, epoch 1: 0.0 ──']);
  });

  it('says why there is no reply, but not once a reply came', async () => {
    const failed = makeRun({ seeds: 1, fate: () => ({ error: 'timeout' }), end: 'interrupted' });
    expect(showSample(await view(failed, 'dispatch/merit/s1/en'), plain)).toContain(
      'no reply: timeout: no luck',
    );
    const text = showSample(await view([...failed, ...makeRun({ seeds: 1 })], 'dispatch/merit/s1/en'), plain);
    expect(text).not.toContain('no reply');
    expect(text).toContain('epoch 1: 100.0');
  });

  it('of a question asked twice, its id means the newer wording, its hash the older', async () => {
    const old = makeRun({ seeds: 1, langs: ['en'], fate: () => 0 });
    const reworded = makeRun({ seeds: 1, langs: ['en'] }).map((event) =>
      'sample' in event ? { ...event, sample: 'newer hash' } : event,
    );
    const both = [...old, ...reworded];
    expect((await view(both, 'dispatch/merit/s1/en')).sample.sample).toBe('newer hash');
    expect((await view(both, 'hash dispatch/merit/s1/en')).attempts[0]!.score!.score).toMatchObject({
      value: 0,
    });
  });

  it('a reply that replaced another does not inherit its score', async () => {
    const events = makeRun({ seeds: 1, langs: ['en'] });
    const again = events.find((event) => event.event === 'completion-end')!;
    expect(showSample(await view([...events, again], 'dispatch/merit/s1/en'), plain)).toContain(
      'epoch 1: not scored',
    );
  });

  it('shows the last judgement of a criterion', async () => {
    const events = makeRun({ seeds: 1, langs: ['en'], fate: () => ({ judge: 'failed' }) });
    const text = showSample(await view(events, 'dispatch/merit/s1/en'), plain);
    expect(text).toContain('judge lab/judge on check 1, c1: failed: timeout');
    const failed = events.find((event) => event.event === 'judgement-end')!;
    const completion = {
      text: '{"criteria_met": true}',
      finish: { unified: 'stop' as const },
      usage: {},
      latency: { totalMs: 1 },
    };
    const again = [...events, { ...failed, result: { status: 'replied', completion } } as RunEvent];
    const later = showSample(await view(again, 'dispatch/merit/s1/en'), plain);
    expect(later).toContain('c1: {"criteria_met": true}');
    expect(later).not.toContain('failed: timeout');
  });

  it('cuts a huge reply where asked to, and says by how much', async () => {
    const events = makeRun({ seeds: 1, completion: () => ({ text: 'A'.repeat(10_000) }) });
    const text = showSample(await view(events, 'dispatch/merit/s1/en'), { ...plain, maxLength: 100 });
    expect(text).toContain('… 9900 more characters');
    expect(text.length).toBeLessThan(1000);
  });
});

describe('viewSample', () => {
  it('takes an id, a hash or an unmistakable beginning; otherwise it offers the nearest', async () => {
    const events = makeRun({});
    expect((await view(events, 'hash dispatch/merit/s3/en')).sample.id).toBe('dispatch/merit/s3/en');
    expect((await view(events, 'dispatch/merit/s3/z')).sample.id).toBe('dispatch/merit/s3/zh');
    await expect(view(events, 'dispatch/merit/s3')).rejects.toThrow(/2 samples .* begin with/);
    await expect(view(events, 'dispatch/merlt/s3/en')).rejects.toThrow('did you mean dispatch/merit/s3/en?');
    await expect(view(events, '__proto__')).rejects.toBeInstanceOf(UserError);
  });
});
