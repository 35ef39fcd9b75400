import type { Family } from '../../../core/family.ts';
import { energyOf, pointMetrics } from '../../../engineering/forecast/metrics.ts';
import { rowsPlot, SERIES_WORDS } from '../../pictures.ts';
import { replyWith, rounded } from '../../wording.ts';
import {
  divisorOf,
  drawForecastMetrics,
  type ForecastMetricsFacts,
  type ForecastMetricsParams,
  forecastMetricsParams,
} from './facts.ts';
import { forecastMetricsMistakes } from './mistakes.ts';
import { forecastMetricsWork } from './work.ts';

export type ForecastMetricsAnswer = {
  /** MW. */
  mae: number;
  rmse: number;
  /** Forecast less actual, MW. */
  bias: number;
  /** Per cent of the divisor asked for. */
  nrmse: number;
  /** Per cent. */
  mape: number;
  mape_left_out: number;
  /** Measured, MWh. */
  energy: number;
};

/** Point metrics of a quarter-hourly forecast with gaps and true zeros. */
export const forecastMetricsFamily: Family<
  ForecastMetricsParams,
  ForecastMetricsFacts,
  ForecastMetricsAnswer
> = {
  name: 'forecast-metrics',
  version: 2,
  params: forecastMetricsParams,
  targets: {
    mae: { type: 'number', unit: 'MW' },
    rmse: { type: 'number', unit: 'MW' },
    bias: { type: 'number', unit: 'MW' },
    nrmse: { type: 'number', unit: '%' },
    mape: { type: 'number', unit: '%' },
    mape_left_out: { type: 'number' },
    energy: { type: 'number', unit: 'MWh' },
  },
  draw: drawForecastMetrics,
  solve: solveForecastMetrics,
  vars: (facts) => ({ ...facts, gross: facts.rows.length }),
  reply: (_facts, answer, lang) =>
    replyWith(
      {
        en: 'Quarter-hours without both values are left out; MAPE leaves out the zeros too.',
        zh: '先剔除实测或预测缺测的时段；计算 MAPE 时再剔除实际功率为零的时段。',
      }[lang],
      stated(answer, lang),
    ),
  mistakes: forecastMetricsMistakes,
  plots({ rows }, _answer, lang) {
    const words = SERIES_WORDS[lang];
    return [
      rowsPlot(
        rows,
        { actual: words['actual'], forecast: words['forecast'] },
        { title: words['power'] as string, unit: 'MW' },
      ),
    ];
  },
  work: forecastMetricsWork,
};

/** @throws RangeError where no step is left to count, which no draw allows */
export function solveForecastMetrics(facts: ForecastMetricsFacts): ForecastMetricsAnswer {
  const actual = facts.rows.map((row) => row.actual);
  const metrics = pointMetrics(
    actual,
    facts.rows.map(({ forecast }) => forecast),
    divisorOf(facts),
  );
  const { mae, rmse, bias, nrmse, mape, mape_left_out } = metrics;
  if (nrmse === undefined || mape === undefined) throw new RangeError('nothing to divide by');
  const energy = energyOf(actual, 0.25);
  return { mae, rmse, bias, nrmse: 100 * nrmse, mape: 100 * mape, mape_left_out, energy };
}

/** As a person writes it down: three decimals, and energy in 万千瓦时 in Chinese. */
export function stated(answer: ForecastMetricsAnswer, lang: 'en' | 'zh'): Record<string, unknown> {
  const energy = lang === 'zh' ? answer.energy / 10 : answer.energy;
  return Object.fromEntries(
    Object.entries({ ...answer, energy }).map(([name, value]) => [name, rounded(value, 4)]),
  );
}
