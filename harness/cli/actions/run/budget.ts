import { loadTokenCounter, promptTokens } from '../../../../providers/tokens.ts';
import type { ModelRecord } from '../../../core/event.ts';
import type { Sample } from '../../../core/sample.ts';
import type { BudgetLimits, ExpectedUse } from '../../../run/budget.ts';
import type { RunOptions } from '../../commands/run.ts';

/** A reply with its reasoning, where nobody set --max-tokens: models differ tenfold, so this is only a middle. */
export const REPLY_TOKENS = 800;

/** The budget that a command line sets. */
export function budgetOf({ maxCost, maxTime, maxRequests, maxRunTokens }: RunOptions): BudgetLimits {
  return {
    ...(maxCost ? { cost: maxCost } : {}),
    ...(maxTime === undefined ? {} : { timeMs: maxTime }),
    ...(maxRequests === undefined ? {} : { requests: maxRequests }),
    ...(maxRunTokens === undefined ? {} : { tokens: maxRunTokens }),
  };
}

/**
 * What is reserved for a request of a batch. A batch is gone before its first reply tells what one takes, so a limit in money or
 * tokens could not hold by the mean of replies alone.
 */
export async function expectedInBatch(
  options: RunOptions,
): Promise<((sample: Sample, model: ModelRecord) => ExpectedUse) | undefined> {
  if (!options.batch || (!options.maxCost && options.maxRunTokens === undefined)) return undefined;
  const count = await loadTokenCounter();
  return ({ messages }, { baseline, settings: { maxTokens = REPLY_TOKENS } }) =>
    baseline ? {} : { inputTokens: promptTokens(messages, count), outputTokens: maxTokens, batch: true };
}
