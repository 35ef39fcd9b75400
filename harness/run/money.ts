import { batchShare } from '../core/batch.ts';
import type { ModelRecord } from '../core/event.ts';
import type { Usage } from '../core/provider.ts';

/** Money as far as it is known: sums by currency, and who could not be priced. Unknown is never 0. */
export interface Money {
  amounts: ReadonlyMap<string, number>;
  /** Models whose price nobody told us, or whose endpoint counts no tokens. */
  unknown: ReadonlySet<string>;
}

/**
 * What one reply cost, in the currency of the model's prices: tokens × price / 10⁶. A baseline costs nothing;
 * undefined where the price or a count is unknown.
 */
export function costOf(
  model: Pick<ModelRecord, 'baseline' | 'prices'>,
  usage: Usage,
  batch = false,
): number | undefined {
  if (model.baseline) return 0;
  const { inputTokens, outputTokens } = usage;
  if (!model.prices || inputTokens === undefined || outputTokens === undefined) return undefined;
  const share = batch ? batchShare(model.prices) : 1;
  return (share * (inputTokens * model.prices.input + outputTokens * model.prices.output)) / 1e6;
}
