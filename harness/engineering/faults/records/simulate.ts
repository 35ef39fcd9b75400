import { int, type Uniform } from './draw.ts';
import { clearFault, type FaultScenario, type Operation, openAtEnd } from './operations.ts';
import {
  driveSignals,
  essentialSignals,
  falseSignals,
  noiseSignals,
  type Signal,
  startSignals,
} from './signals.ts';
import { deadZones, type SubstationGrid } from './substation-grid.ts';

export interface RecordOptions {
  /** Probability that an essential signal never arrives. */
  missing_rate?: number;
  /** Untrue signals. */
  false_count?: number;
  /** Every station's clock is off by up to so many ms either way. */
  jitter_ms?: number;
  /** Length of the record, both ends included: filled up with starts, drives and daily business as far as it takes. */
  events?: readonly [number, number];
}

/** A sequence-of-events record and all that is true of it. */
export interface EventRecord {
  events: Signal[];
  truth: {
    scenario: FaultScenario;
    operations: Operation[];
    /** Breakers that opened at some time, and those still open at the end. */
    opened: string[];
    open_at_end: string[];
    /** Zones without voltage at the end. */
    dead_zones: string[];
    missing: Signal[];
    false: Signal[];
    clock_offset_ms: Record<string, number>;
  };
}

/**
 * What the control centre receives of a fault. Events are sorted by the stations' own clocks, as they arrive.
 * The essential signals always stand, even where they are more than `events` allows.
 */
export function simulateRecord(
  grid: SubstationGrid,
  scenario: FaultScenario,
  uniform: Uniform,
  options: RecordOptions = {},
): EventRecord {
  const { missing_rate = 0, false_count = 0, jitter_ms = 0, events: length } = options;
  const operations = clearFault(grid, scenario, uniform);
  const open = openAtEnd(operations);
  const dead_zones = deadZones(grid, open);
  const times = openingTimes(operations);
  const essential = essentialSignals(
    grid,
    operations,
    dead_zones.map((zone) => ({ zone, t_ms: times.last_ms })),
  );
  const isMissing = essential.map(() => uniform() < missing_rate);
  const untrue = falseSignals(grid, operations, false_count, uniform);
  const kept = [...essential.filter((_, i) => !isMissing[i]), ...untrue];
  const room = length ? int(uniform, length[0], length[1]) - kept.length : 0;
  const more = length ? fillers(grid, scenario, operations, times.cleared_ms, room, uniform) : [];
  const clock_offset_ms = drawClocks(grid, jitter_ms, uniform);
  return {
    events: [...kept, ...more]
      .map((event) => ({ ...event, t_ms: event.t_ms + clock_offset_ms[event.station]! }))
      .sort((a, b) => a.t_ms - b.t_ms),
    truth: {
      scenario,
      operations,
      opened: [...new Set(operations.flatMap((o) => (o.kind === 'open' ? [o.breaker.id] : [])))],
      open_at_end: [...open],
      dead_zones,
      missing: essential.filter((_, i) => isMissing[i]),
      false: untrue,
      clock_offset_ms,
    },
  };
}

/** When the fault is first cleared, and when the last breaker opens (after a reclosure onto the fault). */
function openingTimes(operations: readonly Operation[]): { cleared_ms: number; last_ms: number } {
  const opens = operations.filter((o) => o.kind === 'open');
  const first = opens.filter((o) => o.cause !== 'switch-onto-fault');
  return {
    cleared_ms: Math.max(0, ...first.map((o) => o.t_ms)),
    last_ms: Math.max(0, ...opens.map((o) => o.t_ms)),
  };
}

const drawClocks = (grid: SubstationGrid, jitter_ms: number, uniform: Uniform): Record<string, number> =>
  Object.fromEntries(
    grid.stations.map((station) => [station, jitter_ms > 0 ? int(uniform, -jitter_ms, jitter_ms) : 0]),
  );

/** Whole layers as far as they fit, then daily business to the wanted length. */
function fillers(
  grid: SubstationGrid,
  scenario: FaultScenario,
  operations: readonly Operation[],
  cleared_ms: number,
  room: number,
  uniform: Uniform,
): Signal[] {
  const layers = [startSignals(grid, scenario.zone, cleared_ms, uniform), driveSignals(operations, uniform)];
  const added: Signal[] = [];
  for (const layer of layers) if (added.length + layer.length <= room) added.push(...layer);
  return [...added, ...noiseSignals(grid, room - added.length, uniform)];
}
