import type { Family } from '../../../core/family.ts';
import { binomialAtMost } from '../../../engineering/forecast/binomial.ts';
import { intervalQuality, pinball } from '../../../engineering/forecast/probabilistic.ts';
import { rowsPlot, SERIES_WORDS } from '../../pictures.ts';
import { replyWith, rounded } from '../../wording.ts';
import {
  columnsOf,
  drawIntervalQuality,
  type IntervalQualityFacts,
  type IntervalQualityParams,
  intervalQualityParams,
} from './facts.ts';
import { intervalQualityMistakes } from './mistakes.ts';
import { intervalQualityWork } from './work.ts';

export type IntervalQualityAnswer = {
  /** Per cent. */
  coverage: number;
  /** MW. */
  width: number;
  below: number;
  above: number;
  interval_score: number;
  pinball_median: number;
  /** P(at most so many inside), were the nominal coverage true. */
  tail: number;
  verdict: 'too_narrow' | 'not_refuted';
};

/** Coverage, sharpness and proper scores of central prediction intervals, and whether chance can explain the coverage. */
export const intervalQualityFamily: Family<
  IntervalQualityParams,
  IntervalQualityFacts,
  IntervalQualityAnswer
> = {
  name: 'interval-quality',
  version: 2,
  params: intervalQualityParams,
  targets: {
    coverage: { type: 'number', unit: '%' },
    width: { type: 'number', unit: 'MW' },
    below: { type: 'number' },
    above: { type: 'number' },
    interval_score: { type: 'number', unit: 'MW' },
    pinball_median: { type: 'number', unit: 'MW' },
    tail: { type: 'number' },
    verdict: { type: 'choice' },
  },
  draw: drawIntervalQuality,
  solve: solveIntervalQuality,
  vars: (facts) => ({
    ...facts,
    percent: Math.round(100 * facts.nominal),
    low_percent: Math.round(50 * (1 - facts.nominal)),
    high_percent: Math.round(50 * (1 + facts.nominal)),
    alpha: rounded(1 - facts.nominal, 2),
  }),
  reply: (_facts, answer, lang) =>
    replyWith(
      {
        en: 'The hour without a measurement is left out; ends of the interval count as inside.',
        zh: '剔除缺测的一小时，落在区间端点上视为命中，计算结果如下：',
      }[lang],
      stated(answer),
    ),
  mistakes: intervalQualityMistakes,
  plots({ rows, nominal }, _answer, lang) {
    const { actual, median, interval = '', power = '' } = SERIES_WORDS[lang];
    const band = {
      name: `${interval} ${Math.round(100 * nominal)} %`,
      low: rows.map(({ lower }) => lower),
      high: rows.map(({ upper }) => upper),
    };
    return [rowsPlot(rows, { actual, median }, { title: power, unit: 'MW', band })];
  },
  work: intervalQualityWork,
};

export function solveIntervalQuality(facts: IntervalQualityFacts): IntervalQualityAnswer {
  const { actual, lower, median, upper } = columnsOf(facts);
  const quality = intervalQuality(actual, lower, upper, facts.nominal);
  const { n, below, above, coverage, sharpness, interval_score } = quality;
  const tail = binomialAtMost(n - below - above, n, facts.nominal);
  return {
    coverage: 100 * coverage,
    width: sharpness,
    below,
    above,
    interval_score,
    pinball_median: pinball(actual, median, 0.5),
    tail,
    verdict: tail < 0.05 ? 'too_narrow' : 'not_refuted',
  };
}

/** As a person writes it down. */
export const stated = ({ verdict, ...numbers }: IntervalQualityAnswer): Record<string, unknown> => ({
  ...Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, rounded(value, 5)])),
  verdict,
});
