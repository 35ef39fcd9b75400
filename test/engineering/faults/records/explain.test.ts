import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../harness/core/random.ts';
import { drawGrid } from '../../../../harness/engineering/faults/records/draw-grid.ts';
import {
  evidenceIn,
  operationsOf,
  readRecord,
  signalsAfter,
  singleFaults,
} from '../../../../harness/engineering/faults/records/explain.ts';
import { openAtEnd } from '../../../../harness/engineering/faults/records/operations.ts';
import { evidenceOf, evidenceOfAll } from './clearance-rules.ts';

const grids = Array.from({ length: 12 }, (_, seed) => {
  const random = createRandom(`explain ${seed}`);
  return drawGrid(() => random.uniform(), random.int(3, 10));
});

describe('reading of event records', () => {
  it('expects of every fault what the rules, written down a second time, say that it leaves', () => {
    for (const grid of grids) {
      const printed = {
        sections: grid.zones,
        breakers: grid.breakers.map(({ id, station, between: [a, b] }) => ({ id, station, a, b })),
      };
      for (const fault of singleFaults(grid)) {
        const operations = operationsOf(grid, [fault], () => 0.5);
        const failed = fault.failed_main ? fault.zone : fault.failed_breakers[0];
        const rules = evidenceOfAll(printed, [
          evidenceOf(printed, { section: fault.zone, failed, passing: !fault.permanent }),
        ]);
        expect([...evidenceIn(signalsAfter(grid, operations))].sort(), JSON.stringify(fault)).toEqual(
          [...(rules?.keys ?? [])].sort(),
        );
        expect([...openAtEnd(operations)].sort()).toEqual([...(rules?.open ?? [])].sort());
      }
    }
  });

  it('leaves the same evidence whatever the times are', () => {
    const random = createRandom('times');
    for (const grid of grids.slice(0, 4))
      for (const fault of singleFaults(grid)) {
        const keys = (uniform: () => number) =>
          [...evidenceIn(signalsAfter(grid, operationsOf(grid, [fault], uniform)))].sort();
        expect(keys(() => random.uniform())).toEqual(keys(() => 0.5));
      }
  });

  it('finds every fault in its own complete record, and never calls one clear', () => {
    for (const grid of grids.slice(0, 6))
      for (const fault of singleFaults(grid)) {
        const seen = evidenceIn(
          signalsAfter(
            grid,
            operationsOf(grid, [fault], () => 0.5),
          ),
        );
        const readings = readRecord(grid, seen, { lost: 0, untrue: 0, faults: 1 });
        expect(readings.map(({ faults }) => faults[0])).toContainEqual(fault);
        for (const { missing, untrue } of readings) expect([...missing, ...untrue]).toEqual([]);
      }
  });

  it('reads nothing from a record without evidence', () => {
    for (const grid of grids)
      expect(readRecord(grid, new Set(), { lost: 2, untrue: 2, faults: 1 })).toEqual([]);
  });
});
