import type { EventOf, ModelRecord } from '../core/event.ts';
import type { Amount, Result } from './summary.ts';

/** What judging a model's replies has taken of one judge, summed as the judgements pass. */
export interface JudgeUse {
  judge: string;
  /** Replies of the judge, those included that a later one replaced: they were paid for. */
  replies: number;
  failed: number;
  again: number;
  input: Told;
  output: Told;
  /** The same without replies that came from a cache. */
  fresh: { input: number; output: number };
}

interface Told {
  sum: number;
  replies: number;
}

/** By candidate model, then by judge. */
export class JudgeUses {
  private readonly byModel = new Map<string, Map<string, JudgeUse>>();

  take({ model, judge, again, result }: EventOf<'judgement-end'>): void {
    let own = this.byModel.get(model);
    if (!own) this.byModel.set(model, (own = new Map()));
    let use = own.get(judge);
    if (!use) own.set(judge, (use = newUse(judge)));
    if (again) use.again += 1;
    if (result.status === 'failed') {
      use.failed += 1;
      return;
    }
    const { usage, cached } = result.completion;
    use.replies += 1;
    tell(use.input, usage.inputTokens);
    tell(use.output, usage.outputTokens);
    if (cached) return;
    use.fresh.input += usage.inputTokens ?? 0;
    use.fresh.output += usage.outputTokens ?? 0;
  }

  of(model: string): JudgeUse[] {
    return [...(this.byModel.get(model)?.values() ?? [])];
  }
}

const newUse = (judge: string): JudgeUse => ({
  judge,
  replies: 0,
  failed: 0,
  again: 0,
  input: { sum: 0, replies: 0 },
  output: { sum: 0, replies: 0 },
  fresh: { input: 0, output: 0 },
});

function tell(told: Told, tokens: number | undefined): void {
  if (tokens === undefined) return;
  told.sum += tokens;
  told.replies += 1;
}

/** What judging one model took, judge by judge; empty where no judge was asked. */
export function judgingOf(uses: readonly JudgeUse[], judges: readonly ModelRecord[]): Result['judging'] {
  if (uses.length === 0) return undefined;
  return uses.map((use) => {
    const input = amount(use.input, use.replies);
    const output = amount(use.output, use.replies);
    const cost = costOf(use, judges.find(({ id }) => id === use.judge)?.prices);
    return {
      judge: use.judge,
      replies: use.replies,
      failed: use.failed,
      again: use.again,
      tokens: { ...(input ? { input } : {}), ...(output ? { output } : {}) },
      ...(cost ? { cost } : {}),
    };
  });
}

const amount = ({ sum, replies }: Told, of: number): Amount | undefined =>
  replies === 0 ? undefined : { count: sum, complete: replies === of };

function costOf(use: JudgeUse, prices: ModelRecord['prices']): Result['cost'] {
  if (!prices || use.input.replies + use.output.replies === 0) return undefined;
  const { currency, asOf } = prices;
  const worth = (input: number, output: number) => (input * prices.input + output * prices.output) / 1e6;
  return {
    amount: worth(use.input.sum, use.output.sum),
    spent: worth(use.fresh.input, use.fresh.output),
    currency,
    complete: use.input.replies === use.replies && use.output.replies === use.replies,
    ...(asOf === undefined ? {} : { as_of: asOf }),
  };
}
