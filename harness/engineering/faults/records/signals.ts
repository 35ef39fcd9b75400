import type { Uniform } from './draw.ts';
import { int, pick } from './draw.ts';
import type { Operation } from './operations.ts';
import { type Breaker, breakersOf, type SubstationGrid, zoneOf } from './substation-grid.ts';

export const SIGNAL_NAMES = [
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
  'protection-start',
  'protection-reset',
  'recorder-start',
  'voltage-lost',
  'pole-a-open',
  'pole-b-open',
  'pole-c-open',
  'spring-discharged',
  'spring-charged',
  'door-open',
  'door-closed',
  'communication-fault',
  'communication-restored',
  'tap-changer-step',
  'auxiliary-supply-alarm',
  'battery-charger-alarm',
  'oil-pump-start',
  'oil-pump-stop',
] as const;
export type SignalName = (typeof SIGNAL_NAMES)[number];

/** One line of a sequence-of-events record. Time in ms from the inception of the fault, by the station's own clock. */
export interface Signal {
  t_ms: number;
  station: string;
  /** A zone, a breaker, or a piece of station equipment such as `A recorder`. */
  device: string;
  signal: SignalName;
}

interface Business {
  device: string;
  begin: SignalName;
  /** What ends it again; an alarm without an end stands for as long and does not come again meanwhile. */
  end?: SignalName;
  lasts_ms: readonly [number, number];
  /** Whether a voltage dip sets it off. */
  dip: boolean;
}

/** Business of every day. */
const NOISE: readonly Business[] = [
  { device: 'relay room', begin: 'door-open', end: 'door-closed', lasts_ms: [4000, 25_000], dip: false },
  { device: 'tap changer', begin: 'tap-changer-step', lasts_ms: [5000, 15_000], dip: false },
  {
    device: 'channel 2',
    begin: 'communication-fault',
    end: 'communication-restored',
    lasts_ms: [300, 9000],
    dip: true,
  },
  {
    device: 'hydraulic pump',
    begin: 'oil-pump-start',
    end: 'oil-pump-stop',
    lasts_ms: [5000, 20_000],
    dip: true,
  },
  { device: 'AC panel', begin: 'auxiliary-supply-alarm', lasts_ms: [8000, 30_000], dip: true },
  { device: 'DC panel', begin: 'battery-charger-alarm', lasts_ms: [8000, 30_000], dip: true },
];

/** What operations must leave in a complete record: trips, breaker positions, reclosing, and what is dead at the end. */
export function essentialSignals(
  grid: SubstationGrid,
  operations: readonly Operation[],
  dead: readonly { zone: string; t_ms: number }[],
): Signal[] {
  const signals = onePerRelay(operations.flatMap((operation) => signalsOf(grid, operation)));
  for (const { zone, t_ms } of dead) {
    const { kind, stations } = zoneOf(grid, zone);
    if (kind === 'bus')
      signals.push({ t_ms: t_ms + 15, station: stations[0]!, device: zone, signal: 'voltage-lost' });
  }
  return signals;
}

