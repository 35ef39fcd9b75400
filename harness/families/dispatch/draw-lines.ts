import type { Random } from '../../core/random.ts';

export interface DrawnLine {
  name: string;
  from: number;
  to: number;
  x_pu: number;
  /** 0 until flows are known. */
  limit_mw: number;
}

/** A ring through buses 1 … n with so many chords across it; each line named after its ends, the lower number first. */
export function drawLines(ids: readonly number[], chords: number, random: Random): DrawnLine[] {
  const count = ids.length;
  const ring = ids.map((id) => [Math.min(id, (id % count) + 1), Math.max(id, (id % count) + 1)] as const);
  const across = ids.flatMap((from) =>
    ids.filter((to) => to > from + 1 && !(from === 1 && to === count)).map((to) => [from, to] as const),
  );
  return [...ring, ...random.sample(across, chords)]
    .sort(([a, b], [c, d]) => a - c || b - d)
    .map(([from, to]) => ({
      name: `L${from}-${to}`,
      from,
      to,
      x_pu: random.range(0.04, 0.2, 0.01),
      limit_mw: 0,
    }));
}
