import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import { solveCommitment } from '../../../harness/engineering/optimise/commitment-milp.ts';
import { loadSolver } from '../../../harness/engineering/optimise/solver.ts';
import {
  problemOf,
  type UnitCommitmentFacts,
} from '../../../harness/families/dispatch/unit-commitment/facts.ts';
import { unitCommitmentFamily as family } from '../../../harness/families/dispatch/unit-commitment/family.ts';

let draws: UnitCommitmentFacts[] = [];

describe('unit-commitment', () => {
  beforeAll(async () => {
    await loadSolver();
    draws = Array.from({ length: 25 }, (_, seed) =>
      family.draw({ units: [3, 4], hours: [6, 7] }, createRandom(`test ${seed}`)),
    );
  });

  it('has the least cost that an integer program finds by itself, whose own plan is worth 1', () => {
    for (const facts of draws) {
      const answer = family.solve(facts);
      const program = solveCommitment(problemOf(facts));
      if (program.status !== 'optimal') throw new Error(program.reason);
      expect(program.cost).toBeCloseTo(answer.total_cost, 2);
      const plan = Object.fromEntries(facts.units.map(({ name }, i) => [name, program.dispatch_mw[i]]));
      expect(family.verify?.schedule?.(facts, answer, plan).value).toBe(1);
    }
  });

  it('has a plan that meets demand, limits and reserve and costs what it says', () => {
    for (const facts of draws) {
      const { schedule, total_cost } = family.solve(facts);
      let cost = 0;
      facts.demand_mw.forEach((demand, t) => {
        let [served, able] = [0, 0];
        for (const unit of facts.units) {
          const row = schedule[unit.name] as number[];
          const p = row[t] as number;
          const before = t > 0 ? (row[t - 1] as number) > 0 : unit.initial_h > 0;
          served += p;
          if (p === 0) continue;
          able += unit.p_max_mw;
          expect(p).toBeGreaterThanOrEqual(unit.p_min_mw - 1e-3);
          expect(p).toBeLessThanOrEqual(unit.p_max_mw + 1e-3);
          cost += unit.cost * p + unit.no_load_cost + (before ? 0 : unit.start_up_cost);
        }
        expect(served).toBeCloseTo(demand, 2);
        expect(able - demand).toBeGreaterThanOrEqual(facts.reserve_mw - 1e-3);
      });
      expect(cost).toBeCloseTo(total_cost, 1);
    }
  });

  it('is the same problem in both languages, at another price level', () => {
    for (const facts of draws.slice(0, 8)) {
      const zh = family.solve(family.localise?.(facts, 'zh') ?? facts);
      expect(zh.total_cost / family.solve(facts).total_cost).toBeCloseTo(12, 6);
    }
  });

  it('refuses hostile schedules without falling over', () => {
    const [facts] = draws as [UnitCommitmentFacts];
    const answer = family.solve(facts);
    const judge = family.verify?.schedule;
    const rows = (row: unknown) => Object.fromEntries(facts.units.map(({ name }) => [name, row]));
    const long = new Array(100_000).fill(1);
    for (const plan of [
      null,
      7,
      'G1',
      [],
      {},
      { __proto__: 1 },
      rows(null),
      rows([]),
      rows(long),
      rows({}),
      rows(facts.demand_mw.map(() => Number.NaN)),
      rows(facts.demand_mw.map(() => 1e300)),
    ])
      expect(judge?.(facts, answer, plan).value).toBe(0);
    expect(judge?.(facts, answer, answer.schedule).value).toBe(1);
  });
});
