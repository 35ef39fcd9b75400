import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { badMeters, balances } from '../../../../harness/engineering/faults/telemetry/bad-meters.ts';
import {
  estimateFlows,
  expectedReadings,
  type Line,
  type Meter,
} from '../../../../harness/engineering/faults/telemetry/flow-meters.ts';
import { faultKinds, spoil } from '../../../../harness/engineering/faults/telemetry/meter-faults.ts';

const LINES: Line[] = [
  { id: 'A-B', from: 'A', to: 'B' },
  { id: 'B-C', from: 'B', to: 'C' },
  { id: 'A-C', from: 'A', to: 'C' },
];

/** Meters of a triangle that carries these flows at each snapshot. */
function triangle(flows: readonly (readonly [number, number, number])[]): Meter[] {
  const readings = (of: (f: readonly [number, number, number]) => number) => flows.map(of);
  return [
    { id: 'AB', station: 'A', line: 'A-B', readings: readings(([ab]) => ab) },
    { id: 'BA', station: 'B', line: 'A-B', readings: readings(([ab]) => -ab) },
    { id: 'BC', station: 'B', line: 'B-C', readings: readings(([, bc]) => bc) },
    { id: 'CB', station: 'C', line: 'B-C', readings: readings(([, bc]) => -bc) },
    { id: 'AC', station: 'A', line: 'A-C', readings: readings(([, , ac]) => ac) },
    { id: 'CA', station: 'C', line: 'A-C', readings: readings(([, , ac]) => -ac) },
    { id: 'A', station: 'A', readings: readings(([ab, , ac]) => ab + ac) },
    { id: 'B', station: 'B', readings: readings(([ab, bc]) => bc - ab) },
    { id: 'C', station: 'C', readings: readings(([, bc, ac]) => -bc - ac) },
  ];
}

const flow = fc.integer({ min: -300, max: 300 });
const snapshots = fc.array(fc.tuple(flow, flow, flow), { minLength: 5, maxLength: 8 });

describe('flow meters', () => {
  it('gives back the flows that the readings were made of, and no balance that fails', () => {
    fc.assert(
      fc.property(snapshots, (flows) => {
        const meters = triangle(flows);
        const estimate = estimateFlows(LINES, meters) as number[][];
        for (const [t, snapshot] of flows.entries())
          for (const [i, value] of snapshot.entries()) expect(estimate[i]?.[t]).toBeCloseTo(value, 6);
        for (const { worst_mw } of balances(LINES, meters)) expect(worst_mw).toBeLessThan(1e-6);
        expect(badMeters(LINES, meters, 0.4, 2)).toEqual([[]]);
      }),
      { numRuns: 40 },
    );
  });

  it('does not guess a flow that no meter tells', () => {
    const [ab] = triangle([[1, 2, 3]]);
    expect(estimateFlows(LINES, [ab as Meter])).toBeUndefined();
  });

  it('finds any one meter that is off by 5 MW once, and no other', () => {
    fc.assert(
      fc.property(snapshots, fc.nat({ max: 8 }), fc.nat({ max: 4 }), (flows, which, when) => {
        const meters = triangle(flows).map((meter, i) =>
          i === which
            ? { ...meter, readings: meter.readings.map((value, t) => (t === when ? value + 5 : value)) }
            : meter,
        );
        expect(badMeters(LINES, meters, 0.4, 1)).toEqual([[meters[which]?.id]]);
      }),
      { numRuns: 60 },
    );
  });

  it('says that it cannot tell which of two meters of one line is off where nothing else sees the line', () => {
    const meters = triangle([[100, 20, 30]]).filter(({ line }) => line !== undefined);
    const off = meters.map((meter) => (meter.id === 'AB' ? { ...meter, readings: [110] } : meter));
    expect(badMeters(LINES, off, 0.4, 1)).toEqual([['AB'], ['BA']]);
  });
});

describe('kinds of meter faults', () => {
  const right = [100, 112, 95, 121, 90, 108, 97, 116];
  const other = [-40, -61, -52, -30, -44, -71, -35, -58];
  const meter = (readings: number[]): Meter => ({ id: 'M', station: 'A', line: 'A-B', readings });
  const kinds = (readings: number[]) => faultKinds({ meter: meter(readings), expected: right }, [], 1);

  it('knows each kind by what it does, with its beginning', () => {
    const more = { step_mw: 3, before: 104 };
    expect(kinds(spoil(right, { kind: 'stuck', since: 4 }, more))).toEqual([{ kind: 'stuck', since: 4 }]);
    expect(kinds(spoil(right, { kind: 'drift', since: 3 }, more))).toEqual([{ kind: 'drift', since: 3 }]);
    expect(kinds(spoil(right, { kind: 'late', since: 0 }, more))).toEqual([{ kind: 'late', since: 0 }]);
    expect(kinds(right.map((value, t) => (t === 4 ? value + 20 : value)))).toEqual([]);
  });

  it('takes two meters for swapped only where each shows the other', () => {
    const a = { meter: { ...meter(other), id: 'a' }, expected: right };
    const b = { meter: { ...meter(right), id: 'b' }, expected: other };
    const c = { meter: { ...meter(other), id: 'c' }, expected: other };
    expect(faultKinds(a, [a, b], 1)).toEqual([{ kind: 'swapped', since: 0 }]);
    expect(faultKinds(a, [a, c], 1)).toEqual([]);
    const elsewhere = { ...b, meter: { ...b.meter, station: 'B' } };
    expect(faultKinds(a, [a, elsewhere], 1)).toEqual([]);
  });

  it('calls late what is one snapshot behind, not one ahead', () => {
    const behind = [104, ...right.slice(0, -1)];
    const ahead = [...right.slice(1), 99];
    const suspect = (readings: number[]) => faultKinds({ meter: meter(readings), expected: right }, [], 1);
    expect(suspect(behind).map(({ kind }) => kind)).toEqual(['late']);
    expect(suspect(ahead)).toEqual([]);
  });

  it('expects of an injection meter what leaves the station', () => {
    const flows = [[10], [20], [30]];
    const at = (station: string) => expectedReadings(LINES, { id: station, station, readings: [0] }, flows);
    expect([at('A'), at('B'), at('C')]).toEqual([[40], [10], [-50]]);
  });
});
