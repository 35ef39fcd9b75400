import type { SeriesKind } from '../../../engineering/forecast/causes.ts';
import type { Season } from '../../../engineering/forecast/weather.ts';

/**
 * What a briefing may blame. `size`: K of temperature (heat_wave, cold_snap); share of a working day's load that is gone
 * (holiday, spring_festival; typhoon on a load); highest wind of a passing cyclone in m/s (typhoon on wind farms); m/s of wind
 * that fails to come (lull); share of the sun taken away (cloud) or of its diameter (eclipse); share of output lost (icing,
 * soiling, outage); limit as a share of capacity (curtailment); share of capacity added (job).
 */
export const BRIEFING_CAUSES = [
  'heat_wave',
  'cold_snap',
  'holiday',
  'spring_festival',
  'typhoon',
  'lull',
  'icing',
  'eclipse',
  'cloud',
  'soiling',
  'curtailment',
  'outage',
  'job',
] as const;
export type BriefingCause = (typeof BRIEFING_CAUSES)[number];

export interface CauseRule {
  kind: BriefingCause;
  seasons: readonly Season[];
  /** Range of sizes and their step. */
  size: readonly [number, number, number];
  /** Hours of the day in which it begins and ends, earliest and latest. */
  hours: readonly [number, number];
  /** Shortest duration in hours. */
  least: number;
  /** Longest duration in hours, where nature sets one. */
  most: number;
}

const ALL: readonly Season[] = ['summer', 'mild', 'winter'];
const rule = (
  kind: BriefingCause,
  seasons: readonly Season[],
  size: CauseRule['size'],
  hours: CauseRule['hours'] = [0, 24],
  least = 8,
  most = 24,
): CauseRule => ({ kind, seasons, size, hours, least, most });

/** What spoils a forecast unforeseen, by series. */
export const PAST: Readonly<Record<SeriesKind, readonly CauseRule[]>> = {
  load: [
    rule('heat_wave', ['summer'], [4, 7, 0.5], [5, 24]),
    rule('cold_snap', ['winter'], [5, 8, 0.5]),
    rule('holiday', ALL, [0.1, 0.18, 0.02], [0, 24], 24),
    rule('outage', ALL, [0.1, 0.2, 0.05], [4, 22]),
  ],
  wind: [
    rule('lull', ALL, [2.5, 4, 0.5], [2, 23]),
    rule('icing', ['winter'], [0.3, 0.5, 0.05]),
    rule('curtailment', ALL, [0.15, 0.25, 0.05], [3, 22]),
    rule('outage', ALL, [0.25, 0.45, 0.05], [3, 22]),
  ],
  solar: [
    rule('cloud', ALL, [0.4, 0.7, 0.05], [8, 16], 4),
    rule('soiling', ['summer', 'mild'], [0.25, 0.4, 0.05], [6, 18], 6),
    rule('curtailment', ALL, [0.15, 0.3, 0.05], [9, 15], 3),
    rule('outage', ALL, [0.3, 0.5, 0.05], [8, 17], 4),
  ],
  price: [
    rule('outage', ALL, [0.15, 0.3, 0.05], [3, 23]),
    rule('cloud', ['summer', 'mild'], [0.5, 0.8, 0.05], [7, 17], 5),
  ],
  data_centre: [
    rule('heat_wave', ['summer', 'mild'], [6, 9, 0.5], [4, 24]),
    rule('job', ALL, [0.08, 0.16, 0.02], [2, 24], 6),
  ],
};

/** What shapes the hours ahead and is known to the forecast, by series. */
export const AHEAD: Readonly<Record<SeriesKind, readonly CauseRule[]>> = {
  load: [
    rule('heat_wave', ['summer'], [6, 10, 0.5]),
    rule('cold_snap', ['winter'], [7, 11, 0.5]),
    rule('spring_festival', ['winter'], [0.6, 1, 0.1], [0, 24], 24),
    rule('typhoon', ['summer'], [0.15, 0.3, 0.05], [0, 24], 24),
  ],
  wind: [
    rule('typhoon', ['summer'], [32, 42, 1], [0, 24], 24),
    rule('icing', ['winter'], [0.3, 0.6, 0.05], [0, 24], 6),
    rule('lull', ALL, [3, 5, 0.5], [0, 24], 7),
  ],
  solar: [
    // From first contact to last an eclipse takes two hours and a half to three and a half, wherever one stands.
    rule('eclipse', ALL, [0.5, 0.9, 0.05], [9, 17], 3, 3),
    rule('cloud', ALL, [0.4, 0.7, 0.05], [8, 17], 3),
  ],
  price: [
    rule('spring_festival', ['winter'], [0.6, 1, 0.1], [0, 24], 24),
    rule('holiday', ALL, [0.1, 0.2, 0.02], [0, 24], 24),
    rule('outage', ALL, [0.15, 0.3, 0.05], [0, 24]),
  ],
  data_centre: [
    rule('heat_wave', ['summer', 'mild'], [6, 10, 0.5]),
    rule('job', ALL, [0.1, 0.2, 0.02], [0, 24], 6),
    rule('outage', ALL, [0.1, 0.25, 0.05], [0, 24], 6),
  ],
};

/** Everything that could be blamed for a series, acting or not. */
export const possibleCauses = (series: SeriesKind): BriefingCause[] =>
  [...new Set([...PAST[series], ...AHEAD[series]].map(({ kind }) => kind))].sort();
