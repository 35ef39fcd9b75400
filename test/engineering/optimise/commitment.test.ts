import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { solveCommitmentByStates } from '../../../harness/engineering/optimise/commitment-dp.ts';
import { solveCommitment } from '../../../harness/engineering/optimise/commitment-milp.ts';
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
});
