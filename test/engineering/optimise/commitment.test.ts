import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkCommitment } from '../../../harness/engineering/optimise/check-commitment.ts';
import { solveCommitmentByStates } from '../../../harness/engineering/optimise/commitment-dp.ts';
import { solveCommitment } from '../../../harness/engineering/optimise/commitment-milp.ts';
import { nearOptimal } from '../../../harness/engineering/optimise/plan-check.ts';
import { loadSolver } from '../../../harness/engineering/optimise/solver.ts';
import type {
  CommitmentProblem,
  ThermalUnit,
} from '../../../harness/engineering/optimise/unit-commitment.ts';

beforeAll(loadSolver);

const whole = (min: number, max: number) => fc.integer({ min, max });

const unit: fc.Arbitrary<ThermalUnit> = fc
  .record({
    p_min_mw: whole(1, 4).map((n) => 10 * n),
    range: whole(1, 20).map((n) => 10 * n),
    slope: whole(15, 60),
    step: whole(0, 20),
    pieces: whole(1, 3),
    no_load_cost: whole(0, 500),
    start_up_cost: whole(0, 3000),
    shut_down_cost: whole(0, 200),
    min_up_h: whole(1, 3),
    min_down_h: whole(1, 3),
    initial: whole(1, 5),
    on: fc.boolean(),
    ramp: fc.option(whole(4, 15).map((n) => 10 * n)),
    limited: fc.boolean(),
    known: fc.boolean(),
    must_run: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  })
  .map((d) => {
    const p_max_mw = d.p_min_mw + d.range;
    const points = Array.from({ length: d.pieces + 1 }, (_, k) => {
      const part = d.range / d.pieces;
      const cost = 20 * d.p_min_mw + k * part * d.slope + ((d.step * (k * (k - 1))) / 2) * part;
      return { p_mw: d.p_min_mw + k * part, cost };
    });
    return {
      name: `U${d.slope}`,
      p_min_mw: d.p_min_mw,
      p_max_mw,
      cost: { kind: 'piecewise' as const, points },
      no_load_cost: d.no_load_cost,
      start_up_cost: d.start_up_cost,
      shut_down_cost: d.shut_down_cost,
      min_up_h: d.min_up_h,
      min_down_h: d.min_down_h,
      initial_h: d.on ? d.initial : -d.initial,
      ...(d.on && d.known ? { initial_mw: d.p_min_mw + Math.floor(d.range / 20) * 10 } : {}),
      ...(d.ramp ? { ramp_up_mw_per_h: d.ramp, ramp_down_mw_per_h: d.ramp + 10 } : {}),
      ...(d.limited ? { start_up_limit_mw: d.p_min_mw + 10, shut_down_limit_mw: d.p_min_mw + 20 } : {}),
      must_run: d.must_run,
    };
  });

const problem: fc.Arbitrary<CommitmentProblem> = fc
  .record({
    units: fc.array(unit, { minLength: 2, maxLength: 4 }),
    shape: fc.array(whole(40, 75), { minLength: 3, maxLength: 6 }),
    reserve: whole(0, 15),
    capped: fc.boolean(),
  })
  .map(({ units, shape, reserve, capped }) => {
    const capacity = units.reduce((sum, u) => sum + u.p_max_mw, 0);
    const demand_mw = shape.map((percent) => Math.round((capacity * percent) / 100));
    return {
      units: units.map((u, i) => ({ ...u, name: `${u.name}-${i + 1}` })),
      demand_mw,
      ...(reserve ? { reserve_mw: demand_mw.map((d) => (d * reserve) / 100) } : {}),
      ...(reserve && capped ? { reserve_max_mw: units.map((u) => (u.p_max_mw - u.p_min_mw) / 2) } : {}),
    };
  });

