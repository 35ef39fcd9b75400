import * as z from 'zod';
import type { Lang } from '../../../core/lang.ts';
import type { Random } from '../../../core/random.ts';
import { type Redispatch, redispatch } from '../../../engineering/optimise/redispatch.ts';
import { drawLines } from '../draw-lines.ts';
import { pairedMove } from './paired-move.ts';
import { flowsIn, problemOf } from './problem.ts';

export const redispatchParams = z.strictObject({
  /** Fewest and most buses. */
  buses: z.tuple([z.int().min(4).max(9), z.int().min(4).max(9)]),
  /** Lines beyond the ring. */
  chords: z.int().min(1).max(4),
  units: z.int().min(4).max(8),
  /** How many lines are overloaded. */
  overloads: z.int().min(1).max(2),
  /** The overload shows only after a named line has tripped; the plan must hold before and after. */
  contingency: z.boolean().default(false),
});
export type RedispatchParams = z.infer<typeof redispatchParams>;

interface RedispatchUnit {
  name: string;
  bus: number;
  kind: 'thermal' | 'wind' | 'heat';
  p_mw: number;
  p_min_mw: number;
  p_max_mw: number;
  ramp_mw_per_min: number;
  /** Paid for each MWh more; money per MWh. */
  up_price: number;
  /** Paid back for each MWh less, money per MWh; below 0 where the unit is paid for it. */
  down_price: number;
}

export interface RedispatchFacts {
  base_mva: number;
  buses: { id: number; load_mw: number }[];
  lines: { name: string; from: number; to: number; x_pu: number; limit_mw: number }[];
  units: RedispatchUnit[];
  /** Minutes in which the change must be made. */
  minutes: number;
  /** The line whose trip must be survived; none: the network as it stands. */
  outage: string | null;
  currency: { symbol: string; unit: string };
}

const ATTEMPTS = 4000;

/**
 * An operating point with overloads that no single pair of units clears cheaply: something else than the overload itself, a
 * ramp or a second line, shapes the least-cost plan. Needs `loadSolver()`.
 */
export function drawRedispatch(params: RedispatchParams, random: Random): RedispatchFacts {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const open = drawOpen(params, random);
    const facts = open && limited(open, params, random);
    if (!facts) continue;
    const best = redispatch(problemOf(facts));
    if (best.status === 'optimal' && isTelling(facts, best, params)) return facts;
  }
  throw new RangeError(`no telling overload in ${ATTEMPTS} draws`);
}

function drawOpen(params: RedispatchParams, random: Random): RedispatchFacts | undefined {
  const {
    buses: [fewest, most],
    chords,
    contingency,
  } = params;
  const count = random.int(fewest, Math.max(fewest, most));
  const ids = Array.from({ length: count }, (_, i) => i + 1);
  const lines = drawLines(ids, chords, random);
  const units = drawUnits(ids, params.units, random);
  const output = units.reduce((sum, { p_mw }) => sum + p_mw, 0);
  const loaded = random.sample(ids, count - 1).sort((a, b) => a - b);
  const weights = loaded.map(() => random.range(0.5, 1.5, 0.1));
  const whole = weights.reduce((sum, weight) => sum + weight, 0);
  const shares = weights.map((weight) => Math.round((output * weight) / whole / 5) * 5);
  shares[0] = output - shares.slice(1).reduce((sum, mw) => sum + mw, 0);
  const buses = ids.map((id) => ({ id, load_mw: shares[loaded.indexOf(id)] ?? 0 }));
  if ((shares[0] as number) < 10) return undefined;
  const outage = contingency ? random.pick(lines).name : null;
  return {
    base_mva: 100,
    buses,
    lines,
    units,
    minutes: 15,
    outage,
    currency: { symbol: '$', unit: '$/MWh' },
  };
}

