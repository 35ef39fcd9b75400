import { beforeAll, describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import { dcFlow } from '../../../harness/engineering/grid/dc-flow.ts';
import { ptdf } from '../../../harness/engineering/grid/distribution-factors.ts';
import { loadSolver } from '../../../harness/engineering/optimise/solver.ts';
import {
  clear,
  networkOf,
  type PriceSeparationFacts,
} from '../../../harness/families/dispatch/price-separation/facts.ts';
import { priceSeparationFamily as family } from '../../../harness/families/dispatch/price-separation/family.ts';
import { statementText } from '../../../harness/families/dispatch/price-separation/statements.ts';

const TIERS = [
  { buses: [4, 5], chords: 1, binding: 1 },
  { buses: [6, 7], chords: 2, binding: 2 },
] as const;
let draws: PriceSeparationFacts[] = [];

describe('price-separation', () => {
  beforeAll(async () => {
    await loadSolver();
    draws = TIERS.flatMap((tier) =>
      Array.from({ length: 20 }, (_, seed) =>
        family.draw({ ...tier, buses: [...tier.buses] }, createRandom(`test ${seed}`)),
      ),
    );
  });

  it('can be told from what the question prints alone: flows fill the binding lines, prices give their shadow prices', () => {
    for (const facts of draws) {
      const answer = family.solve(facts);
      const flows = publishedFlows(facts);
      const full = facts.lines
        .filter(({ limit_mw }, i) => Math.abs(flows[i] as number) > limit_mw - 0.1)
        .map(({ name }) => name);
      expect(full.sort()).toEqual([...answer.binding].sort());
      const shadows = shadowsFromPrices(facts, answer.binding, flows);
      answer.binding.forEach((name, i) => {
        expect((shadows[i] as number) / (answer.shadow_prices[name] as number)).toBeCloseTo(1, 2);
      });
    }
  });

  it('has the rent that the printed prices settle, and that limits times shadow prices give', () => {
    for (const facts of draws) {
      const answer = family.solve(facts);
      const price = (bus: number) => facts.buses.find(({ id }) => id === bus)?.price as number;
      const settled =
        facts.buses.reduce((sum, { price: own, load_mw }) => sum + own * load_mw, 0) -
        facts.units.reduce((sum, { bus, output_mw }) => sum + price(bus) * output_mw, 0);
      expect(settled / answer.congestion_rent).toBeCloseTo(1, 2);
      const limits = facts.lines.reduce(
        (sum, { name, limit_mw }) => sum + limit_mw * (answer.shadow_prices[name] ?? 0),
        0,
      );
      expect(answer.congestion_rent).toBeCloseTo(limits, 3);
    }
  });

  it('has the change of loading that a second power flow shows', () => {
    for (const facts of draws) {
      const answer = family.solve(facts);
      const { down, up, mw } = facts.transfer;
      const line = facts.lines.findIndex(({ name }) => name === answer.binding[0]);
      const before = publishedFlows(facts)[line] as number;
      const moved = facts.units.map((unit) => ({
        ...unit,
        output_mw: unit.output_mw + (unit.name === up ? mw : 0) - (unit.name === down ? mw : 0),
      }));
      const after = publishedFlows({ ...facts, units: moved })[line] as number;
      expect(Math.abs(after) - Math.abs(before)).toBeCloseTo(answer.loading_change, 6);
    }
  });

  it('calls those statements true that clearing the market again bears out', () => {
    for (const facts of draws) {
      const { true_statements } = family.solve(facts);
      for (const statement of facts.statements) {
        const saved = (name: string) => cost(facts) - cost(withLimit(facts, name, 0.05));
        if (statement.kind === 'saves')
          expect(Math.abs(saved(statement.line) / 0.05 - statement.saving) < 0.1).toBe(
            true_statements.includes(statement.id),
          );
        if (statement.kind === 'matters')
          expect(saved(statement.line) > 0.01).toBe(true_statements.includes(statement.id));
        if (statement.kind === 'lowers')
          expect(someoneLowered(facts, statement.bus)).toBe(true_statements.includes(statement.id));
        expect(statementText(statement, '$', 'zh')).not.toMatch(/undefined|NaN/);
      }
      expect(true_statements.length).toBeGreaterThanOrEqual(2);
      expect(true_statements.length).toBeLessThanOrEqual(4);
    }
  });

  it('always has a line that is nearly full and does not bind, so that fullness alone is no diagnosis', () => {
    for (const facts of draws) {
      const { binding } = family.solve(facts);
      const flows = publishedFlows(facts);
      const room = facts.lines
        .map(({ name, limit_mw }, i) => ({ name, mw: limit_mw - Math.abs(flows[i] as number) }))
        .filter(({ name }) => !binding.includes(name));
      const least = Math.min(...room.map(({ mw }) => mw));
      expect(least).toBeGreaterThan(2);
      expect(least).toBeLessThan(8);
    }
  });

  it('pays little for naming all statements, none, or strange ones', () => {
    const facts = draws[0] as PriceSeparationFacts;
    const answer = family.solve(facts);
    const judge = (proposal: unknown) => family.verify?.true_statements?.(facts, answer, proposal).value;
    expect(judge(answer.true_statements)).toBe(1);
    expect(judge(['A', 'B', 'C', 'D', 'E', 'F'])).toBeLessThan(0.34);
    expect(judge([])).toBeLessThan(0.34);
    for (const hostile of [null, 'A', { __proto__: ['A'] }, ['constructor'], [Number.NaN], ['Z']])
      expect(judge(hostile)).toBe(0);
  });
});

function publishedFlows(facts: PriceSeparationFacts): number[] {
  const network = networkOf(facts);
  const generators = network.generators.map((unit, i) => ({
    ...unit,
    p_mw: facts.units[i]?.output_mw ?? Number.NaN,
  }));
  return Array.from(dcFlow({ ...network, generators }, { convention: 'mp' }).p_from_mw);
}

/** Least squares of price_i = energy − Σ shadow · factor, by the normal equations. */
function shadowsFromPrices(
  facts: PriceSeparationFacts,
  binding: readonly string[],
  flows: readonly number[],
): number[] {
  const { factors } = ptdf(networkOf(facts), { convention: 'mp' });
  const at = binding.map((name) => facts.lines.findIndex((line) => line.name === name));
  const rows = facts.buses.map(({ price }, i) => ({
    a: [1, ...at.map((l) => -Math.sign(flows[l] as number) * (factors[l]?.[i] as number))],
    price,
  }));
  const size = binding.length + 1;
  const matrix = Array.from({ length: size }, (_, r) => [
    ...Array.from({ length: size }, (_, c) =>
      rows.reduce((sum, { a }) => sum + (a[r] as number) * (a[c] as number), 0),
    ),
    rows.reduce((sum, { a, price }) => sum + (a[r] as number) * price, 0),
  ]);
  for (let p = 0; p < size; p++)
    for (let r = 0; r < size; r++) {
      if (r === p) continue;
      const factor = (matrix[r]?.[p] as number) / (matrix[p]?.[p] as number);
      matrix[r] = (matrix[r] as number[]).map((value, c) => value - factor * (matrix[p]?.[c] as number));
    }
  return matrix.map((row, r) => (row[size] as number) / (row[r] as number)).slice(1);
}

const cost = (facts: PriceSeparationFacts) => clear(facts)?.objective as number;

const withLimit = (facts: PriceSeparationFacts, name: string, more: number): PriceSeparationFacts => ({
  ...facts,
  lines: facts.lines.map((line) => (line.name === name ? { ...line, limit_mw: line.limit_mw + more } : line)),
});

function someoneLowered(facts: PriceSeparationFacts, bus: number): boolean {
  const buses = facts.buses.map((one) => (one.id === bus ? { ...one, load_mw: one.load_mw + 0.2 } : one));
  const [now, more] = [clear(facts), clear({ ...facts, buses })];
  return (more?.dispatch_mw ?? []).some((p, i) => p < (now?.dispatch_mw[i] as number) - 1e-4);
}
