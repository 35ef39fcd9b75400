import type { AnyFamily } from '../../core/family.ts';

export const FORECASTING_FAMILIES: Readonly<Record<string, () => Promise<AnyFamily>>> = {
  'forecast-metrics': async () => (await import('./forecast-metrics/family.ts')).forecastMetricsFamily,
  'error-cause': async () => (await import('./error-cause/family.ts')).errorCauseFamily,
  'series-faults': async () => (await import('./series-faults/family.ts')).seriesFaultsFamily,
  'interval-quality': async () => (await import('./interval-quality/family.ts')).intervalQualityFamily,
  'produce-forecast': async () => (await import('./produce-forecast/family.ts')).produceForecastFamily,
  'compare-forecasts': async () => (await import('./compare-forecasts/family.ts')).compareForecastsFamily,
  'operator-briefing': async () => (await import('./operator-briefing/family.ts')).operatorBriefingFamily,
};
