import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkComputeSchedule } from '../../../harness/engineering/optimise/check-compute-schedule.ts';
import {
  type ComputeJob,
  type ComputeProblem,
  computeTotals,
  scheduleCompute,
} from '../../../harness/engineering/optimise/compute-schedule.ts';
import { loadSolver } from '../../../harness/engineering/optimise/solver.ts';

beforeAll(loadSolver);

const whole = (min: number, max: number) => fc.integer({ min, max });

const block: fc.Arbitrary<ComputeJob> = fc
  .record({ power_mw: whole(1, 5), duration_h: whole(1, 3), release_h: whole(0, 2), deadline_h: whole(4, 6) })
  .map((job) => ({ kind: 'block' as const, name: `block of ${job.power_mw}`, ...job }));

const problem = fc
  .record({
    jobs: fc.array(block, { minLength: 1, maxLength: 3 }),
    price: fc.array(whole(10, 90), { minLength: 6, maxLength: 6 }),
    carbon_intensity: fc.array(
      whole(1, 9).map((n) => n / 10),
      { minLength: 6, maxLength: 6 },
    ),
    carbon_price: whole(0, 80),
    cap: whole(6, 14),
    pue: fc.constantFrom(1, 1.25, 1.5),
  })
  .map(({ cap, ...rest }): ComputeProblem => ({ ...rest, power_cap_mw: rest.price.map(() => cap) }));

/** Every combination of starts. */
function byTrial(drawn: ComputeProblem): number {
  let best = Number.POSITIVE_INFINITY;
  const place = (i: number, plan: number[][]): void => {
    const job = drawn.jobs[i];
    if (!job) {
      const { cost, facility_mw } = computeTotals(drawn, plan);
      if (facility_mw.every((mw, t) => mw <= drawn.power_cap_mw[t] + 1e-9)) best = Math.min(best, cost);
      return;
    }
    if (job.kind !== 'block') throw new Error('blocks only');
    for (let start = job.release_h ?? 0; start + job.duration_h <= (job.deadline_h ?? 6); start++)
      place(i + 1, [
        ...plan,
        drawn.price.map((_, t) => (t >= start && t < start + job.duration_h ? job.power_mw : 0)),
      ]);
  };
  place(0, []);
  return best;
}

describe('scheduling computing load', () => {
  it('finds the start of every block that trying all of them finds', () => {
    let solved = 0;
    fc.assert(
      fc.property(problem, (drawn) => {
        const result = scheduleCompute(drawn);
        const best = byTrial(drawn);
        expect(result.status === 'optimal').toBe(best < Number.POSITIVE_INFINITY);
        if (result.status !== 'optimal') return;
        solved++;
        expect(result.cost).toBeCloseTo(best, 5);
        expect(checkComputeSchedule(drawn, result.power_mw)).toMatchObject({
          feasible: true,
          regret: expect.closeTo(0, 5),
        });
      }),
      { numRuns: 60, seed: 41 },
    );
    expect(solved).toBeGreaterThan(20);
  });

  it('a flexible job alone takes the cheapest hours of its window first', () => {
    fc.assert(
      fc.property(fc.array(whole(10, 90), { minLength: 4, maxLength: 12 }), whole(1, 30), (price, energy) => {
        const drawn: ComputeProblem = {
          price,
          power_cap_mw: price.map(() => 100),
          jobs: [
            {
              kind: 'flexible',
              name: 'training',
              energy_mwh: energy,
              power_max_mw: 10,
              deadline_h: price.length - 1,
            },
          ],
        };
        let rest = energy;
        let cost = 0;
        for (const p of price.slice(0, -1).sort((a, b) => a - b)) {
          const taken = Math.min(10, rest);
          cost += taken * p;
          rest -= taken;
        }
        const result = scheduleCompute(drawn);
        expect(result.status).toBe(rest > 0 ? 'infeasible' : 'optimal');
        if (result.status === 'optimal') expect(result.cost).toBeCloseTo(cost, 6);
      }),
      { numRuns: 60, seed: 43 },
    );
  });

  const base: ComputeProblem = {
    price: [60, 40, 30, 50],
    carbon_intensity: [0.6, 0.5, 0.3, 0.1],
    power_cap_mw: [10, 10, 10, 10],
    jobs: [
      { kind: 'flexible', name: 'training', energy_mwh: 12, power_max_mw: 8 },
      { kind: 'block', name: 'batch', power_mw: 4, duration_h: 2 },
    ],
  };

  it('carbon moves work to clean hours: by its price, or by a cap', () => {
    const cheap = scheduleCompute(base);
    const clean = scheduleCompute({ ...base, carbon_price: 200 });
    if (cheap.status !== 'optimal' || clean.status !== 'optimal') throw new Error('both must be optimal');
    expect(clean.carbon_t).toBeLessThan(cheap.carbon_t - 1);
    const capped = scheduleCompute({ ...base, carbon_cap_t: clean.carbon_t });
    expect(capped).toMatchObject({ status: 'optimal', carbon_t: expect.closeTo(clean.carbon_t, 5) });
    expect(scheduleCompute({ ...base, carbon_cap_t: 0.1 })).toMatchObject({
      status: 'infeasible',
      constraints: ['carbon cap'],
    });
  });

  it('names the job that has no room', () => {
    const jobs: ComputeJob[] = [{ kind: 'flexible', name: 'too much', energy_mwh: 50, power_max_mw: 10 }];
    expect(scheduleCompute({ ...base, jobs })).toMatchObject({
      status: 'infeasible',
      constraints: ['energy of too much'],
    });
    const late: ComputeJob[] = [{ kind: 'block', name: 'late', power_mw: 1, duration_h: 3, release_h: 2 }];
    expect(scheduleCompute({ ...base, jobs: late })).toMatchObject({ constraints: ['start of late'] });
  });

  it.each([
    [
      'breaks the cap',
      [
        [0, 8, 4, 0],
        [0, 4, 4, 0],
      ],
      'power cap',
      2,
    ],
    [
      'pauses a block',
      [
        [0, 4, 8, 0],
        [0, 4, 0, 4],
      ],
      'runs without a break',
      1,
    ],
    [
      'serves too little',
      [
        [0, 4, 2, 0],
        [0, 4, 4, 0],
      ],
      'energy',
      5.988,
    ],
    [
      'runs a job too hard',
      [
        [0, 0, 2, 10],
        [4, 4, 0, 0],
      ],
      'job power',
      2,
    ],
  ])('finds a plan that %s', (_, plan, constraint, size) => {
    const check = checkComputeSchedule(base, plan);
    expect(check.violations).toContainEqual(
      expect.objectContaining({ constraint, size: expect.closeTo(size, 6) }),
    );
  });

  it('finds work after the deadline and refuses what is no plan', () => {
    const jobs: ComputeJob[] = [
      { kind: 'flexible', name: 'due', energy_mwh: 4, power_max_mw: 4, deadline_h: 2 },
    ];
    const due = { ...base, jobs };
    expect(checkComputeSchedule(due, [[0, 0, 4, 0]]).violations).toEqual([
      { constraint: 'release and deadline', size: 4, unit: 'MW', where: 'due, hour 2' },
    ]);
    expect(checkComputeSchedule(due, [[0, 0, Number.NaN, 0]])).toMatchObject({ feasible: false, cost: null });
    expect(checkComputeSchedule(due, [])).toMatchObject({ feasible: false, cost: null });
  });
});
