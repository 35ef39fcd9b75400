import type { Random } from '../../../core/random.ts';
import { coefficients, type Line, type Meter } from '../../../engineering/faults/telemetry/flow-meters.ts';

/** What really flowed, and what good meters make of it. */
export interface Truth {
  lines: Line[];
  meters: Meter[];
  /** What each meter showed one snapshot before the first. */
  before: Record<string, number>;
  times: string[];
}

/** A ring with chords; angles that wander; flows of the DC model, b·(θ_from − θ_to); every end and every injection metered. */
export function drawTruth(station_count: number, snapshots: number, random: Random): Truth {
  const stations = Array.from({ length: station_count }, (_, i) => String.fromCharCode(65 + i));
  const lines = corridors(stations, random).map(([from, to]): Line => ({ id: `${from}-${to}`, from, to }));
  const susceptance = lines.map(() => random.range(600, 1400, 10));
  const angles = stations.map(() => wander(snapshots + 1, random));
  const angle = (station: string, t: number) => angles[stations.indexOf(station)]?.[t] ?? 0;
  const flows = lines.map(({ from, to }, i) =>
    Array.from({ length: snapshots + 1 }, (_, t) => (susceptance[i] ?? 0) * (angle(from, t) - angle(to, t))),
  );
  const places = [
    ...lines.flatMap(({ id, from, to }) => [from, to].map((station) => ({ station, line: id }))),
    ...stations.map((station) => ({ station })),
  ];
  const all = random.shuffle(places).map((place, i): Meter => {
    const id = `M${String(i + 1).padStart(2, '0')}`;
    const row = coefficients(lines, { ...place, id, readings: [] });
    const readings = Array.from({ length: snapshots + 1 }, (_, t) =>
      read(
        row.reduce((sum, c, k) => sum + c * (flows[k]?.[t] ?? 0), 0),
        random,
      ),
    );
    return { ...place, id, readings };
  });
  return {
    lines,
    meters: all
      .map((meter) => ({ ...meter, readings: meter.readings.slice(1) }))
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    before: Object.fromEntries(all.map(({ id, readings }) => [id, readings[0] ?? 0])),
    times: clock(random.int(6, 18), snapshots),
  };
}

function corridors(stations: readonly string[], random: Random): [string, string][] {
  const ring = stations.map((a, i): [string, string] => [a, stations[(i + 1) % stations.length] as string]);
  const chords = stations.flatMap((a, i) =>
    stations
      .slice(i + 2)
      .flatMap((b): [string, string][] => (a === stations[0] && b === stations.at(-1) ? [] : [[a, b]])),
  );
  const extra = random.sample(chords, Math.min(chords.length, Math.floor(stations.length / 3)));
  return [...ring, ...extra].map(([a, b]): [string, string] => (a < b ? [a, b] : [b, a]));
}

/** Radians: moves by about a hundredth of a radian from snapshot to snapshot, now this way, now that. */
function wander(count: number, random: Random): number[] {
  let angle = random.range(-0.08, 0.08, 0.001);
  return Array.from({ length: count }, () => {
    angle += random.pick([-1, 1]) * random.range(0.004, 0.016, 0.001);
    return angle;
  });
}

/** Within ±0.35 MW and rounded to tenths: ±0.4 in all. */
const read = (value: number, random: Random): number =>
  Math.round((value + random.range(-0.35, 0.35, 0.01)) * 10) / 10;

const clock = (hour: number, count: number): string[] =>
  Array.from({ length: count }, (_, t) => {
    const minutes = hour * 60 + 15 * t;
    return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  });
