import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import { dispatchByProgram } from '../../../harness/engineering/optimise/economic-dispatch.ts';
import { loadSolver } from '../../../harness/engineering/optimise/solver.ts';
import { dispatchUnits } from '../../../harness/families/dispatch/merit-order/facts.ts';
import { meritOrderFamily as family } from '../../../harness/families/dispatch/merit-order/family.ts';

const draws = Array.from({ length: 60 }, (_, seed) =>
  family.draw({ units: [4, 8] }, createRandom(`test ${seed}`)),
);

describe('merit-order', () => {
  beforeAll(loadSolver);

  it('has the key that a linear program finds by itself', () => {
    for (const facts of draws) {
      const answer = family.solve(facts);
      const program = dispatchByProgram(dispatchUnits(facts), facts.demand_mw);
      if (program.status !== 'optimal') throw new Error(program.reason);
      expect(program.cost).toBeCloseTo(answer.total_cost, 4);
      for (const [i, { name }] of facts.units.entries())
        expect(program.dispatch_mw[i]).toBeCloseTo(answer.dispatch[name] ?? Number.NaN, 4);
    }
  });

  it('has the price that one more MW costs', () => {
    for (const facts of draws) {
      const more = family.solve({ ...facts, demand_mw: facts.demand_mw + 1 });
      const answer = family.solve(facts);
      expect(more.total_cost - answer.total_cost).toBeCloseTo(answer.price, 6);
    }
  });

  it('leaves the marginal unit inside its limits, so that price and dispatch are unique', () => {
    for (const facts of draws) {
      const { price, dispatch } = family.solve(facts);
      const marginal = facts.units.filter(({ cost }) => cost === price);
      expect(marginal).toHaveLength(1);
      const [unit] = marginal;
      const p_mw = dispatch[unit?.name ?? ''] ?? 0;
      expect(p_mw).toBeGreaterThan(unit?.p_min_mw ?? 0);
      expect(p_mw).toBeLessThan(unit?.capacity_mw ?? 0);
    }
  });

  it('is the same problem in both languages, at another price level', () => {
    for (const facts of draws.slice(0, 10)) {
      const zh = family.solve(family.localise?.(facts, 'zh') ?? facts);
      expect(zh.dispatch).toEqual(family.solve(facts).dispatch);
    }
  });

  it('refuses hostile plans without falling over', () => {
    const [facts] = draws as [(typeof draws)[number]];
    const answer = family.solve(facts);
    const judge = family.verify?.dispatch;
    for (const plan of [
      null,
      7,
      'G1',
      [],
      {},
      { __proto__: 1 },
      { G1: Number.NaN },
      { G1: '∞ MW' },
      [1, 2],
    ]) {
      expect(judge?.(facts, answer, plan).value).toBe(0);
    }
    expect(judge?.(facts, answer, answer.dispatch).value).toBe(1);
    const inText = Object.fromEntries(
      Object.entries(answer.dispatch).map(([name, p]) => [name.toLowerCase(), `${p} MW`]),
    );
    expect(judge?.(facts, answer, inText).value).toBe(1);
  });

  it('tells the regret of a feasible plan in money', () => {
    for (const facts of draws) {
      const answer = family.solve(facts);
      const order = [...facts.units].sort((a, b) => a.cost - b.cost);
      const up = order.find((unit) => unit.cost > answer.price && unit.must_run_mw === undefined);
      const marginal = order.find(({ cost }) => cost === answer.price);
      if (!up || !marginal) continue;
      const moved = {
        ...answer.dispatch,
        [up.name]: (answer.dispatch[up.name] ?? 0) + 1,
        [marginal.name]: (answer.dispatch[marginal.name] ?? 0) - 1,
      };
      const verdict = family.verify?.dispatch?.(facts, answer, moved);
      expect(verdict?.regret?.amount).toBeCloseTo(up.cost - answer.price, 6);
    }
  });
});
