import { normalQuantile } from './distributions.ts';

export type Interval = [low: number, high: number];

/**
 * Wilson's score interval of a rate, `successes` of `n` independent trials:
 *   (p + z²/2n ± z √(p(1−p)/n + z²/4n²)) / (1 + z²/n)
 * `successes` may be a fraction, for an effective sample size.
 */
export function wilson(successes: number, n: number, level = 0.95): Interval {
  if (!(n > 0) || successes < 0 || successes > n)
    throw new RangeError(`wilson: ${successes} of ${n} is not a rate`);
  const z = normalQuantile((1 + level) / 2);
  const p = successes / n;
  const centre = p + (z * z) / (2 * n);
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  // The exact ends of 0/n and n/n are 0 and 1; rounding must not leave them a hair inside or outside.
  return [
    successes === 0 ? 0 : Math.max(0, (centre - half) / scale),
    successes === n ? 1 : Math.min(1, (centre + half) / scale),
  ];
}
