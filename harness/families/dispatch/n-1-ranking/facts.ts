import * as z from 'zod';
import type { Random } from '../../../core/random.ts';
import { dcFlow } from '../../../engineering/grid/dc-flow.ts';
import { n1Dc } from '../../../engineering/grid/n-1.ts';
import type { Network } from '../../../engineering/grid/network.ts';
import { networkOf } from '../nodal-price/facts.ts';

export const n1RankingParams = z.strictObject({
  buses: z.tuple([z.int().min(4).max(8), z.int().min(4).max(8)]),
  /** Lines beyond the ring. */
  chords: z.int().min(1).max(4),
});
export type N1RankingParams = z.infer<typeof n1RankingParams>;

export interface N1RankingFacts {
  base_mva: number;
  buses: { id: number; load_mw: number; generation_mw: number }[];
  lines: { name: string; from: number; to: number; x_pu: number; limit_mw: number }[];
}

/** Flow over limit after an outage, by position of the outage and of the line that stays. */
export interface Loading {
  outage: number;
  line: number;
  flow_mw: number;
  loading: number;
}

const ATTEMPTS = 2000;
/** No loading after an outage is nearer to 1 than this, and the worst leads the next by as much. */
const CLEAR = 0.02;

/** A ring with chords, so that no outage splits it; secure before any outage, unsafe after two or more, but at most half. */
export function drawN1Ranking(params: N1RankingParams, random: Random): N1RankingFacts {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const facts = limited(drawOpen(params, random), random);
    if (isTelling(facts)) return facts;
  }
  throw new RangeError(`no telling network in ${ATTEMPTS} draws`);
}

function drawOpen({ buses: [fewest, most], chords }: N1RankingParams, random: Random): N1RankingFacts {
  const count = random.int(fewest, Math.max(fewest, most));
  const ids = Array.from({ length: count }, (_, i) => i + 1);
  const ring = ids.map((id) => [Math.min(id, (id % count) + 1), Math.max(id, (id % count) + 1)] as const);
  const across = ids.flatMap((from) =>
    ids.filter((to) => to > from + 1 && !(from === 1 && to === count)).map((to) => [from, to] as const),
  );
  const lines = [...ring, ...random.sample(across, chords)].map(([from, to]) => ({
    name: `L${from}-${to}`,
    from,
    to,
    x_pu: random.range(0.04, 0.2, 0.01),
    limit_mw: 1e6,
  }));
  const buses = ids.map((id) => ({ id, load_mw: random.range(60, 260, 10), generation_mw: 0 }));
  const load = buses.reduce((sum, { load_mw }) => sum + load_mw, 0);
  const [first, second] = random.sample(ids, 2) as [number, number];
  const share = Math.round((load * random.range(0.35, 0.65, 0.05)) / 10) * 10;
  for (const bus of buses) {
    if (bus.id === first) bus.generation_mw = share;
    if (bus.id === second) bus.generation_mw = load - share;
  }
  return { base_mva: 100, buses, lines };
}

function limited(open: N1RankingFacts, random: Random): N1RankingFacts {
  const after = loadings(open);
  const lines = open.lines.map((line, i) => {
    const worst = Math.max(...after.filter((one) => one.line === i).map((one) => one.flow_mw));
    const limit_mw = Math.max(40, Math.round((worst * random.range(0.85, 1.4, 0.05)) / 10) * 10);
    return { ...line, limit_mw };
  });
  return { ...open, lines };
}

function isTelling(facts: N1RankingFacts): boolean {
  if (n1Base(facts).some((flow, i) => flow > 0.95 * (facts.lines[i]?.limit_mw as number))) return false;
  const all = loadings(facts);
  const unsafe = new Set(all.filter(({ loading }) => loading > 1).map(({ outage }) => outage)).size;
  const [worst, next] = all;
  return (
    unsafe >= 2 &&
    unsafe <= facts.lines.length / 2 &&
    all.every(({ loading }) => Math.abs(loading - 1) > CLEAR) &&
    (worst as Loading).loading - (next as Loading).loading > CLEAR
  );
}

/** Every loading after every outage, worst first. Limits near 0 make the screening report every flow. */
export function loadings(facts: N1RankingFacts): Loading[] {
  const net = gridOf({ ...facts, lines: facts.lines.map((line) => ({ ...line, limit_mw: 1e-6 })) });
  return n1Dc(net, { convention: 'mp' })
    .flatMap(({ branch, overloads }) =>
      overloads.map(({ branch: line, flow_mva }) => ({
        outage: branch,
        line,
        flow_mw: flow_mva,
        loading: flow_mva / (facts.lines[line]?.limit_mw as number),
      })),
    )
    .sort((a, b) => b.loading - a.loading);
}

export function gridOf({ base_mva, buses, lines }: N1RankingFacts): Network {
  const units = buses
    .filter(({ generation_mw }) => generation_mw > 0)
    .map(({ id, generation_mw }) => ({ name: `G${id}`, bus: id, p_max_mw: generation_mw, cost: 0 }));
  const net = networkOf({
    base_mva,
    buses,
    lines: lines.map((line) => ({ ...line, r_pu: 0 })),
    units,
    currency: { symbol: '$', unit: '$/MWh' },
  });
  return { ...net, generators: net.generators.map((unit) => ({ ...unit, p_mw: unit.p_max_mw })) };
}

/** MW on each line before any outage, without sign. */
export const n1Base = (facts: N1RankingFacts): number[] =>
  Array.from(dcFlow(gridOf(facts), { convention: 'mp' }).p_from_mw, Math.abs);
