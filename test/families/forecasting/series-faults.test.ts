import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import {
  gaps,
  lagOf,
  levelShift,
  runsWhere,
  stuckRuns,
} from '../../../harness/engineering/forecast/detect.ts';
import type { FaultRow } from '../../../harness/families/forecasting/series-faults/facts.ts';
import { seriesFaultsFamily as family } from '../../../harness/families/forecasting/series-faults/family.ts';

const draws = Array.from({ length: 200 }, (_, seed) =>
  family.draw({ season: ['summer', 'mild', 'winter'] }, createRandom(`series-faults ${seed}`)),
);
const near = (value: number | undefined, wanted: number) =>
  expect(Math.abs((value ?? Number.NaN) - wanted)).toBeLessThanOrEqual(1);

describe('series-faults', () => {
  it('has the faults that detectors find in the table alone', () => {
    for (const facts of draws) {
      const { rows, agree_mw } = facts;
      const answer = family.solve(facts);
      const scada = rows.map((row) => row.scada);
      const meter = rows.map((row) => row.meter);
      expect(gaps(scada).reduce((sum, { from, to }) => sum + to - from, 0)).toBe(answer.missing);
      const [stuck, ...others] = stuckRuns(scada, 6);
      expect(others).toEqual([]);
      near((stuck?.from ?? 0) + 2, answer.stuck_first);
      near(stuck?.to, answer.stuck_last);
      const off = runsWhere(rows.length, (t) => {
        const value = scada[t] ?? null;
        const frozen = stuck && t >= stuck.from && t < stuck.to;
        return value !== null && !frozen && Math.abs(value - (meter[t] as number)) > agree_mw;
      });
      const shift = { from: off[0]?.from ?? 0, to: off.at(-1)?.to ?? 0 };
      near(shift.from + 1, answer.shift_first);
      near(shift.to, answer.shift_last);
      expect(lagOf(scada, meter, 6, shift)?.lag).toBe(answer.lag);
      const level = levelShift(rows.map((row) => row.meter - row.forecast));
      near((level?.at ?? 0) + 1, answer.regime_first);
      expect(Math.sign((level?.after ?? 0) - (level?.before ?? 0))).toBe(Math.sign(answer.regime_mw));
    }
  });

  it('has the energy that the mean of the neighbours gives for each filled stretch', () => {
    for (const facts of draws) {
      const answer = family.solve(facts);
      const good = ({ no, scada }: FaultRow) =>
        scada !== null && (no < answer.stuck_first || no > answer.stuck_last);
      let twice = 0;
      let last = facts.rows[0] as FaultRow;
      for (const row of facts.rows) {
        if (!good(row)) continue;
        // A straight line over k half-hours adds up to k times the mean of its two ends.
        const hole = row.no - last.no - 1;
        twice +=
          2 * (row.scada as number) + Math.max(0, hole) * ((row.scada as number) + (last.scada as number));
        last = row;
      }
      expect(last.no).toBe(48);
      expect(answer.energy).toBeCloseTo(twice / 4, 6);
    }
  });

  it('draws clocks late and early, loads up and down', () => {
    const answers = draws.map((facts) => family.solve(facts));
    expect(new Set(answers.map(({ lag }) => Math.sign(lag)))).toEqual(new Set([-1, 1]));
    expect(new Set(answers.map(({ regime_mw }) => Math.sign(regime_mw)))).toEqual(new Set([-1, 1]));
  });
});