/** Bids such that moving a pair never earns by itself; one unit tied by heat supply, one wind farm, the rest thermal. */
function drawUnits(ids: readonly number[], count: number, random: Random): RedispatchUnit[] {
  const at =
    count <= ids.length ? random.sample(ids, count) : [...ids, ...random.sample(ids, count - ids.length)];
  const kinds = random.shuffle(
    Array.from(
      { length: count },
      (_, i) => (i === 0 ? 'wind' : i === 1 && count > 4 ? 'heat' : 'thermal') as RedispatchUnit['kind'],
    ),
  );
  const ups = random.sample(
    Array.from({ length: 26 }, (_, i) => 44 + 2 * i),
    count,
  );
  const downs = random.sample(
    Array.from({ length: 16 }, (_, i) => 6 + 2 * i),
    count,
  );
  return at
    .sort((a, b) => a - b)
    .map((bus, i): RedispatchUnit => {
      const kind = kinds[i] as RedispatchUnit['kind'];
      const p_max_mw = random.range(160, 420, 20);
      const p_min_mw = kind === 'wind' ? 0 : Math.round((p_max_mw * random.range(0.3, 0.45, 0.05)) / 5) * 5;
      const p_mw = Math.round((p_min_mw + (p_max_mw - p_min_mw) * random.range(0.35, 0.85, 0.05)) / 5) * 5;
      const common = { name: `G${i + 1}`, bus, kind, p_mw, p_min_mw };
      if (kind === 'wind')
        return {
          ...common,
          p_max_mw: p_mw,
          ramp_mw_per_min: 40,
          up_price: 0,
          down_price: -random.range(10, 40, 5),
        };
      if (kind === 'heat') return { ...common, p_max_mw, ramp_mw_per_min: 0, up_price: 0, down_price: 0 };
      return {
        ...common,
        p_max_mw,
        ramp_mw_per_min: random.range(2, 6, 0.5),
        up_price: ups[i] as number,
        down_price: downs[i] as number,
      };
    });
}

/** Limits from the flows that count: the fullest lines get too little, some others only just enough. */
function limited(
  open: RedispatchFacts,
  { overloads }: RedispatchParams,
  random: Random,
): RedispatchFacts | undefined {
  const [base, flows] = [flowsIn(open, 'before').map(Math.abs), flowsIn(open, 'after').map(Math.abs)];
  if (flows.some((flow) => !Number.isFinite(flow) || flow > 1e4)) return undefined;
  const order = open.lines.map((_, i) => i).filter((i) => open.lines[i]?.name !== open.outage);
  order.sort((a, b) => (flows[b] as number) - (flows[a] as number));
  const tight = order.slice(0, overloads);
  const lines = open.lines.map((line, i) => {
    const most = Math.max(flows[i] as number, base[i] as number);
    const share = tight.includes(i) ? random.range(0.72, 0.92, 0.02) : random.range(1.06, 1.6, 0.06);
    return {
      ...line,
      limit_mw: Math.max(30, Math.round(((tight.includes(i) ? (flows[i] as number) : most) * share) / 5) * 5),
    };
  });
  return { ...open, lines };
}

function isTelling(
  facts: RedispatchFacts,
  best: Redispatch,
  { overloads, contingency }: RedispatchParams,
): boolean {
  const [before, after] = [flowsIn(facts, 'before'), flowsIn(facts, 'after')];
  const over = facts.lines.filter(({ limit_mw }, i) => Math.abs(after[i] as number) > limit_mw);
  const clear = facts.lines.every(({ limit_mw }, i) => Math.abs(Math.abs(after[i] as number) - limit_mw) > 4);
  const moved = best.dispatch_mw.filter((p, i) => Math.abs(p - (facts.units[i]?.p_mw as number)) > 1).length;
  const loadings = facts.lines
    .map(({ limit_mw }, i) => Math.abs(after[i] as number) / limit_mw)
    .sort((a, b) => b - a);
  const safeNow = facts.lines.every(({ limit_mw }, i) => Math.abs(before[i] as number) < limit_mw - 4);
  const safeThen = flowsIn(facts, 'before', best.dispatch_mw).every(
    (flow, i) => Math.abs(flow) < (facts.lines[i]?.limit_mw as number) - 1,
  );
  const naive = pairedMove(facts);
  return (
    over.length === overloads &&
    clear &&
    (!contingency || (safeNow && safeThen)) &&
    (loadings[0] as number) < 1.5 &&
    (loadings[0] as number) - (loadings[1] as number) > 0.02 &&
    moved >= 3 &&
    best.cost > 300 &&
    (!naive.clears || naive.cost > 1.1 * best.cost)
  );
}

/** Price level of the Chinese version. */
const YUAN = 8;

export function localiseRedispatch(facts: RedispatchFacts, lang: Lang): RedispatchFacts {
  if (lang === 'en') return facts;
  const units = facts.units.map((unit) => ({
    ...unit,
    up_price: unit.up_price * YUAN,
    down_price: unit.down_price * YUAN,
  }));
  return { ...facts, units, currency: { symbol: '元', unit: '元/MWh' } };
}
