/**
 * The rules of the prompt, written down a second time from its sentences alone, over breakers and sections as it prints them:
 * what evidence a fault leaves. No code shared with the simulator.
 */
export interface PrintedGrid {
  sections: readonly { id: string; kind: string; stations: readonly string[]; source: boolean }[];
  breakers: readonly { id: string; station: string; a: string; b: string }[];
}

export interface Guess {
  section: string;
  /** A breaker, the section itself for its main protection, or nothing. */
  failed?: string | undefined;
  /** A line that recloses with success. */
  passing?: boolean;
}

type Switch = PrintedGrid['breakers'][number];

export interface Left {
  keys: Set<string>;
  open: Set<string>;
  concerned: Set<string>;
}

export function evidenceOf(grid: PrintedGrid, { section, failed, passing = false }: Guess): Left {
  const left: Left = { keys: new Set(), open: new Set(), concerned: new Set() };
  const own = at(grid, section);
  for (const { id } of own) left.concerned.add(id);
  if (failed === section) backUp(grid, section, left);
  else mainProtection(grid, section, own, failed, passing, left);
  return left;
}

const at = (grid: PrintedGrid, section: string): Switch[] =>
  grid.breakers.filter(({ a, b }) => a === section || b === section);
const beyond = ({ a, b }: Switch, section: string): string => (a === section ? b : a);
const kindOf = (grid: PrintedGrid, id: string) => grid.sections.find((section) => section.id === id)?.kind;

function opens(left: Left, { id, station }: Switch): void {
  left.keys.add(`${station}:${id}:breaker-open`);
  left.open.add(id);
  left.concerned.add(id);
}

function mainProtection(
  grid: PrintedGrid,
  section: string,
  own: readonly Switch[],
  failed: string | undefined,
  passing: boolean,
  left: Left,
): void {
  const line = kindOf(grid, section) === 'line';
  for (const breaker of own) {
    left.keys.add(`${breaker.station}:${section}:main1-trip`);
    if (line) left.keys.add(`${breaker.station}:${section}:main2-trip`);
    if (breaker.id !== failed) {
      opens(left, breaker);
      continue;
    }
    left.keys.add(`${breaker.station}:${breaker.id}:breaker-failure-trip`);
    const other = beyond(breaker, section);
    for (const next of at(grid, other).filter(({ id }) => id !== failed)) {
      opens(left, next);
      if (next.station !== breaker.station) left.keys.add(`${next.station}:${other}:transfer-trip-received`);
    }
  }
  if (!line || failed) return;
  const first = section.split('-')[0];
  const [leader, follower] = [...own].sort((x) => (x.station === first ? -1 : 1)) as [Switch, Switch];
  const closes = ({ station, id }: Switch) => {
    left.keys.add(`${station}:${id}:reclose-command`).add(`${station}:${id}:breaker-closed`);
    left.open.delete(id);
  };
  closes(leader);
  if (passing) {
    closes(follower);
    return;
  }
  left.keys.add(`${leader.station}:${section}:switch-onto-fault-trip`);
  opens(left, leader);
  for (const { station, id } of own) left.keys.add(`${station}:${id}:reclose-lockout`);
}

function backUp(grid: PrintedGrid, section: string, left: Left): void {
  const kind = kindOf(grid, section);
  const station = grid.sections.find(({ id }) => id === section)?.stations[0];
  if (kind === 'transformer') {
    left.keys.add(`${station}:${section}:backup-overcurrent-trip`);
    for (const breaker of at(grid, section)) opens(left, breaker);
    return;
  }
  const buses = kind === 'bus' ? [section] : at(grid, section).map((breaker) => beyond(breaker, section));
  for (const bus of buses)
    for (const near of at(grid, bus).filter(
      ({ a, b }) => kind === 'bus' || (a !== section && b !== section),
    )) {
      const next = beyond(near, bus);
      if (kindOf(grid, next) === 'line') {
        const far = at(grid, next).filter(({ id }) => id !== near.id);
        for (const breaker of far) {
          opens(left, breaker);
          left.keys.add(`${breaker.station}:${next}:zone2-trip`);
        }
      } else if (kindOf(grid, next) === 'bus' || reaches(grid, next, new Set(), bus)) {
        opens(left, near);
        left.keys.add(`${near.station}:${next}:backup-overcurrent-trip`);
      }
    }
}

/** Depth first: whether a source can be reached over breakers that are not open, without a bus. */
function reaches(
  grid: PrintedGrid,
  from: string,
  open: ReadonlySet<string>,
  without?: string,
  seen = new Set<string>(),
): boolean {
  if (from === without || seen.has(from)) return false;
  seen.add(from);
  if (grid.sections.some(({ id, source }) => id === from && source)) return true;
  return at(grid, from)
    .filter(({ id }) => !open.has(id))
    .some((breaker) => reaches(grid, beyond(breaker, from), open, without, seen));
}

/** Evidence of one or two faults with the loss of voltage at the end; undefined where they are not apart. */
export function evidenceOfAll(
  grid: PrintedGrid,
  parts: readonly Left[],
): { keys: Set<string>; open: Set<string> } | undefined {
  const [first, second] = parts;
  if (first && second && [...first.concerned].some((id) => second.concerned.has(id))) return undefined;
  const keys = new Set(parts.flatMap((part) => [...part.keys]));
  const open = new Set(parts.flatMap((part) => [...part.open]));
  for (const { id, kind, stations } of grid.sections)
    if (kind === 'bus' && !reaches(grid, id, open)) keys.add(`${stations[0]}:${id}:voltage-lost`);
  return { keys, open };
}

/** Every guess about one section. */
export const guessesAt = (grid: PrintedGrid, section: string): Guess[] => [
  { section },
  ...(kindOf(grid, section) === 'line' ? [{ section, passing: true }] : []),
  ...at(grid, section).map(({ id }) => ({ section, failed: id })),
  { section, failed: section },
];
