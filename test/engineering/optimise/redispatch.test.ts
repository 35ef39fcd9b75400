import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Network } from '../../../harness/engineering/grid/network.ts';
import { checkDcDispatch, checkDispatch } from '../../../harness/engineering/optimise/check-dispatch.ts';
import { checkRedispatch } from '../../../harness/engineering/optimise/check-redispatch.ts';
import { dcOpf } from '../../../harness/engineering/optimise/dc-opf.ts';
import { type RedispatchProblem, redispatch } from '../../../harness/engineering/optimise/redispatch.ts';
import { loadSolver } from '../../../harness/engineering/optimise/solver.ts';
import { branch, bus, generator, linear, randomNetwork, seeded } from './random-network.ts';

beforeAll(loadSolver);

const pair: Network = {
  name: 'pair',
  base_mva: 100,
  buses: [bus(1, 0), bus(2, 150)],
  branches: [branch(1, 2, 0.1, { rate_mva: 100 })],
  generators: [generator(1, 300, linear(10)), generator(2, 300, linear(30))],
};
const overloaded: RedispatchProblem = {
  network: pair,
  convention: 'mp',
  dispatch_mw: [150, 0],
  offers: [
    { up_price: 12, down_price: -8 },
    { up_price: 33, down_price: -25 },
  ],
};

describe('redispatch', () => {
  it('moves just enough to free the line, at the prices of both ends', () => {
    expect(redispatch(overloaded)).toMatchObject({
      status: 'optimal',
      up_mw: [0, expect.closeTo(50, 6)],
      down_mw: [expect.closeTo(50, 6), 0],
      cost: expect.closeTo(50 * 33 - 50 * 8, 6),
      overloads_before: [{ branch: 0, flow_mw: expect.closeTo(150, 6), limit_mw: 100 }],
    });
  });

  it('from a merit-order dispatch at cost-reflecting prices it ends on the DC-OPF', () => {
    // Moving at marginal cost up and down costs exactly what the optimal power flow costs beyond the start.
    let moved = 0;
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 4, max: 25 }), (seed, size) => {
        const network = randomNetwork(seeded(seed), size, { tight: 0.9 });
        const free = { ...network, branches: network.branches.map((b) => ({ ...b, rate_mva: Infinity })) };
        const [start, best] = [free, network].map((n) => dcOpf(n, { convention: 'mp', intervals: false }));
        if (start.status !== 'optimal' || best.status !== 'optimal') return;
        const offers = network.generators.map(({ cost }) => {
          const slope = cost.kind === 'polynomial' ? cost.coefficients[1] : Number.NaN;
          return { up_price: slope, down_price: -slope };
        });
        const result = redispatch({ network, convention: 'mp', dispatch_mw: start.dispatch_mw, offers });
        if (result.status !== 'optimal') throw new Error(result.reason);
        if (result.cost > 1) moved++;
        expect(result.cost).toBeCloseTo(best.objective - start.objective, 3);
        result.flow_mw.forEach((flow, i) => {
          expect(Math.abs(flow)).toBeLessThanOrEqual(network.branches[i].rate_mva + 1e-4);
        });
        const change = result.dispatch_mw.map((p, i) => p - start.dispatch_mw[i]);
        const problem = { network, convention: 'mp' as const, dispatch_mw: start.dispatch_mw, offers };
        expect(checkRedispatch(problem, change)).toMatchObject({
          feasible: true,
          regret: expect.closeTo(0, 3),
        });
      }),
      { numRuns: 40, seed: 23 },
    );
    expect(moved).toBeGreaterThan(10);
  });

  it('names the line that no offer can free', () => {
    const result = redispatch({ ...overloaded, offers: [overloaded.offers[0], null] });
    expect(result).toMatchObject({ status: 'infeasible' });
    expect(() => redispatch({ ...overloaded, offers: [null, { up_price: 5, down_price: -9 }] })).toThrow(
      /would earn/,
    );
    expect(() => redispatch({ ...overloaded, dispatch_mw: [150] })).toThrow(/2 generators/);
  });

  it.each([
    ['leaves the overload', [-20, 20], 'branch limit', 30],
    ['forgets the balance', [-50, 40], 'power balance', 10],
    ['drives a unit below its minimum', [-160, 160], 'minimum output', 10],
  ])('finds a plan that %s', (_, change, constraint, size) => {
    const check = checkRedispatch(overloaded, change);
    expect(check.violations).toContainEqual(
      expect.objectContaining({ constraint, size: expect.closeTo(size, 6) }),
    );
  });

  it('judges a plan that moves too much by its regret', () => {
    const check = checkRedispatch(overloaded, [-60, 60]);
    expect(check).toMatchObject({
      feasible: true,
      optimum: expect.closeTo(1250, 6),
      regret: expect.closeTo(250, 6),
    });
    expect(
      checkRedispatch({ ...overloaded, offers: [overloaded.offers[0], null] }, [-50, 50], { optimum: 0 })
        .violations[0],
    ).toMatchObject({
      constraint: 'no offer to move',
    });
    expect(checkRedispatch(overloaded, [Number.NaN, 0])).toMatchObject({ feasible: false, cost: null });
  });
});

describe('checking a dispatch', () => {
  it('finds the broken limit, balance and flow of a network dispatch', () => {
    const model = { convention: 'mp' } as const;
    expect(checkDcDispatch(pair, model, [100, 50])).toMatchObject({
      feasible: true,
      regret: expect.closeTo(0, 6),
    });
    expect(checkDcDispatch(pair, model, [90, 60])).toMatchObject({
      feasible: true,
      regret: expect.closeTo(200, 6),
    });
    expect(checkDcDispatch(pair, model, [120, 30]).violations).toEqual([
      { constraint: 'branch limit', size: expect.closeTo(20, 6), unit: 'MW', where: 'branch 1 (1-2)' },
    ]);
    expect(checkDcDispatch(pair, model, [100, 40]).violations[0]).toMatchObject({
      constraint: 'power balance',
      size: 10,
    });
    expect(checkDcDispatch(pair, model, [100]).cost).toBeNull();
  });

  it('accepts every split between units of one cost', () => {
    const units = ['a', 'b'].map((name) => ({ name, p_min_mw: 0, p_max_mw: 100, cost: linear(20) }));
    fc.assert(
      fc.property(fc.integer({ min: 20, max: 100 }), (p) => {
        const check = checkDispatch(units, 120, [p, 120 - p]);
        expect(check).toMatchObject({ feasible: true, regret: expect.closeTo(0, 6) });
      }),
    );
    expect(checkDispatch(units, 120, [110, 10]).violations).toEqual([
      { constraint: 'maximum output', size: 10, unit: 'MW', where: 'a' },
    ]);
  });
});
