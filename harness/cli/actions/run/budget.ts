import type { BudgetLimits } from '../../../run/budget.ts';
import type { RunOptions } from '../../commands/run.ts';

/** The budget that a command line sets. */
export function budgetOf({ maxCost, maxTime, maxRequests, maxRunTokens }: RunOptions): BudgetLimits {
  return {
    ...(maxCost ? { cost: maxCost } : {}),
    ...(maxTime === undefined ? {} : { timeMs: maxTime }),
    ...(maxRequests === undefined ? {} : { requests: maxRequests }),
    ...(maxRunTokens === undefined ? {} : { tokens: maxRunTokens }),
  };
}
