import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../harness/core/random.ts';
import {
  ASKED_METHODS,
  type AskedMethod,
  type DgaMethodFacts,
  type FiveGases,
  isFirm,
  UNITS,
} from '../../../harness/families/faults/dga-method/facts.ts';
import { dgaMethodFamily as family } from '../../../harness/families/faults/dga-method/family.ts';
import { byCode, byDrawing, byTable, TABLES } from '../../engineering/faults/dga/second-reading.ts';

const SEEDS = 40;
const drawn = (method: AskedMethod): DgaMethodFacts[] =>
  Array.from({ length: SEEDS }, (_, seed) =>
    family.draw({ methods: [method] }, createRandom(`test ${seed}`)),
  );

const OTHER_WAY: Record<AskedMethod, (gases: FiveGases) => string[]> = {
  duval1: byDrawing,
  iec60599: (gases) => byTable(TABLES.iec60599, gases),
  rogers: (gases) => byTable(TABLES.rogers, gases),
  dlt722: byCode,
};

describe.each(ASKED_METHODS)('dga-method by %s', (method) => {
  const draws = drawn(method);

  it('has the key that a second reading of the table gives', () => {
    for (const facts of draws) {
      const answer = family.solve(facts);
      for (const unit of UNITS)
        expect(answer[unit], JSON.stringify(facts.gases[unit])).toEqual(OTHER_WAY[method](facts.gases[unit]));
    }
  });

  it('never hangs on who owns a boundary', () => {
    for (const { gases } of draws) for (const unit of UNITS) expect(isFirm(method, gases[unit])).toBe(true);
  });

  it('asks for options that are offered, and offers more than are right', () => {
    for (const facts of draws) {
      const offered = family.options?.(facts, 'zh')?.a?.map(({ id }) => id) ?? [];
      const answer = family.solve(facts);
      for (const unit of UNITS) expect(offered).toEqual(expect.arrayContaining(answer[unit]));
      expect(offered.length).toBeGreaterThanOrEqual(6);
    }
  });

  it('gives three different answers, one of them none where the method can give none', () => {
    for (const facts of draws) {
      const sets = Object.values(family.solve(facts)).map((set) => set.join());
      expect(new Set(sets).size).toBe(3);
      expect(sets.filter((set) => set === '')).toHaveLength(method === 'duval1' ? 0 : 1);
    }
  });

  it('knows at least six wrong replies to every draw', () => {
    for (const facts of draws)
      expect(family.mistakes(facts, family.solve(facts), 'en').length).toBeGreaterThanOrEqual(6);
  });
});

it('an IEC 60599 draw always has a sample that meets two rows', () => {
  for (const facts of drawn('iec60599'))
    expect(Object.values(family.solve(facts)).some((set) => set.length === 2)).toBe(true);
});