describe('unit commitment', () => {
  it('the integer program and the dynamic program agree on every problem, feasible or not', () => {
    let solved = 0;
    fc.assert(
      fc.property(problem, (drawn) => {
        const milp = solveCommitment(drawn);
        const states = solveCommitmentByStates(drawn);
        expect(milp.status).toBe(states.status);
        if (milp.status !== 'optimal' || states.status !== 'optimal') return;
        solved++;
        expect(milp.cost).toBeCloseTo(states.cost, 3);
      }),
      { numRuns: 60, seed: 7 },
    );
    expect(solved).toBeGreaterThan(25);
  });

  it('its own plan passes the check with no regret, and the best dispatch of its commitment costs the same', () => {
    fc.assert(
      fc.property(problem, (drawn) => {
        const best = solveCommitment(drawn);
        if (best.status !== 'optimal') return;
        const check = checkCommitment(drawn, best, { optimum: best.cost, tolerance: 1e-4 });
        expect(check).toMatchObject({ feasible: true, violations: [], regret: expect.closeTo(0, 3) });
        const alone = checkCommitment(drawn, { on: best.on }, { optimum: best.cost });
        expect(alone).toMatchObject({ feasible: true, regret: expect.closeTo(0, 3) });
      }),
      { numRuns: 25, seed: 17 },
    );
  });

  it('no commitment that the check passes beats the optimum', () => {
    let passed = 0;
    fc.assert(
      fc.property(problem, fc.infiniteStream(fc.boolean()), (drawn, flags) => {
        const best = solveCommitment(drawn);
        if (best.status !== 'optimal') return;
        // The best commitment with a tenth of its hours flipped: near enough to be feasible now and then.
        const on = best.on.map((list) =>
          list.map((now) => {
            const flip = [1, 2, 3].every(() => flags.next().value);
            return flip ? !now : now;
          }),
        );
        const check = checkCommitment(drawn, { on }, { optimum: best.cost });
        if (!check.feasible) return;
        passed++;
        expect(check.regret).toBeGreaterThan(-1e-3);
      }),
      { numRuns: 60, seed: 19 },
    );
    expect(passed).toBeGreaterThan(5);
  });
});

const coal: ThermalUnit = {
  name: 'coal',
  p_min_mw: 80,
  p_max_mw: 200,
  cost: { kind: 'polynomial', coefficients: [0, 20] },
  no_load_cost: 100,
  min_up_h: 3,
  min_down_h: 2,
  initial_h: 1,
  initial_mw: 100,
  ramp_up_mw_per_h: 50,
  ramp_down_mw_per_h: 50,
};
const gas: ThermalUnit = {
  name: 'gas',
  p_min_mw: 20,
  p_max_mw: 100,
  cost: { kind: 'polynomial', coefficients: [0, 50] },
  start_up_cost: 400,
  initial_h: -4,
};
const pair: CommitmentProblem = { units: [coal, gas], demand_mw: [120, 190, 230], reserve_mw: [0, 0, 30] };

