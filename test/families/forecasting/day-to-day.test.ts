import { describe, expect, it } from 'vitest';
import { dayToDay } from '../../../harness/families/forecasting/day-to-day.ts';

describe('what differs from day to day', () => {
  it('is the day’s own at noon and jumps at no midnight', () => {
    const days = [2, -2, 1];
    expect([12, 36, 60].map((t) => dayToDay(days, t))).toEqual(days);
    for (let t = 1; t < 72; t++)
      expect(Math.abs(dayToDay(days, t) - dayToDay(days, t - 1))).toBeLessThan(0.17);
  });

  it('stays before the first noon and after the last, and of one day is that day', () => {
    expect([dayToDay([3, 5], 0), dayToDay([3, 5], 47), dayToDay([4], 0), dayToDay([4], 23)]).toEqual([
      3, 5, 4, 4,
    ]);
  });
});
