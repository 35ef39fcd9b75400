import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import {
  lossless,
  type QuadraticDispatchFacts,
} from '../../../harness/families/dispatch/quadratic-dispatch/facts.ts';
import { quadraticDispatchFamily as family } from '../../../harness/families/dispatch/quadratic-dispatch/family.ts';

const draws = Array.from({ length: 60 }, (_, seed) =>
  family.draw({ units: [3, 5] }, createRandom(`test ${seed}`)),
);

const matrixOf = ({ units, loss_e5 }: QuadraticDispatchFacts): number[][] =>
  units.map((a) => units.map((b) => loss_e5[a.name]?.[b.name] as number));

/** At a given λ, each output in turn until none moves: no Newton step, no set of held units. */
function outputsAt(facts: QuadraticDispatchFacts, lambda: number): number[] {
  const { units } = facts;
  const matrix = matrixOf(facts);
  const p = units.map(({ p_min_mw }) => p_min_mw);
  for (let sweep = 0; sweep < 500; sweep++) {
    let moved = 0;
    units.forEach(({ b, c, p_min_mw, p_max_mw }, i) => {
      const row = matrix[i] as number[];
      const others = row.reduce((sum, value, j) => sum + (j === i ? 0 : 2e-5 * value * (p[j] as number)), 0);
      const best = (lambda * (1 - others) - b) / (2 * (c + lambda * (row[i] as number) * 1e-5));
      const next = Math.min(p_max_mw, Math.max(p_min_mw, best));
      moved = Math.max(moved, Math.abs(next - (p[i] as number)));
      p[i] = next;
    });
    if (moved < 1e-10) break;
  }
  return p;
}

const lossOf = (facts: QuadraticDispatchFacts, p: readonly number[], matrix = matrixOf(facts)) =>
  p.reduce(
    (sum, pi, i) => sum + pi * p.reduce((s, pj, j) => s + (matrix[i]?.[j] as number) * 1e-5 * pj, 0),
    0,
  );

function byBisection(facts: QuadraticDispatchFacts) {
  let [low, high] = [0, 1000];
  for (let i = 0; i < 80; i++) {
    const middle = (low + high) / 2;
    const p = outputsAt(facts, middle);
    const served = p.reduce((sum, x) => sum + x, 0) - lossOf(facts, p);
    if (served < facts.demand_mw) low = middle;
    else high = middle;
  }
  return { lambda: high, p: outputsAt(facts, high) };
}

describe('quadratic-dispatch', () => {
  it('has the key that bisection of λ with sweeps over the units finds', () => {
    for (const facts of draws) {
      const answer = family.solve(facts);
      const { lambda, p } = byBisection(facts);
      expect(answer.lambda).toBeCloseTo(lambda, 5);
      expect(answer.losses).toBeCloseTo(lossOf(facts, p), 5);
      for (const [i, { name }] of facts.units.entries())
        expect(answer.dispatch[name]).toBeCloseTo(p[i] as number, 4);
    }
  });

  it('has the λ that one more MW of load costs', () => {
    for (const facts of draws) {
      const cost = (by: number) => family.solve({ ...facts, demand_mw: facts.demand_mw + by }).total_cost;
      expect((cost(0.5) - cost(-0.5)) / family.solve(facts).lambda).toBeCloseTo(1, 5);
    }
  });

  it('holds exactly one unit at its capacity, the others clear of their limits', () => {
    for (const facts of draws) {
      const { dispatch } = family.solve(facts);
      const at = facts.units.filter(({ name, p_max_mw }) => (dispatch[name] as number) > p_max_mw - 1);
      expect(at).toHaveLength(1);
    }
  });

  it('is the same problem in both languages, at another price level', () => {
    for (const facts of draws.slice(0, 10)) {
      const [zh, en] = [family.solve(family.localise?.(facts, 'zh') ?? facts), family.solve(facts)];
      expect(zh.lambda / en.lambda).toBeCloseTo(14, 8);
      expect(zh.losses).toBeCloseTo(en.losses, 8);
    }
  });

  it('calls a plan without losses out of balance, and survives hostile plans', () => {
    const [facts] = draws as [QuadraticDispatchFacts];
    const answer = family.solve(facts);
    const judge = family.verify?.dispatch;
    const without = family.solve(lossless(facts));
    expect(judge?.(facts, answer, without.dispatch).value).toBeLessThan(0.5);
    expect(judge?.(facts, answer, without.dispatch).reason).toContain('power balance');
    expect(judge?.(facts, answer, answer.dispatch).value).toBe(1);
    for (const plan of [
      null,
      7,
      'G1',
      [],
      {},
      { __proto__: 1 },
      { G1: Number.NaN },
      [1e308, 1e308, 1e308, 1e308],
    ])
      expect(judge?.(facts, answer, plan).value).toBe(0);
  });
});
