import { mean } from '../../../engineering/forecast/pairs.ts';
import type { BriefingFacts } from './facts.ts';

/** Length of the ramp that is briefed on, in hours. */
export const RAMP_H = 3;

export interface Briefing {
  peak: { step: number; value: number };
  /** forecast(step + 3) − forecast(step), the largest in size among the hours ahead. */
  ramp: { step: number; change: number };
  /** Mean of forecast − actual over the last day with values. */
  error: number;
  reviewed: readonly [number, number];
  reserve: number;
  /** The peak hour with the reserve called on: peak + reserve for demand and price, peak − reserve for supply. */
  stressed: number;
  /** Room between the stressed value and the limit; negative where it is passed. */
  margin: number;
  /** By how much the best leads the next: tells whether a draw is clear. */
  contenders: { peak: number; ramp: number };
}

/** What a briefing must say, from the table alone. */
export function solveBriefing({
  series,
  horizon,
  rows,
  issued,
  days,
  quantile,
  limit,
}: BriefingFacts): Briefing {
  const supply = series === 'wind' || series === 'solar';
  const steps = days * 24;
  const ahead = Array.from({ length: steps - issued }, (_, i) => issued + i);
  const at = (step: number) => rows[step]?.forecast as number;
  const byHeight = [...ahead].sort((a, b) => at(b) - at(a));
  const [top, second] = byHeight as [number, number];
  const ramps = ahead
    .filter((step) => step + RAMP_H < steps)
    .map((step) => ({ step, change: dust(at(step + RAMP_H) - at(step)) }));
  ramps.sort((a, b) => Math.abs(b.change) - Math.abs(a.change));
  const [ramp, other] = ramps as [Briefing['ramp'], Briefing['ramp']];
  const from = horizon === 'day_ahead' ? issued - 24 : (days - 1) * 24;
  const errors = rows.flatMap(({ forecast, actual }, step) =>
    actual === null ? [] : [{ step, error: dust(forecast - actual) }],
  );
  const short = errors.map(({ error }) => (supply ? error : -error) + 0).sort((a, b) => a - b);
  const reserve = short[Math.ceil(quantile * short.length) - 1] as number;
  const stressed = dust(supply ? at(top) - reserve : at(top) + reserve);
  return {
    peak: { step: top, value: at(top) },
    ramp,
    error: dust(mean(errors.filter(({ step }) => step >= from).map(({ error }) => error))),
    reviewed: [from, issued],
    reserve,
    stressed,
    margin: dust(supply ? stressed - limit : limit - stressed),
    contenders: { peak: at(top) - at(second), ramp: Math.abs(ramp.change) - Math.abs(other.change) },
  };
}

const dust = (value: number) => Number(value.toFixed(6)) + 0;
