import type { Family } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import {
  type BriefingFacts,
  type BriefingParams,
  briefingParams,
  drawBriefing,
  isSupply,
  localiseBriefing,
} from './facts.ts';
import { briefingMistakes } from './mistakes.ts';
import { briefing, sayingOf } from './reply.ts';
import { type Briefing, solveBriefing } from './solve.ts';
import { briefingTarget } from './target.ts';
import { clock, dayWord, logOf } from './words.ts';
import { briefingWork } from './work.ts';

type BriefingAnswer = {
  /** What every claim of the briefing is held against. */
  facts: Record<string, unknown>;
};

/**
 * Writes the briefing of a control room: peak, ramp, review of the last forecast and its cause, reserve by a stated rule. The
 * causes are put into the series, so that what is blamed can be true or false.
 */
export const operatorBriefingFamily: Family<BriefingParams, BriefingFacts, BriefingAnswer> = {
  name: 'operator-briefing',
  version: 2,
  params: briefingParams,
  targets: { facts: { type: 'json' } },
  draw: drawBriefing,
  localise: localiseBriefing,
  unordered: ['chatter'],
  solve: (facts) => ({ facts: briefingTarget(facts, solveBriefing(facts)) }),
  vars(facts, lang) {
    return {
      ...facts,
      supply: isSupply(facts),
      percent: Math.round(facts.quantile * 100),
      now: facts.horizon === 'day_ahead' ? '24:00' : clock(facts.issued),
      review_day: dayWord(facts.issued - 1, facts, lang),
      ahead_day: dayWord(facts.issued, facts, lang),
      log: logOf(facts, lang),
      rows: facts.rows.map((row) => ({
        ...row,
        time: clock(row.hour),
        label: `D${row.day - facts.days + 1 === 0 ? '' : row.day - facts.days + 1}`,
      })),
    };
  },
  reply: (facts, _answer, lang) => briefing(facts, sayingOf(facts, solveBriefing(facts)), lang),
  mistakes: (facts, _answer, lang) => briefingMistakes(facts, solveBriefing(facts), lang),
  plots: (facts, _answer, lang) => [plotOf(facts, solveBriefing(facts), lang)],
  work: (facts, _answer, lang) => briefingWork(facts, lang),
};

function plotOf({ rows, unit, past, ahead }: BriefingFacts, { ramp }: Briefing, lang: Lang) {
  const words = {
    en: { title: 'Forecast and actual', forecast: 'forecast', actual: 'actual', ramp: 'steepest ramp' },
    zh: { title: '预测与实际', forecast: '预测', actual: '实际', ramp: '最大爬坡' },
  }[lang];
  return {
    kind: 'series' as const,
    title: words.title,
    unit,
    times: rows.map(({ day, hour }) => `${day + 1}/${clock(hour)}`),
    series: [
      { name: words.forecast, values: rows.map(({ forecast }) => forecast) },
      { name: words.actual, values: rows.map(({ actual }) => actual) },
    ],
    windows: [
      { name: past.kind, from: past.from, to: past.to - 1 },
      { name: ahead.kind, from: ahead.from, to: ahead.to - 1 },
      { name: words.ramp, from: ramp.step, to: ramp.step + 3 },
    ],
  };
}
