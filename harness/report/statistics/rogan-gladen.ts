/** How well a judge tells met from not met, with the uncertainty of having measured it. */
export interface Accuracy {
  sensitivity: number;
  specificity: number;
  /** Squared standard errors of the two. */
  sensitivityVariance: number;
  specificityVariance: number;
}

/** Youden's index, Se + Sp − 1: 0 for who tosses a coin. */
export const youden = ({ sensitivity, specificity }: Pick<Accuracy, 'sensitivity' | 'specificity'>): number =>
  sensitivity + specificity - 1;

/** A corrected value, and how it moves with the judge's sensitivity and specificity. */
export interface Corrected {
  value: number;
  perSensitivity: number;
  perSpecificity: number;
}

/**
 * Takes a judge's known errors out of a weighted sum of its verdicts. With m_j the verdict on criterion j (0 or 1),
 * t_j its truth and weights a_j, E m_j = Se t_j + (1−Sp)(1−t_j); so for s = Σ a_j m_j and A = Σ a_j
 *   Σ a_j t_j  ≈  c = (s − (1−Sp) A) / (Se + Sp − 1),   ∂c/∂Se = −c/J,   ∂c/∂Sp = (A − c)/J,   J = Se + Sp − 1.
 * For one criterion of weight 1 this is Rogan and Gladen's estimator of a prevalence (Am. J. Epidemiol. 1978).
 * @param sum s, not clipped
 * @param weights A
 * @throws RangeError where the judge is no better than chance: nothing can be inferred from its verdicts
 */
export function roganGladen(
  { sum, weights }: { sum: number; weights: number },
  accuracy: Pick<Accuracy, 'sensitivity' | 'specificity'>,
): Corrected {
  const j = youden(accuracy);
  if (!(j > 0)) throw new RangeError('roganGladen: a judge no better than chance corrects nothing');
  const value = (sum - (1 - accuracy.specificity) * weights) / j;
  return { value, perSensitivity: -value / j, perSpecificity: (weights - value) / j };
}
