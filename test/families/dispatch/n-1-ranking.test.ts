import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import type { N1RankingFacts } from '../../../harness/families/dispatch/n-1-ranking/facts.ts';
import { n1RankingFamily as family } from '../../../harness/families/dispatch/n-1-ranking/family.ts';

const draws = Array.from({ length: 40 }, (_, seed) =>
  family.draw({ buses: [5, 6], chords: 2 }, createRandom(`test ${seed}`)),
);

/** Angles by Gauss-Seidel on the nodal balances of the lines left: no matrix, no distribution factor. */
function flowsWithout({ base_mva, buses, lines }: N1RankingFacts, out: string): Map<string, number> {
  const left = lines.filter(({ name }) => name !== out);
  const angle = new Map(buses.map(({ id }) => [id, 0]));
  const at = (id: number) => angle.get(id) as number;
  for (let sweep = 0; sweep < 3000; sweep++)
    for (const { id, load_mw, generation_mw } of buses.slice(1)) {
      let [sum, weight] = [(generation_mw - load_mw) / base_mva, 0];
      for (const { from, to, x_pu } of left) {
        if (from !== id && to !== id) continue;
        sum += at(from === id ? to : from) / x_pu;
        weight += 1 / x_pu;
      }
      angle.set(id, sum / weight);
    }
  return new Map(
    left.map(({ name, from, to, x_pu }) => [name, (base_mva * Math.abs(at(from) - at(to))) / x_pu]),
  );
}

describe('n-1-ranking', () => {
  it('has the key that solving the angles anew after each outage finds', () => {
    for (const facts of draws) {
      const answer = family.solve(facts);
      const unsafe: string[] = [];
      let worst = { loading: 0, outage: '', line: '' };
      for (const { name: outage } of facts.lines) {
        const flows = flowsWithout(facts, outage);
        const all = facts.lines.map(({ name, limit_mw }) => ({
          line: name,
          outage,
          loading: (100 * (flows.get(name) ?? 0)) / limit_mw,
        }));
        if (all.some(({ loading }) => loading > 100)) unsafe.push(outage);
        for (const one of all) if (one.loading > worst.loading) worst = one;
      }
      expect(answer.unsafe).toEqual(unsafe);
      expect([answer.worst_outage, answer.worst_line]).toEqual([worst.outage, worst.line]);
      expect(answer.worst_loading).toBeCloseTo(worst.loading, 3);
    }
  });

  it('counts an unsafe outage called safe for more than a false alarm, and hostile lists for nothing', () => {
    for (const facts of draws) {
      const answer = family.solve(facts);
      const judge = (list: unknown) => family.verify?.unsafe?.(facts, answer, list).value ?? Number.NaN;
      const safe = facts.lines.map(({ name }) => name).filter((name) => !answer.unsafe.includes(name));
      expect(judge(answer.unsafe)).toBe(1);
      expect(judge(answer.unsafe.slice(1))).toBeLessThan(judge([...answer.unsafe, safe[0]]));
      for (const list of [null, 7, {}, [], facts.lines.map(({ name }) => name), ['__proto__'], [null]])
        expect(judge(list)).toBeCloseTo(0, 12);
    }
  });
});
