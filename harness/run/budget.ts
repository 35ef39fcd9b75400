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

/** What a request will take, as far as can be told. */
export interface ExpectedUse extends Usage {
  /** Goes in a batch, at its price. */
  batch?: boolean;
}

/** Leave to send one request. Settled exactly once, by its reply or by nothing. */
export interface Ticket {
  settle(completion: Completion | undefined, tries?: number): void;
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
export class Budget {
  readonly spent: Spending = { requests: 0, tokens: 0, cost: 0 };
  /** Which limit was met, once one was. */
  usedUp: string | undefined;
  private readonly limits: BudgetLimits;
  private readonly caps: Partial<Spending>;
  private readonly reserved: Spending = { requests: 0, tokens: 0, cost: 0 };
  private readonly means = new Map<string, { n: number; tokens: number; cost: number }>();
  private inFlight = 0;
  private waiting: (() => void)[] = [];

  constructor(limits: BudgetLimits) {
    this.limits = limits;
    const { requests, tokens, cost } = limits;
    this.caps = {
      ...(requests === undefined ? {} : { requests }),
      ...(tokens === undefined ? {} : { tokens }),
      ...(cost === undefined ? {} : { cost: cost.amount }),
    };
  }

  /**
   * Waits while the requests in flight may yet use up the rest. Undefined once nothing more fits; `usedUp`
   * then says which limit was met.
   */
  async admit(model: ModelRecord, expected: ExpectedUse = {}): Promise<Ticket | undefined> {
    while (this.usedUp === undefined) {
      const need = this.guess(model, expected);
      const part = this.blockedBy(need);
      if (part === undefined) return this.book(model, need);
      if (this.inFlight === 0) this.usedUp = sayUsedUp(part, this.limits, this.spent);
      else await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
    return undefined;
  }

  private guess(model: ModelRecord, expected: ExpectedUse): Spending {
    const mean = this.means.get(model.id);
    if (mean && mean.n >= 5) {
      return { requests: 1, tokens: mean.tokens / mean.n, cost: mean.cost / mean.n };
    }
    const { tokens = 0, cost = 0 } = priced(model, expected, expected.batch);
    return { requests: 1, tokens, cost };
  }

  private blockedBy(need: Spending): Part | undefined {
    return PARTS.find((part) => {
      const cap = this.caps[part];
      if (cap === undefined) return false;
      // Sums of cents are binary dust; and a guess of 0 must not go on for ever once the cap is met.
      const slack = cap * 1e-9;
      const used = this.spent[part];
      return used >= cap - slack || used + this.reserved[part] + need[part] > cap + slack;
    });
  }

  private book(model: ModelRecord, need: Spending): Ticket {
    this.inFlight += 1;
    for (const part of PARTS) this.reserved[part] += need[part];
    return {
      settle: (completion, tries) => {
        this.inFlight -= 1;
        for (const part of PARTS) this.reserved[part] -= need[part];
        if (!completion?.cached) this.spent.requests += completion?.tries ?? tries ?? 1;
        if (completion && !completion.cached) this.spend(model, completion, need);
        const woken = this.waiting;
        this.waiting = [];
        for (const wake of woken) wake();
      },
    };
  }

  private spend(model: ModelRecord, { usage, batch }: Completion, need: Spending): void {
    const { tokens = need.tokens, cost = need.cost } = priced(model, usage, batch);
    this.spent.tokens += tokens;
    this.spent.cost += cost;
    const { n, ...sum } = this.means.get(model.id) ?? { n: 0, tokens: 0, cost: 0 };
    this.means.set(model.id, { n: n + 1, tokens: sum.tokens + tokens, cost: sum.cost + cost });
  }
}

function priced(model: ModelRecord, usage: Usage, batch?: boolean): { tokens?: number; cost?: number } {
  const { inputTokens, outputTokens } = usage;
  const cost = costOf(model, usage, batch);
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
