import { describe, expect, it } from 'vitest';
import { dlt722 } from '../../../../harness/engineering/faults/dga/dlt722.ts';
import { duvalTriangle1 } from '../../../../harness/engineering/faults/dga/duval.ts';
import type { Gases } from '../../../../harness/engineering/faults/dga/gases.ts';
import { iec60599, rogers } from '../../../../harness/engineering/faults/dga/ratio-tables.ts';
import { byCode, byDrawing, byTable, plain, TABLES } from './second-reading.ts';

/**
 * Ratios through all bands of every table, none of them on a bound, and two that do not exist or have no end: 0 where a gas is
 * missing in the numerator, and a denominator of 0.
 */
const STEPS = [
  0, 0.01, 0.05, 0.09, 0.11, 0.15, 0.19, 0.21, 0.3, 0.45, 0.55, 0.65, 0.8, 0.97, 1.03, 1.5, 1.9, 2.1, 2.4,
  2.6, 2.9, 3.1, 3.8, 4.2, 7, 20,
];

/** Gases with the given R1 = CH4/H2, R2 = C2H2/C2H4, R5 = C2H4/C2H6. */
const withRatios = (r1: number, r2: number, r5: number): Gases =>
  r5 === 0
    ? { H2: 100, CH4: 100 * r1, C2H2: r2 === 0 ? 0 : 100, C2H4: 0, C2H6: 100 }
    : { H2: 100, CH4: 100 * r1, C2H2: 100 * r2, C2H4: 100, C2H6: 100 / r5 };

function everywhere(visit: (gases: Gases) => void): void {
  for (const r1 of STEPS) for (const r2 of STEPS) for (const r5 of STEPS) visit(withRatios(r1, r2, r5));
  // Two equal gases make a ratio of 1, a bound of most tables; two absent ones make none.
  const onBound = (a: number, b: number) => a === b && a !== 0;
  const amounts = [0, 1, 30, 400];
  for (const H2 of amounts)
    for (const CH4 of amounts)
      for (const C2H2 of amounts)
        for (const C2H4 of amounts)
          for (const C2H6 of amounts)
            if (!onBound(CH4, H2) && !onBound(C2H2, C2H4) && !onBound(C2H4, C2H6))
              visit({ H2, CH4, C2H2, C2H4, C2H6 });
}

describe('the methods over the whole of their areas', () => {
  it.each([
    ['IEC 60599', iec60599, (gases: Gases) => byTable(TABLES.iec60599, gases)],
    ['Rogers', rogers, (gases: Gases) => byTable(TABLES.rogers, gases)],
    ['DL/T 722', (gases: Gases) => dlt722(gases), byCode],
  ] as const)(
    '%s says on every grid point what a second reading of its table says',
    (_name, method, second) => {
      const counts = new Map<number, number>();
      everywhere((gases) => {
        const own = method(gases).diagnoses.map(plain);
        counts.set(own.length, (counts.get(own.length) ?? 0) + 1);
        if (own.sort().join() !== [...second(gases)].sort().join())
          throw new Error(`${JSON.stringify(gases)}: ${own.join()} against ${second(gases).join()}`);
      });
      expect(counts.get(0)).toBeGreaterThan(0);
      expect(counts.get(1)).toBeGreaterThan(1000);
    },
  );

  it("Duval's triangle says in every cell of a grid of half a per cent what a winding number round the drawn zones says", () => {
    const share = new Map<string, number>();
    for (let i = 0; i < 200; i++)
      for (let j = 0; i + j < 200; j++) {
        const [C2H4, C2H2] = [(i + 0.33) / 2, (j + 0.29) / 2];
        if (C2H4 + C2H2 >= 100) continue;
        const gases = { H2: 0, CH4: 100 - C2H4 - C2H2, C2H2, C2H4, C2H6: 0 };
        const own = duvalTriangle1(gases).diagnoses;
        if (own.join() !== byDrawing(gases).join()) throw new Error(`${C2H4} ${C2H2}: ${own.join()}`);
        share.set(own[0] ?? '', (share.get(own[0] ?? '') ?? 0) + 1);
      }
    expect([...share.keys()].sort()).toEqual(['D1', 'D2', 'DT', 'PD', 'T1', 'T2', 'T3']);
  });

  it('only IEC 60599 names two faults at once, only for discharges, and the triangle alone never stays silent', () => {
    const doubles = new Set<string>();
    let silent = 0;
    everywhere((gases) => {
      for (const method of [rogers, dlt722]) expect(method(gases).diagnoses.length).toBeLessThanOrEqual(1);
      const iec = iec60599(gases).diagnoses;
      if (iec.length > 1) doubles.add(iec.join());
      if (duvalTriangle1(gases).diagnoses.length === 0) silent++;
      else expect(gases.CH4 + gases.C2H2 + gases.C2H4).toBeGreaterThan(0);
    });
    expect([...doubles]).toEqual(['D1,D2']);
    expect(silent).toBeGreaterThan(0);
  });

  it('the methods contradict each other on a good part of their common ground, which is why a question has to name one', () => {
    const family = (ids: readonly string[]) =>
      new Set(ids.map((id) => (id.startsWith('T') ? 'T' : id === 'PD' ? 'PD' : 'D')));
    let both = 0;
    let apart = 0;
    everywhere((gases) => {
      const [iec, three] = [iec60599(gases).diagnoses, dlt722(gases).diagnoses];
      if (iec.length === 0 || three.length === 0) return;
      both++;
      const other = family(three);
      if (![...family(iec)].some((kind) => other.has(kind))) apart++;
    });
    expect(apart / both).toBeGreaterThan(0.05);
  });
});
