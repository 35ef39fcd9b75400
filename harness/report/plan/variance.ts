import type { Side } from '../compare/pairs.ts';
import { bySample, mean, type SampleScores } from '../scores.ts';
import { meanInterval } from '../statistics/mean.ts';
import type { PairedVariance } from '../statistics/power.ts';

export interface VarianceEstimate extends PairedVariance {
  designEffect: number;
  samples: number;
  /** Whether the earlier run repeated samples; if not, `between` holds the noise as well and epochs show no gain. */
  repeated: boolean;
  /** Where only one model was there to learn from: the correlation of two models' scores that was assumed. */
  assumedCorrelation?: number;
}

/**
 * What an earlier run tells of the noise in a paired comparison. With σ̂² the mean variance between epochs of a
 * sample and Var(d) the variance over samples of the epoch-averaged difference,
 *   ω̂² = Var(d) − σ̂_A²/K_A − σ̂_B²/K_B, at least 0;   deff = n SE²_clustered / Var(d).
 * @throws RangeError for fewer than two samples with a score on both sides
 */
export function pairedVariance(base: Side, next: Side): VarianceEstimate {
  const others = new Map(scoresOf(next).map((entry) => [entry.sample.sample, entry]));
  const pairs = scoresOf(base).flatMap((entry) => {
    const other = others.get(entry.sample.sample);
    return other ? [[entry, other] as const] : [];
  });
  const left = pairs.map(([a]) => a);
  const right = pairs.map(([, b]) => b);
  const changes = pairs.map(([a, b]) => ({ sample: a.sample, value: mean(b.values) - mean(a.values) }));
  return components(changes, [left, right]);
}

/**
 * The same from one model alone, for a comparison with a model that has not run yet. Both are taken to be as noisy,
 * and their scores over samples to correlate by `correlation`: ω² = 2 (1 − ρ) Var_between(s).
 */
export function assumedVariance(side: Side, correlation = 0.5): VarianceEstimate {
  const scores = scoresOf(side);
  const values = scores.map((entry) => ({ sample: entry.sample, value: mean(entry.values) }));
  const { between, within, ...rest } = components(values, [scores]);
  return {
    ...rest,
    between: 2 * (1 - correlation) * between,
    within: 2 * within,
    assumedCorrelation: correlation,
  };
}

const scoresOf = ({ records, model }: Side): SampleScores[] =>
  bySample(
    records,
    records.attempts.filter((attempt) => attempt.model === model),
  ).filter(({ values }) => values.length > 0);

function components(
  items: readonly { sample: SampleScores['sample']; value: number }[],
  sides: readonly (readonly SampleScores[])[],
): VarianceEstimate {
  if (items.length < 2) throw new RangeError('a variance takes two samples with a score');
  const total = sampleVariance(items.map(({ value }) => value));
  const noise = sides.map((side) => {
    const repeated = side.filter(({ values }) => values.length > 1);
    return {
      repeated: repeated.length > 0,
      within: repeated.length > 0 ? mean(repeated.map(({ values }) => sampleVariance(values))) : 0,
      // The mean of 1/K, since epochs may be missing here and there.
      perEpoch: mean(side.map(({ values }) => 1 / values.length)),
    };
  });
  const averaged = noise.reduce((sum, { within, perEpoch }) => sum + within * perEpoch, 0);
  const clustered = meanInterval(
    items.map(({ sample, value }) => ({ value, cluster: `${sample.suite} ${sample.cluster}`, epochs: 2 })),
    { bounds: [-1, 1] },
  );
  const effect =
    clustered.method === 'constant' || total === 0
      ? 1
      : (items.length * clustered.standardError ** 2) / total;
  return {
    between: Math.max(0, total - averaged),
    within: noise.reduce((sum, { within }) => sum + within, 0),
    // Twins that pull apart would promise too much; below 1 is taken as luck.
    designEffect: Math.max(1, effect),
    samples: items.length,
    repeated: noise.every(({ repeated }) => repeated),
  };
}

function sampleVariance(values: readonly number[]): number {
  const centre = mean(values);
  return values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1);
}
