import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../../../../harness/core/random.ts';
import { drawGrid } from '../../../../harness/engineering/faults/records/draw-grid.ts';
import { drawScenario } from '../../../../harness/engineering/faults/records/draw-scenario.ts';
import { locateFault } from '../../../../harness/engineering/faults/records/locate.ts';
import { clearFault, type FaultScenario } from '../../../../harness/engineering/faults/records/operations.ts';
import { noiseSignals } from '../../../../harness/engineering/faults/records/signals.ts';
import { simulateRecord } from '../../../../harness/engineering/faults/records/simulate.ts';
import {
  boundary,
  breakersOf,
  islands,
  type SubstationGrid,
} from '../../../../harness/engineering/faults/records/substation-grid.ts';

const seeded = (seed: number) => createRandom(`records-${seed}`).uniform;
const seeds = fc.integer({ min: 0, max: 1e6 });
const stations = fc.integer({ min: 3, max: 12 });

/** Station A with two buses and a load transformer, lines to B and C, a line B-C. */
const small: SubstationGrid = {
  stations: ['A', 'B', 'C'],
  zones: [
    { id: 'A.I', kind: 'bus', stations: ['A'], source: true },
    { id: 'A.II', kind: 'bus', stations: ['A'], source: false },
    { id: 'B.I', kind: 'bus', stations: ['B'], source: true },
    { id: 'C.I', kind: 'bus', stations: ['C'], source: false },
    { id: 'A-B', kind: 'line', stations: ['A', 'B'], source: false },
    { id: 'A-C', kind: 'line', stations: ['A', 'C'], source: false },
    { id: 'B-C', kind: 'line', stations: ['B', 'C'], source: false },
    { id: 'A.T1', kind: 'transformer', stations: ['A'], source: false },
    { id: 'A.M1', kind: 'bus', stations: ['A'], source: false },
  ],
  breakers: [
    { id: 'A-01', station: 'A', between: ['A.I', 'A.II'] },
    { id: 'A-02', station: 'A', between: ['A.I', 'A-B'] },
    { id: 'B-01', station: 'B', between: ['B.I', 'A-B'] },
    { id: 'A-03', station: 'A', between: ['A.II', 'A-C'] },
    { id: 'C-01', station: 'C', between: ['C.I', 'A-C'] },
    { id: 'B-02', station: 'B', between: ['B.I', 'B-C'] },
    { id: 'C-02', station: 'C', between: ['C.I', 'B-C'] },
    { id: 'A-04', station: 'A', between: ['A.II', 'A.T1'] },
    { id: 'A-05', station: 'A', between: ['A.T1', 'A.M1'] },
  ],
};
const plain = (zone: string, more: Partial<FaultScenario> = {}): FaultScenario => ({
  zone,
  permanent: true,
  failed_breakers: [],
  failed_main: false,
  ...more,
});
const opened = (scenario: FaultScenario) =>
  clearFault(small, scenario, seeded(1))
    .filter((o) => o.kind === 'open')
    .map((o) => o.breaker.id);