describe('a commitment one can follow by hand', () => {
  it('starts gas where coal cannot ramp, and counts every part of the cost', () => {
    const result = solveCommitment(pair);
    expect(result).toMatchObject({
      status: 'optimal',
      on: [
        [true, true, true],
        [false, true, true],
      ],
    });
    if (result.status !== 'optimal') return;
    // Coal climbs 120, 170, 200 (its limit); gas gives its least, 20, then 30: 230 MW with 70 MW of headroom.
    expect(result.dispatch_mw).toEqual([
      [120, expect.closeTo(170, 6), expect.closeTo(200, 6)],
      [0, expect.closeTo(20, 6), expect.closeTo(30, 6)],
    ]);
    expect(result.cost_parts).toMatchObject({
      start_up: 400,
      no_load: 300,
      energy: expect.closeTo(490 * 20 + 50 * 50, 4),
    });
  });

  it('an hour that cannot be served is named', () => {
    const result = solveCommitment({ ...pair, demand_mw: [120, 190, 330] });
    expect(result.status).toBe('infeasible');
    if (result.status !== 'optimal')
      expect(result.constraints.some((name) => name.includes('hour 3'))).toBe(true);
  });

  it.each([
    [
      'stops coal before its minimum up time',
      [
        [0, 0, 0],
        [1, 1, 1],
      ],
      undefined,
      'minimum up time',
      2,
    ],
    [
      'skips the ramp',
      [
        [1, 1, 1],
        [0, 0, 1],
      ],
      [
        [120, 190, 210],
        [0, 0, 20],
      ],
      'ramp up',
      20,
    ],
    [
      'runs gas below its minimum',
      [
        [1, 1, 1],
        [0, 1, 1],
      ],
      [
        [120, 180, 200],
        [0, 10, 30],
      ],
      'minimum output',
      10,
    ],
    [
      'produces while off',
      [
        [1, 1, 1],
        [0, 0, 1],
      ],
      [
        [120, 170, 200],
        [0, 20, 30],
      ],
      'no output when off',
      20,
    ],
    [
      'leaves load unserved',
      [
        [1, 1, 1],
        [0, 1, 1],
      ],
      [
        [120, 150, 200],
        [0, 20, 30],
      ],
      'power balance',
      20,
    ],
  ] as const)('finds a plan that %s', (_, on, dispatch_mw, constraint, size) => {
    const check = checkCommitment(pair, { on, ...(dispatch_mw ? { dispatch_mw } : {}) });
    expect(check.feasible).toBe(false);
    expect(check.violations).toContainEqual(
      expect.objectContaining({ constraint, size: expect.closeTo(size, 6) }),
    );
  });

  it('finds missing reserve, which balance alone would not show', () => {
    const short = { ...pair, demand_mw: [120, 160, 200], reserve_mw: [0, 0, 30] };
    const check = checkCommitment(short, {
      on: [
        [1, 1, 1],
        [0, 0, 0],
      ],
      dispatch_mw: [
        [120, 160, 200],
        [0, 0, 0],
      ],
    });
    expect(check.violations).toEqual([{ constraint: 'reserve', size: 30, unit: 'MW', where: 'hour 3' }]);
  });

  it('a feasible but dearer plan is judged by its regret, not by equality', () => {
    const wasteful = checkCommitment(
      pair,
      {
        on: [
          [1, 1, 1],
          [1, 1, 1],
        ],
      },
      { currency: 'CNY' },
    );
    // Gas on an hour early replaces 20 MW of coal (20 against 50 $/MWh), and so does coal's ramp an hour later.
    expect(wasteful).toMatchObject({
      feasible: true,
      currency: 'CNY',
      regret: expect.closeTo(2 * 20 * 30, 4),
    });
    expect(nearOptimal(wasteful)).toBe(false);
    expect(nearOptimal(wasteful, 0.2)).toBe(true);
  });

  it('refuses what is no plan, whatever its shape', () => {
    for (const on of [
      [],
      [[1, 1, 1]],
      [
        [1, 1],
        [1, 1],
      ],
      [
        [2, 1, 1],
        [0, 0, 0],
      ],
      [
        [Number.NaN, 1, 1],
        [0, 0, 0],
      ],
      'on',
      null,
    ] as never[])
      expect(checkCommitment(pair, { on })).toMatchObject({ feasible: false, cost: null, regret: null });
  });

  it('refuses a malformed problem by name', () => {
    expect(() => solveCommitment({ ...pair, reserve_mw: [1] })).toThrow(/reserve_mw has 1 hours/);
    const quadratic = { ...coal, cost: { kind: 'polynomial' as const, coefficients: [0, 1, 0.1] } };
    expect(() => solveCommitment({ ...pair, units: [quadratic] })).toThrow(/coal: state a quadratic/);
    expect(() => solveCommitment({ ...pair, units: [{ ...coal, initial_h: 0 }] })).toThrow(/initial_h/);
  });
});
