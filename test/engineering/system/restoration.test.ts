import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bestRestoration,
  checkRestoration,
  type RestorationProblem,
} from '../../../harness/engineering/system/restoration.ts';

const problem: RestorationProblem = {
  units: [
    {
      name: 'hydro',
      bus: 'A',
      black_start: true,
      cranking_mw: 0,
      start_min: 10,
      capacity_mw: 100,
      absorbs_mvar: 40,
    },
    {
      name: 'coal',
      bus: 'B',
      black_start: false,
      cranking_mw: 15,
      start_min: 60,
      capacity_mw: 300,
      absorbs_mvar: 90,
      latest_start_min: 45,
    },
  ],
  lines: [
    { name: 'A-B', from: 'A', to: 'B', charging_mvar: 30, switch_min: 5 },
    { name: 'B-C', from: 'B', to: 'C', charging_mvar: 25, switch_min: 5 },
  ],
  loads: [
    { name: 'town', bus: 'A', p_mw: 4, switch_min: 2 },
    { name: 'works', bus: 'C', p_mw: 18, switch_min: 2 },
  ],
  block_share: 0.05,
};

describe('restoration', () => {
  it('walks a sound order through, waiting for units that are starting', () => {
    const check = checkRestoration(problem, ['hydro', 'A-B', 'coal', 'town', 'B-C', 'works']);
    expect(check.faults).toEqual([]);
    expect(check.feasible).toBe(true);
    // hydro on line at 10; A-B 10–15; coal ordered at 15, on line at 75; town 15–17; B-C waits for coal's Mvar: 75–80; works 80–82.
    expect(check.steps.map(({ action, begins_min, ends_min }) => [action, begins_min, ends_min])).toEqual([
      ['hydro', 0, 0],
      ['A-B', 10, 15],
      ['coal', 15, 15],
      ['town', 15, 17],
      ['B-C', 75, 80],
      ['works', 80, 82],
    ]);
    expect(check.unserved_mwh).toBeCloseTo((4 * 17 + 18 * 82) / 60, 9);
  });
  it.each([
    [['A-B'], 'both its ends are dead'],
    [['coal'], 'bus B is dead'],
    [['hydro', 'A-B', 'B-C'], 'charging of 55 Mvar'],
    [['hydro', 'A-B', 'coal', 'coal'], 'started before'],
    [['hydro', 'works'], 'bus C is dead'],
    [['hydro', 'nuclear'], 'no such unit'],
  ])('names what %j breaks', (order, reason) => {
    expect(
      checkRestoration(problem, order)
        .faults.map((fault) => fault.reason)
        .join(),
    ).toContain(reason);
  });
  it('refuses a block too large for what is on line', () => {
    const large = { ...problem, loads: [{ name: 'town', bus: 'A', p_mw: 6, switch_min: 2 }] };
    expect(checkRestoration(large, ['hydro', 'town']).faults[0]?.reason).toContain('too large');
  });
  it('knows that a hot start can come too late', () => {
    const slow = { ...problem, lines: problem.lines.map((line) => ({ ...line, switch_min: 50 })) };
    expect(checkRestoration(slow, ['hydro', 'A-B', 'coal']).faults[0]?.reason).toContain('too late');
  });
  it('calls an order that leaves load behind infeasible', () => {
    expect(checkRestoration(problem, ['hydro', 'town'])).toMatchObject({
      feasible: false,
      unserved_loads: ['works'],
      faults: [],
    });
  });
  it('lends no power across islands', () => {
    const split: RestorationProblem = {
      units: [
        {
          name: 'small',
          bus: 'A',
          black_start: true,
          cranking_mw: 0,
          start_min: 1,
          capacity_mw: 10,
          absorbs_mvar: 5,
        },
        {
          name: 'large',
          bus: 'Z',
          black_start: true,
          cranking_mw: 0,
          start_min: 1,
          capacity_mw: 990,
          absorbs_mvar: 400,
        },
      ],
      lines: [],
      loads: [{ name: 'city', bus: 'A', p_mw: 40, switch_min: 1 }],
      block_share: 0.05,
    };
    expect(checkRestoration(split, ['small', 'large', 'city']).feasible).toBe(false);
    expect(bestRestoration(split)).toBeUndefined();
  });
  it('keeps a bus dead until its black-start unit is on line', () => {
    const idle = {
      ...problem,
      lines: [{ name: 'A-B', from: 'A', to: 'B', charging_mvar: 0, switch_min: 5 }],
      loads: [{ name: 'town', bus: 'A', p_mw: 4, switch_min: 2 }],
    };
    expect(checkRestoration(idle, ['hydro', 'A-B', 'town']).steps[1]).toMatchObject({
      action: 'A-B',
      begins_min: 10,
    });
  });
  it('refuses two things of one name', () => {
    expect(() =>
      checkRestoration({ ...problem, loads: [{ name: 'coal', bus: 'A', p_mw: 4, switch_min: 2 }] }, ['coal']),
    ).toThrow(/called "coal"/);
  });
  it('finds the order that trying every permutation finds', () => {
    const minutes = fc.integer({ min: 1, max: 20 });
    fc.assert(
      fc.property(
        minutes,
        minutes,
        minutes,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 20 }),
        (start, a, b, small, large) => {
          const drawn: RestorationProblem = {
            ...problem,
            units: problem.units.map((unit) => (unit.black_start ? unit : { ...unit, start_min: start * 3 })),
            lines: problem.lines.map((line, i) => ({ ...line, switch_min: i === 0 ? a : b })),
            loads: [
              { name: 'town', bus: 'A', p_mw: small, switch_min: 2 },
              { name: 'works', bus: 'C', p_mw: large, switch_min: 3 },
            ],
          };
          const names = ['hydro', 'coal', 'A-B', 'B-C', 'town', 'works'];
          const tried = permutations(names)
            .map((order) => checkRestoration(drawn, order))
            .filter(({ feasible }) => feasible);
          const least = Math.min(...tried.map(({ unserved_mwh }) => unserved_mwh));
          const best = bestRestoration(drawn);
          if (tried.length === 0) expect(best).toBeUndefined();
          else {
            expect(best?.unserved_mwh).toBeCloseTo(least, 9);
            expect(checkRestoration(drawn, best?.order ?? []).unserved_mwh).toBeCloseTo(least, 9);
          }
        },
      ),
      { numRuns: 20 },
    );
  });
});

function permutations(items: readonly string[]): string[][] {
  if (items.length === 0) return [[]];
  return items.flatMap((item) =>
    permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  );
}