/** A relay that trips several breakers of its station reports one trip, not one a breaker. */
function onePerRelay(signals: readonly Signal[]): Signal[] {
  const seen = new Set<string>();
  return signals
    .toSorted((a, b) => a.t_ms - b.t_ms)
    .filter(({ station, device, signal }) => {
      const key = `${station} ${device} ${signal}`;
      if (!signal.endsWith('-trip')) return true;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
}

function signalsOf(grid: SubstationGrid, operation: Operation): Signal[] {
  const { breaker, t_ms } = operation;
  const at = (signal: SignalName, device: string, later = 0): Signal => {
    return { t_ms: t_ms + later, station: breaker.station, device, signal };
  };
  switch (operation.kind) {
    case 'open':
      return [at('breaker-open', breaker.id)];
    case 'reclose':
      return [at('reclose-command', breaker.id, -45), at('breaker-closed', breaker.id)];
    case 'lockout':
      return [at('reclose-lockout', breaker.id)];
    case 'breaker-failure':
      return [at('breaker-failure-trip', breaker.id)];
    case 'trip':
      return tripSignals(grid, operation, at);
  }
}

function tripSignals(
  grid: SubstationGrid,
  { cause, zone }: Extract<Operation, { kind: 'trip' }>,
  at: (signal: SignalName, device: string, later?: number) => Signal,
): Signal[] {
  switch (cause) {
    case 'main':
      // Lines carry two sets of main protection; the second answers a little later.
      return zoneOf(grid, zone).kind === 'line'
        ? [at('main1-trip', zone), at('main2-trip', zone, 4)]
        : [at('main1-trip', zone)];
    case 'switch-onto-fault':
      return [at('switch-onto-fault-trip', zone)];
    case 'transfer-trip':
      return [at('transfer-trip-received', zone)];
    case 'remote-backup':
      return [at(zoneOf(grid, zone).kind === 'line' ? 'zone2-trip' : 'backup-overcurrent-trip', zone)];
    case 'local-backup':
      return [at('backup-overcurrent-trip', zone)];
    // The breaker-failure signal itself stands for the trips it gives.
    case 'breaker-failure':
      return [];
  }
}

/** Protection that starts and resets on the way, and fault recorders of every station that sees the dip. */
export function startSignals(
  grid: SubstationGrid,
  zone: string,
  cleared_ms: number,
  uniform: Uniform,
): Signal[] {
  const near = new Set(breakersOf(grid, zone).flatMap((b) => b.between));
  const around = grid.zones.filter(
    (z) =>
      near.has(z.id) ||
      (z.kind === 'line' && breakersOf(grid, z.id).some((b) => b.between.some((s) => near.has(s)))),
  );
  const starts = around
    .filter((z) => z.kind !== 'bus' || z.id === zone)
    .flatMap((z) =>
      z.stations.flatMap((station): Signal[] => [
        { t_ms: int(uniform, 6, 16), station, device: z.id, signal: 'protection-start' },
        { t_ms: cleared_ms + int(uniform, 20, 45), station, device: z.id, signal: 'protection-reset' },
      ]),
    );
  const recorders = [...new Set(around.flatMap((z) => z.stations))].map(
    (station): Signal => ({
      t_ms: int(uniform, 3, 12),
      station,
      device: `${station} recorder`,
      signal: 'recorder-start',
    }),
  );
  return [...recorders, ...starts];
}

/** Auxiliary contacts and drives that follow every breaker operation. */
export function driveSignals(operations: readonly Operation[], uniform: Uniform): Signal[] {
  return operations.flatMap((operation): Signal[] => {
    const at = (t_ms: number, signal: SignalName, { station, id }: Breaker): Signal => {
      return { t_ms, station, device: id, signal };
    };
    const { breaker, t_ms } = operation;
    if (operation.kind === 'reclose')
      return [
        at(t_ms + int(uniform, 5, 15), 'spring-discharged', breaker),
        at(t_ms + int(uniform, 7000, 11000), 'spring-charged', breaker),
      ];
    if (operation.kind !== 'open') return [];
    return (['pole-a-open', 'pole-b-open', 'pole-c-open'] as const).map((signal) =>
      at(t_ms - int(uniform, 1, 5), signal, breaker),
    );
  });
}

/**
 * Signals that have nothing to do with the fault, from a minute before to half a minute after; half of those that a voltage
 * dip sets off come in its wake. What begins also ends, and nothing begins again before it has ended,
 * and tap changers step only where there is a transformer.
 */
export function noiseSignals(grid: SubstationGrid, count: number, uniform: Uniform): Signal[] {
  const stepping = new Set(grid.zones.flatMap((z) => (z.kind === 'transformer' ? z.stations : [])));
  const under_way = new Map<string, (readonly [number, number])[]>();
  const signals: Signal[] = [];
  for (let attempt = 0; signals.length < count; attempt++) {
    const station = pick(uniform, grid.stations);
    const { begin, end, lasts_ms, dip, ...of } = pick(uniform, NOISE);
    const device = `${station} ${of.device}`;
    const t_ms = dip && uniform() < 0.5 ? int(uniform, 40, 4000) : int(uniform, -60_000, 30_000);
    const until_ms = t_ms + int(uniform, lasts_ms[0], lasts_ms[1]);
    if (of.device === 'tap changer' && !stepping.has(station)) continue;
    if (end && signals.length + 1 === count) continue;
    const others = under_way.get(device) ?? [];
    // A small grid may have no room for so many: then they crowd.
    if (attempt < 50 * count && others.some(([from, to]) => t_ms <= to && from <= until_ms)) continue;
    under_way.set(device, [...others, [t_ms, until_ms]]);
    signals.push({ t_ms, station, device, signal: begin });
    if (end) signals.push({ t_ms: until_ms, station, device, signal: end });
  }
  return signals;
}

/** Untrue signals: a trip or a breaker position from a bay where nothing happened. */
export function falseSignals(
  grid: SubstationGrid,
  operations: readonly Operation[],
  count: number,
  uniform: Uniform,
): Signal[] {
  const touched = new Set(operations.flatMap((o) => [o.breaker.id, ...o.breaker.between]));
  const idle = grid.breakers.filter((b) => !touched.has(b.id));
  if (idle.length === 0) return [];
  return Array.from({ length: count }, () => {
    const breaker = pick(uniform, idle);
    const t_ms = int(uniform, 10, 600);
    if (uniform() < 0.5)
      return { t_ms, station: breaker.station, device: breaker.id, signal: 'breaker-open' as const };
    const zones = breaker.between.filter((zone) => !touched.has(zone));
    if (zones.length === 0)
      return { t_ms, station: breaker.station, device: breaker.id, signal: 'breaker-open' as const };
    return { t_ms, station: breaker.station, device: pick(uniform, zones), signal: 'main1-trip' as const };
  });
}
