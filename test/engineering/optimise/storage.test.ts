import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkPeakShaving, checkStorage } from '../../../harness/engineering/optimise/check-storage.ts';
import { shavePeak, shavePeakBySearch } from '../../../harness/engineering/optimise/peak-shaving.ts';
import { nearOptimal } from '../../../harness/engineering/optimise/plan-check.ts';
import { loadSolver } from '../../../harness/engineering/optimise/solver.ts';
import {
  type ArbitrageProblem,
  arbitrage,
  type StorageUnit,
} from '../../../harness/engineering/optimise/storage.ts';
import { arbitrageByStates } from '../../../harness/engineering/optimise/storage-states.ts';

beforeAll(loadSolver);

const whole = (min: number, max: number) => fc.integer({ min, max });

/** Limits that are whole steps of 1 MWh in the store, so that the dynamic program is exact. */
const store: fc.Arbitrary<StorageUnit> = fc
  .record({
    energy: whole(5, 30),
    initial: fc.double({ min: 0, max: 1, noNaN: true }),
    up: whole(1, 10),
    down: whole(1, 10),
    charge_efficiency: fc.constantFrom(1, 0.95, 0.9, 0.8),
    discharge_efficiency: fc.constantFrom(1, 0.96, 0.9, 0.85),
    final: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    wear: whole(0, 6),
  })
  .map(({ energy, initial, up, down, final, wear, ...efficiency }) => ({
    ...efficiency,
    energy_mwh: energy,
    initial_mwh: Math.round(initial * energy),
    p_charge_max_mw: up / efficiency.charge_efficiency,
    p_discharge_max_mw: down * efficiency.discharge_efficiency,
    wear_cost: wear,
    ...(final === null ? {} : { final_mwh: Math.round(final * energy) }),
  }));

const problem: fc.Arbitrary<ArbitrageProblem> = fc
  .tuple(store, fc.array(whole(-40, 120), { minLength: 2, maxLength: 12 }))
  .map(([storage, price]) => ({ storage, price, interval_h: 1 }));

describe('storage arbitrage', () => {
  it('the program and the dynamic program earn the same, at negative prices too', () => {
    let traded = 0;
    fc.assert(
      fc.property(problem, (drawn) => {
        const result = arbitrage(drawn);
        const states = arbitrageByStates(drawn, 1);
        if (result.status !== 'optimal') {
          expect(states).toBe(Number.NEGATIVE_INFINITY);
          return;
        }
        if (result.profit > 1) traded++;
        expect(result.profit).toBeCloseTo(states, 4);
        result.charge_mw.forEach((c, t) => {
          expect(Math.min(c, result.discharge_mw[t])).toBeLessThan(1e-6);
        });
      }),
      { numRuns: 80, seed: 12 },
    );
    expect(traded).toBeGreaterThan(30);
  });

  it('does not burn energy at a negative price by charging and discharging at once', () => {
    const storage = {
      energy_mwh: 10,
      p_charge_max_mw: 10,
      p_discharge_max_mw: 10,
      charge_efficiency: 0.9,
      discharge_efficiency: 0.9,
      initial_mwh: 10,
    };
    const result = arbitrage({ storage, price: [-50], interval_h: 1 });
    expect(result).toMatchObject({ status: 'optimal', profit: expect.closeTo(0, 6) });
  });

  it('a cycle limit caps what is delivered', () => {
    const storage = {
      energy_mwh: 10,
      p_charge_max_mw: 10,
      p_discharge_max_mw: 10,
      charge_efficiency: 1,
      discharge_efficiency: 1,
      initial_mwh: 0,
      max_cycles: 1,
    };
    const price = [10, 50, 10, 40, 10, 60];
    const result = arbitrage({ storage, price, interval_h: 1 });
    expect(result).toMatchObject({ profit: expect.closeTo(500, 6) });
    expect(arbitrage({ storage: { ...storage, max_cycles: 2 }, price, interval_h: 1 })).toMatchObject({
      profit: expect.closeTo(900, 6),
    });
  });

  it('names the end that cannot be reached', () => {
    const storage = {
      energy_mwh: 10,
      p_charge_max_mw: 1,
      p_discharge_max_mw: 1,
      charge_efficiency: 1,
      discharge_efficiency: 1,
      initial_mwh: 0,
      final_mwh: 8,
    };
    expect(arbitrage({ storage, price: [10, 10], interval_h: 1 })).toMatchObject({
      status: 'infeasible',
      constraints: ['energy at the end'],
    });
  });
});

