import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkReserve } from '../../../harness/engineering/optimise/check-dispatch.ts';
import {
  coOptimiseReserve,
  type ReserveDispatch,
  type ReserveProblem,
} from '../../../harness/engineering/optimise/reserve.ts';
import { loadSolver } from '../../../harness/engineering/optimise/solver.ts';

beforeAll(loadSolver);

const whole = (min: number, max: number) => fc.integer({ min, max });

const problem: fc.Arbitrary<ReserveProblem> = fc
  .record({
    units: fc.array(
      fc.record({
        p_min_mw: whole(0, 3),
        range: whole(2, 9),
        slope: whole(10, 60),
        reserve_cost: whole(0, 10),
        reserve_max_mw: whole(1, 6),
      }),
      { minLength: 2, maxLength: 2 },
    ),
    load: whole(30, 90),
    reserve: whole(0, 30),
  })
  .map(({ units, load, reserve }) => {
    const list = units.map(({ range, slope, ...unit }, i) => ({
      ...unit,
      name: `U${i + 1}`,
      p_max_mw: unit.p_min_mw + range,
      cost: { kind: 'polynomial' as const, coefficients: [0, slope] },
    }));
    const capacity = list.reduce((sum, u) => sum + u.p_max_mw, 0);
    return {
      units: list,
      demand_mw: Math.round((capacity * load) / 100),
      reserve_mw: Math.round((capacity * reserve) / 100),
    };
  });

/** Whole MW data make a whole MW optimum: every output and reserve of two units is tried. */
function byTrial({ units: [a, b], demand_mw, reserve_mw }: ReserveProblem): number {
  let best = Number.POSITIVE_INFINITY;
  const slope = (u: typeof a) => (u.cost.kind === 'polynomial' ? u.cost.coefficients[1] : Number.NaN);
  for (let p = a.p_min_mw; p <= a.p_max_mw; p++) {
    const q = demand_mw - p;
    if (q < b.p_min_mw || q > b.p_max_mw) continue;
    for (let r = 0; r <= Math.min(a.reserve_max_mw ?? 0, a.p_max_mw - p); r++) {
      const s = Math.max(0, reserve_mw - r);
      if (s > Math.min(b.reserve_max_mw ?? 0, b.p_max_mw - q)) continue;
      best = Math.min(
        best,
        p * slope(a) + q * slope(b) + r * (a.reserve_cost ?? 0) + s * (b.reserve_cost ?? 0),
      );
    }
  }
  return best;
}

describe('energy and reserve together', () => {
  it('no trial of whole megawatts is cheaper, and infeasible where none fits', () => {
    let solved = 0;
    fc.assert(
      fc.property(problem, (drawn) => {
        const result = coOptimiseReserve(drawn);
        const best = byTrial(drawn);
        expect(result.status === 'optimal').toBe(best < Number.POSITIVE_INFINITY);
        if (result.status !== 'optimal') return;
        solved++;
        expect(result.cost).toBeCloseTo(best, 5);
        expect(checkReserve(drawn, result)).toMatchObject({ feasible: true, regret: expect.closeTo(0, 5) });
      }),
      { numRuns: 120, seed: 31 },
    );
    expect(solved).toBeGreaterThan(40);
  });

  const two: ReserveProblem = {
    demand_mw: 250,
    reserve_mw: 60,
    units: [
      {
        name: 'A',
        p_min_mw: 0,
        p_max_mw: 200,
        cost: { kind: 'polynomial', coefficients: [0, 20] },
        reserve_max_mw: 50,
      },
      {
        name: 'B',
        p_min_mw: 0,
        p_max_mw: 150,
        cost: { kind: 'polynomial', coefficients: [0, 35] },
        reserve_cost: 2,
        reserve_max_mw: 40,
      },
    ],
  };

  it('prices reserve at what its unit forgoes in energy', () => {
    const result = coOptimiseReserve(two) as ReserveDispatch;
    expect(result).toMatchObject({
      dispatch_mw: [180, 70],
      reserve_mw: [20, 40],
      energy_price: 35,
      reserve_price: 15,
    });
    const more = coOptimiseReserve({ ...two, reserve_mw: 61 }) as ReserveDispatch;
    expect(more.cost - result.cost).toBeCloseTo(result.reserve_price, 6);
  });

  it('falls short at the shortage price where that is cheaper than reserve', () => {
    expect(coOptimiseReserve({ ...two, shortage_price: 10 })).toMatchObject({
      shortage_mw: 20,
      reserve_price: 10,
    });
    const check = checkReserve(
      { ...two, shortage_price: 10 },
      { dispatch_mw: [200, 50], reserve_mw: [0, 40] },
    );
    expect(check).toMatchObject({ feasible: true, regret: expect.closeTo(0, 6) });
  });

  it('finds reserve that is promised twice', () => {
    const check = checkReserve(two, { dispatch_mw: [200, 50], reserve_mw: [20, 40] });
    expect(check.violations).toEqual([
      { constraint: 'output and reserve within capacity', size: 20, unit: 'MW', where: 'A' },
    ]);
    expect(checkReserve(two, { dispatch_mw: [200, 50], reserve_mw: [0, 40] }).violations).toEqual([
      { constraint: 'reserve requirement', size: 20, unit: 'MW', where: 'system' },
    ]);
  });
});
