import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import type { BatteryCellsFacts, CellRow } from '../../../harness/families/faults/battery-cells/facts.ts';
import { batteryCellsFamily as family } from '../../../harness/families/faults/battery-cells/family.ts';

const draws = Array.from({ length: 200 }, (_, seed) =>
  family.draw(
    seed % 2 ? { cells: [10, 14], faulty: 2 } : { cells: [20, 24], faulty: 4 },
    createRandom(`cells ${seed}`),
  ),
);
type Table = Omit<BatteryCellsFacts, 'faults'>;

const median = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1] as number;

/** State of charge by halving the interval on the drawn curve, apart from the code of the key. */
function soc({ ocv }: Table, v: number): number {
  const volts = (pct: number) => {
    const k = Math.min(9, Math.floor(pct / 10));
    const [a, b] = [ocv[k]?.v ?? 0, ocv[k + 1]?.v ?? 0];
    return a + ((b - a) * (pct - 10 * k)) / 10;
  };
  let [low, high] = [0, 100];
  for (let i = 0; i < 50; i++) {
    const middle = (low + high) / 2;
    if (volts(middle) < v) low = middle;
    else high = middle;
  }
  return low;
}

/** From the table alone. The sensor first: by how much the cells together miss the terminals, and whose reading that is. */
function diagnose(table: Table) {
  const { rows, module_v, current_a, minutes } = table;
  const sum = (pick: (row: CellRow) => number) => rows.reduce((total, row) => total + pick(row), 0);
  const misses = [
    sum((row) => row.rest_v) - module_v.rest,
    sum((row) => row.step_v) - module_v.step,
    sum((row) => row.end_v) - module_v.end,
    sum((row) => row.after_v) - module_v.after,
  ];
  const miss = median(misses);
  const found: Record<string, string> = {};
  let sensor: string | undefined;
  if (Math.abs(miss) > 0.012) {
    const typical = {
      rest: median(rows.map((row) => row.rest_v)),
      after: median(rows.map((row) => row.after_v)),
    };
    const strangeness = (row: CellRow) =>
      Math.abs(row.rest_v - miss - typical.rest) + Math.abs(row.after_v - miss - typical.after);
    const [best] = [...rows].sort((a, b) => strangeness(a) - strangeness(b));
    sensor = best?.name;
    if (sensor) found[sensor] = 'sensor';
  }
  const charge = (current_a * minutes) / 60;
  const cells = rows.map((row) => {
    const [first, second] = [soc(table, row.rest_v), soc(table, row.after_v)];
    const capacity = charge / ((first - second) / 100);
    const r = ((row.rest_v - row.step_v) / current_a) * 1000;
    return { name: row.name, first, capacity, r, left: (capacity * second) / 100 };
  });
  const trusted = cells.filter(({ name }) => name !== sensor);
  const usual = {
    r: median(cells.map(({ r }) => r)),
    first: median(trusted.map(({ first }) => first)),
    c: median(trusted.map(({ capacity }) => capacity)),
  };
  for (const { name, first, capacity, r } of trusted) {
    if (r > 1.4 * usual.r) found[name] = 'high_resistance';
    else if (first < usual.first - 4) found[name] = 'self_discharge';
    else if (capacity < 0.94 * usual.c) found[name] = 'low_capacity';
  }
  return { found, cells, trusted };
}

describe('battery-cells', () => {
  it('can be read off the table alone: bad cells, their faults, and what they leave', () => {
    for (const { faults, ...table } of draws) {
      const { found, cells, trusted } = diagnose(table);
      const answer = family.solve({ ...table, faults });
      expect(found, JSON.stringify(table)).toEqual(answer.faults);
      expect(answer.resistance).toBeCloseTo(Math.max(...cells.map(({ r }) => r)), 4);
      expect(answer.capacity).toBeCloseTo(Math.min(...trusted.map(({ capacity }) => capacity)), 2);
      const [first] = [...trusted].sort((a, b) => a.left - b.left);
      expect(answer.limiting).toBe(first?.name);
      expect(answer.available).toBeCloseTo(first?.left ?? 0, 2);
    }
  });

  it('has heat that equals current times the sum of the drops at the terminals', () => {
    for (const facts of draws) {
      const drop = facts.module_v.rest - facts.module_v.step;
      // Cells are read to a millivolt, so their drops add up to the terminals only nearly.
      expect(Math.abs(family.solve(facts).heat / (facts.current_a * drop) - 1)).toBeLessThan(0.015);
    }
  });

  it('draws every fault, and does not tell the prompt which', () => {
    expect(new Set(draws.flatMap(({ faults }) => faults.map(({ kind }) => kind))).size).toBe(4);
    expect(Object.keys(family.vars?.(draws[0] as BatteryCellsFacts, 'en') ?? {})).not.toContain('faults');
  });
});
