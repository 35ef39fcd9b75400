import type { Random } from '../../../core/random.ts';
import {
  evidenceIn,
  operationsOf,
  readRecord,
  signalsAfter,
} from '../../../engineering/faults/records/explain.ts';
import type { FaultScenario } from '../../../engineering/faults/records/operations.ts';
import type { Signal, SignalName } from '../../../engineering/faults/records/signals.ts';
import type { SubstationGrid } from '../../../engineering/faults/records/substation-grid.ts';
import {
  drawEventRecord,
  type EventRecordFacts,
  type EventRecordParams,
  type EventRow,
  gridOf,
} from '../event-record/facts.ts';

/** One lasting fault with its record, as the report has to tell it. */
export interface Story {
  grid: SubstationGrid;
  fault: FaultScenario;
  /** What the fault must have left, and of that what is not in the record. */
  expected: Signal[];
  missing: Set<string>;
  /** The rows that are not true. */
  untrue: EventRow[];
}

/** Draws until the fault is one that lasts: a report on a line that is back in service gives no orders. */
export function drawCausalReport(params: EventRecordParams, random: Random): EventRecordFacts {
  for (let attempt = 0; attempt < 60; attempt++) {
    const facts = drawEventRecord(params, random.fork(`report ${attempt}`));
    const { fault, untrue, expected } = storyOf(facts);
    // "Distance zone 2 of A-B did not operate" must not be true of one end and false of the other.
    const half = untrue.some((row) =>
      expected.some(({ device, signal }) => device === row.device && signal === row.signal),
    );
    if (fault.permanent && !half && clearedMs(facts) !== undefined) return facts;
  }
  throw new RangeError('causal-report: no fault that lasts');
}

/** Reading a record is a search; facts never change once drawn. */
const known = new WeakMap<EventRecordFacts, Story>();

export function storyOf(facts: EventRecordFacts): Story {
  const story = known.get(facts) ?? readStory(facts);
  known.set(facts, story);
  return story;
}

function readStory(facts: EventRecordFacts): Story {
  const grid = gridOf(facts);
  const [reading, ...others] = readRecord(grid, evidenceIn(facts.rows), facts.most);
  const [fault] = reading?.faults ?? [];
  if (!reading || !fault || others.length > 0) throw new Error('a record without one reading');
  const keys = new Set(reading.untrue);
  return {
    grid,
    fault,
    expected: signalsAfter(
      grid,
      operationsOf(grid, [fault], () => 0.5),
    ),
    missing: new Set(reading.missing),
    untrue: facts.rows.filter(({ station, device, signal }) => keys.has(`${station}:${device}:${signal}`)),
  };
}

/** Rows of a device with one of these signals that are true, in the order of time. */
export function rowsOf(facts: EventRecordFacts, device: string, signals: readonly SignalName[]): EventRow[] {
  const { untrue } = storyOf(facts);
  return facts.rows.filter(
    (row) => row.device === device && signals.includes(row.signal) && !untrue.includes(row),
  );
}

/** Milliseconds of the day. */
export function msOf({ time }: Pick<EventRow, 'time'>): number {
  const [hours, minutes, seconds] = time.split(':').map(Number) as [number, number, number];
  return Math.round(((hours * 60 + minutes) * 60 + seconds) * 1000);
}

/** Row of the last breaker that opened to clear the fault, before any reclosing; undefined where its row is lost. */
export function lastOpening(facts: EventRecordFacts): EventRow | undefined {
  const { expected } = storyOf(facts);
  const breakers = [
    ...new Set(expected.filter(({ signal }) => signal === 'breaker-open').map(({ device }) => device)),
  ];
  const firsts = breakers.map((device) => rowsOf(facts, device, ['breaker-open'])[0]);
  if (firsts.some((row) => row === undefined)) return undefined;
  return (firsts as EventRow[]).reduce((last, row) => (msOf(row) > msOf(last) ? row : last));
}

/** From the first start of a recorder to the last breaker that opened to clear the fault, ms. */
export function clearedMs(facts: EventRecordFacts): number | undefined {
  const last = lastOpening(facts);
  const first = facts.rows.find(({ signal }) => signal === 'recorder-start');
  return last && first ? msOf(last) - msOf(first) : undefined;
}

/** The first row of a protection that tripped for the fault: the main protection, or the first back-up where that is dead. */
export function firstTrip(facts: EventRecordFacts): EventRow | undefined {
  const { fault, untrue } = storyOf(facts);
  const rows = facts.rows.filter((row) => !untrue.includes(row));
  return fault.failed_main
    ? rows.find(({ signal }) => signal === 'zone2-trip' || signal === 'backup-overcurrent-trip')
    : rows.find(
        ({ device, signal }) => device === fault.zone && (signal === 'main1-trip' || signal === 'main2-trip'),
      );
}