describe('clearing a fault', () => {
  it('opens exactly the breakers around the zone', () => {
    expect(new Set(opened(plain('A-B')))).toEqual(new Set(['A-02', 'B-01']));
    expect(new Set(opened(plain('A.II')))).toEqual(new Set(['A-01', 'A-03', 'A-04']));
  });

  it('a line breaker that fails costs its bus; the other end of the line is not asked twice', () => {
    expect(opened(plain('A-C', { failed_breakers: ['A-03'] })).toSorted()).toEqual(['A-01', 'A-04', 'C-01']);
  });

  it('a bus fault with a failed line breaker transfer-trips the far end', () => {
    const operations = clearFault(small, plain('A.II', { failed_breakers: ['A-03'] }), seeded(1));
    const far = operations.find((o) => o.kind === 'trip' && o.breaker.id === 'C-01');
    expect(far).toMatchObject({ cause: 'transfer-trip' });
    expect(operations.some((o) => o.kind === 'open' && o.breaker.id === 'A-03')).toBe(false);
  });

  it('lost main protection is cleared from the far ends in the second zone, later than 400 ms', () => {
    const operations = clearFault(small, plain('A-B', { failed_main: true }), seeded(1));
    expect(opened(plain('A-B', { failed_main: true })).toSorted()).toEqual(['A-01', 'C-02']);
    expect(Math.min(...operations.map((o) => o.t_ms))).toBeGreaterThan(370);
  });

  it('a transient fault ends with the line in service, a lasting one with both breakers locked out', () => {
    const end = (permanent: boolean) =>
      simulateRecord(small, plain('A-B', { permanent }), seeded(2)).truth.open_at_end.toSorted();
    expect(end(false)).toEqual([]);
    expect(end(true)).toEqual(['A-02', 'B-01']);
  });

  it('no line recloses after a breaker has failed, and no bus ever does', () => {
    for (const scenario of [plain('A-B', { failed_breakers: ['A-02'], permanent: false }), plain('A.I')])
      expect(clearFault(small, scenario, seeded(3)).some((o) => o.kind === 'reclose')).toBe(false);
  });

  it('in any grid, whatever fails, the faulted zone ends without a source, and no breaker that failed opens', () => {
    fc.assert(
      fc.property(seeds, stations, (seed, count) => {
        const uniform = seeded(seed);
        const grid = drawGrid(uniform, count);
        const scenario = drawScenario(grid, uniform, { transient: 0 });
        const { truth } = simulateRecord(grid, scenario, uniform);
        const inside = islands(grid, new Set(truth.open_at_end)).find((z) => z.has(scenario.zone))!;
        // A bus with its own infeed keeps that source behind it; every other breaker round it must be open.
        const fed = [...inside].filter((zone) => grid.zones.find((z) => z.id === zone)!.source);
        const touching = new Set([
          scenario.zone,
          ...breakersOf(grid, scenario.zone).flatMap((b) => b.between),
        ]);
        expect(fed.every((zone) => touching.has(zone))).toBe(true);
        for (const id of scenario.failed_breakers) expect(truth.opened).not.toContain(id);
        expect(boundary(grid, inside).every((b) => truth.open_at_end.includes(b.id))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});

describe('the drawn grid', () => {
  it('is connected, names nothing twice, and gives every line two ends', () => {
    fc.assert(
      fc.property(seeds, stations, (seed, count) => {
        const grid = drawGrid(seeded(seed), count);
        expect(islands(grid, new Set())).toHaveLength(1);
        for (const list of [grid.zones, grid.breakers])
          expect(new Set(list.map((x) => x.id)).size).toBe(list.length);
        for (const line of grid.zones.filter((z) => z.kind === 'line'))
          expect(
            breakersOf(grid, line.id)
              .map((b) => b.station)
              .toSorted(),
          ).toEqual(line.stations.toSorted());
      }),
      { numRuns: 60 },
    );
  });

  it('the same seed gives the same record to the last millisecond', () => {
    const record = () => {
      const uniform = seeded(77);
      const grid = drawGrid(uniform, 7);
      return simulateRecord(grid, drawScenario(grid, uniform), uniform, { events: [80, 200], jitter_ms: 5 });
    };
    expect(record()).toEqual(record());
  });
});

describe('the record', () => {
  it('starts no pump that runs, and steps no tap changer where there is no transformer', () => {
    fc.assert(
      fc.property(seeds, fc.integer({ min: 5, max: 10 }), (seed, count) => {
        const grid = drawGrid(seeded(seed), count);
        const running = new Set<string>();
        for (const { device, signal, station } of noiseSignals(grid, 80, seeded(seed + 1)).sort(
          (a, b) => a.t_ms - b.t_ms,
        )) {
          if (signal === 'oil-pump-stop') running.delete(device);
          if (signal === 'tap-changer-step')
            expect(grid.zones.some((z) => z.kind === 'transformer' && z.stations.includes(station))).toBe(
              true,
            );
          if (signal !== 'oil-pump-start') continue;
          expect(running.has(device)).toBe(false);
          running.add(device);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('has the length asked for, sorted by time, from 80 to 200 events', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const uniform = seeded(seed);
        const grid = drawGrid(uniform, 8);
        const record = simulateRecord(grid, drawScenario(grid, uniform), uniform, {
          events: [80, 200],
          missing_rate: 0.1,
          false_count: 2,
          jitter_ms: 8,
        });
        expect(record.events.length).toBeGreaterThanOrEqual(80);
        expect(record.events.length).toBeLessThanOrEqual(200);
        const times = record.events.map((e) => e.t_ms);
        expect(times).toEqual(times.toSorted((a, b) => a - b));
      }),
      { numRuns: 60 },
    );
  });

  it('a bus protection that opens three breakers reports one trip', () => {
    const { events } = simulateRecord(small, plain('A.II'), seeded(5));
    expect(events.filter((e) => e.signal === 'main1-trip')).toHaveLength(1);
    expect(events.filter((e) => e.signal === 'breaker-open')).toHaveLength(3);
  });

  it('what is missing is missing, what is false is there, and both are owned up to', () => {
    let missing = 0;
    for (let seed = 0; seed < 30; seed++) {
      const uniform = seeded(seed);
      const grid = drawGrid(uniform, 8);
      const { events, truth } = simulateRecord(grid, drawScenario(grid, uniform), uniform, {
        missing_rate: 0.3,
        false_count: 2,
      });
      missing += truth.missing.length;
      for (const signal of truth.false) expect(events).toContainEqual(signal);
      const untrue = new Set(truth.false.map((e) => e.device));
      const opens = events.filter((e) => e.signal === 'breaker-open' && !untrue.has(e.device));
      for (const { device } of opens) expect(truth.opened).toContain(device);
    }
    expect(missing).toBeGreaterThan(20);
  });
});

describe('finding the section from the alarms', () => {
  it('a complete and true record always has the faulted zone among the answers, and mostly alone', () => {
    let alone = 0;
    for (let seed = 0; seed < 300; seed++) {
      const uniform = seeded(seed);
      const grid = drawGrid(uniform, 3 + (seed % 10));
      const scenario = drawScenario(grid, uniform);
      const { events } = simulateRecord(grid, scenario, uniform, { jitter_ms: 20, events: [60, 120] });
      const found = locateFault(grid, events);
      expect(found.zones, `seed ${seed}`).toContain(scenario.zone);
      if (found.zones.length === 1) alone++;
    }
    expect(alone / 300).toBeGreaterThan(0.9);
  });

  it('names the failed breaker, and the manner of lost protection', () => {
    const found = (scenario: FaultScenario) =>
      locateFault(small, simulateRecord(small, scenario, seeded(4)).events).explanations[0]!;
    expect(found(plain('A-C', { failed_breakers: ['A-03'] }))).toMatchObject({
      zone: 'A-C',
      manner: 'breaker-failed',
      failed_breaker: 'A-03',
      cost: 0.2,
    });
    expect(found(plain('A-B', { failed_main: true }))).toMatchObject({ zone: 'A-B', manner: 'main-failed' });
  });

  it('one lost and one false signal do not move it far: the truth stays first in nine of ten records', () => {
    let right = 0;
    for (let seed = 0; seed < 200; seed++) {
      const uniform = seeded(seed);
      const grid = drawGrid(uniform, 8);
      const scenario = drawScenario(grid, uniform, { main_failure: 0 });
      const { events } = simulateRecord(grid, scenario, uniform, { missing_rate: 0.08, false_count: 1 });
      if (locateFault(grid, events).zones.includes(scenario.zone)) right++;
    }
    expect(right / 200).toBeGreaterThan(0.9);
  });

  it('an empty record convicts nobody', () => {
    expect(locateFault(small, []).zones).toEqual([]);
  });
});
