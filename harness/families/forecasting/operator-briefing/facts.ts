import * as z from 'zod';
import type { Lang } from '../../../core/lang.ts';
import type { Random } from '../../../core/random.ts';
import { SERIES_KINDS, type SeriesKind } from '../../../engineering/forecast/causes.ts';
import type { BriefingCause } from './causes.ts';
import { drawScenario } from './scenario.ts';
import { solveBriefing } from './solve.ts';

const HORIZONS = ['day_ahead', 'intraday'] as const;

export const briefingParams = z.strictObject({
  series: z.array(z.enum(SERIES_KINDS)).min(1),
  horizons: z.array(z.enum(HORIZONS)).min(1).default(['day_ahead', 'intraday']),
  /** Days in the table, the day of the forecast among them. */
  days: z.array(z.int().min(2).max(7)).min(1).default([2, 3, 4, 7]),
});
export type BriefingParams = z.infer<typeof briefingParams>;

/** One hour; values are means over it. */
export interface BriefingRow {
  day: number;
  hour: number;
  forecast: number;
  actual: number | null;
  weather_forecast: number;
  weather: number | null;
  /** Plant, feeders or halls in service; the plan where the hour lies ahead. */
  available_pct: number;
}

/** A cause with the steps [from, to) in which it acts; `size` as in `causes.ts`. */
export interface ActingCause {
  kind: BriefingCause;
  from: number;
  to: number;
  size: number;
}

export interface BriefingFacts {
  series: SeriesKind;
  horizon: (typeof HORIZONS)[number];
  weather_kind: 'temp' | 'wind' | 'sun';
  /** Days of the table; the last holds the hours to be forecast. */
  days: number;
  capacity: number;
  /** Of the forecast: MW, or money per MWh. */
  unit: string;
  /** First hour ahead: a step of the table. */
  issued: number;
  rows: BriefingRow[];
  /** What spoilt the forecast of the last day that has values, and what shapes the hours ahead. */
  past: ActingCause;
  ahead: ActingCause;
  /** What happened and does not matter. */
  chatter: string[];
  /** The reserve's level: nearest rank. */
  quantile: number;
  /** Firm capacity, contract limit, alert price, or promised output. */
  limit: number;
}

/** Supply is short where it falls below its forecast, demand and price where they rise above. */
export const isSupply = ({ series }: Pick<BriefingFacts, 'series'>): boolean =>
  series === 'wind' || series === 'solar';

const TRIES = 2000;

/** Draws until peak, ramp, error and reserve are all clear: no two hours contend for one of them. */
export function drawBriefing(params: BriefingParams, random: Random): BriefingFacts {
  // The kind of series first: prices come out clear far oftener than wind, and would crowd out the rest.
  const own = { ...params, series: [random.pick(params.series)] };
  for (let i = 0; i < TRIES; i++) {
    const facts = drawScenario(own, random.fork(`try ${i}`));
    if (facts && isClear(facts)) return facts;
  }
  throw new RangeError('no clear day could be drawn from these parameters');
}

function isClear(facts: BriefingFacts): boolean {
  const { peak, ramp, error, reserve, stressed, contenders } = solveBriefing(facts);
  const level = facts.capacity;
  return (
    contenders.peak >= 0.012 * Math.abs(peak.value) &&
    contenders.ramp >= 0.06 * Math.abs(ramp.change) &&
    Math.abs(ramp.change) >= 0.04 * level &&
    Math.abs(error) >= 0.012 * level &&
    reserve >= 0.02 * level &&
    peak.value > 0.1 * level &&
    stressed > 0.03 * level
  );
}

/** Chinese prices are in yuan: another currency at its own level. */
const YUAN = 7;

export function localiseBriefing(facts: BriefingFacts, lang: Lang): BriefingFacts {
  if (facts.series !== 'price' || lang === 'en') return facts;
  const yuan = (value: number) => Number((value * YUAN).toFixed(1));
  return {
    ...facts,
    unit: '元/MWh',
    capacity: facts.capacity * YUAN,
    limit: yuan(facts.limit),
    rows: facts.rows.map((row) => ({
      ...row,
      forecast: yuan(row.forecast),
      actual: row.actual === null ? null : yuan(row.actual),
    })),
  };
}
