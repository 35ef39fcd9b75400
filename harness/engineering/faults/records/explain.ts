import { clearFault, type FaultScenario, type Operation, openAtEnd } from './operations.ts';
import { essentialSignals, type Signal, type SignalName } from './signals.ts';
import { breakersOf, deadZones, type SubstationGrid } from './substation-grid.ts';

/** Signals that a fault must leave, whatever its timing: by these alone a record is explained. */
export const EVIDENCE = [
  'main1-trip',
  'main2-trip',
  'breaker-failure-trip',
  'transfer-trip-received',
  'zone2-trip',
  'backup-overcurrent-trip',
  'switch-onto-fault-trip',
  'breaker-open',
  'breaker-closed',
  'reclose-command',
  'reclose-lockout',
  'voltage-lost',
] as const satisfies readonly SignalName[];

/** One signal's identity, without its time: `A:A-01:breaker-open`. No part of it has a colon of its own. */
export const signalKey = ({ station, device, signal }: Pick<Signal, 'station' | 'device' | 'signal'>) =>
  `${station}:${device}:${signal}`;

/** Keys of the evidence in a record; a signal that comes twice counts once. */
export const evidenceIn = (events: readonly Pick<Signal, 'station' | 'device' | 'signal'>[]): Set<string> =>
  new Set(events.filter(({ signal }) => (EVIDENCE as readonly SignalName[]).includes(signal)).map(signalKey));

/** Faults that would explain a record, what of them is not in it and what in it is not of them. */
export interface Reading {
  faults: FaultScenario[];
  missing: string[];
  untrue: string[];
}

export interface ReadingLimits {
  lost: number;
  untrue: number;
  faults: number;
}

/** Every fault a section may have: cleared as it should be, with one breaker that does not open, or with its main protection dead. */
export function singleFaults(grid: SubstationGrid): FaultScenario[] {
  return grid.zones.flatMap(({ id, kind }): FaultScenario[] => {
    const own = { zone: id, permanent: true, failed_breakers: [], failed_main: false };
    return [
      own,
      ...(kind === 'line' ? [{ ...own, permanent: false }] : []),
      ...breakersOf(grid, id).map((breaker) => ({ ...own, failed_breakers: [breaker.id] })),
      { ...own, failed_main: true },
    ];
  });
}

/** What one fault or several at once do, in the order of time; what no randomness changes is which operations these are. */
export const operationsOf = (
  grid: SubstationGrid,
  faults: readonly FaultScenario[],
  uniform: () => number,
): Operation[] => faults.flatMap((fault) => clearFault(grid, fault, uniform)).sort((a, b) => a.t_ms - b.t_ms);

/** Breakers that a fault concerns: its own, and every one told to open. */
export const concerned = (
  grid: SubstationGrid,
  { zone }: FaultScenario,
  operations: readonly Operation[],
): Set<string> =>
  new Set([...breakersOf(grid, zone).map(({ id }) => id), ...operations.map(({ breaker }) => breaker.id)]);

/** Signals that operations must leave, loss of voltage at their end included. */
export function signalsAfter(grid: SubstationGrid, operations: readonly Operation[]): Signal[] {
  const last_ms = Math.max(0, ...operations.flatMap((o) => (o.kind === 'open' ? [o.t_ms] : [])));
  const dead = deadZones(grid, openAtEnd(operations)).map((zone) => ({ zone, t_ms: last_ms }));
  return essentialSignals(grid, operations, dead);
}

/**
 * Every reading of a record within the limits: one fault, or two that concern no breaker in common, with at most one failed
 * device in all; the evidence that such faults leave against the evidence that is there. Exhaustive; no use of times.
 */
export function readRecord(
  grid: SubstationGrid,
  seen: ReadonlySet<string>,
  { lost, untrue, faults }: ReadingLimits,
): Reading[] {
  const singles = singleFaults(grid).map((fault) => hypothesis(grid, fault, seen));
  const candidates =
    faults > 1
      ? [...singles.map((one) => [one]), ...pairs(singles, seen, untrue)]
      : singles.map((one) => [one]);
  return candidates.flatMap((parts) => {
    if (seen.size - parts.reduce((sum, { bound }) => sum + bound, 0) > untrue) return [];
    const expected = evidenceIn(
      signalsAfter(
        grid,
        parts.flatMap(({ operations }) => operations),
      ),
    );
    const reading = {
      faults: parts.map(({ fault }) => fault),
      missing: [...expected].filter((key) => !seen.has(key)),
      untrue: [...seen].filter((key) => !expected.has(key)),
    };
    return reading.missing.length <= lost && reading.untrue.length <= untrue ? [reading] : [];
  });
}

interface Hypothesis {
  fault: FaultScenario;
  operations: Operation[];
  breakers: Set<string>;
  /** No more of the record than so much can be its doing. */
  bound: number;
}

function hypothesis(grid: SubstationGrid, fault: FaultScenario, seen: ReadonlySet<string>): Hypothesis {
  const operations = clearFault(grid, fault, () => 0.5);
  const own = evidenceIn(essentialSignals(grid, operations, []));
  const voltage = [...seen].filter((key) => key.endsWith(':voltage-lost')).length;
  const bound = [...own].filter((key) => seen.has(key)).length + voltage;
  return { fault, operations, breakers: concerned(grid, fault, operations), bound };
}

const fails = ({ failed_breakers, failed_main }: FaultScenario) => failed_breakers.length > 0 || failed_main;

function pairs(all: readonly Hypothesis[], seen: ReadonlySet<string>, untrue: number): Hypothesis[][] {
  return all.flatMap((a, i) =>
    all.slice(i + 1).flatMap((b) => {
      if (seen.size - a.bound - b.bound > untrue || a.fault.zone === b.fault.zone) return [];
      if ((fails(a.fault) && fails(b.fault)) || [...a.breakers].some((id) => b.breakers.has(id))) return [];
      return [[a, b]];
    }),
  );
}
