import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  dispatchWithLosses,
  incrementalLoss,
  type LossCoefficients,
  type LossDispatch,
  type LossUnit,
  lossMw,
} from '../../../harness/engineering/optimise/dispatch-with-losses.ts';

const units: LossUnit[] = [
  { name: '1', p_min_mw: 50, p_max_mw: 300, coefficients: [200, 7, 0.008] },
  { name: '2', p_min_mw: 40, p_max_mw: 200, coefficients: [180, 6.3, 0.009] },
  { name: '3', p_min_mw: 30, p_max_mw: 150, coefficients: [140, 6.8, 0.007] },
];
const losses: LossCoefficients = {
  b: [
    [2.18e-4, 9.3e-5, 2.8e-5],
    [9.3e-5, 2.28e-4, 1.7e-5],
    [2.8e-5, 1.7e-5, 1.79e-4],
  ],
};

function optimal(result: ReturnType<typeof dispatchWithLosses>): LossDispatch {
  if (result.status !== 'optimal') throw new Error(result.reason);
  return result;
}

const cost = (list: readonly LossUnit[], p: readonly number[]) =>
  p.reduce(
    (sum, x, i) =>
      sum + list[i].coefficients[0] + list[i].coefficients[1] * x + list[i].coefficients[2] * x * x,
    0,
  );

/** Cost with unit 3 closing the balance (by bisection); what it cannot close is charged far above any fuel. */
function closed(
  p1: number,
  p2: number,
  demand: number,
  list: readonly LossUnit[],
  loss: LossCoefficients,
): number {
  const surplus = (p3: number) => p1 + p2 + p3 - lossMw(loss, [p1, p2, p3]) - demand;
  const { p_min_mw, p_max_mw } = list[2];
  if (surplus(p_min_mw) > 0) return cost(list, [p1, p2, p_min_mw]) + 1000 * surplus(p_min_mw);
  if (surplus(p_max_mw) < 0) return cost(list, [p1, p2, p_max_mw]) - 1000 * surplus(p_max_mw);
  let [low, high] = [p_min_mw, p_max_mw];
  for (let i = 0; i < 45; i++) {
    const middle = (low + high) / 2;
    if (surplus(middle) < 0) low = middle;
    else high = middle;
  }
  return cost(list, [p1, p2, high]);
}

function leastOver(unit: LossUnit, of: (p: number) => number): number {
  let [low, high] = [unit.p_min_mw, unit.p_max_mw];
  for (let i = 0; i < 50; i++) {
    const [left, right] = [low + (high - low) * 0.382, low + (high - low) * 0.618];
    if (of(left) < of(right)) high = right;
    else low = left;
  }
  return of((low + high) / 2);
}

/** The least cost by searching one output within the search of another: no derivative, no multiplier. */
const bySearch = (demand: number, list: readonly LossUnit[], loss: LossCoefficients): number =>
  leastOver(list[0], (p1) => leastOver(list[1], (p2) => closed(p1, p2, demand, list, loss)));

describe('dispatch with losses', () => {
  it('meets the coordination equations and the balance', () => {
    const result = optimal(dispatchWithLosses(units, 350, losses));
    const incremental = incrementalLoss(losses, result.dispatch_mw);
    expect(result.dispatch_mw.reduce((sum, p) => sum + p, 0)).toBeCloseTo(350 + result.loss_mw, 8);
    result.dispatch_mw.forEach((p, i) => {
      const marginal = units[i].coefficients[1] + 2 * units[i].coefficients[2] * p;
      expect(marginal * result.penalty_factor[i]).toBeCloseTo(result.lambda, 8);
      expect(result.penalty_factor[i]).toBeCloseTo(1 / (1 - incremental[i]), 12);
    });
  });

  it('lambda is the slope of the cost in the load, losses included', () => {
    const at = (demand: number) => optimal(dispatchWithLosses(units, demand, losses));
    expect((at(350.01).cost - at(349.99).cost) / 0.02).toBeCloseTo(at(350).lambda, 5);
  });

  it('a nested search without derivatives finds no cheaper dispatch, limits binding or not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 150, max: 560 }),
        fc.array(fc.double({ min: 5, max: 9, noNaN: true }), { minLength: 3, maxLength: 3 }),
        fc.double({ min: 0.3, max: 1.5, noNaN: true }),
        (demand, slopes, scale) => {
          const list = units.map((unit, i) => ({
            ...unit,
            coefficients: [100, slopes[i], unit.coefficients[2]] as const,
          }));
          const loss = { b: losses.b.map((row) => row.map((b) => b * scale)) };
          const result = optimal(dispatchWithLosses(list, demand, loss));
          expect(result.cost).toBeCloseTo(bySearch(demand, list, loss), 3);
          result.dispatch_mw.forEach((p, i) => {
            expect(p).toBeGreaterThanOrEqual(list[i].p_min_mw - 1e-6);
            expect(p).toBeLessThanOrEqual(list[i].p_max_mw + 1e-6);
          });
        },
      ),
      { numRuns: 15, seed: 1, endOnFailure: true },
    );
  });

  it('without losses it is the lossless dispatch', () => {
    const none = { b: losses.b.map((row) => row.map(() => 0)) };
    const result = optimal(dispatchWithLosses(units, 400, none));
    expect(result.loss_mw).toBe(0);
    const slopes = result.dispatch_mw.map(
      (p, i) => units[i].coefficients[1] + 2 * units[i].coefficients[2] * p,
    );
    expect(Math.max(...slopes.slice(0, 2)) - result.lambda).toBeCloseTo(0, 9);
  });

  it('says what losses leave unserved', () => {
    expect(dispatchWithLosses(units, 650, losses)).toMatchObject({
      status: 'infeasible',
      reason: expect.stringContaining('unserved'),
    });
    expect(dispatchWithLosses(units, 100, losses)).toMatchObject({ status: 'infeasible' });
  });
});
