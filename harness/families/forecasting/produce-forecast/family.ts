import type { Family, Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { rowsPlot, SERIES_WORDS } from '../../pictures.ts';
import { replyWith } from '../../wording.ts';
import {
  drawProduceForecast,
  localiseProduceForecast,
  type ProduceForecastFacts,
  type ProduceForecastParams,
  produceForecastParams,
} from './facts.ts';
import { judgeForecast, persistence, type Quantiles, sameHour } from './scoring.ts';
import { knownBeforehand } from './words.ts';
import { forecastWork } from './work.ts';

export type ProduceForecastAnswer = { forecast: Quantiles };

/** Make a probabilistic forecast of the next hours from history, weather and what is known beforehand. */
export const produceForecastFamily: Family<
  ProduceForecastParams,
  ProduceForecastFacts,
  ProduceForecastAnswer
> = {
  name: 'produce-forecast',
  version: 2,
  params: produceForecastParams,
  targets: { forecast: { type: 'json' } },
  draw: drawProduceForecast,
  localise: localiseProduceForecast,
  solve: ({ ideal }) => ({ forecast: ideal }),
  // What came, and what the law says, are nobody's to see beforehand.
  vars: (facts, lang) => {
    const { ideal: _law, truth: _then, special: _told, ...given } = facts;
    return { ...given, hours: given.future.length, known: knownBeforehand(facts, lang) };
  },
  reply: (_facts, { forecast }, lang) => replyWith(PROSE[lang], { forecast }),
  mistakes,
  verify: { forecast: (facts, _answer, proposal) => judgeForecast(facts, proposal) },
  plots({ history, future, ideal, truth, unit }, _answer, lang) {
    const { actual, forecast, power = '' } = SERIES_WORDS[lang];
    const rows = [
      ...history.map(({ time, value }) => ({ time, actual: value, forecast: null })),
      ...future.map(({ time }, h) => ({ time, actual: truth[h] ?? null, forecast: ideal.p50[h] ?? null })),
    ];
    const gap = history.map(() => null);
    const band = { name: '10–90 %', low: [...gap, ...ideal.p10], high: [...gap, ...ideal.p90] };
    return [rowsPlot(rows, { actual, forecast }, { title: power, unit, band })];
  },
  work: forecastWork,
};

const PROSE: Readonly<Record<Lang, string>> = {
  en: 'From the relation of the history to weather and hour, with what is known beforehand, the next hours are:',
  zh: '根据历史数据与气象、时段的关系，并计入已知的特殊情况，预测如下：',
};

/** Replies that a forecaster in a hurry gives. One that happens to be nearly as good as the best is left out. */
function mistakes(facts: ProduceForecastFacts, { forecast }: ProduceForecastAnswer, lang: Lang): Mistake[] {
  const tenths = (values: readonly number[]) => values.map((value) => Number(value.toFixed(1)) + 0);
  const of = (quantiles: Quantiles) => ({
    p10: tenths(quantiles.p10),
    p50: tenths(quantiles.p50),
    p90: tenths(quantiles.p90),
  });
  const { p10, p50, p90 } = forecast;
  const shifted = (values: readonly number[]) => [values[0] as number, ...values.slice(0, -1)];
  const scaled = (factor: number) =>
    of({ p10: p10.map((v) => v * factor), p50: p50.map((v) => v * factor), p90: p90.map((v) => v * factor) });
  const width = Math.max(...facts.history.map(({ value }) => value));
  const list: { name: string; forecast: unknown; score: 0 | 'partly' }[] = [
    { name: 'repeated the last value', forecast: of(persistence(facts)), score: 0 },
    { name: 'repeated the day before', forecast: of(sameHour(facts)), score: 0 },
    {
      name: 'an hour late',
      forecast: of({ p10: shifted(p10), p50: shifted(p50), p90: shifted(p90) }),
      score: 'partly',
    },
    { name: 'off by a factor of 1000', forecast: scaled(1000), score: 0 },
    { name: 'quantiles the wrong way round', forecast: { p10: p90, p50, p90: p10 }, score: 0 },
    {
      name: 'an hour missing',
      forecast: of({ p10: p10.slice(1), p50: p50.slice(1), p90: p90.slice(1) }),
      score: 0,
    },
    {
      name: 'anything is possible',
      forecast: of({ p10: p50.map(() => -width), p50, p90: p50.map(() => 2 * width) }),
      score: 'partly',
    },
    { name: 'a bare list', forecast: p50, score: 0 },
  ];
  return list.flatMap(({ name, forecast: wrong, score }): Mistake[] => {
    const { value } = judgeForecast(facts, wrong);
    // Rounded to tenths a naive forecast may be a hair above naive; quantiles that all coincide cross nowhere.
    if (score === 0 ? value > 0.01 : value > 0.95) return [];
    return [
      {
        name,
        reply: replyWith(PROSE[lang], { forecast: wrong }),
        score: score === 0 ? [0, 0.01] : [0, 0.95],
      },
    ];
  });
}
