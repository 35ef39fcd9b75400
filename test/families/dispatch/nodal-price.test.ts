import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import { ptdf } from '../../../harness/engineering/grid/distribution-factors.ts';
import { loadSolver } from '../../../harness/engineering/optimise/solver.ts';
import { type NodalPriceFacts, networkOf } from '../../../harness/families/dispatch/nodal-price/facts.ts';
import {
  nodalPriceFamily as family,
  type NodalPriceAnswer,
} from '../../../harness/families/dispatch/nodal-price/family.ts';

let draws: NodalPriceFacts[] = [];

describe('nodal-price', () => {
  beforeAll(async () => {
    await loadSolver();
    draws = Array.from({ length: 25 }, (_, seed) =>
      family.draw({ buses: [3, 6], chords: 1 }, createRandom(`test ${seed}`)),
    );
  });

  it('has the prices that two marginal units and the distribution factors give without any optimiser', () => {
    for (const facts of draws) {
      const answer = family.solve(facts);
      const [a, b] = marginalUnits(facts, answer);
      expect(a && b).toBeTruthy();
      if (!a || !b) continue;
      const line = facts.lines.findIndex(({ name }) => name === answer.binding_line);
      const factors = ptdf(networkOf(facts), { convention: 'mp' }).factors[line] as ArrayLike<number>;
      const at = (bus: number) => factors[facts.buses.findIndex(({ id }) => id === bus)] as number;
      // One more MW at bus i: units a and b share it so that the flow on the binding line stays what it is.
      for (const { id } of facts.buses) {
        const share = (at(id) - at(b.bus)) / (at(a.bus) - at(b.bus));
        expect(answer.prices[String(id)]).toBeCloseTo(share * a.cost + (1 - share) * b.cost, 5);
      }
    }
  });

  it('has the rent that settlement leaves over, and that limit times shadow price gives', () => {
    for (const facts of draws) {
      const answer = family.solve(facts);
      const price = (bus: number) => answer.prices[String(bus)] as number;
      const paid = facts.buses.reduce((sum, { id, load_mw }) => sum + price(id) * load_mw, 0);
      const received = facts.units.reduce(
        (sum, { name, bus }) => sum + price(bus) * (answer.dispatch[name] as number),
        0,
      );
      expect(answer.congestion_rent).toBeCloseTo(paid - received, 4);
      const limit = facts.lines.find(({ name }) => name === answer.binding_line)?.limit_mw ?? 0;
      expect(answer.congestion_rent).toBeCloseTo(answer.shadow_price * limit, 3);
    }
  });

  it('has the shadow price that one more MW of limit saves', () => {
    for (const facts of draws.slice(0, 10)) {
      const answer = family.solve(facts);
      const wider = {
        ...facts,
        lines: facts.lines.map((line) =>
          line.name === answer.binding_line ? { ...line, limit_mw: line.limit_mw + 0.01 } : line,
        ),
      };
      const cost = ({ dispatch }: NodalPriceAnswer) =>
        facts.units.reduce((sum, unit) => sum + unit.cost * (dispatch[unit.name] as number), 0);
      expect((cost(answer) - cost(family.solve(wider))) / 0.01).toBeCloseTo(answer.shadow_price, 3);
    }
  });

  it('never draws a market without a price difference', () => {
    for (const facts of draws) {
      const prices = Object.values(family.solve(facts).prices);
      expect(Math.max(...prices) - Math.min(...prices)).toBeGreaterThan(4);
    }
  });
});

function marginalUnits(facts: NodalPriceFacts, { dispatch }: NodalPriceAnswer) {
  return facts.units.filter(({ name, p_max_mw }) => {
    const p_mw = dispatch[name] as number;
    return p_mw > 1e-6 && p_mw < p_max_mw - 1e-6;
  });
}
