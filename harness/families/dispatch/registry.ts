import type { AnyFamily } from '../../core/family.ts';

export const DISPATCH_FAMILIES: Readonly<Record<string, () => Promise<AnyFamily>>> = {
  'merit-order': async () => (await import('./merit-order/family.ts')).meritOrderFamily,
  'nodal-price': async () => (await import('./nodal-price/family.ts')).nodalPriceFamily,
  'quadratic-dispatch': async () => (await import('./quadratic-dispatch/family.ts')).quadraticDispatchFamily,
  'unit-commitment': async () => (await import('./unit-commitment/family.ts')).unitCommitmentFamily,
  'n-1-ranking': async () => (await import('./n-1-ranking/family.ts')).n1RankingFamily,
  'storage-arbitrage': async () => (await import('./storage-schedule/arbitrage.ts')).storageArbitrageFamily,
  'peak-shaving': async () => (await import('./storage-schedule/peak.ts')).peakShavingFamily,
  'price-separation': async () => (await import('./price-separation/family.ts')).priceSeparationFamily,
  'area-control': async () => (await import('./frequency/area.ts')).areaControlFamily,
  'frequency-nadir': async () => (await import('./frequency/nadir.ts')).frequencyNadirFamily,
  redispatch: async () => (await import('./redispatch/family.ts')).redispatchFamily,
  'voltage-remedy': async () => (await import('./voltage-remedy/family.ts')).voltageRemedyFamily,
  adequacy: async () => (await import('./adequacy/adequacy.ts')).adequacyFamily,
  'reserve-check': async () => (await import('./adequacy/reserve.ts')).reserveCheckFamily,
  restoration: async () => (await import('./restoration/family.ts')).restorationFamily,
};
