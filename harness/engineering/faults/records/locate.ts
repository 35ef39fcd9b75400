import type { Signal } from './signals.ts';
import {
  boundary,
  breakersOf,
  islands,
  otherSide,
  type SubstationGrid,
  type Zone,
  zoneOf,
} from './substation-grid.ts';

/** What would explain a set of opened breakers. */
export interface Explanation {
  zone: string;
  manner: 'cleared' | 'breaker-failed' | 'main-failed';
  failed_breaker: string | null;
  /** Zones that this would isolate. */
  isolated: string[];
  /** Breakers that should have reported open and did not; those that did without need. */
  missing: string[];
  unexplained: string[];
  /** Disagreements in all, with those of the trip signals; 0 for a record that fits in every point. */
  cost: number;
}

export interface Located {
  /** Every zone whose best explanation is as good as any: one where the record is consistent and tells; none where it shows no trip and no opening. */
  zones: string[];
  explanations: Explanation[];
  /** Zones inside an island that the opened breakers cut off from every source: necessary, not sufficient. */
  dead_zones: string[];
}

/**
 * Finds the faulted section from breaker positions and trip signals alone, with no use of times: for every zone, the set of
 * zones that would be isolated if it were cleared in one of the known manners, the boundary of that set against the breakers
 * that opened, and the trips that were or were not reported. Rarer manners lose ties.
 */
export function locateFault(grid: SubstationGrid, events: readonly Signal[]): Located {
  const opened = new Set(
    events
      .filter((e) => e.signal === 'breaker-open' && grid.breakers.some((b) => b.id === e.device))
      .map((e) => e.device),
  );
  const evidence = collectEvidence(events);
  const explanations = grid.zones
    .map((zone) =>
      candidates(grid, zone)
        .map((candidate) => judge(grid, candidate, opened, evidence))
        .reduce((best, next) => (next.cost < best.cost ? next : best)),
    )
    .sort((a, b) => a.cost - b.cost);
  const silent = opened.size === 0 && evidence.main.size === 0 && !evidence.backup;
  const least = silent ? Number.NEGATIVE_INFINITY : (explanations[0]?.cost ?? 0);
  const sources = new Set(grid.zones.filter((z) => z.source).map((z) => z.id));
  return {
    zones: explanations.filter((e) => e.cost <= least + 1e-9).map((e) => e.zone),
    explanations,
    dead_zones: islands(grid, opened)
      .filter((island) => ![...island].some((zone) => sources.has(zone)))
      .flatMap((island) => [...island]),
  };
}

interface Evidence {
  main: Map<string, number>;
  breakerFailure: ReadonlySet<string>;
  backup: boolean;
}

function collectEvidence(events: readonly Signal[]): Evidence {
  const main = new Map<string, number>();
  for (const e of events)
    if (e.signal === 'main1-trip' || e.signal === 'main2-trip')
      main.set(e.device, (main.get(e.device) ?? 0) + 1);
  return {
    main,
    breakerFailure: new Set(events.filter((e) => e.signal === 'breaker-failure-trip').map((e) => e.device)),
    backup: events.some((e) => e.signal === 'zone2-trip' || e.signal === 'backup-overcurrent-trip'),
  };
}

type Candidate = Pick<Explanation, 'zone' | 'manner' | 'failed_breaker'> & { isolated: Set<string> };

function candidates(grid: SubstationGrid, zone: Zone): Candidate[] {
  const own = { zone: zone.id, failed_breaker: null };
  return [
    { ...own, manner: 'cleared', isolated: new Set([zone.id]) },
    ...breakersOf(grid, zone.id).map((breaker): Candidate => {
      const isolated = new Set([zone.id, otherSide(breaker, zone.id)]);
      return { zone: zone.id, manner: 'breaker-failed', failed_breaker: breaker.id, isolated };
    }),
    { ...own, manner: 'main-failed', isolated: withoutMain(grid, zone) },
  ];
}

/** Lost main protection isolates the buses around and the lines on them; load transformers hang on and go with them. */
function withoutMain(grid: SubstationGrid, zone: Zone): Set<string> {
  if (zone.kind === 'transformer') return new Set([zone.id]);
  const buses = zone.kind === 'bus' ? [zone.id] : breakersOf(grid, zone.id).map((b) => otherSide(b, zone.id));
  const isolated = new Set([zone.id, ...buses]);
  for (const bus of buses)
    for (const breaker of breakersOf(grid, bus)) {
      const beyond = zoneOf(grid, otherSide(breaker, bus));
      if (beyond.kind === 'line') isolated.add(beyond.id);
      if (beyond.kind === 'transformer' && !isUpstream(grid, beyond.id, bus)) {
        isolated.add(beyond.id);
        for (const lower of breakersOf(grid, beyond.id)) isolated.add(otherSide(lower, beyond.id));
      }
    }
  return isolated;
}

/** A bus whose only way to a source is this transformer is fed by it. */
function isUpstream(grid: SubstationGrid, transformer: string, bus: string): boolean {
  const open = new Set(
    breakersOf(grid, bus)
      .filter((b) => otherSide(b, bus) === transformer)
      .map((b) => b.id),
  );
  const sources = new Set(grid.zones.filter((z) => z.source).map((z) => z.id));
  const island = islands(grid, open).find((zones) => zones.has(bus))!;
  return ![...island].some((zone) => sources.has(zone));
}

/** Ties between manners: a plain clearance is likelier than a failed breaker, that likelier than lost protection. */
const RARITY = { cleared: 0, 'breaker-failed': 0.2, 'main-failed': 0.3 } as const;

function judge(
  grid: SubstationGrid,
  candidate: Candidate,
  opened: ReadonlySet<string>,
  evidence: Evidence,
): Explanation {
  const edge = new Set(boundary(grid, candidate.isolated).map((b) => b.id));
  const missing = [...edge].filter((id) => !opened.has(id));
  const unexplained = [...opened].filter((id) => !edge.has(id));
  let cost = missing.length + unexplained.length + RARITY[candidate.manner];
  const tripped = evidence.main.has(candidate.zone);
  if (candidate.manner === 'main-failed' ? tripped : !tripped) cost += 1;
  for (const zone of evidence.main.keys()) if (zone !== candidate.zone) cost += 0.5;
  if (candidate.manner === 'main-failed' && !evidence.backup) cost += 0.5;
  const reported = candidate.failed_breaker !== null && evidence.breakerFailure.has(candidate.failed_breaker);
  if (candidate.failed_breaker !== null && !reported) cost += 0.5;
  cost += 0.5 * (evidence.breakerFailure.size - (reported ? 1 : 0));
  return { ...candidate, isolated: [...candidate.isolated], missing, unexplained, cost };
}
