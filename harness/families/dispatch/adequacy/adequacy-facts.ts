import * as z from 'zod';
import type { Random } from '../../../core/random.ts';
import {
  type AdequacyUnit,
  adequacy,
  lolp,
  type OutageTable,
  outageTable,
} from '../../../engineering/system/adequacy.ts';

export const adequacyParams = z.strictObject({
  units: z.tuple([z.int().min(4).max(9), z.int().min(4).max(9)]),
});
export type AdequacyParams = z.infer<typeof adequacyParams>;

export interface OutageUnit {
  name: string;
  capacity_mw: number;
  for_percent: number;
}

export interface AdequacyFacts {
  units: OutageUnit[];
  /** Load-duration curve in steps, highest first; hours make a year. */
  loads: { load_mw: number; hours: number }[];
  /** Daily peaks in steps, highest first; days make a year. */
  peaks: { peak_mw: number; days: number }[];
  /** Days a year that firm capacity is to bring the expectation down to. */
  target_d: number;
}

const ATTEMPTS = 4000;
const SIZES_MW = [100, 150, 200, 250, 300];
const HOURS = 8760;
const DAYS = 365;

/**
 * Capacities in steps of 50 MW against loads that never meet a step, so that "less than" and "at most" agree; expectations
 * large enough to reckon with and above the target.
 */
export function drawAdequacy(params: AdequacyParams, random: Random): AdequacyFacts {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const facts = drawOnce(params, random);
    if (isTelling(facts)) return facts;
  }
  throw new RangeError(`no telling system in ${ATTEMPTS} draws`);
}

function drawOnce({ units: [fewest, most] }: AdequacyParams, random: Random): AdequacyFacts {
  const count = random.int(fewest, Math.max(fewest, most));
  const units = Array.from({ length: count }, (_, i) => ({
    name: `G${i + 1}`,
    capacity_mw: random.pick(SIZES_MW),
    for_percent: random.range(2, 9, 0.5),
  }));
  const installed = units.reduce((sum, { capacity_mw }) => sum + capacity_mw, 0);
  const step = (share: number) => {
    const mw = Math.round((installed * share) / 10) * 10;
    return mw % 50 === 0 ? mw + 10 : mw;
  };
  const peak = random.range(0.74, 0.84, 0.01);
  const [top, middle] = [random.int(4, 12) * 50, random.int(36, 60) * 50];
  const [high, usual] = [random.int(20, 60), random.int(120, 180)];
  return {
    units,
    loads: [
      { load_mw: step(peak), hours: top },
      { load_mw: step(peak - 0.14), hours: middle },
      { load_mw: step(peak - 0.32), hours: HOURS - top - middle },
    ],
    peaks: [
      { peak_mw: step(peak), days: high },
      { peak_mw: step(peak - 0.09), days: usual },
      { peak_mw: step(peak - 0.22), days: DAYS - high - usual },
    ],
    target_d: random.pick([0.1, 0.2, 0.3, 0.5]),
  };
}

const adequacyUnits = ({ units }: AdequacyFacts): AdequacyUnit[] =>
  units.map(({ name, capacity_mw, for_percent }) => ({ name, capacity_mw, for: for_percent / 100 }));

/** Each level as often as it comes: what `adequacy` takes. */
const repeated = (levels: readonly (readonly [number, number])[]): number[] =>
  levels.flatMap(([mw, times]) => new Array<number>(times).fill(mw));

export interface YearOfLosses {
  lolp: number;
  lole_h: number;
  lole_d: number;
  eens_mwh: number;
}

/** Expectations over the year, in fractions, hours, days and MWh; `firm_mw` is capacity that never fails. */
export function yearOf(facts: AdequacyFacts, table: OutageTable, firm_mw = 0): YearOfLosses {
  const units = adequacyUnits(facts);
  const hourly = adequacy(
    units,
    repeated(facts.loads.map(({ load_mw, hours }) => [load_mw - firm_mw, hours])),
    {
      table,
    },
  );
  return {
    lolp: lolp(table, (facts.loads[0]?.load_mw ?? 0) - firm_mw),
    lole_h: hourly.lole,
    lole_d: daysShort(facts, table, firm_mw),
    eens_mwh: hourly.eens_mwh,
  };
}

export function daysShort({ peaks }: AdequacyFacts, table: OutageTable, firm_mw = 0): number {
  return peaks.reduce((sum, { peak_mw, days }) => sum + days * lolp(table, peak_mw - firm_mw), 0);
}

/**
 * Least capacity that never fails with which the days short reach the target. They change only where a peak meets the
 * capacity of a state, so those differences are all that need trying.
 */
export function firmNeeded(facts: AdequacyFacts, table: OutageTable): number {
  const steps = facts.peaks.flatMap(({ peak_mw }) =>
    table.states.map(({ lost_mw }) => peak_mw - (table.installed_mw - lost_mw)),
  );
  const tried = [0, ...steps.filter((mw) => mw > 0)].sort((a, b) => a - b);
  const enough = tried.find((mw) => daysShort(facts, table, mw) <= facts.target_d);
  if (enough === undefined) throw new RangeError('no capacity reaches the target');
  return enough;
}

function isTelling(facts: AdequacyFacts): boolean {
  const table = outageTable(adequacyUnits(facts));
  const { lolp: peak, lole_h, lole_d, eens_mwh } = yearOf(facts, table);
  const largest = Math.max(...facts.units.map(({ capacity_mw }) => capacity_mw));
  const firm = firmNeeded(facts, table);
  const near = daysShort(facts, table, firm) > 0.97 * facts.target_d;
  return (
    peak > 0.01 &&
    peak < 0.25 &&
    lole_h > 4 &&
    eens_mwh > 100 &&
    Math.abs(lole_h / (24 * lole_d) - 1) > 0.1 &&
    firm >= 40 &&
    firm !== largest &&
    !near
  );
}

export const tableOf = (facts: AdequacyFacts): OutageTable => outageTable(adequacyUnits(facts));
