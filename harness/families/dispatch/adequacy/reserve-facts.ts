import * as z from 'zod';
import type { Random } from '../../../core/random.ts';
import { reserveShortfall } from '../../../engineering/system/adequacy.ts';

export const reserveParams = z.strictObject({
  units: z.tuple([z.int().min(4).max(9), z.int().min(4).max(9)]),
});
export type ReserveParams = z.infer<typeof reserveParams>;

export interface ReserveUnit {
  name: string;
  p_max_mw: number;
  p_mw: number;
  ramp_mw_per_min: number;
}

export interface ReserveFacts {
  units: ReserveUnit[];
  /** Import over a link that can fail as one and holds no reserve. */
  link: { name: string; p_mw: number };
  minutes: number;
}

/** One infeed lost: what is gone, what the rest can bring in time, what is missing. */
export interface Contingency {
  name: string;
  lost_mw: number;
  reserve_mw: number;
  shortfall_mw: number;
}

const ATTEMPTS = 3000;

/**
 * Units of which some are held by their ramp and some by their maximum. In six draws of ten the worst loss is not the
 * largest infeed but one that takes much reserve with it.
 */
export function drawReserve(params: ReserveParams, random: Random): ReserveFacts {
  const parted = random.chance(0.6);
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const facts = drawOnce(params, random);
    if (isTelling(facts, parted)) return facts;
  }
  throw new RangeError(`no telling hour in ${ATTEMPTS} draws`);
}

function drawOnce({ units: [fewest, most] }: ReserveParams, random: Random): ReserveFacts {
  const count = random.int(fewest, Math.max(fewest, most));
  const units = Array.from({ length: count }, (_, i) => {
    const p_max_mw = random.range(150, 660, 10);
    return {
      name: `G${i + 1}`,
      p_max_mw,
      p_mw: Math.round(p_max_mw * random.range(0.5, 1, 0.01)),
      ramp_mw_per_min: random.range(1.5, 14, 0.5),
    };
  });
  return {
    units,
    link: { name: 'DC1', p_mw: random.range(200, 500, 10) },
    minutes: random.pick([5, 10, 15]),
  };
}

export const deliverable = ({ p_max_mw, p_mw, ramp_mw_per_min }: ReserveUnit, minutes: number): number =>
  Math.min(p_max_mw - p_mw, ramp_mw_per_min * minutes);

export const names = ({ units, link }: ReserveFacts): string[] => [
  ...units.map(({ name }) => name),
  link.name,
];

/** Every infeed lost in turn; a unit that is lost brings no reserve. */
export function contingencies({ units, link, minutes }: ReserveFacts): Contingency[] {
  const all = units.reduce((sum, unit) => sum + deliverable(unit, minutes), 0);
  const losses = [
    ...units.map((unit) => ({ name: unit.name, lost_mw: unit.p_mw, own: deliverable(unit, minutes) })),
    { name: link.name, lost_mw: link.p_mw, own: 0 },
  ];
  return losses.map(({ name, lost_mw, own }) => {
    const reserve_mw = Number((all - own).toFixed(6));
    const { shortfall_mw } = reserveShortfall([lost_mw], reserve_mw);
    return { name, lost_mw, reserve_mw, shortfall_mw: Number(shortfall_mw.toFixed(6)) };
  });
}

export function byShortfall(facts: ReserveFacts): [Contingency, Contingency, ...Contingency[]] {
  const list = contingencies(facts).sort((a, b) => b.lost_mw - b.reserve_mw - (a.lost_mw - a.reserve_mw));
  return list as [Contingency, Contingency, ...Contingency[]];
}

export function bySize(facts: ReserveFacts): [Contingency, Contingency, ...Contingency[]] {
  const list = contingencies(facts).sort((a, b) => b.lost_mw - a.lost_mw);
  return list as [Contingency, Contingency, ...Contingency[]];
}

function isTelling(facts: ReserveFacts, parted: boolean): boolean {
  const [worst, second] = byShortfall(facts);
  const [largest, next] = bySize(facts);
  const held = facts.units.filter(
    (unit) => unit.p_max_mw - unit.p_mw > unit.ramp_mw_per_min * facts.minutes + 5,
  );
  const apart = worst.shortfall_mw - second.shortfall_mw > 3 && largest.lost_mw - next.lost_mw > 3;
  const own = facts.units.find(({ name }) => name === worst.name);
  return (
    apart &&
    worst.shortfall_mw > 15 &&
    held.length >= 2 &&
    held.length < facts.units.length &&
    largest.shortfall_mw > 10 &&
    (worst.name !== largest.name) === parted &&
    own !== undefined &&
    deliverable(own, facts.minutes) > 5
  );
}
