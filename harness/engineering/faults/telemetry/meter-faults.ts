import type { Meter } from './flow-meters.ts';

export const METER_FAULTS = ['stuck', 'drift', 'swapped', 'late'] as const;
export type MeterFaultKind = (typeof METER_FAULTS)[number];

export interface MeterFault {
  kind: MeterFaultKind;
  /** First snapshot of a stuck or drifting meter, from 0; 0 for the other kinds. */
  since: number;
}

/** A bad meter's readings beside what they should be. */
export interface Suspect {
  meter: Meter;
  expected: readonly number[];
}

/**
 * Every kind of fault that would make a bad meter's readings what they are:
 * - stuck: from some snapshot on, three at least, the reading is that of the snapshot before;
 * - drift: right until some snapshot, then off by 1, 2, 3 … times one step;
 * - swapped: it reads all along what another bad meter of its station should read, and that one what it should;
 * - late: every reading is what the meter should have shown one snapshot earlier.
 */
export function faultKinds(
  { meter, expected }: Suspect,
  suspects: readonly Suspect[],
  tolerance_mw: number,
): MeterFault[] {
  const near = (a: number | undefined, b: number | undefined) =>
    a !== undefined && b !== undefined && Math.abs(a - b) <= tolerance_mw;
  const { readings } = meter;
  const found: MeterFault[] = [];
  const stuck = stuckSince(readings);
  if (stuck !== undefined && readings.every((reading, t) => t >= stuck || near(reading, expected[t])))
    found.push({ kind: 'stuck', since: stuck });
  const drift = driftSince(readings, expected, tolerance_mw);
  if (drift !== undefined) found.push({ kind: 'drift', since: drift });
  const twin = suspects.some(
    (other) =>
      other.meter !== meter &&
      other.meter.station === meter.station &&
      readings.every((reading, t) => near(reading, other.expected[t])) &&
      other.meter.readings.every((reading, t) => near(reading, expected[t])),
  );
  if (twin) found.push({ kind: 'swapped', since: 0 });
  if (readings.slice(1).every((reading, t) => near(reading, expected[t])))
    found.push({ kind: 'late', since: 0 });
  return found;
}

/** First of the snapshots, to the last, that repeat the reading before them; at least three of them. */
function stuckSince(readings: readonly number[]): number | undefined {
  const last = readings.at(-1);
  let since = readings.length;
  while (since > 1 && readings[since - 2] === last && readings[since - 1] === last) since--;
  return readings.length - since >= 3 ? since : undefined;
}

function driftSince(
  readings: readonly number[],
  expected: readonly number[],
  tolerance_mw: number,
): number | undefined {
  const off = readings.map((reading, t) => reading - expected[t]!);
  const since = off.findIndex((error) => Math.abs(error) > tolerance_mw);
  const count = off.length - since;
  if (since < 1 || count < 3) return undefined;
  const step = off.at(-1)! / count;
  return off.slice(since).every((error, k) => Math.abs(error - step * (k + 1)) <= tolerance_mw)
    ? since
    : undefined;
}

/** What a meter shows: its true readings, spoiled. `twin` are the true readings of the meter it is swapped with. */
export function spoil(
  readings: readonly number[],
  { kind, since }: MeterFault,
  { step_mw, before, twin }: { step_mw: number; before: number; twin?: readonly number[] },
): number[] {
  switch (kind) {
    case 'stuck':
      return readings.map((value, t) => (t < since ? value : readings[since - 1]!));
    case 'drift':
      return readings.map((value, t) => (t < since ? value : value + step_mw * (t - since + 1)));
    case 'late':
      return [before, ...readings.slice(0, -1)];
    case 'swapped':
      return [...(twin ?? readings)];
  }
}
