import * as z from 'zod';
import type { Lang } from '../../../core/lang.ts';
import type { Random } from '../../../core/random.ts';
import {
  bestRestoration,
  checkRestoration,
  type RestorationLine,
  type RestorationLoad,
  type RestorationProblem,
  type RestorationUnit,
} from '../../../engineering/system/restoration.ts';

export const restorationParams = z.strictObject({
  /** Fewest and most loads, one at a bus. */
  loads: z.tuple([z.int().min(3).max(5), z.int().min(3).max(5)]),
});
export type RestorationParams = z.infer<typeof restorationParams>;

export interface RestorationFacts {
  units: RestorationUnit[];
  lines: RestorationLine[];
  loads: RestorationLoad[];
  block_percent: number;
  /** Money per MWh not served. */
  voll: number;
  currency: { symbol: string; unit: string };
}

const ATTEMPTS = 400;

/**
 * A dead system around one black-start station. The block rule matters, and so does the hot-start limit or the charging
 * of lines (without them less energy would go unserved), and picking up whatever comes first is over 2 % worse.
 */
export function drawRestoration(params: RestorationParams, random: Random): RestorationFacts {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const facts = drawOnce(params, random);
    if (isTelling(facts)) return facts;
  }
  throw new RangeError(`no telling system in ${ATTEMPTS} draws`);
}

function drawOnce({ loads: [fewest, most] }: RestorationParams, random: Random): RestorationFacts {
  return {
    units: drawUnits(random),
    lines: drawLines(random),
    loads: drawLoads(random.int(fewest, Math.max(fewest, most)), random),
    block_percent: random.int(6, 9),
    voll: random.range(3000, 8000, 500),
    currency: { symbol: '$', unit: '$/MWh' },
  };
}

/** A small hydro unit that starts itself, a gas turbine that needs little, a steam unit that must be reached while hot. */
function drawUnits(random: Random): RestorationUnit[] {
  return [
    {
      name: 'H1',
      bus: 'B1',
      black_start: true,
      cranking_mw: 0,
      start_min: random.int(8, 15),
      capacity_mw: random.range(40, 70, 5),
      absorbs_mvar: random.int(28, 42),
    },
    {
      name: 'G1',
      bus: random.pick(['B3', 'B4']),
      black_start: false,
      cranking_mw: random.int(2, 4),
      start_min: random.int(12, 24),
      capacity_mw: random.range(80, 130, 10),
      absorbs_mvar: random.int(25, 45),
    },
    {
      name: 'T1',
      bus: 'B5',
      black_start: false,
      cranking_mw: random.int(12, 22),
      start_min: random.int(35, 60),
      capacity_mw: random.range(250, 350, 10),
      absorbs_mvar: random.int(70, 110),
      latest_start_min: random.int(20, 40),
    },
  ];
}

/** A tree over the five buses: from B1 to B2 and B4, and from these to B3 and B5. */
function drawLines(random: Random): RestorationLine[] {
  const second = random.pick(['B3', 'B5']);
  const last = second === 'B5' ? [random.pick(['B4', 'B5']), 'B3'] : [random.pick(['B4', 'B2']), 'B5'];
  const ends = [['B1', 'B2'], ['B2', second], ['B1', 'B4'], last] as [string, string][];
  return ends.map(([from, to], i) => ({
    name: `L${i + 1}`,
    from,
    to,
    charging_mvar: random.int(8, 22),
    switch_min: random.int(3, 6),
  }));
}

/** One load that small units can pick up, one that they may, and others that wait for large ones. */
function drawLoads(count: number, random: Random): RestorationLoad[] {
  const sizes = [
    [2, 4],
    [5, 11],
  ];
  const loads = random.sample(['B1', 'B2', 'B3', 'B4', 'B5'], count).map((bus, i) => {
    const [least, most] = (sizes[i] ?? [8, 26]) as [number, number];
    return { bus, p_mw: random.int(least, most), switch_min: random.int(2, 5) };
  });
  return random.shuffle(loads).map((load, i) => ({ name: `K${i + 1}`, ...load }));
}

export const problemOf = ({ units, lines, loads, block_percent }: RestorationFacts): RestorationProblem => ({
  units,
  lines,
  loads,
  block_share: block_percent / 100,
});

/**
 * Picks up whatever can be picked up soonest, smallest load first, and closes or starts what the tables name first
 * where no load can be: the order of someone who does not look ahead.
 */
export function shortSighted(facts: RestorationFacts): string[] {
  const problem = problemOf(facts);
  const loads = [...facts.loads].sort((a, b) => a.p_mw - b.p_mw).map(({ name }) => name);
  const others = [...facts.units, ...facts.lines].map(({ name }) => name);
  const order: string[] = [];
  for (;;) {
    const possible = [...loads, ...others].filter(
      (name) => !order.includes(name) && checkRestoration(problem, [...order, name]).faults.length === 0,
    );
    const soonest = possible
      .map((name) => ({ name, at: checkRestoration(problem, [...order, name]).steps.at(-1)?.ends_min ?? 0 }))
      .sort((a, b) => a.at - b.at)[0];
    const [next] = possible.filter((name) => loads.includes(name));
    const chosen = next ?? soonest?.name;
    if (chosen === undefined || loads.every((name) => order.includes(name))) return order;
    order.push(chosen);
  }
}

/** The best order there is, without the starts and closings that change nothing. */
export function best(facts: RestorationFacts): ReturnType<typeof bestRestoration> {
  const problem = problemOf(facts);
  const found = bestRestoration(problem);
  if (!found) return undefined;
  const loads = new Set(facts.loads.map(({ name }) => name));
  let { order } = found;
  for (const action of found.order.filter((name) => !loads.has(name)).reverse()) {
    const shorter = order.filter((name) => name !== action);
    const { feasible, unserved_mwh } = checkRestoration(problem, shorter);
    if (feasible && unserved_mwh <= found.unserved_mwh + 1e-9) order = shorter;
  }
  return { order, unserved_mwh: found.unserved_mwh };
}

/** What someone would do who overlooked rules. */
export const withoutLatest = (facts: RestorationFacts): RestorationFacts => ({
  ...facts,
  units: facts.units.map(({ latest_start_min: _dropped, ...unit }) => unit),
});
export const withoutCharging = (facts: RestorationFacts): RestorationFacts => ({
  ...facts,
  lines: facts.lines.map((line) => ({ ...line, charging_mvar: 0 })),
});
export const withoutBlocks = (facts: RestorationFacts): RestorationFacts => ({
  ...facts,
  block_percent: 100,
});

function isTelling(facts: RestorationFacts): boolean {
  const right = best(facts);
  if (!right) return false;
  const lower = (other: RestorationFacts) => (best(other)?.unserved_mwh ?? 0) < 0.98 * right.unserved_mwh;
  const quick = checkRestoration(problemOf(facts), shortSighted(facts));
  if (quick.feasible && quick.unserved_mwh <= 1.02 * right.unserved_mwh) return false;
  return (lower(withoutLatest(facts)) || lower(withoutCharging(facts))) && lower(withoutBlocks(facts));
}

/** Price level of the Chinese version. */
const YUAN = 4;

export function localiseRestoration(facts: RestorationFacts, lang: Lang): RestorationFacts {
  if (lang === 'en') return facts;
  return { ...facts, voll: facts.voll * YUAN, currency: { symbol: '元', unit: '元/MWh' } };
}
