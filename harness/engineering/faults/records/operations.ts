import { int, type Uniform } from './draw.ts';
import {
  type Breaker,
  breakersOf,
  otherSide,
  type SubstationGrid,
  type Zone,
  zoneOf,
} from './substation-grid.ts';

export interface FaultScenario {
  zone: string;
  permanent: boolean;
  /** Breakers that do not open when told to. */
  failed_breakers: string[];
  /** The protection of the zone does not act at all: remote back-up must clear the fault. */
  failed_main: boolean;
}

export type Cause =
  | 'main'
  | 'breaker-failure'
  | 'transfer-trip'
  | 'remote-backup'
  | 'local-backup'
  | 'switch-onto-fault';

/** One thing that really happened, in ms from the fault. What recorders make of it is another matter. */
export type Operation =
  | { kind: 'trip'; t_ms: number; breaker: Breaker; zone: string; cause: Cause }
  | { kind: 'open'; t_ms: number; breaker: Breaker; cause: Cause }
  | { kind: 'breaker-failure'; t_ms: number; breaker: Breaker; zone: string }
  | { kind: 'reclose'; t_ms: number; breaker: Breaker; zone: string }
  | { kind: 'lockout'; t_ms: number; breaker: Breaker; zone: string };

/** Usual times of a transmission grid, ms. */
const TIME = {
  main: [18, 32],
  opening: [38, 60],
  breaker_failure: [230, 270],
  channel: [10, 22],
  remote_backup: [480, 540],
  section_backup: [380, 430],
  local_backup: [1480, 1560],
  dead_time: [980, 1050],
  follower: [480, 560],
} as const;

/**
 * The sequence of operations that clears a fault:
 * - the zone's main protection trips all its breakers;
 * - a breaker that fails is covered by breaker-failure protection, which trips the zone behind it, by transfer trip
 *   at the far end of a line;
 * - where the main protection is lost, far ends of the neighbouring lines trip in their second zone and section breakers by
 *   their own protection; a transformer falls back on its own time-delayed protection;
 * - a line cleared by its main protection without a failure recloses once, one end first; onto a lasting fault it trips
 *   again and locks out.
 */
export function clearFault(grid: SubstationGrid, scenario: FaultScenario, uniform: Uniform): Operation[] {
  const zone = zoneOf(grid, scenario.zone);
  const ms = (name: keyof typeof TIME) => int(uniform, TIME[name][0], TIME[name][1]);
  const run: Run = { grid, failed: new Set(scenario.failed_breakers), ms, done: [], told: new Set() };
  if (scenario.failed_main) backupTrips(run, zone);
  else {
    const start = ms('main');
    for (const breaker of breakersOf(grid, zone.id))
      trip(run, breaker, zone.id, 'main', start + int(uniform, 0, 4));
    if (zone.kind === 'line' && !breakersOf(grid, zone.id).some((b) => run.failed.has(b.id)))
      reclose(run, zone, scenario.permanent, start);
  }
  return run.done.sort((a, b) => a.t_ms - b.t_ms);
}

interface Run {
  grid: SubstationGrid;
  failed: ReadonlySet<string>;
  ms: (name: keyof typeof TIME) => number;
  done: Operation[];
  /** Breakers already told to trip: a second command changes nothing. */
  told: Set<string>;
}

function trip(run: Run, breaker: Breaker, zone: string, cause: Cause, t_ms: number): void {
  if (run.told.has(breaker.id)) return;
  run.told.add(breaker.id);
  run.done.push({ kind: 'trip', t_ms, breaker, zone, cause });
  if (!run.failed.has(breaker.id)) {
    run.done.push({ kind: 'open', t_ms: t_ms + run.ms('opening'), breaker, cause });
    return;
  }
  const t = t_ms + run.ms('breaker_failure');
  run.done.push({ kind: 'breaker-failure', t_ms: t, breaker, zone });
  const behind = otherSide(breaker, zone);
  for (const next of breakersOf(run.grid, behind).filter((b) => b.id !== breaker.id)) {
    const remote = next.station !== breaker.station;
    trip(run, next, behind, remote ? 'transfer-trip' : 'breaker-failure', remote ? t + run.ms('channel') : t);
  }
}

function backupTrips(run: Run, zone: Zone): void {
  if (zone.kind === 'transformer') {
    const t = run.ms('local_backup');
    for (const breaker of breakersOf(run.grid, zone.id)) trip(run, breaker, zone.id, 'local-backup', t);
    return;
  }
  if (zone.kind === 'bus') {
    backupAround(run, zone.id, null);
    return;
  }
  for (const breaker of breakersOf(run.grid, zone.id))
    backupAround(run, otherSide(breaker, zone.id), breaker.id);
}

/** Clears a bus from outside: far ends of its lines, section breakers to other buses; a transformer to a load feeds nothing back. */
function backupAround(run: Run, bus: string, except: string | null): void {
  for (const near of breakersOf(run.grid, bus)) {
    if (near.id === except) continue;
    const beyond = zoneOf(run.grid, otherSide(near, bus));
    if (beyond.kind === 'bus') trip(run, near, beyond.id, 'remote-backup', run.ms('section_backup'));
    if (beyond.kind === 'transformer' && feedsBack(run.grid, beyond.id, bus))
      trip(run, near, beyond.id, 'local-backup', run.ms('local_backup'));
    if (beyond.kind !== 'line') continue;
    for (const far of breakersOf(run.grid, beyond.id).filter((b) => b.id !== near.id))
      trip(run, far, beyond.id, 'remote-backup', run.ms('remote_backup'));
  }
}

/** Whether a transformer brings power to the bus: its other side is the one toward the sources. */
function feedsBack(grid: SubstationGrid, transformer: string, bus: string): boolean {
  const seen = new Set([bus, transformer]);
  const queue = [transformer];
  for (const zone of queue) {
    if (zoneOf(grid, zone).source) return true;
    for (const breaker of breakersOf(grid, zone)) {
      const next = otherSide(breaker, zone);
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push(next);
    }
  }
  return false;
}

function reclose(run: Run, line: Zone, permanent: boolean, tripped_ms: number): void {
  const [leader, follower] = breakersOf(run.grid, line.id) as [Breaker, Breaker];
  const t = tripped_ms + run.ms('opening') + run.ms('dead_time');
  run.done.push({ kind: 'reclose', t_ms: t, breaker: leader, zone: line.id });
  if (!permanent) {
    run.done.push({ kind: 'reclose', t_ms: t + run.ms('follower'), breaker: follower, zone: line.id });
    return;
  }
  const again = t + run.ms('main');
  run.done.push({ kind: 'trip', t_ms: again, breaker: leader, zone: line.id, cause: 'switch-onto-fault' });
  run.done.push({
    kind: 'open',
    t_ms: again + run.ms('opening'),
    breaker: leader,
    cause: 'switch-onto-fault',
  });
  for (const breaker of [leader, follower])
    run.done.push({ kind: 'lockout', t_ms: again + run.ms('opening') + 20, breaker, zone: line.id });
}

/** Breakers open when all is over. */
export function openAtEnd(operations: readonly Operation[]): Set<string> {
  const open = new Set<string>();
  for (const operation of operations) {
    if (operation.kind === 'open') open.add(operation.breaker.id);
    if (operation.kind === 'reclose') open.delete(operation.breaker.id);
  }
  return open;
}
