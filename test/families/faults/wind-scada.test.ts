import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import type { WindScadaFacts } from '../../../harness/families/faults/wind-scada/facts.ts';
import { windScadaFamily as family } from '../../../harness/families/faults/wind-scada/family.ts';
import type { ScadaRow } from '../../../harness/families/faults/wind-scada/turbine.ts';

const draws = Array.from({ length: 250 }, (_, seed) =>
  family.draw({ rows: [26, 32] }, createRandom(`wind ${seed}`)),
);
type Table = Omit<WindScadaFacts, 'cause' | 'first' | 'last'>;

/** Density by the molar mass of air, the curve by a search from below: apart from the code of the key. */
function expectation({ pressure_hpa, mean_temp_c, curve }: Table) {
  const density = (pressure_hpa * 100 * 28.96546e-3) / (8.314462618 * (mean_temp_c + 273.15));
  const at = (v: number) => {
    const k = curve.findIndex(({ v_ms }, i) => v >= v_ms && v < (curve[i + 1]?.v_ms ?? 0));
    const [a, b] = [curve[k], curve[k + 1]];
    if (!a || !b) throw new Error(`${v} m/s is off the curve`);
    const share = (v - a.v_ms) / (b.v_ms - a.v_ms);
    return (1 - share) * a.p_kw + share * b.p_kw;
  };
  return { density, of: (row: ScadaRow) => at(row.mast_ms * (density / 1.225) ** (1 / 3)) };
}

const all = (rows: readonly ScadaRow[], test: (row: ScadaRow) => boolean) => rows.every(test);

/** As a technician reads the log: which rows are off, then one column after the other. */
function diagnose(table: Table) {
  const { density, of } = expectation(table);
  const off = table.rows.filter((row) => {
    const gap = Math.abs(row.power_kw - of(row));
    return gap > Math.max(15, 0.03 * of(row)) || Math.abs(row.nacelle_ms / row.mast_ms - 1) > 0.05;
  });
  const spread = ({ pitch }: ScadaRow) => Math.max(...pitch) - Math.min(...pitch);
  const lost = off.reduce((sum, row) => sum + of(row) - row.power_kw, 0) / 6;
  const cause = all(off, (row) => row.rotor_rpm < 1)
    ? 'stop'
    : all(off, (row) => spread(row) > 2)
      ? 'pitch'
      : all(off, (row) => Math.abs(row.yaw_error_deg) > 12)
        ? 'yaw'
        : all(off, (row) => Math.abs(row.power_kw - of(row)) <= Math.max(15, 0.03 * of(row)))
          ? 'anemometer'
          : all(off, (row) => row.oil_c >= 80)
            ? 'derating'
            : Math.max(...off.map((row) => row.power_kw)) <
                1.012 * Math.min(...off.map((row) => row.power_kw))
              ? 'curtailment'
              : all(off, (row) => row.temp_c < 0 && row.humidity_pct >= 95)
                ? 'icing'
                : 'unexplained';
  return { cause, off: off.map(({ no }) => no), density, lost: cause === 'anemometer' ? 0 : lost };
}

describe('wind-scada', () => {
  it('can be read off the log alone: cause, window, density and lost energy', () => {
    for (const { cause, first, last, ...table } of draws) {
      const found = diagnose(table);
      const answer = family.solve({ ...table, cause, first, last });
      expect(found.cause, JSON.stringify({ cause, first, last })).toBe(answer.cause);
      expect([found.off[0], found.off.at(-1)]).toEqual([answer.first, answer.last]);
      expect(found.off.length).toBe(answer.last - answer.first + 1);
      expect(found.density / answer.density).toBeCloseTo(1, 4);
      expect(Math.abs(found.lost - answer.lost)).toBeLessThan(0.5);
    }
  });

  it('loses energy by every cause but a sick anemometer', () => {
    for (const facts of draws) {
      const { cause, lost } = family.solve(facts);
      if (cause === 'anemometer') expect(lost).toBe(0);
      else expect(lost).toBeGreaterThan(40);
    }
  });

  it('warms the oil before it derates, and no oil without it', () => {
    for (const { cause, first, last, rows } of draws)
      for (const { no, oil_c } of rows) {
        const derated = cause === 'derating' && no >= first && no <= last;
        if (derated) expect(oil_c).toBeGreaterThanOrEqual(80);
        else expect(oil_c).toBeLessThan(80);
        if (cause === 'derating' && no === first - 1) expect(oil_c).toBeGreaterThan(75);
      }
  });

  it('warms cold oil by degrees after a stop, not at once', () => {
    const stops = draws.filter(({ cause }) => cause === 'stop');
    expect(stops.length).toBeGreaterThan(5);
    for (const { rows, last } of stops) {
      const [cold, warmer] = [rows[last - 1], rows[last]];
      expect((warmer?.oil_c ?? 99) - (cold?.oil_c ?? 0)).toBeLessThanOrEqual(9);
    }
  });

  it('draws every cause, and weather for ice without ice', () => {
    expect(new Set(draws.map(({ cause }) => cause)).size).toBe(7);
    const cold = draws.filter(({ cause, rows }) => cause !== 'icing' && (rows[0]?.temp_c ?? 9) < 0);
    expect(cold.length).toBeGreaterThan(30);
  });

  it('does not tell the prompt what was injected', () => {
    const vars = Object.keys(family.vars?.(draws[0] as WindScadaFacts, 'en') ?? {});
    for (const hidden of ['cause', 'first', 'last']) expect(vars).not.toContain(hidden);
  });
});
