import { UserError } from '../core/errors.ts';
import type { ModelRecord } from '../core/event.ts';
import type { Completion, Usage } from '../core/provider.ts';
import { costOf } from './money.ts';

/** What one call of `wattmark run` may use. A resumed run begins anew at 0. */
export interface BudgetLimits {
  cost?: { amount: number; currency: string };
  timeMs?: number;
  /** As sent, retries included; replies from a cache are free. */
  requests?: number;
  /** Input and output together. */
  tokens?: number;
}

/** Leave to send one request. Settled exactly once, by its reply or by nothing. */
export interface Ticket {
  settle(completion: Completion | undefined, tries?: number): void;
}

export interface Budget {
  /**
   * Waits while the requests in flight may yet use up the rest. Undefined once nothing more fits; `usedUp`
   * then says which limit was met.
   */
  admit(model: ModelRecord, expected?: Usage): Promise<Ticket | undefined>;
  readonly usedUp: string | undefined;
  readonly spent: Readonly<Spending>;
}

interface Spending {
  requests: number;
  tokens: number;
  cost: number;
}
type Part = keyof Spending;
const PARTS: readonly Part[] = ['requests', 'tokens', 'cost'];

/**
 * Faults of a budget that could not be kept: an unknown price is unknown, not 0.
 * @throws UserError
 */
export function checkBudget({ cost }: BudgetLimits, models: Iterable<ModelRecord>): void {
  if (!cost) return;
  for (const { id, baseline, prices } of models) {
    if (baseline) continue;
    if (!prices) {
      throw new UserError(
        `--max-cost cannot be kept: the price of ${id} is unknown`,
        'give its prices in wattmark.yaml, or use --max-tokens or --max-requests',
      );
    }
    if (prices.currency !== cost.currency) {
      throw new UserError(
        `--max-cost is in ${cost.currency}, but ${id} is priced in ${prices.currency}`,
        'give all prices of a run in one currency',
      );
    }
  }
}

/**
 * Counts what is spent and what is in flight. A request in flight is taken at the mean of its model's replies
 * so far, or at the caller's guess before there are some; the last requests may still overshoot by their scatter.
 */
export function createBudget(limits: BudgetLimits): Budget {
  const caps: Partial<Spending> = {
    ...(limits.requests === undefined ? {} : { requests: limits.requests }),
    ...(limits.tokens === undefined ? {} : { tokens: limits.tokens }),
    ...(limits.cost === undefined ? {} : { cost: limits.cost.amount }),
  };
  const spent: Spending = { requests: 0, tokens: 0, cost: 0 };
  const reserved: Spending = { requests: 0, tokens: 0, cost: 0 };
  const means = new Map<string, { n: number; tokens: number; cost: number }>();
  let inFlight = 0;
  let usedUp: string | undefined;
  let waiting: (() => void)[] = [];

  const guess = (model: ModelRecord, expected: Usage): Spending => {
    const mean = means.get(model.id);
    if (mean && mean.n >= 5) return { requests: 1, tokens: mean.tokens / mean.n, cost: mean.cost / mean.n };
    const { tokens, cost } = priced(model, expected);
    return { requests: 1, tokens: tokens ?? 0, cost: cost ?? 0 };
  };
  const blocked = (need: Spending): Part | undefined =>
    PARTS.find((part) => {
      const cap = caps[part];
      if (cap === undefined) return false;
      // Sums of cents are binary dust; and a guess of 0 must not go on for ever once the cap is met.
      const slack = cap * 1e-9;
      return spent[part] >= cap - slack || spent[part] + reserved[part] + need[part] > cap + slack;
    });

  const book = (model: ModelRecord, need: Spending): Ticket => {
    inFlight += 1;
    for (const part of PARTS) reserved[part] += need[part];
    return {
      settle(completion, tries) {
        inFlight -= 1;
        for (const part of PARTS) reserved[part] -= need[part];
        if (completion && !completion.cached) {
          const { tokens = need.tokens, cost = need.cost } = priced(model, completion.usage);
          spent.tokens += tokens;
          spent.cost += cost;
          const mean = means.get(model.id) ?? { n: 0, tokens: 0, cost: 0 };
          means.set(model.id, { n: mean.n + 1, tokens: mean.tokens + tokens, cost: mean.cost + cost });
        }
        if (!completion?.cached) spent.requests += completion?.tries ?? tries ?? 1;
        const woken = waiting;
        waiting = [];
        for (const wake of woken) wake();
      },
    };
  };

  return {
    spent,
    get usedUp() {
      return usedUp;
    },
    async admit(model, expected = {}) {
      for (;;) {
        if (usedUp !== undefined) return undefined;
        const need = guess(model, expected);
        const part = blocked(need);
        if (part === undefined) return book(model, need);
        if (inFlight === 0) {
          usedUp = sayUsedUp(part, limits, spent);
          return undefined;
        }
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
  };
}

function priced(model: ModelRecord, usage: Usage): { tokens?: number; cost?: number } {
  const { inputTokens, outputTokens } = usage;
  const cost = costOf(model, usage);
  return {
    ...(inputTokens === undefined || outputTokens === undefined
      ? {}
      : { tokens: inputTokens + outputTokens }),
    ...(cost === undefined ? {} : { cost }),
  };
}

function sayUsedUp(part: Part, limits: BudgetLimits, spent: Spending): string {
  if (part === 'cost') {
    const { amount, currency } = limits.cost as { amount: number; currency: string };
    return `the budget of ${amount} ${currency} is used up (${spent.cost.toFixed(4)} spent)`;
  }
  return `the budget of ${limits[part]} ${part} is used up (${Math.round(spent[part])} spent)`;
}
