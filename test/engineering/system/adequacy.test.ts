import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import {
  type AdequacyUnit,
  adequacy,
  expectedShortage,
  loadCarryingCapability,
  lolp,
  outageTable,
  reserveShortfall,
} from '../../../harness/engineering/system/adequacy.ts';

const units = (...rows: [count: number, mw: number, rate: number][]): AdequacyUnit[] =>
  rows.flatMap(([count, capacity_mw, rate]) =>
    Array.from({ length: count }, (_, i) => ({ name: `${capacity_mw}-${i}`, capacity_mw, for: rate })),
  );

/** IEEE Reliability Test System 1979: 32 units, 3405 MW; annual peak 2850 MW. */
const RTS = units(
  [5, 12, 0.02],
  [4, 20, 0.1],
  [6, 50, 0.01],
  [4, 76, 0.02],
  [3, 100, 0.04],
  [4, 155, 0.04],
  [3, 197, 0.05],
  [1, 350, 0.08],
  [2, 400, 0.12],
);
/** Weekly peaks in per cent of the annual one, then daily peaks in per cent of the weekly one. */
const WEEKS = [
  86.2, 90, 87.8, 83.4, 88, 84.1, 83.2, 80.6, 74, 73.7, 71.5, 72.7, 70.4, 75, 72.1, 80, 75.4, 83.7, 87, 88,
  85.6, 81.1, 90, 88.7, 89.6, 86.1, 75.5, 81.6, 80.1, 88, 72.2, 77.6, 80, 72.9, 72.6, 70.5, 78, 69.5, 72.4,
  72.4, 74.3, 74.4, 80, 88.1, 88.5, 90.9, 94, 89, 94.2, 97, 100, 95.2,
];
const DAYS = [93, 100, 98, 96, 94, 77, 75];

describe('capacity outage table', () => {
  it('is the textbook one of two 25 MW and one 50 MW unit at 2 %', () => {
    const { states } = outageTable(units([2, 25, 0.02], [1, 50, 0.02]));
    expect(states.map(({ lost_mw, probability }) => [lost_mw, Number(probability.toFixed(9))])).toEqual([
      [0, 0.941192],
      [25, 0.038416],
      [50, 0.0196],
      [75, 0.000784],
      [100, 0.000008],
    ]);
    expect(states[2]?.cumulative).toBeCloseTo(0.020392, 12);
  });
  it('agrees with the enumeration of every combination of outages', () => {
    const unit = fc.record({
      mw: fc.integer({ min: 5, max: 300 }),
      rate: fc.double({ min: 0, max: 0.3, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(unit, { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 1500 }),
        (rows, load) => {
          const list = rows.map(({ mw, rate }, i) => ({ name: `G${i}`, capacity_mw: mw, for: rate }));
          let [short, energy] = [0, 0];
          for (let mask = 0; mask < 2 ** list.length; mask++) {
            let [p, left] = [1, 0];
            list.forEach((u, i) => {
              const out = (mask >> i) & 1;
              p *= out ? u.for : 1 - u.for;
              left += out ? 0 : u.capacity_mw;
            });
            if (left < load) {
              short += p;
              energy += p * (load - left);
            }
          }
          const table = outageTable(list);
          expect(lolp(table, load)).toBeCloseTo(short, 9);
          expect(expectedShortage(table, load)).toBeCloseTo(energy, 6);
        },
      ),
      { numRuns: 60 },
    );
  });
  it('has probabilities that add up to one, derated states among them', () => {
    const { states } = outageTable([
      { name: 'A', capacity_mw: 100, for: 0.05, derated: [{ lost_mw: 40, probability: 0.1 }] },
      ...units([3, 70, 0.08]),
    ]);
    expect(states.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 12);
    expect(states[0]?.cumulative).toBeCloseTo(1, 12);
  });
  it('refuses a table that would grow without end', () => {
    const odd = Array.from({ length: 40 }, (_, i) => ({
      name: `G${i}`,
      capacity_mw: 10 + 2 ** (i % 20) / 997,
      for: 0.1,
    }));
    expect(() => outageTable(odd)).toThrow(/whole MW/);
  });
  it('refuses rates that cannot be', () => {
    expect(() => outageTable([{ name: 'A', capacity_mw: 10, for: 1.2 }])).toThrow(/A:/);
  });
});

describe('adequacy', () => {
  it('reproduces the published 1.37 days a year of the IEEE RTS with daily peaks', () => {
    const peaks = WEEKS.flatMap((week) => DAYS.map((day) => (2850 * week * day) / 1e4));
    expect(peaks).toHaveLength(364);
    const { lole, installed_mw } = adequacy(RTS, peaks);
    expect(installed_mw).toBe(3405);
    expect(lole).toBeCloseTo(1.369, 2);
  });
  it('comes near what drawing outages by chance gives', () => {
    const list = units([4, 50, 0.1], [2, 80, 0.08]);
    const loads = [150, 200, 260, 300];
    const { uniform } = createRandom('outages');
    const trials = 40_000;
    let short = 0;
    for (let i = 0; i < trials; i++) {
      const left = list.reduce((sum, unit) => sum + (uniform() < unit.for ? 0 : unit.capacity_mw), 0);
      short += loads.filter((load) => left < load).length;
    }
    const { lole } = adequacy(list, loads);
    expect(Math.abs(short / trials - lole)).toBeLessThan(4 * Math.sqrt((loads.length * lole) / trials));
  });
  it('credits a perfect unit with all it has, and a poor one with less', () => {
    const list = units([6, 100, 0.08]);
    const loads = [300, 350, 400, 420];
    expect(loadCarryingCapability(list, { name: 'P', capacity_mw: 50, for: 0 }, loads)).toBeCloseTo(50, 1);
    const poor = loadCarryingCapability(list, { name: 'Q', capacity_mw: 50, for: 0.3 }, loads);
    expect(poor).toBeLessThan(50);
  });
  it('counts the reserve that is missing for the largest infeed', () => {
    expect(reserveShortfall([700, 1090, 405], 760)).toEqual({ largest_mw: 1090, shortfall_mw: 330 });
    expect(reserveShortfall([700], 760).shortfall_mw).toBe(0);
  });
});
