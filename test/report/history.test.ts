import { describe, expect, it } from 'vitest';
import { createRandom } from '../../harness/core/random.ts';
import { changePoint, driftLines, driftOf, trendLine } from '../../harness/report/history/drift.ts';
import { historyLine, historyRecord, readHistory } from '../../harness/report/history/record.ts';
import { summarise } from '../../harness/report/summarise.ts';
import { makeRun, type RunShape, stream } from './run-fixture.ts';

const night = async (n: number, score: number, more: RunShape = {}) => {
  const at = new Date(Date.UTC(2026, 4, n)).toISOString();
  const shape: RunShape = {
    run: `night-${n}`,
    at,
    seeds: 20,
    langs: ['en'],
    fate: ({ seed }) => (seed <= 20 * score ? 1 : 0),
    ...more,
  };
  return historyRecord(await summarise(stream(makeRun(shape))), 'lab/a')!;
};

describe('history', () => {
  it('reads back what was appended, whatever its order, and steps over a torn line', async () => {
    const [one, two] = [await night(1, 0.5), await night(2, 0.6)];
    const text = historyLine(two) + historyLine(one) + historyLine(two).slice(0, 40);
    const history = readHistory(text);
    expect(history.records).toEqual([one, two]);
    expect(history.damaged).toEqual([3]);
    expect(readHistory('{"__proto__":1}\nnull\n7\n').damaged).toEqual([1, 2, 3]);
  });

  it('a night told twice counts once', async () => {
    const one = await night(1, 0.5);
    const { records } = readHistory(historyLine(one) + historyLine({ ...one, verdict: 'pass' }));
    expect(records).toEqual([{ ...one, verdict: 'pass' }]);
  });
});

describe('changePoint', () => {
  it('finds a step, its place and both levels', () => {
    const { uniform } = createRandom('step');
    const values = Array.from({ length: 30 }, (_, i) => (i < 20 ? 0.8 : 0.7) + 0.05 * (uniform() - 0.5));
    const found = changePoint(values)!;
    expect(found.at).toBe(20);
    expect(found.before).toBeCloseTo(0.8, 1);
    expect(found.after).toBeCloseTo(0.7, 1);
    expect(found.p_value).toBeLessThan(0.005);
    expect(changePoint(values)).toEqual(found);
  });

  it('is found where brute force over all splits finds it', () => {
    const { uniform } = createRandom('brute');
    for (let run = 0; run < 30; run++) {
      const values = Array.from({ length: 12 }, () => Math.round(20 * uniform()) / 20);
      const average = (part: readonly number[]) => part.reduce((a, b) => a + b, 0) / part.length;
      const steps = values.map((_, k) =>
        k < 2 || k > 10
          ? -1
          : Math.sqrt((k * (12 - k)) / 12) * Math.abs(average(values.slice(k)) - average(values.slice(0, k))),
      );
      expect(steps[changePoint(values, 1)!.at]).toBeCloseTo(Math.max(...steps), 10);
    }
  });

  it('without a change, rarely sees one: at most its level over many histories', () => {
    const random = createRandom('steady');
    let alarms = 0;
    for (let run = 0; run < 400; run++) {
      const values = Array.from({ length: 20 }, () => random.normal(0.8, 0.02));
      if (changePoint(values, 99)!.p_value <= 0.05) alarms++;
    }
    expect(alarms / 400).toBeLessThan(0.08);
  });

  it('one odd night is not a level, nor are five nights a history', () => {
    expect(changePoint([0.8, 0.8, 0.8, 0.8, 0.8])).toBeUndefined();
    const flat = changePoint(Array(10).fill(0.5))!;
    expect(flat.p_value).toBe(1);
    expect(changePoint([...Array(15).fill(0.8), 0.1])!.p_value).toBeGreaterThan(0.05);
  });
});

describe('driftOf', () => {
  it('notices a level that changed and a model that was swapped behind its name', async () => {
    const nights = [];
    for (let n = 1; n <= 16; n++)
      nights.push(
        await night(n, n <= 10 ? 0.9 : 0.5, {
          completion: () => ({ servedModel: n <= 10 ? 'a-05' : 'a-06' }),
        }),
      );
    const drift = driftOf(nights, 'lab/a');
    expect(drift.change).toMatchObject({
      run: 'night-11',
      before: expect.closeTo(0.9, 9),
      after: expect.closeTo(0.5, 9),
    });
    expect(drift.served).toEqual([
      { run: 'night-11', started: nights[10]!.started, from: ['a-05'], to: ['a-06'] },
    ]);
    expect(driftLines(drift)).toHaveLength(2);
    expect(driftLines(drift)[0]).toContain('90.0 before, 50.0 since');
  });

  it('does not take a new suite version for drift of the model', async () => {
    const nights = [];
    for (let n = 1; n <= 16; n++)
      nights.push(await night(n, n <= 8 ? 0.9 : 0.5, { hash: () => (n <= 8 ? 'sha256:old' : 'sha256:new') }));
    expect(driftOf(nights, 'lab/a')).toMatchObject({ nights: 8 });
    expect(driftOf(nights, 'lab/a').change).toBeUndefined();
    expect(driftOf([], 'lab/a')).toEqual({ model: 'lab/a', nights: 0, served: [] });
  });

  it('draws a trend', () => {
    expect(trendLine([0.5, 0.5, 1, 0])).toBe('▅▅█▁ 0.0–100.0');
    expect(trendLine([0.7, 0.7])).toBe('▄▄ 70.0–70.0');
    expect(trendLine([])).toBe('');
  });
});
