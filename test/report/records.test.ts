import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../harness/core/event.ts';
import { foldRecords } from '../../harness/report/records.ts';
import { makeRun, modelRecord, stream } from './run-fixture.ts';

const fold = (events: readonly RunEvent[]) => foldRecords(stream(events));
const one = { seeds: 1, langs: ['en'] as const };
const outcomes = (records: Awaited<ReturnType<typeof fold>>) =>
  records.attempts.map(({ outcome }) => outcome);

describe('foldRecords', () => {
  it('takes the last score of an attempt, so that a re-score replaces and does not add', async () => {
    const events = makeRun({ ...one, fate: () => 0.25 });
    const again = events.find((event) => event.event === 'score-end')!;
    events.push({ ...again, score: { status: 'scored', value: 0.75, reason: 'new checker' } } as RunEvent);
    expect(outcomes(await fold(events))).toEqual([{ status: 'scored', value: 0.75 }]);
  });

  it('an error that a later reply made good is no fault', async () => {
    const failed = makeRun({ ...one, fate: () => ({ error: 'timeout' }), end: 'interrupted' });
    const resumed = makeRun({ ...one, at: '2026-05-02T00:00:00.000Z', fate: () => 1 });
    const records = await fold([...failed, ...resumed]);
    expect(outcomes(records)).toEqual([{ status: 'scored', value: 1 }]);
    expect(records.status).toBe('done');
  });

  it('an error after a reply does not throw the reply away', async () => {
    const events = makeRun({ ...one, fate: () => 1 });
    const { sample, model, epoch } = events.find((event) => event.event === 'completion-end')!;
    const { v, at } = events.at(-1)!;
    events.push({ v, at, event: 'completion-error', sample, model, epoch, fault: 'server', message: 'x' });
    expect(outcomes(await fold(events))).toEqual([{ status: 'scored', value: 1 }]);
  });

  it('tells apart a provider that failed, a judge that failed or mumbled, and what was never asked or scored', async () => {
    const fates = [
      { error: 'quota' },
      { judge: 'failed' },
      { judge: 'unreadable' },
      { unanswered: true },
      { reply: true },
    ] as const;
    const records = await fold(
      makeRun({ seeds: 5, langs: ['en'], end: undefined, fate: ({ seed }) => fates[seed - 1]! }),
    );
    expect(outcomes(records)).toEqual([
      { status: 'unscored', fault: 'provider', kind: 'quota' },
      { status: 'unscored', fault: 'judge', kind: 'failed' },
      { status: 'unscored', fault: 'judge', kind: 'unreadable' },
      { status: 'unscored', fault: 'run', kind: 'not-asked' },
      { status: 'unscored', fault: 'run', kind: 'not-scored' },
    ]);
    expect(records.status).toBe('unfinished');
  });

  it('a resumed run that was killed is unfinished, though its first session was done', async () => {
    const records = await fold([...makeRun(one), ...makeRun({ ...one, end: undefined })]);
    expect(records.status).toBe('unfinished');
  });

  it('does not count the night between an interruption and its resume as running time', async () => {
    const first = makeRun({ ...one, end: 'interrupted', fate: () => ({ error: 'network' }) });
    const second = makeRun({ ...one, at: '2026-05-02T00:00:00.000Z' });
    const records = await fold([...first, ...second]);
    expect(records.wallMs).toBe((first.length - 1 + second.length - 1) * 1000);
    expect(records.wallMsByModel.get('lab/a')).toBeLessThan(records.wallMs);
    const rescored = {
      ...second.find((event) => event.event === 'score-end')!,
      at: '2026-06-01T00:00:00.000Z',
    };
    expect((await fold([...first, ...second, rescored])).wallMs).toBe(records.wallMs);
    expect(records.started).toBe(first[0]!.at);
    expect(records.ended).toBe(second.at(-1)!.at);
  });

  it('a reply that replaces another takes its score with it', async () => {
    const events = makeRun({ ...one, fate: () => 1 });
    events.push(events.find((event) => event.event === 'completion-end')!);
    expect(outcomes(await fold(events))).toEqual([{ status: 'unscored', fault: 'run', kind: 'not-scored' }]);
  });

  it('a model resumed under other settings starts anew, and a sample asked in a new form counts once', async () => {
    const warm = { ...modelRecord('lab/a'), settings: { temperature: 1 } };
    const resettled = await fold([
      ...makeRun({ ...one, fate: () => 1 }),
      ...makeRun({ ...one, models: [warm], fate: () => 0 }),
    ]);
    expect(outcomes(resettled)).toEqual([{ status: 'scored', value: 0 }]);
    const reworded = makeRun({ ...one, fate: () => 0.5 }).map((event) =>
      'sample' in event ? { ...event, sample: 'hash of the new wording' } : event,
    );
    const records = await fold([...makeRun({ ...one, fate: () => 1 }), ...reworded]);
    expect(outcomes(records)).toEqual([{ status: 'scored', value: 0.5 }]);
    expect(records.samples.size).toBe(1);
  });

  it('tells only the checkers that scored something', async () => {
    const records = await fold(makeRun({ ...one, checkers: { numeric: 3, rubric: 1 } }));
    expect(records.checkers).toEqual({ numeric: 3 });
  });

  it('keeps no text of a reply', async () => {
    const secret = 'a very long reply';
    const records = await fold(makeRun({ ...one, completion: () => ({ text: secret, reasoning: secret }) }));
    expect(JSON.stringify([...records.samples, ...records.attempts])).not.toContain(secret);
    expect(JSON.stringify([...records.samples])).not.toContain('question');
  });

  it('gives one attempt for every sample, model and epoch, and refuses a journal without a start', async () => {
    const records = await fold(makeRun({ seeds: 3, models: ['lab/a', 'lab/b'], epochs: 2 }));
    expect(records.attempts).toHaveLength(3 * 2 * 2 * 2);
    await expect(fold([])).rejects.toThrow(RangeError);
  });
});
