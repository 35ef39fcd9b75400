import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Cost } from '../../../harness/engineering/grid/network.ts';
import {
  type DispatchUnit,
  dispatchByProgram,
  type EconomicDispatch,
  lambdaIteration,
  meritOrder,
} from '../../../harness/engineering/optimise/economic-dispatch.ts';
import { loadSolver } from '../../../harness/engineering/optimise/solver.ts';

beforeAll(loadSolver);

const whole = (min: number, max: number) => fc.integer({ min, max });

const straight: fc.Arbitrary<Cost> = whole(5, 60).map((slope) => ({
  kind: 'polynomial',
  coefficients: [100, slope],
}));
const bent: fc.Arbitrary<Cost> = fc.tuple(whole(5, 30), whole(0, 30)).map(([slope, step]) => ({
  kind: 'piecewise',
  points: [
    { p_mw: 0, cost: 0 },
    { p_mw: 60, cost: 60 * slope },
    { p_mw: 200, cost: 60 * slope + 140 * (slope + step) },
  ],
}));
const curved: fc.Arbitrary<Cost> = fc
  .tuple(whole(5, 40), whole(1, 100))
  .map(([slope, square]) => ({ kind: 'polynomial', coefficients: [50, slope, square / 2000] }));

const problem = (cost: fc.Arbitrary<Cost>) =>
  fc
    .record({
      units: fc.array(
        fc.tuple(cost, whole(0, 40), whole(10, 160), fc.option(whole(0, 60), { nil: undefined })),
        { minLength: 1, maxLength: 6 },
      ),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ units, share }) => {
      const list = units.map(([c, min, range, must], i): DispatchUnit => {
        const unit = { name: `U${i + 1}`, p_min_mw: min, p_max_mw: min + range, cost: c };
        return must === undefined ? unit : { ...unit, must_run_mw: Math.min(must, unit.p_max_mw) };
      });
      const floor = list.reduce((sum, u) => sum + Math.max(u.p_min_mw, u.must_run_mw ?? 0), 0);
      const cap = list.reduce((sum, u) => sum + u.p_max_mw, 0);
      return { units: list, demand: Math.round(floor + share * (cap - floor)) };
    });

function optimal(result: ReturnType<typeof meritOrder>): EconomicDispatch {
  if (result.status !== 'optimal') throw new Error(result.reason);
  return result;
}

const total = (list: readonly number[]) => list.reduce((sum, p) => sum + p, 0);

describe('economic dispatch', () => {
  it('Wood and Wollenberg: three units share 850 MW at 9.14826 $/MWh', () => {
    const units: DispatchUnit[] = [
      {
        name: '1',
        p_min_mw: 150,
        p_max_mw: 600,
        cost: { kind: 'polynomial', coefficients: [561, 7.92, 0.001562] },
      },
      {
        name: '2',
        p_min_mw: 100,
        p_max_mw: 400,
        cost: { kind: 'polynomial', coefficients: [310, 7.85, 0.00194] },
      },
      {
        name: '3',
        p_min_mw: 50,
        p_max_mw: 200,
        cost: { kind: 'polynomial', coefficients: [78, 7.97, 0.00482] },
      },
    ];
    for (const solve of [lambdaIteration, dispatchByProgram]) {
      const result = optimal(solve(units, 850));
      expect(result.price).toBeCloseTo(9.14826, 5);
      [393.17, 334.6, 122.23].forEach((p, i) => {
        expect(result.dispatch_mw[i]).toBeCloseTo(p, 2);
      });
      expect(result.cost).toBeCloseTo(8194.36, 2);
    }
  });

  it('merit order, lambda iteration and the linear program cost the same, with the same prices', () => {
    fc.assert(
      fc.property(problem(fc.oneof(straight, bent)), ({ units, demand }) => {
        const order = optimal(meritOrder(units, demand));
        expect(total(order.dispatch_mw)).toBeCloseTo(demand, 6);
        for (const other of [
          optimal(lambdaIteration(units, demand)),
          optimal(dispatchByProgram(units, demand)),
        ]) {
          expect(other.cost).toBeCloseTo(order.cost, 4);
          expect(other.price_low).toBeCloseTo(order.price_low, 4);
          expect(other.price_high).toBeCloseTo(order.price_high, 4);
        }
      }),
      { numRuns: 150, seed: 4 },
    );
  });

  it('lambda iteration and the quadratic program agree on mixed curves', () => {
    fc.assert(
      fc.property(problem(fc.oneof(curved, curved, straight, bent)), ({ units, demand }) => {
        const search = optimal(lambdaIteration(units, demand));
        const program = optimal(dispatchByProgram(units, demand));
        expect(total(search.dispatch_mw)).toBeCloseTo(demand, 6);
        expect(search.cost).toBeCloseTo(program.cost, 4);
      }),
      { numRuns: 150, seed: 8 },
    );
  });

  it('the price is the cost of one more MW', () => {
    fc.assert(
      fc.property(problem(curved), ({ units, demand }) => {
        const here = optimal(lambdaIteration(units, demand));
        const more = lambdaIteration(units, demand + 1e-3);
        if (more.status !== 'optimal') {
          expect(here.price_high).toBe(Number.POSITIVE_INFINITY);
          return;
        }
        expect((more.cost - here.cost) / 1e-3).toBeCloseTo(here.price_high, 2);
      }),
      { numRuns: 60, seed: 6 },
    );
  });

  it('a demand at a corner of the supply curve has two prices, not one', () => {
    const units: DispatchUnit[] = [
      { name: 'cheap', p_min_mw: 0, p_max_mw: 100, cost: { kind: 'polynomial', coefficients: [0, 20] } },
      { name: 'dear', p_min_mw: 0, p_max_mw: 100, cost: { kind: 'polynomial', coefficients: [0, 50] } },
    ];
    expect(meritOrder(units, 100)).toMatchObject({
      dispatch_mw: [100, 0],
      price_low: 20,
      price_high: 50,
      price: 20,
    });
    expect(meritOrder(units, 101)).toMatchObject({ price_low: 50, price_high: 50 });
  });

  it('keeps a must-run unit on its level however dear it is', () => {
    const units: DispatchUnit[] = [
      {
        name: 'heat',
        p_min_mw: 10,
        p_max_mw: 100,
        must_run_mw: 40,
        cost: { kind: 'polynomial', coefficients: [0, 90] },
      },
      { name: 'coal', p_min_mw: 0, p_max_mw: 200, cost: { kind: 'polynomial', coefficients: [0, 20] } },
    ];
    expect(meritOrder(units, 150)).toMatchObject({ dispatch_mw: [40, 110], price: 20 });
  });

  it.each([
    [301, /exceeds the capacity of 300 MW by 1 MW/],
    [39, /1 MW below the least output of 40 MW/],
  ])('says why %d MW cannot be dispatched', (demand, reason) => {
    const units: DispatchUnit[] = [
      { name: 'a', p_min_mw: 40, p_max_mw: 300, cost: { kind: 'polynomial', coefficients: [0, 20] } },
    ];
    for (const solve of [meritOrder, lambdaIteration])
      expect(solve(units, demand)).toMatchObject({
        status: 'infeasible',
        reason: expect.stringMatching(reason),
      });
    expect(dispatchByProgram(units, demand).status).toBe('infeasible');
  });
});
