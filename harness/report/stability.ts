import { VARIANTS } from '../core/words.ts';
import { groupBy } from './group-by.ts';
import { mean, type SampleScores } from './scores.ts';
import { type MeanEstimate, meanInterval, strataInterval } from './statistics/mean.ts';
import type { Result } from './summary.ts';

/** One problem as first asked and one variant of it, each the mean of its epochs. */
interface Twin {
  base: SampleScores;
  variant: SampleScores;
}

type Stability = NonNullable<Result['stability']>;

/**
 * Whether a model's answers hold when a problem is asked again in a way that must not change them. Agreement is of
 * verdicts (pass or not, of epoch means); differences are paired; suites weigh the same and problems are clusters,
 * as for scores. Absent where no problem has a score both for itself and for a variant.
 */
export function stability(
  samples: readonly SampleScores[],
  variants: readonly SampleScores[],
): Result['stability'] {
  const bases = new Map(samples.filter(isScored).map((entry) => [keyOf(entry), entry]));
  const twins = variants.filter(isScored).flatMap((variant): Twin[] => {
    const base = bases.get(keyOf(variant));
    return base ? [{ base, variant }] : [];
  });
  if (twins.length === 0) return undefined;
  const agreed = acrossSuites(twins, (twin) => (agrees(twin) ? 1 : 0), [0, 1]);
  const problems = [...groupBy(twins, ({ base }) => base.sample.id).values()];
  const bySuite = [...groupBy(problems, ([twin]) => twin!.base.sample.suite).values()];
  const overSuites = (of: (problem: readonly Twin[]) => number) =>
    mean(bySuite.map((own) => mean(own.map(of))));
  return {
    agreement: agreed.mean,
    interval: agreed.interval,
    worst: overSuites((problem) =>
      Math.min(scoreOf(problem[0]!.base), ...problem.map(({ variant }) => scoreOf(variant))),
    ),
    base: overSuites((problem) => scoreOf(problem[0]!.base)),
    n: problems.length,
    variants: VARIANTS.flatMap((name) => oneVariant(name, twins)),
  };
}

function oneVariant(name: (typeof VARIANTS)[number], twins: readonly Twin[]): Stability['variants'] {
  const own = twins.filter(({ variant }) => variant.sample.variant === name);
  if (own.length === 0) return [];
  const change = acrossSuites(own, ({ base, variant }) => scoreOf(variant) - scoreOf(base), [-1, 1]);
  const score = acrossSuites(own, ({ variant }) => scoreOf(variant), [0, 1]).mean;
  const agreement = acrossSuites(own, (twin) => (agrees(twin) ? 1 : 0), [0, 1]).mean;
  return [{ name, score, difference: change.mean, interval: change.interval, agreement, n: own.length }];
}

function acrossSuites(
  twins: readonly Twin[],
  valueOfTwin: (twin: Twin) => number,
  bounds: [number, number],
): MeanEstimate {
  const suites = [...groupBy(twins, ({ base }) => base.sample.suite).values()];
  const strata = suites.map((own) =>
    meanInterval(
      own.map((twin) => ({
        value: valueOfTwin(twin),
        cluster: twin.base.sample.cluster,
        epochs: twin.variant.values.length,
      })),
      { bounds },
    ),
  );
  return strataInterval(strata, { bounds });
}

const isScored = ({ values }: SampleScores) => values.length > 0;
const scoreOf = ({ values }: SampleScores) => mean(values);
const agrees = ({ base, variant }: Twin) =>
  scoreOf(base) >= base.sample.pass === scoreOf(variant) >= variant.sample.pass;
/** A variant's cluster is its problem's, its language its own: together they name the sample it varies. */
const keyOf = ({ sample }: SampleScores) => `${sample.cluster}\n${sample.lang}`;
