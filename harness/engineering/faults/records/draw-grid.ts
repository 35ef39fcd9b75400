import { int, pick, type Uniform } from './draw.ts';
import type { Breaker, SubstationGrid, Zone } from './substation-grid.ts';

/**
 * A meshed transmission grid of 3 to 20 stations: a ring with chords, one or two bus sections a station joined by a section
 * breaker, and transformers to a lower bus at some stations. At least two stations hold sources.
 * Names: station A; buses A.I, A.II; line A-C; second circuits A-C/2; transformer A.T1 with lower bus A.M1; breakers A-01 …
 * Equipment of a station takes a dot, so that no bus of A is named like the line from A to I.
 * @throws RangeError for a number of stations outside 3 to 20
 */
export function drawGrid(uniform: Uniform, station_count: number): SubstationGrid {
  if (!Number.isInteger(station_count) || station_count < 3 || station_count > 20)
    throw new RangeError(`${station_count} stations: give 3 to 20`);
  const stations = Array.from({ length: station_count }, (_, i) => String.fromCharCode(65 + i));
  const zones: Zone[] = [];
  const breakers: Breaker[] = [];
  const counter = new Map<string, number>();
  const connect = (station: string, a: string, b: string) => {
    const number = (counter.get(station) ?? 0) + 1;
    counter.set(station, number);
    breakers.push({ id: `${station}-${String(number).padStart(2, '0')}`, station, between: [a, b] });
  };
  const buses = new Map<string, string[]>();
  const sources = new Set([0, Math.floor(station_count / 2)]);
  stations.forEach((station, i) => {
    const two = uniform() < 0.6;
    const ids = two ? [`${station}.I`, `${station}.II`] : [`${station}.I`];
    buses.set(station, ids);
    for (const id of ids)
      zones.push({ id, kind: 'bus', stations: [station], source: sources.has(i) && id.endsWith('.I') });
    if (two) connect(station, ids[0]!, ids[1]!);
  });
  const attach = (station: string, zone: string) => {
    const ids = buses.get(station)!;
    connect(station, ids[(counter.get(station) ?? 0) % ids.length]!, zone);
  };
  for (const [a, b, name] of corridors(uniform, stations)) {
    zones.push({ id: name, kind: 'line', stations: [a, b], source: false });
    attach(a, name);
    attach(b, name);
  }
  for (const station of stations.filter(() => uniform() < 0.5)) {
    const [transformer, lower] = [`${station}.T1`, `${station}.M1`];
    zones.push({ id: transformer, kind: 'transformer', stations: [station], source: false });
    zones.push({ id: lower, kind: 'bus', stations: [station], source: false });
    attach(station, transformer);
    connect(station, transformer, lower);
  }
  return { stations, zones, breakers };
}

function corridors(uniform: Uniform, stations: readonly string[]): [string, string, string][] {
  const ring = stations.map((a, i): [string, string] => [a, stations[(i + 1) % stations.length]!]);
  const chords = Array.from({ length: int(uniform, 1, Math.ceil(stations.length / 2)) }, () => {
    const a = pick(uniform, stations);
    return [
      a,
      pick(
        uniform,
        stations.filter((s) => s !== a),
      ),
    ] as [string, string];
  });
  const seen = new Map<string, number>();
  return [...ring, ...chords].map(([from, to]) => {
    const [a, b] = from < to ? [from, to] : [to, from];
    const circuit = (seen.get(`${a}-${b}`) ?? 0) + 1;
    seen.set(`${a}-${b}`, circuit);
    return [a, b, circuit === 1 ? `${a}-${b}` : `${a}-${b}/${circuit}`];
  });
}
