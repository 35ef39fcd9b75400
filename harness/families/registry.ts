import type { AnyFamily, FamilyRegistry } from '../core/family.ts';

const FAMILIES: Readonly<Record<string, () => Promise<AnyFamily>>> = {
  'merit-order': async () => (await import('./dispatch/merit-order/family.ts')).meritOrderFamily,
  'nodal-price': async () => (await import('./dispatch/nodal-price/family.ts')).nodalPriceFamily,
  'quadratic-dispatch': async () =>
    (await import('./dispatch/quadratic-dispatch/family.ts')).quadraticDispatchFamily,
  'unit-commitment': async () => (await import('./dispatch/unit-commitment/family.ts')).unitCommitmentFamily,
  'n-1-ranking': async () => (await import('./dispatch/n-1-ranking/family.ts')).n1RankingFamily,
  'forecast-metrics': async () =>
    (await import('./forecasting/forecast-metrics/family.ts')).forecastMetricsFamily,
  'error-cause': async () => (await import('./forecasting/error-cause/family.ts')).errorCauseFamily,
  'series-faults': async () => (await import('./forecasting/series-faults/family.ts')).seriesFaultsFamily,
  'interval-quality': async () =>
    (await import('./forecasting/interval-quality/family.ts')).intervalQualityFamily,
  'compare-forecasts': async () =>
    (await import('./forecasting/compare-forecasts/family.ts')).compareForecastsFamily,
  'dga-method': async () => (await import('./faults/dga-method/family.ts')).dgaMethodFamily,
  'short-circuit': async () => (await import('./faults/short-circuit/family.ts')).shortCircuitFamily,
  'relay-coordination': async () =>
    (await import('./faults/relay-coordination/family.ts')).relayCoordinationFamily,
};

/** The built-in families, each imported when a suite first names it. */
export const familyRegistry: FamilyRegistry = {
  names: Object.keys(FAMILIES),
  async load(name) {
    const load = Object.hasOwn(FAMILIES, name) ? FAMILIES[name] : undefined;
    if (!load) throw new RangeError(`no family is called "${name}"`);
    return load();
  },
};
