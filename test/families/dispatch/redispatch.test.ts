import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import { lodf, ptdf } from '../../../harness/engineering/grid/distribution-factors.ts';
import { addColumn, addRow, createModel } from '../../../harness/engineering/optimise/model.ts';
import { loadSolver, solveLp } from '../../../harness/engineering/optimise/solver.ts';
import type { RedispatchFacts } from '../../../harness/families/dispatch/redispatch/facts.ts';
import { redispatchFamily as family } from '../../../harness/families/dispatch/redispatch/family.ts';
import { flowsIn, problemOf } from '../../../harness/families/dispatch/redispatch/problem.ts';

const TIERS = [
  { buses: [4, 5], chords: 1, units: 4, overloads: 1, contingency: false },
  { buses: [6, 7], chords: 2, units: 6, overloads: 2, contingency: true },
] as const;
let draws: RedispatchFacts[] = [];

describe('redispatch', () => {
  beforeAll(async () => {
    await loadSolver();
    draws = TIERS.flatMap((tier) =>
      Array.from({ length: 20 }, (_, seed) =>
        family.draw({ ...tier, buses: [...tier.buses] }, createRandom(`test ${seed}`)),
      ),
    );
  });

  it('has the cost that a program of distribution factors finds, which holds both states at once', () => {
    for (const facts of draws) expect(costByFactors(facts)).toBeCloseTo(family.solve(facts).cost, 3);
  });

  it('has the loading that outage factors give from the flows before the outage', () => {
    for (const facts of draws.filter(({ outage }) => outage !== null)) {
      const before = flowsIn(facts, 'before');
      const out = facts.lines.findIndex(({ name }) => name === facts.outage);
      const { factors } = lodf(
        { ...problemOf(facts).network, branches: restored(facts) },
        { convention: 'mp' },
      );
      const loadings = facts.lines
        .map(({ limit_mw }, l) => ({
          l,
          loading:
            (100 *
              Math.abs((before[l] as number) + (factors[l]?.[out] as number) * (before[out] as number))) /
            limit_mw,
        }))
        .filter(({ l }) => l !== out);
      const { worst_loading, overloaded } = family.solve(facts);
      expect(Math.max(...loadings.map(({ loading }) => loading))).toBeCloseTo(worst_loading, 6);
      const over = loadings.filter(({ loading }) => loading > 100).map(({ l }) => facts.lines[l]?.name);
      expect(over).toEqual(overloaded);
    }
  });

  it('never lets a random feasible plan be cheaper than the best', () => {
    const random = createRandom('plans');
    let feasible = 0;
    for (const facts of draws.slice(0, 10)) {
      const answer = family.solve(facts);
      for (let k = 0; k < 60; k++) {
        const moved = { ...answer.plan };
        const [a, b] = random.sample(Object.keys(moved), 2) as [string, string];
        const mw = random.range(-20, 20, 0.5);
        moved[a] = (moved[a] as number) + mw;
        moved[b] = (moved[b] as number) - mw;
        const verdict = family.verify?.plan?.(facts, answer, moved);
        if (!verdict?.regret) continue;
        feasible++;
        expect(verdict.reason).toMatch(/feasible/);
        expect(planCost(facts, moved)).toBeGreaterThan(answer.cost - 10);
        const share = Math.max(0, planCost(facts, moved) / answer.cost - 1);
        expect(verdict.value).toBeCloseTo(Math.min(1, Math.max(0, 1 - (share - 0.002) / 0.498)), 6);
        expect(verdict.regret.amount).toBeCloseTo(Math.max(0, planCost(facts, moved) - answer.cost), 4);
      }
    }
    expect(feasible).toBeGreaterThan(20);
  });

  it('pays nothing for doing nothing, and less the more of the overload is left', () => {
    for (const facts of draws) {
      const answer = family.solve(facts);
      const judge = (share: number) =>
        family.verify?.plan?.(
          facts,
          answer,
          Object.fromEntries(Object.entries(answer.plan).map(([name, mw]) => [name, share * mw])),
        ).value as number;
      expect(judge(0)).toBe(0);
      expect(judge(1)).toBe(1);
      expect(judge(0.97)).toBeLessThanOrEqual(0.5);
      expect(judge(0.8)).toBeLessThanOrEqual(judge(0.97));
    }
  });

  it('refuses hostile plans without falling over', () => {
    const facts = draws[0] as RedispatchFacts;
    const answer = family.solve(facts);
    const hostile = [
      null,
      7,
      'G1',
      [],
      {},
      JSON.parse('{"__proto__": {"G1": 5}}'),
      { G1: Number.NaN },
      { G1: '∞ MW' },
      [1, 2],
    ];
    for (const plan of hostile) expect(family.verify?.plan?.(facts, answer, plan).value).toBe(0);
    const worded = Object.fromEntries(
      Object.entries(answer.plan).map(([name, mw]) => [name.toLowerCase(), `${mw} MW`]),
    );
    expect(family.verify?.plan?.(facts, answer, worded).value).toBe(1);
  });
});

const restored = (facts: RedispatchFacts) =>
  problemOf(facts).network.branches.map((branch) => ({ ...branch, in_service: true }));

function planCost({ units }: RedispatchFacts, plan: Record<string, number>): number {
  return units.reduce((sum, { name, up_price, down_price }) => {
    const mw = plan[name] as number;
    return sum + (mw > 0 ? mw * up_price : mw * down_price);
  }, 0);
}

/** The problem again, without angles: ups and downs, factors for the flows, and every limit in every state. */
function costByFactors(facts: RedispatchFacts): number {
  const { network, offers } = problemOf(facts);
  const whole = { ...network, branches: restored(facts) };
  const model = createModel();
  const moves = facts.units.flatMap(({ bus }, i) => {
    const offer = offers[i];
    if (!offer) return [];
    const at = facts.buses.findIndex(({ id }) => id === bus);
    const up = addColumn(model, {
      name: `up ${i}`,
      lower: 0,
      upper: offer.up_max_mw ?? 0,
      cost: offer.up_price,
    });
    const down = addColumn(model, {
      name: `down ${i}`,
      lower: 0,
      upper: offer.down_max_mw ?? 0,
      cost: offer.down_price,
    });
    return [{ at, up, down }];
  });
  const terms = (of: (at: number) => number) =>
    moves.flatMap(({ at, up, down }): [number, number][] => [
      [up, of(at)],
      [down, -of(at)],
    ]);
  addRow(model, { name: 'balance', lower: 0, upper: 0, terms: terms(() => 1) });
  const factors = ptdf(whole, { convention: 'mp' }).factors;
  const outages = lodf(whole, { convention: 'mp' }).factors;
  const flow = flowsIn(facts, 'before');
  const out = facts.lines.findIndex(({ name }) => name === facts.outage);
  facts.lines.forEach(({ name, limit_mw }, l) => {
    const own = (at: number) => factors[l]?.[at] as number;
    addRow(model, {
      name,
      lower: -limit_mw - (flow[l] as number),
      upper: limit_mw - (flow[l] as number),
      terms: terms(own),
    });
    if (out < 0 || l === out) return;
    const part = outages[l]?.[out] as number;
    const after = (flow[l] as number) + part * (flow[out] as number);
    addRow(model, {
      name: `${name} after`,
      lower: -limit_mw - after,
      upper: limit_mw - after,
      terms: terms((at) => own(at) + part * (factors[out]?.[at] as number)),
    });
  });
  const solution = solveLp(model);
  if (solution.status !== 'optimal') throw new Error(solution.reason);
  return solution.objective;
}
