import { describe, expect, it } from 'vitest';
import {
  asymmetryAngle,
  differentialCurrent,
  restraint,
  tolerableAsymmetry,
} from '../../../../harness/engineering/faults/equipment/differential-channel.ts';
import {
  analyseGoose,
  type GooseMessage,
  repetitionIntervals,
} from '../../../../harness/engineering/faults/equipment/goose-trace.ts';

describe('differential channel', () => {
  it('misplaces the far current by 9° for each millisecond of difference at 50 Hz, 10.8° at 60 Hz', () => {
    expect((asymmetryAngle(50, 6, 5) * 180) / Math.PI).toBeCloseTo(9, 9);
    expect((asymmetryAngle(60, 6, 5) * 180) / Math.PI).toBeCloseTo(10.8, 9);
    expect(asymmetryAngle(50, 5, 6)).toBeLessThan(0);
  });

  it('makes the differential current that sampled waves have', () => {
    for (const [to, from] of [
      [7, 4],
      [3.2, 5.8],
      [12, 2],
    ] as const) {
      const shift_s = (to - from) / 2 / 1000;
      let energy = 0;
      const n = 2000;
      for (let i = 0; i < n; i++) {
        const t = (0.02 * i) / n;
        const w = 2 * Math.PI * 50;
        energy += (Math.SQRT2 * 800 * (Math.sin(w * t) - Math.sin(w * (t - shift_s)))) ** 2;
      }
      expect(differentialCurrent(800, 800, asymmetryAngle(50, to, from))).toBeCloseTo(
        Math.sqrt(energy / n),
        6,
      );
    }
  });

  it('adds the ends as phasors: nothing for a through current, all of it for an internal fault', () => {
    expect(differentialCurrent(700, 700, 0)).toBe(0);
    expect(differentialCurrent(700, 500, Math.PI)).toBeCloseTo(1200, 9);
    for (const [a, b, off] of [
      [900, 620, 0.3],
      [1500, 1500, 0.8],
      [40, 2000, 2.5],
    ] as const) {
      const [re, im] = [a + b * Math.cos(Math.PI + off), b * Math.sin(Math.PI + off)];
      expect(differentialCurrent(a, b, off)).toBeCloseTo(Math.hypot(re, im), 9);
    }
    expect(differentialCurrent(800, 800, 0.5)).toBeCloseTo(2 * 800 * Math.sin(0.25), 9);
    expect(restraint(200, 0.3, 400, 600)).toBe(200);
    expect(restraint(200, 0.3, 1000, 1400)).toBeCloseTo(360, 9);
  });

  it('tolerates just the difference that reaches the setting', () => {
    const most = tolerableAsymmetry(50, 1000, 300);
    expect(differentialCurrent(1000, 1000, asymmetryAngle(50, most, 0))).toBeCloseTo(300, 9);
    expect(tolerableAsymmetry(50, 100, 300)).toBe(Number.POSITIVE_INFINITY);
  });
});

const message = (
  arrival_ms: number,
  st: number,
  sq: number,
  more: Partial<GooseMessage> = {},
): GooseMessage => ({
  arrival_ms,
  st,
  sq,
  changed_ms: 0,
  live_ms: 2500,
  trip: false,
  test: false,
  conf_rev: 1,
  ...more,
});

describe('goose trace', () => {
  it('finds nothing wrong with a stream as the standard wants it', () => {
    const report = analyseGoose([message(0, 4, 7), message(1000, 4, 8), message(2000, 4, 9)], 1);
    expect(report).toMatchObject({
      lost: 0,
      dead_ms: 0,
      restarts: 0,
      duplicates: 0,
      foreign: 0,
      operates: false,
    });
    expect(report.delay_ms).toBeUndefined();
  });

  it('counts a new state whose first messages are missing, but no copy as a message', () => {
    const trip = { trip: true, changed_ms: 1500, live_ms: 20 };
    const report = analyseGoose(
      [message(1000, 4, 8), message(1000.2, 4, 8), message(1512.4, 5, 2, trip), message(1528.4, 5, 3, trip)],
      1,
    );
    expect(report).toMatchObject({ lost: 2, duplicates: 1, operates: true });
    expect(report.delay_ms).toBeCloseTo(12.4, 9);
  });

  it('is not moved by a trip under test or of another revision', () => {
    const trip = { trip: true, changed_ms: 10 };
    expect(analyseGoose([message(11, 2, 0, { ...trip, test: true })], 1).operates).toBe(false);
    expect(analyseGoose([message(11, 2, 0, { ...trip, conf_rev: 2 })], 1).operates).toBe(false);
    expect(analyseGoose([message(11, 2, 0, { ...trip, conf_rev: 2 })], 2).operates).toBe(true);
  });

  it('takes a restart for one, not for a thousand lost messages', () => {
    const report = analyseGoose([message(0, 40, 900), message(4000, 1, 1)], 1);
    expect(report).toMatchObject({ lost: 0, restarts: 1, dead_ms: 1500 });
  });

  it('doubles the interval until the steady one', () => {
    expect(repetitionIntervals(4, 50, 6)).toEqual([4, 8, 16, 32, 50, 50]);
  });
});
