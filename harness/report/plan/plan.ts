import {
  type Design,
  minimumDetectableDifference,
  type PairedVariance,
  plannedError,
  samplesNeeded,
} from '../statistics/power.ts';

/** Money one reply cost in the earlier run; absent where unknown. */
export interface CostEach {
  amount: number;
  currency: string;
}

export interface PlanRow {
  difference: number;
  epochs: number;
  samples: number;
  /** Requests to one model. */
  attempts: number;
  cost?: CostEach;
}

export interface PlanOptions extends Design {
  /** True differences of scores to be found, 0.03 for 3 points. */
  differences: readonly number[];
  epochs: readonly number[];
  costEach?: CostEach;
}

/** How many samples find each difference, at each number of epochs, and what one model's part of it costs. */
export function planRows(variance: PairedVariance, options: PlanOptions): PlanRow[] {
  const { differences, epochs, costEach, ...design } = options;
  return differences.flatMap((difference) =>
    epochs.map((k) => {
      const samples = samplesNeeded(difference, variance, k, design);
      const attempts = samples * k;
      const cost = costEach && { amount: costEach.amount * attempts, currency: costEach.currency };
      return { difference, epochs: k, samples, attempts, ...(cost ? { cost } : {}) };
    }),
  );
}

/** What a suite of so many samples can find at each number of epochs. */
export function detectableWith(
  samples: number,
  variance: PairedVariance,
  epochs: readonly number[],
  design: Design = {},
): { epochs: number; difference: number }[] {
  return epochs.map((k) => ({
    epochs: k,
    difference: minimumDetectableDifference(plannedError(samples, variance, k), design),
  }));
}
