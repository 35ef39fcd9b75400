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
 * Probability of each cause given a gas history, all alike before it: Bayes with Gaussian errors on the increments of each gas,
 *   C = diag((rate·made)² + the variances of both reports) + pattern²·made·madeᵀ + scatter²·sound·soundᵀ,
 * since a transformer's own pattern and its own normal ageing are off by one factor in all intervals alike. Averaged over
 * the unknown amount and, for arcing, over the intervals in which it may have struck (one or two). Left out: that each
 * sample enters two increments, and that an interval's rate is off for all gases together.
 */
export function gassingPosterior(
  samples: readonly GasSet[],
  intervals: readonly Interval[],
  oil_days: number,
): Record<GassingCause, number> {
  const history = { samples, intervals, sounds: intervals.map(soundIncrement) };
  const logs = GASSING_CAUSES.map((cause) => evidence(cause, history, oil_days));
  const most = Math.max(...logs);
  const weights = logs.map((log) => Math.exp(log - most));
  const sum = weights.reduce((a, b) => a + b, 0);
  return Object.fromEntries(
    GASSING_CAUSES.map((cause, i) => [cause, (weights[i] as number) / sum]),
  ) as Record<GassingCause, number>;
}

interface History {
  samples: readonly GasSet[];
  intervals: readonly Interval[];
  /** What a sound transformer would have made in each interval. */
  sounds: readonly GasSet[];
}

function evidence(cause: GassingCause, history: History, oil_days: number): number {
  const { intervals } = history;
  const ways = cause === 'arcing' ? strikesOf(intervals.length) : [[]];
  const logs = ways.flatMap((strikes) => {
    const shares = driveShares(cause, intervals, oil_days, strikes);
    return TOTALS.map((total) => logLikelihood(cause, history, shares, total));
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
  { samples, sounds }: History,
  shares: readonly number[],
  total: number,
): number {
  const { signature } = MECHANISMS[cause];
  const largest = Math.max(
    ...HISTORY_GASES.filter((gas) => gas !== 'CO' && gas !== 'CO2').map((gas) => signature[gas]),
  );
  return HISTORY_GASES.reduce((sum, gas) => {
    const made = shares.map((share) => (share * total * signature[gas]) / largest);
    const sound = sounds.map((increment) => increment[gas]);
    const contents = samples.map((sample) => sample[gas]);
    return sum + logOfGas(contents, made, sound);
  }, 0);
}

/** Log-density of one gas's increments: a diagonal with two factors of rank one, by the matrix determinant and Woodbury lemmas. */
function logOfGas(contents: readonly number[], made: readonly number[], sound: readonly number[]): number {
  let [log, aa, bb, ab, ar, br] = [0, 1, 1, 0, 0, 0];
  for (const [k, m] of made.entries()) {
    const [before, after] = [contents[k] as number, contents[k + 1] as number];
    const s = sound[k] as number;
    const variance = (RATE_SCATTER * m) ** 2 + reportVariance(before) + reportVariance(after);
    const off = after - before - s - m;
    const [a, b] = [PATTERN_SCATTER * m, SOUND_SCATTER * s];
    log -= 0.5 * (off ** 2 / variance + Math.log(2 * Math.PI * variance));
    aa += a ** 2 / variance;
    bb += b ** 2 / variance;
    ab += (a * b) / variance;
    ar += (a * off) / variance;
    br += (b * off) / variance;
  }
  const det = aa * bb - ab ** 2;
  return log - 0.5 * (Math.log(det) - (bb * ar ** 2 - 2 * ab * ar * br + aa * br ** 2) / det);
}
