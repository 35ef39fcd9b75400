import type { NamedDifference } from '../compare/compare.ts';
import { intervalText } from '../compare/conclude.ts';
import { points } from '../figures.ts';
import { holm } from '../statistics/adjust.ts';

export const VERDICTS = ['pass', 'inconclusive', 'regressed'] as const;
export type Verdict = (typeof VERDICTS)[number];

/** The worst of several: one regression makes the night regressed. */
export const worst = (verdicts: readonly Verdict[]): Verdict =>
  VERDICTS[Math.max(0, ...verdicts.map((verdict) => VERDICTS.indexOf(verdict)))]!;

export interface SuiteVerdict {
  name: string;
  verdict: Verdict;
  reason: string;
  margin: number;
  /** One-sided, corrected by Holm over the suites of the gate. */
  p_worse_adjusted: number;
  difference: NamedDifference;
}

/**
 * Verdicts on the suites of a gate.
 * pass: the 95 % interval of new − base lies above −margin, or not one score changed.
 * regressed: otherwise, and the loss is beyond chance (one-sided sign-flip p, Holm over the suites, ≤ α/2).
 * inconclusive: otherwise; the reason says what this many samples could have shown.
 */
export function suiteVerdicts(
  suites: readonly NamedDifference[],
  marginOf: (suite: string) => number,
  alpha: number,
): SuiteVerdict[] {
  const adjusted = holm(suites.map(({ p_worse }) => p_worse));
  return suites.map((difference, i) => {
    const margin = marginOf(difference.name);
    const p = adjusted[i]!;
    const [verdict, reason] = judge(difference, margin, p, alpha / 2, suites.length);
    return { name: difference.name, verdict, reason, margin, p_worse_adjusted: p, difference };
  });
}

function judge(
  { difference, interval, detectable, lost, won, clusters, n }: NamedDifference,
  margin: number,
  p: number,
  level: number,
  suites: number,
): [Verdict, string] {
  const measured = `${points(difference)} points, 95 % interval ${intervalText(interval)}`;
  // Without this a deterministic model that did not change would be inconclusive on any small suite.
  if (difference === 0 && lost + won === 0 && n > 0 && interval[0] === -interval[1])
    return ['pass', `no score changed on ${n} samples`];
  if (interval[0] > -margin) return ['pass', `${measured}: no loss of ${points(margin)} points or more`];
  if (p <= level)
    return [
      'regressed',
      `${measured}: worse beyond chance, by more than ${points(margin)} points for all we know`,
    ];
  // Signs of so few clusters agree by chance more often than the level allows.
  const blind = 0.5 ** clusters * suites > level;
  const limit = blind
    ? `${clusters} problems are too few for any loss to show`
    : `losses below ${points(detectable)} points hardly show with ${n} samples`;
  return [
    'inconclusive',
    `${measured}: a loss of ${points(margin)} points is neither shown nor ruled out; ${limit}`,
  ];
}
