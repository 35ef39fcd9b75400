/**
 * A grid as protection sees it: zones (what one main protection covers), and breakers between two zones each.
 * Every breaker is closed before the fault.
 */
export interface SubstationGrid {
  stations: string[];
  zones: Zone[];
  breakers: Breaker[];
}

export interface Zone {
  id: string;
  kind: 'line' | 'bus' | 'transformer';
  /** One station; a line has two. */
  stations: string[];
  /** Fed from outside the grid: a bus with generation or an interconnection. */
  source: boolean;
}

export interface Breaker {
  id: string;
  station: string;
  between: readonly [string, string];
}

export const breakersOf = (grid: SubstationGrid, zone: string): Breaker[] =>
  grid.breakers.filter((b) => b.between.includes(zone));

export const otherSide = (breaker: Breaker, zone: string): string =>
  breaker.between[0] === zone ? breaker.between[1] : breaker.between[0];

/** @throws RangeError for an unknown zone */
export function zoneOf(grid: SubstationGrid, id: string): Zone {
  const zone = grid.zones.find((z) => z.id === id);
  if (!zone) throw new RangeError(`no zone "${id}" in the grid`);
  return zone;
}

/** Zones joined by breakers that are not in `open`. */
export function islands(grid: SubstationGrid, open: ReadonlySet<string>): Set<string>[] {
  const left = new Set(grid.zones.map((z) => z.id));
  const found: Set<string>[] = [];
  for (const start of left) {
    const island = new Set([start]);
    for (const zone of island) {
      left.delete(zone);
      for (const breaker of breakersOf(grid, zone))
        if (!open.has(breaker.id)) island.add(otherSide(breaker, zone));
    }
    found.push(island);
  }
  return found;
}

/** Zones without a path to a source while the breakers in `open` are open. */
export function deadZones(grid: SubstationGrid, open: ReadonlySet<string>): string[] {
  const sources = new Set(grid.zones.filter((z) => z.source).map((z) => z.id));
  return islands(grid, open)
    .filter((island) => ![...island].some((zone) => sources.has(zone)))
    .flatMap((island) => [...island]);
}

/** Breakers with exactly one side in a set of zones. */
export const boundary = (grid: SubstationGrid, zones: ReadonlySet<string>): Breaker[] =>
  grid.breakers.filter((b) => zones.has(b.between[0]) !== zones.has(b.between[1]));
