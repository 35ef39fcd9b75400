import {
  GASSING_CAUSES,
  type GasSet,
  type GassingCause,
  HISTORY_GASES,
  type Interval,
  MECHANISMS,
  soundIncrement,
} from './gassing-causes.ts';
import {
  driveShares,
  PATTERN_SCATTER,
  RATE_SCATTER,
  reportVariance,
  SOUND_SCATTER,
} from './gassing-history.ts';

/** A logarithmic grid for how much the cause made, µL/L in its largest hydrocarbon or hydrogen: 1 to 270. */
const TOTALS = Array.from({ length: 18 }, (_, i) => 10 ** (i / 7));

/**
 * Probability of each cause given a gas history, all alike before it: Bayes with a Gaussian error on every increment,
 *   σ² = (pattern² + rate²)·(what the cause makes)² + (scatter·normal ageing)² + the variances of both reports,
 * averaged over the unknown amount and, for arcing, over the intervals in which it may have struck (one or two). Increments
 * are taken as independent, though each sample enters two of them: sharper causes are judged a little too sharply.
 */
export function gassingPosterior(
  samples: readonly GasSet[],
  intervals: readonly Interval[],
  oil_days: number,
): Record<GassingCause, number> {
  const logs = GASSING_CAUSES.map((cause) => evidence(cause, samples, intervals, oil_days));
  const most = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - most));
  const sum = weights.reduce((a, b) => a + b, 0);
  return Object.fromEntries(
    GASSING_CAUSES.map((cause, i) => [cause, (weights[i] as number) / sum]),
  ) as Record<GassingCause, number>;
}

function evidence(
  cause: GassingCause,
  samples: readonly GasSet[],
  intervals: readonly Interval[],
  oil_days: number,
): number {
  const ways = cause === 'arcing' ? strikesOf(intervals.length) : [[]];
  const logs = ways.flatMap((strikes) => {
    const shares = driveShares(cause, intervals, oil_days, strikes);
    return TOTALS.map((total) => logLikelihood(cause, samples, intervals, shares, total));
  });
  const most = Math.max(...logs);
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0) / logs.length);
}

function strikesOf(count: number): number[][] {
  const singles = Array.from({ length: count }, (_, k) => [k]);
  return [...singles, ...singles.flatMap(([k = 0]) => singles.slice(k + 1).map(([l = 0]) => [k, l]))];
}

function logLikelihood(
  cause: GassingCause,
  samples: readonly GasSet[],
  intervals: readonly Interval[],
  shares: readonly number[],
  total: number,
): number {
  const { signature } = MECHANISMS[cause];
  const largest = Math.max(
    ...HISTORY_GASES.filter((gas) => gas !== 'CO' && gas !== 'CO2').map((gas) => signature[gas]),
  );
  let log = 0;
  for (const [k, interval] of intervals.entries()) {
    const sound = soundIncrement(interval);
    const [before, after] = [samples[k] as GasSet, samples[k + 1] as GasSet];
    for (const gas of HISTORY_GASES) {
      const made = ((shares[k] as number) * total * signature[gas]) / largest;
      const variance =
        (PATTERN_SCATTER ** 2 + RATE_SCATTER ** 2) * made ** 2 +
        (SOUND_SCATTER * sound[gas]) ** 2 +
        reportVariance(before[gas]) +
        reportVariance(after[gas]);
      const off = after[gas] - before[gas] - sound[gas] - made;
      log -= 0.5 * (off ** 2 / variance + Math.log(2 * Math.PI * variance));
    }
  }
  return log;
}
