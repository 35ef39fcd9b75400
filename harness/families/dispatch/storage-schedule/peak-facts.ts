import * as z from 'zod';
import type { Lang } from '../../../core/lang.ts';
import type { Random } from '../../../core/random.ts';
import {
  type PeakShaving,
  type PeakShavingProblem,
  shavePeak,
} from '../../../engineering/optimise/peak-shaving.ts';
import type { StorageUnit } from '../../../engineering/optimise/storage.ts';

export const peakParams = z.strictObject({ hours: z.int().min(8).max(24) });
export type PeakParams = z.infer<typeof peakParams>;

export interface PeakFacts {
  /** MW by hour, before the battery. */
  loads: number[];
  storage: Required<Omit<StorageUnit, 'name' | 'max_cycles' | 'wear_cost'>>;
  /** Money per kW of the highest hour, for a month. */
  demand_charge: number;
  currency: { symbol: string; unit: string };
}

const ATTEMPTS = 300;

/**
 * A works with two peaks and a battery whose energy, not whose power alone, limits how far they come down, and which
 * must end well charged: leaving out the losses gives another peak, and so does the floor or the end of charge.
 */
export function drawPeak(params: PeakParams, random: Random): PeakFacts {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const facts = drawOnce(params, random);
    if (isTelling(facts)) return facts;
  }
  throw new RangeError(`no telling battery in ${ATTEMPTS} draws`);
}

function drawOnce({ hours }: PeakParams, random: Random): PeakFacts {
  const base = random.range(18, 30, 1);
  const rise = random.range(0.5, 0.9, 0.05) * base;
  const loads = Array.from({ length: hours }, (_, t) => {
    const x = t / (hours - 1);
    const hill = (at: number, width: number) => Math.exp(-(((x - at) / width) ** 2));
    const load = base + rise * (0.85 * hill(0.32, 0.13) + hill(0.8, 0.14)) + random.range(-1.2, 1.2, 0.1);
    return Number(load.toFixed(1));
  });
  const p_max = random.range(5, 10, 0.5);
  const energy_mwh = Math.round(p_max * random.range(1.6, 2.6, 0.2));
  const initial_mwh = Math.round(energy_mwh * random.range(0.3, 0.6, 0.1));
  const storage = {
    energy_mwh,
    energy_min_mwh: Math.round(energy_mwh * 0.1 * 10) / 10,
    p_charge_max_mw: p_max,
    p_discharge_max_mw: p_max,
    charge_efficiency: random.range(0.88, 0.95, 0.01),
    discharge_efficiency: random.range(0.87, 0.94, 0.01),
    initial_mwh,
    final_mwh: Math.round(energy_mwh * random.range(0.6, 0.9, 0.05) * 10) / 10,
  };
  return {
    loads,
    storage,
    demand_charge: random.range(9, 16, 0.5),
    currency: { symbol: '$', unit: '$/kW' },
  };
}

export const problemOf = ({ storage, loads }: PeakFacts): PeakShavingProblem => ({
  storage,
  load_mw: loads,
  interval_h: 1,
});

/** @throws RangeError where the store cannot keep its rules, which no draw allows */
export function bestPeak(facts: PeakFacts): PeakShaving {
  const result = shavePeak(problemOf(facts));
  if (result.status !== 'optimal') throw new RangeError(result.reason);
  return result;
}

export const peakLoad = ({ loads }: PeakFacts): number => Math.max(...loads);

export const withBattery = (facts: PeakFacts, change: Partial<PeakFacts['storage']>): PeakFacts => ({
  ...facts,
  storage: { ...facts.storage, ...change },
});

function isTelling(facts: PeakFacts): boolean {
  const { storage } = facts;
  const top = peakLoad(facts);
  const { peak_mw } = bestPeak(facts);
  const cut = top - peak_mw;
  if (cut < 2 || cut > storage.p_discharge_max_mw - 0.3) return false;
  return (
    changesPeak(facts, peak_mw, LOSSLESS) &&
    (changesPeak(facts, peak_mw, { energy_min_mwh: 0 }) ||
      changesPeak(facts, peak_mw, { final_mwh: storage.energy_min_mwh }))
  );
}

export const LOSSLESS = { charge_efficiency: 1, discharge_efficiency: 1 };

/** Whether who saw another battery would get another peak. */
export function changesPeak(
  facts: PeakFacts,
  peak_mw: number,
  change: Partial<PeakFacts['storage']>,
): boolean {
  return Math.abs(bestPeak(withBattery(facts, change)).peak_mw - peak_mw) > 0.1;
}

/** Price level of the Chinese version: demand charges there are yuan per kW and month. */
const YUAN = 3;

export function localisePeak(facts: PeakFacts, lang: Lang): PeakFacts {
  if (lang === 'en') return facts;
  return {
    ...facts,
    demand_charge: facts.demand_charge * YUAN,
    currency: { symbol: '元', unit: '元/kW' },
  };
}
