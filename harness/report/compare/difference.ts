import { createRandom } from '../../core/random.ts';
import { groupBy } from '../group-by.ts';
import { mean } from '../scores.ts';
import { mcnemar } from '../statistics/mcnemar.ts';
import { meanInterval, strataInterval } from '../statistics/mean.ts';
import { minimumDetectableDifference } from '../statistics/power.ts';
import { signFlip } from '../statistics/sign-flip.ts';
import { type Pair, passed } from './pairs.ts';

/** next − base over a group of pairs, on the scale of scores (1 is everything). */
export interface Difference {
  base: number;
  next: number;
  difference: number;
  /** 95 %, unadjusted. */
  interval: [number, number];
  standard_error: number;
  n: number;
  clusters: number;
  /** Two-sided sign-flip permutation, by cluster. */
  p_value: number;
  /** One-sided: small where next is worse. */
  p_worse: number;
  /** Corrected for the number of groups looked at beside this one. */
  p_adjusted?: number;
  /** Smallest true difference that this many samples find with 80 % power. */
  detectable: number;
  /** Samples that passed before and do not now, and the other way. */
  lost: number;
  won: number;
  /** Exact McNemar test; only for right-or-wrong scores of unrelated samples, one epoch each. */
  mcnemar_p?: number;
}

export interface DifferenceOptions {
  /** Names the stream of random signs: the same name, the same p. */
  seed: string;
  flips?: number;
}

/** Difference of a group: the mean of suite means, as scores themselves are averaged; each suite clustered. */
export function differenceOf(pairs: readonly Pair[], { seed, flips = 4999 }: DifferenceOptions): Difference {
  const suites = [...groupBy(pairs, ({ sample }) => sample.suite).values()];
  const strata = suites.map((members) => meanInterval(members.map(toItem), { bounds: [-1, 1] }));
  const whole = strataInterval(strata, { bounds: [-1, 1] });
  const random = createRandom(`sign-flip/${seed}`);
  const flipped = signFlip(clusterSums(suites), () => Math.floor(random.uniform() * 2 ** 32), flips);
  const average = (side: 'base' | 'next') =>
    mean(suites.map((members) => mean(members.map((each) => each[side].value))));
  const lost = pairs.filter(({ base, next }) => passed(base) && !passed(next)).length;
  const won = pairs.filter(({ base, next }) => !passed(base) && passed(next)).length;
  const binary = whole.clusters === pairs.length && pairs.every(isBinary);
  return {
    base: average('base'),
    next: average('next'),
    difference: whole.mean,
    interval: whole.interval,
    standard_error: whole.standardError,
    n: pairs.length,
    clusters: whole.clusters,
    p_value: flipped.twoSided,
    p_worse: flipped.lower,
    detectable: minimumDetectableDifference(whole.standardError),
    lost,
    won,
    ...(binary ? { mcnemar_p: mcnemar(lost, won) } : {}),
  };
}

const change = ({ base, next }: Pair) => next.value - base.value;

const toItem = (each: Pair) => ({
  value: change(each),
  cluster: each.sample.cluster,
  epochs: Math.max(each.base.epochs, each.next.epochs),
});

const isBinary = ({ base, next }: Pair) =>
  [base, next].every(({ value, epochs }) => epochs === 1 && (value === 0 || value === 1));

/** What each cluster adds to the difference of the group: suites weigh the same, so a cluster of a big suite weighs less. */
function clusterSums(suites: readonly (readonly Pair[])[]): number[] {
  return suites.flatMap((members) =>
    [...groupBy(members, ({ sample }) => sample.cluster).values()].map(
      (cluster) => cluster.reduce((sum, each) => sum + change(each), 0) / members.length,
    ),
  );
}