describe('peak shaving', () => {
  it('the program and the greedy search find the same peak', () => {
    fc.assert(
      fc.property(store, fc.array(whole(20, 100), { minLength: 2, maxLength: 12 }), (storage, load_mw) => {
        const drawn = { storage, load_mw, interval_h: 0.5 };
        const result = shavePeak(drawn);
        if (result.status !== 'optimal') return;
        expect(result.peak_mw).toBeCloseTo(shavePeakBySearch(drawn), 5);
        expect(checkPeakShaving(drawn, result)).toMatchObject({
          feasible: true,
          regret: expect.closeTo(0, 4),
        });
      }),
      { numRuns: 80, seed: 14 },
    );
  });
});

const flat: ArbitrageProblem = {
  storage: {
    energy_mwh: 20,
    p_charge_max_mw: 10,
    p_discharge_max_mw: 10,
    charge_efficiency: 0.9,
    discharge_efficiency: 0.9,
    initial_mwh: 0,
  },
  price: [10, 10, 80, 80],
  interval_h: 1,
};

describe('checking a storage schedule', () => {
  it('accepts any of the equally good schedules', () => {
    for (const charge_mw of [
      [10, 8, 0, 0],
      [8, 10, 0, 0],
    ])
      for (const discharge_mw of [
        [0, 0, 10, 4.58],
        [0, 0, 4.58, 10],
      ]) {
        const check = checkStorage(flat, { charge_mw, discharge_mw });
        expect(check.violations).toEqual([]);
        expect(check.regret).toBeGreaterThan(0);
      }
    const best = arbitrage(flat);
    if (best.status !== 'optimal') throw new Error(best.reason);
    const mirrored = {
      charge_mw: [best.charge_mw[1], best.charge_mw[0], 0, 0],
      discharge_mw: [0, 0, best.discharge_mw[3], best.discharge_mw[2]],
    };
    expect(nearOptimal(checkStorage(flat, mirrored))).toBe(true);
  });

  it('an optimum rounded to two decimals is still feasible and near-optimal', () => {
    fc.assert(
      fc.property(problem, (drawn) => {
        const best = arbitrage(drawn);
        if (best.status !== 'optimal') return;
        const rounded = (list: number[]) => list.map((p) => Math.round(p * 100) / 100);
        const check = checkStorage(drawn, {
          charge_mw: rounded(best.charge_mw),
          discharge_mw: rounded(best.discharge_mw),
        });
        expect(check.violations).toEqual([]);
        expect(Math.abs(check.regret as number)).toBeLessThan(10);
      }),
      { numRuns: 30, seed: 15 },
    );
  });

  it.each([
    ['charges beyond its power', [15, 0, 0, 0], [0, 0, 0, 0], 'charge limit', 5],
    ['delivers what it does not hold', [0, 0, 0, 0], [0, 0, 10, 0], 'least energy', 11.1],
    ['charges and discharges at once', [10, 4, 0, 0], [0, 3, 0, 0], 'not both ways at once', 3],
    ['charges a negative power', [-4, 0, 0, 0], [0, 0, 0, 0], 'charge not below 0', 4],
  ])('finds a plan that %s', (_, charge_mw, discharge_mw, constraint, size) => {
    const check = checkStorage(flat, { charge_mw, discharge_mw });
    expect(check.feasible).toBe(false);
    const found = check.violations.find((v) => v.constraint === constraint);
    expect(found?.size).toBeCloseTo(size, 1);
  });

  it.each([
    ['too short', [1, 2]],
    ['not finite', [Number.NaN, 0, 0, 0]],
    ['infinite', [Number.POSITIVE_INFINITY, 0, 0, 0]],
    ['no list', { length: 4 } as unknown as number[]],
    ['text', ['1', 0, 0, 0] as unknown as number[]],
  ])('refuses a plan that is %s without costing it', (_, charge_mw) => {
    const check = checkStorage(flat, { charge_mw, discharge_mw: [0, 0, 0, 0] });
    expect(check).toMatchObject({ feasible: false, cost: null, regret: null });
    expect(check.violations).toHaveLength(1);
  });
});
