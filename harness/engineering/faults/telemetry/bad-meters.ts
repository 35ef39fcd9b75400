import { estimateFlows, expectedReadings, type Line, type Meter } from './flow-meters.ts';

/** A sum of readings that is zero but for the meters' errors: both ends of a line, or the injection of a station and its lines. */
export interface Balance {
  meters: readonly string[];
  /** Largest absolute sum over the snapshots, MW. */
  worst_mw: number;
}

/** By how much a balance or a residual must miss before it is proof of a bad meter, beyond what good meters allow. */
const MARGIN_MW = 1;

/** Every balance of one line, and of one station with each of its lines read at either end. */
export function balances(lines: readonly Line[], meters: readonly Meter[]): Balance[] {
  const at = (station: string, line?: string) =>
    meters.find((meter) => meter.station === station && meter.line === line);
  const ends = lines.flatMap(({ id, from, to }) => {
    const pair = [at(from, id), at(to, id)];
    return pair.every((meter) => meter !== undefined)
      ? [sumOf(pair.map((meter) => [meter as Meter, 1]))]
      : [];
  });
  const stations = [...new Set(lines.flatMap(({ from, to }) => [from, to]))];
  return [
    ...ends,
    ...stations.flatMap((station) => {
      const injection = at(station);
      if (!injection) return [];
      const own = lines.filter(({ from, to }) => from === station || to === station);
      return readingsOf(own, station, at).map((terms) => sumOf([[injection, 1], ...terms]));
    }),
  ];
}

type Term = readonly [Meter, 1 | -1];

/** Every choice of an end by which to read each line; what leaves the station is taken off. */
function readingsOf(
  lines: readonly Line[],
  station: string,
  at: (station: string, line: string) => Meter | undefined,
): Term[][] {
  return lines.reduce<Term[][]>(
    (choices, { id, from, to }) => {
      const near = at(station, id);
      const far = at(station === from ? to : from, id);
      const ways: Term[] = [...(near ? [[near, -1] as const] : []), ...(far ? [[far, 1] as const] : [])];
      return choices.flatMap((chosen) => ways.map((way) => [...chosen, way]));
    },
    [[]],
  );
}

function sumOf(terms: readonly Term[]): Balance {
  const snapshots = terms[0]?.[0].readings.length ?? 0;
  const sums = Array.from({ length: snapshots }, (_, t) =>
    Math.abs(terms.reduce((sum, [meter, sign]) => sum + sign * meter.readings[t]!, 0)),
  );
  return { meters: terms.map(([{ id }]) => id), worst_mw: Math.max(...sums) };
}

/**
 * The smallest sets of meters without which nothing contradicts the rest, all of one size, by exhaustive search: a violated
 * balance holds at least one bad meter, and where no balance of a line or a station is violated, the residuals of
 * least squares must be small as well. Good meters are within ±`accuracy_mw`. Empty where `most` meters are not enough.
 */
export function badMeters(
  lines: readonly Line[],
  meters: readonly Meter[],
  accuracy_mw: number,
  most: number,
): string[][] {
  const violated = balances(lines, meters).filter(
    (balance) => balance.worst_mw > accuracy_mw * balance.meters.length + MARGIN_MW,
  );
  const fits = (bad: ReadonlySet<string>) =>
    agree(
      lines,
      meters.filter(({ id }) => !bad.has(id)),
      accuracy_mw + MARGIN_MW,
    );
  for (let size = 0; size <= most; size++) {
    const found = new Map<string, string[]>();
    const tried = new Set<string>();
    const search = (bad: readonly string[]): void => {
      const key = bad.toSorted().join();
      if (tried.has(key)) return;
      tried.add(key);
      const set = new Set(bad);
      const open = violated.find((balance) => !balance.meters.some((id) => set.has(id)));
      if (!open && bad.length === size) {
        if (fits(set)) found.set(key, bad.toSorted());
      } else if (bad.length < size) {
        const next = open ? open.meters : meters.map(({ id }) => id).filter((id) => !set.has(id));
        for (const id of next) search([...bad, id]);
      }
    };
    search([]);
    if (found.size > 0) return [...found.values()];
  }
  return [];
}

/** Whether the kept meters agree with one another. Meters too few to tell every flow are given the benefit of the doubt. */
function agree(lines: readonly Line[], kept: readonly Meter[], limit_mw: number): boolean {
  const flows = estimateFlows(lines, kept);
  if (!flows) return true;
  return kept.every((meter) => {
    const expected = expectedReadings(lines, meter, flows);
    return meter.readings.every((reading, t) => Math.abs(reading - expected[t]!) <= limit_mw);
  });
}
