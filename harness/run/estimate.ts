import { batchShare } from '../core/batch.ts';
import type { ModelRecord } from '../core/event.ts';
import type { Usage } from '../core/provider.ts';
import type { Sample } from '../core/sample.ts';
import { costOf, type Money } from './money.ts';
import { type Planned, type RunPlan, workFor } from './plan.ts';

/** Guesses what asking a sample takes, without asking. A count left out is unknown. */
export type Estimator<S = Sample> = (sample: S, model: ModelRecord) => Expected;

export interface Expected {
  inputTokens?: number;
  outputTokens?: number;
  /** Asked in a batch, at its price. */
  batch?: boolean;
  /** What its judge would be asked. */
  judge?: { requests: number; inputTokens?: number; outputTokens?: number };
}

export interface LaneEstimate {
  model: string;
  requests: number;
  judgeRequests: number;
  /** What its batches cost, as a share of its prices; absent where it is asked one by one. */
  batchShare?: number;
  /** Undefined where the estimator could not tell for some sample. */
  inputTokens: number | undefined;
  outputTokens: number | undefined;
}

export interface RunEstimate {
  lanes: LaneEstimate[];
  requests: number;
  judgeRequests: number;
  /** Replies in hand that would only be scored. */
  scoreOnly: number;
  money: Money;
}

/** What a run would take: a dry run. Nothing is asked, and nothing is written. */
export async function estimateRun<S extends Planned>(
  plan: RunPlan<S>,
  estimate: Estimator<S>,
  judges: readonly ModelRecord[] = [],
): Promise<RunEstimate> {
  const purse = new Purse();
  const lanes: LaneEstimate[] = [];
  let scoreOnly = 0;
  for (const model of plan.models) {
    const lane: LaneEstimate = { model: model.id, requests: 0, judgeRequests: 0, ...NO_TOKENS };
    for await (const { kind, sample } of workFor(plan, model)) {
      const expected = estimate(sample, model);
      if (kind === 'score') scoreOnly += 1;
      else addRequest(lane, expected, purse, model);
      if (!expected.judge || expected.judge.requests === 0) continue;
      for (const judge of judges) {
        lane.judgeRequests += expected.judge.requests;
        purse.spend(judge, usageOf(expected.judge));
      }
    }
    lanes.push(lane);
  }
  const sum = (of: (lane: LaneEstimate) => number) => lanes.reduce((total, lane) => total + of(lane), 0);
  return {
    lanes,
    requests: sum((lane) => lane.requests),
    judgeRequests: sum((lane) => lane.judgeRequests),
    scoreOnly,
    money: purse,
  };
}

const NO_TOKENS: Pick<LaneEstimate, 'inputTokens' | 'outputTokens'> = { inputTokens: 0, outputTokens: 0 };

class Purse implements Money {
  readonly amounts = new Map<string, number>();
  readonly unknown = new Set<string>();

  spend(model: ModelRecord, usage: Usage, batch?: boolean): void {
    const cost = costOf(model, usage, batch);
    if (cost === undefined) this.unknown.add(model.id);
    else if (model.prices) {
      const { currency } = model.prices;
      this.amounts.set(currency, (this.amounts.get(currency) ?? 0) + cost);
    }
  }
}

function addRequest(lane: LaneEstimate, expected: Expected, purse: Purse, model: ModelRecord): void {
  lane.requests += 1;
  lane.inputTokens = plus(lane.inputTokens, expected.inputTokens);
  lane.outputTokens = plus(lane.outputTokens, expected.outputTokens);
  if (expected.batch) lane.batchShare = batchShare(model.prices);
  purse.spend(model, usageOf(expected), expected.batch);
}

const plus = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? undefined : a + b;

const usageOf = ({ inputTokens, outputTokens }: Pick<Expected, 'inputTokens' | 'outputTokens'>): Usage => ({
  ...(inputTokens === undefined ? {} : { inputTokens }),
  ...(outputTokens === undefined ? {} : { outputTokens }),
});
