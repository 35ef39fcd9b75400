import { normalCdf, normalQuantile } from './distributions.ts';

export interface Design {
  /** Two-sided level of the test. */
  alpha?: number;
  /** Chance to see the difference if it is there. */
  power?: number;
}

/** z_{1−α/2} + z_{power}: how many standard errors a difference must measure to be found. */
export function detectable({ alpha = 0.05, power = 0.8 }: Design = {}): number {
  return normalQuantile(1 - alpha / 2) + normalQuantile(power);
}

/** The smallest true difference that a comparison with this standard error finds with the wanted power. */
export const minimumDetectableDifference = (standardError: number, design: Design = {}): number =>
  detectable(design) * standardError;

/** Variances of a paired comparison: what samples and epochs each contribute. */
export interface PairedVariance {
  /** ω²: variance over samples of the true difference of the two models. */
  between: number;
  /** σ²: sum over both models of the variance between epochs of one sample. */
  within: number;
  /** Samples that share a cluster: 1 + (size − 1) ρ; 1 where they are unrelated. */
  designEffect?: number;
}

/** Variance of the mean difference times n: (ω² + σ²/K) · deff. */
function perSample({ between, within, designEffect = 1 }: PairedVariance, epochs: number): number {
  return (between + within / epochs) * designEffect;
}

/** n = (z_{1−α/2} + z_{power})² (ω² + σ²/K) deff / δ², rounded up. Check value: ω² = 1/9, δ = 0.03: 969. */
export function samplesNeeded(
  difference: number,
  variance: PairedVariance,
  epochs: number,
  design: Design = {},
): number {
  if (!(difference > 0))
    throw new RangeError(`samplesNeeded: a difference of ${difference} takes no finding`);
  return Math.max(2, Math.ceil((detectable(design) / difference) ** 2 * perSample(variance, epochs) - 1e-9));
}

/** The standard error that n samples of K epochs would give. */
export const plannedError = (n: number, variance: PairedVariance, epochs: number): number =>
  Math.sqrt(perSample(variance, epochs) / n);

/** Chance that a two-sided test of level α finds a true difference (the far tail included). */
export function powerOf(difference: number, standardError: number, alpha = 0.05): number {
  const z = normalQuantile(1 - alpha / 2);
  const shift = Math.abs(difference) / standardError;
  return normalCdf(shift - z) + normalCdf(-shift - z);
}
