import type { Family } from '../../../core/family.ts';
import { lossDifference } from '../../../engineering/forecast/compare.ts';
import { pointMetrics, skill } from '../../../engineering/forecast/metrics.ts';
import type { Series } from '../../../engineering/forecast/pairs.ts';
import { rowsPlot, SERIES_WORDS } from '../../pictures.ts';
import { replyWith, rounded } from '../../wording.ts';
import {
  type CompareForecastsFacts,
  type CompareForecastsParams,
  CRITICAL,
  columnsOf,
  compareForecastsParams,
  drawCompareForecasts,
  verdictOf,
} from './facts.ts';
import { compareForecastsMistakes } from './mistakes.ts';
import { compareForecastsWork } from './work.ts';

export type CompareForecastsAnswer = {
  /** MW, on the hours that count. */
  rmse_a: number;
  rmse_b: number;
  rmse_persistence: number;
  /** Per cent. */
  skill_a: number;
  skill_b: number;
  t: number;
  t_effective: number;
  verdict: 'a_better' | 'b_better' | 'not_shown';
};

/** Two forecasts against persistence and each other, and whether a day of errors that hang together shows a difference. */
export const compareForecastsFamily: Family<
  CompareForecastsParams,
  CompareForecastsFacts,
  CompareForecastsAnswer
> = {
  name: 'compare-forecasts',
  version: 2,
  params: compareForecastsParams,
  targets: {
    rmse_a: { type: 'number', unit: 'MW' },
    rmse_b: { type: 'number', unit: 'MW' },
    rmse_persistence: { type: 'number', unit: 'MW' },
    skill_a: { type: 'number', unit: '%' },
    skill_b: { type: 'number', unit: '%' },
    t: { type: 'number' },
    t_effective: { type: 'number' },
    verdict: { type: 'choice' },
  },
  draw: drawCompareForecasts,
  solve: solveCompareForecasts,
  vars: (facts) => ({ ...facts, critical: CRITICAL }),
  reply: (_facts, answer, lang) =>
    replyWith(
      {
        en: 'All figures are taken on the hours that have the actual and both forecasts.',
        zh: '各项指标均按实际值和两种预测齐全的时段统计：',
      }[lang],
      stated(answer),
    ),
  mistakes: compareForecastsMistakes,
  plots({ rows }, _answer, lang) {
    const { actual, a, b, yesterday, power = '' } = SERIES_WORDS[lang];
    return [rowsPlot(rows, { actual, a, b, yesterday }, { title: power, unit: 'MW' })];
  },
  work: compareForecastsWork,
};

/** The actuals of the hours that count: those with an actual and both forecasts. */
export function shared({ rows }: CompareForecastsFacts): Series {
  return rows.map(({ actual, a }) => (a === null ? null : actual));
}

export function solveCompareForecasts(facts: CompareForecastsFacts): CompareForecastsAnswer {
  const { a, b, yesterday } = columnsOf(facts);
  const actual = shared(facts);
  const { t, t_effective } = lossDifference(actual, a, b);
  const percent = (forecast: Series) => 100 * (skill(actual, forecast, yesterday) ?? 0);
  return {
    rmse_a: pointMetrics(actual, a).rmse,
    rmse_b: pointMetrics(actual, b).rmse,
    rmse_persistence: pointMetrics(actual, yesterday).rmse,
    skill_a: percent(a),
    skill_b: percent(b),
    t,
    t_effective,
    verdict: verdictOf(t_effective),
  };
}

/** As a person writes it down. */
export const stated = ({ verdict, ...numbers }: CompareForecastsAnswer): Record<string, unknown> => ({
  ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, rounded(value, 4)])),
  verdict,
});
