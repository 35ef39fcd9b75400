import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import type { PvStringFacts, StringRow } from '../../../harness/families/faults/pv-string/facts.ts';
import { pvStringFamily as family } from '../../../harness/families/faults/pv-string/family.ts';

const draws = Array.from({ length: 120 }, (_, seed) =>
  family.draw({ strings: [8, 12], faulty: 3 }, createRandom(`pv ${seed}`)),
);
type Table = Omit<PvStringFacts, 'faults'>;

const median = (values: number[]) => values.sort((a, b) => a - b)[values.length >> 1] as number;

/** A reading of the table alone: each string against the median, one figure at a time. */
function diagnose({ rows, modules, sheet, cell_c }: Table) {
  const typical = (pick: (row: StringRow) => number) => median(rows.map(pick).filter((value) => value > 0));
  const sound = {
    isc: typical((row) => row.isc_a),
    voc: typical((row) => row.voc_v),
    imp: typical((row) => row.imp_a),
    vmp: typical((row) => row.vmp_v),
    oc: typical((row) => row.r_oc_ohm ?? 0),
    sc: typical((row) => row.r_sc_ohm ?? 0),
  };
  const kindOf = (row: StringRow): string | undefined => {
    if (row.isc_a === 0) return 'open';
    if (row.isc_a < 0.97 * sound.isc && row.vmp_v > 0.97 * sound.vmp) return 'soiling';
    if ((row.r_sc_ohm ?? 0) < 0.2 * sound.sc) return 'shunt';
    if (row.voc_v < 0.982 * sound.voc && row.imp_a > 0.99 * sound.imp) return 'bypass';
    if ((row.r_oc_ohm ?? 0) > 1.22 * sound.oc) return 'series';
    if (row.vmp_v < 0.93 * sound.vmp) return 'shade';
    return undefined;
  };
  const found = rows.flatMap((row) => {
    const kind = kindOf(row);
    return kind ? [[row.name, kind] as const] : [];
  });
  const perChain = (sheet.voc_v * (1 + (sheet.beta_pct / 100) * (cell_c - 25))) / 3;
  const missing = rows
    .filter((row) => kindOf(row) === 'bypass')
    .reduce((sum, row) => sum + Math.round((sound.voc - row.voc_v) / (sound.voc / (3 * modules))), 0);
  return { found: Object.fromEntries(found), missing, sound, perChain };
}

describe('pv-string', () => {
  it('can be read off the table alone: faulty strings, their faults, and how many chains are missing', () => {
    for (const { faults, ...table } of draws) {
      const { found, missing } = diagnose(table);
      const answer = family.solve({ ...table, faults });
      expect(found, JSON.stringify(table)).toEqual(answer.faults);
      expect(missing).toBe(answer.substrings);
    }
  });

  it('has sound strings near their data sheet, so that the expectation means something', () => {
    for (const { faults, ...table } of draws) {
      const { sound } = diagnose(table);
      const answer = family.solve({ ...table, faults });
      expect((sound.imp * sound.vmp) / 1000 / answer.expected).toBeGreaterThan(0.97);
      expect((sound.imp * sound.vmp) / 1000 / answer.expected).toBeLessThan(1.02);
    }
  });

  it('weighs every string in the ratio, the dead one as nothing', () => {
    for (const facts of draws) {
      const { sheet, g_wm2, cell_c, modules, rows } = facts;
      const due = (sheet.p_w * modules * g_wm2 * (100 + sheet.gamma_pct * (cell_c - 25))) / 1e8;
      const shares = rows.map(({ imp_a, vmp_v }) => (imp_a * vmp_v) / 1000 / due);
      const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
      expect(family.solve(facts).ratio).toBeCloseTo(100 * mean, 3);
    }
  });

  it('draws every fault and hides what was injected', () => {
    expect(new Set(draws.flatMap(({ faults }) => faults.map(({ kind }) => kind))).size).toBe(6);
    expect(Object.keys(family.vars?.(draws[0] as PvStringFacts, 'en') ?? {})).not.toContain('faults');
  });
});
