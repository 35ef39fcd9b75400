import type { Uniform } from './draw.ts';

export interface Site {
  x_km: number;
  y_km: number;
}

export const distanceKm = (a: Site, b: Site): number =>
  Math.sqrt((a.x_km - b.x_km) ** 2 + (a.y_km - b.y_km) ** 2);

const CANDIDATES = 4;

/** Sites in a square, each the loneliest of a few draws, so that no two substations stand on top of each other. */
export function placeSites(uniform: Uniform, count: number, side_km: number): Site[] {
  const sites: Site[] = [];
  const loneliness = (site: Site) => Math.min(...sites.slice(-400).map((other) => distanceKm(site, other)));
  while (sites.length < count) {
    const drawn = Array.from({ length: CANDIDATES }, () => ({
      x_km: uniform() * side_km,
      y_km: uniform() * side_km,
    }));
    sites.push(drawn.reduce((best, site) => (loneliness(site) > loneliness(best) ? site : best)));
  }
  return sites;
}

export type Pair = readonly [number, number];

/** A spanning tree of least total length (Prim), as pairs of positions in `sites`. */
function spanningTree(sites: readonly Site[]): Pair[] {
  const nearest = sites.map(() => 0);
  const gap = sites.map((site) => distanceKm(site, sites[0]!));
  const joined = sites.map((_, i) => i === 0);
  const tree: Pair[] = [];
  for (let count = 1; count < sites.length; count++) {
    let next = -1;
    for (let i = 0; i < sites.length; i++) {
      if (!joined[i] && (next < 0 || gap[i]! < gap[next]!)) next = i;
    }
    joined[next] = true;
    tree.push([nearest[next]!, next]);
    for (let i = 0; i < sites.length; i++) {
      const d = joined[i] ? Number.POSITIVE_INFINITY : distanceKm(sites[i]!, sites[next]!);
      if (d >= gap[i]!) continue;
      gap[i] = d;
      nearest[i] = next;
    }
  }
  return tree;
}

const NEIGHBOURS = 6;

/** Pairs of near sites, nearest pair first. */
function nearPairs(sites: readonly Site[]): Pair[] {
  const seen = new Set<number>();
  const pairs: { pair: Pair; length: number }[] = [];
  sites.forEach((site, i) => {
    const near: { j: number; length: number }[] = [];
    sites.forEach((other, j) => {
      if (i === j) return;
      const length = distanceKm(site, other);
      if (near.length === NEIGHBOURS && length >= near.at(-1)!.length) return;
      if (near.length === NEIGHBOURS) near.pop();
      const at = near.findIndex((n) => n.length > length);
      near.splice(at < 0 ? near.length : at, 0, { j, length });
    });
    for (const { j, length } of near) {
      const key = Math.min(i, j) * sites.length + Math.max(i, j);
      if (seen.has(key)) continue;
      seen.add(key);
      pairs.push({ pair: [Math.min(i, j), Math.max(i, j)], length });
    }
  });
  return pairs
    .sort((a, b) => a.length - b.length || a.pair[0] - b.pair[0] || a.pair[1] - b.pair[1])
    .map((p) => p.pair);
}

const MOST_LINES = 5;

/**
 * Lines of one voltage level: the spanning tree, then short lines until every site that can has two and there are
 * `lines_per_site` of them.
 */
export function meshLines(uniform: Uniform, sites: readonly Site[], lines_per_site: number): Pair[] {
  const lines = spanningTree(sites);
  const taken = new Set(lines.map(([a, b]) => Math.min(a, b) * sites.length + Math.max(a, b)));
  const degree = sites.map(() => 0);
  for (const [a, b] of lines) {
    degree[a]!++;
    degree[b]!++;
  }
  const add = ([a, b]: Pair) => {
    if (taken.has(a * sites.length + b)) return;
    taken.add(a * sites.length + b);
    degree[a]!++;
    degree[b]!++;
    lines.push([a, b]);
  };
  const near = nearPairs(sites);
  for (const [a, b] of near) if (degree[a] === 1 || degree[b] === 1) add([a, b]);
  for (const pair of near) {
    if (lines.length >= lines_per_site * sites.length) break;
    const [a, b] = pair;
    if (degree[a]! < MOST_LINES && degree[b]! < MOST_LINES && uniform() < 0.6) add(pair);
  }
  return lines;
}
