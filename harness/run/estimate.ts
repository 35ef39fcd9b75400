import type { ModelRecord } from '../core/event.ts';
import type { Usage } from '../core/provider.ts';
import type { Sample } from '../core/sample.ts';
import { costOf, type Money } from './money.ts';
import { type RunPlan, workFor } from './plan.ts';

/** Guesses what asking a sample takes, without asking. A count left out is unknown. */
export type Estimator = (sample: Sample, model: ModelRecord) => Expected;

export interface Expected {
  inputTokens?: number;
  outputTokens?: number;
  /** What its judge would be asked. */
  judge?: { requests: number; inputTokens?: number; outputTokens?: number };
}

export interface LaneEstimate {
  model: string;
  requests: number;
  judgeRequests: number;
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
export async function estimateRun(
  plan: RunPlan,
  estimate: Estimator,
  judge?: ModelRecord,
): Promise<RunEstimate> {
  const amounts = new Map<string, number>();
  const unknown = new Set<string>();
  const spend = (model: ModelRecord, usage: Usage) => {
    const cost = costOf(model, usage);
    if (cost === undefined) unknown.add(model.id);
    else if (model.prices) {
      amounts.set(model.prices.currency, (amounts.get(model.prices.currency) ?? 0) + cost);
    }
  };
  const lanes: LaneEstimate[] = [];
  let scoreOnly = 0;
  for (const model of plan.models) {
    const lane: LaneEstimate = {
      model: model.id,
      requests: 0,
      judgeRequests: 0,
      inputTokens: 0,
      outputTokens: 0,
    };
    for await (const work of workFor(plan, model)) {
      const expected = estimate(work.sample, model);
      if (work.kind === 'score') scoreOnly += 1;
      else {
        lane.requests += 1;
        lane.inputTokens = plus(lane.inputTokens, expected.inputTokens);
        lane.outputTokens = plus(lane.outputTokens, expected.outputTokens);
        spend(model, usageOf(expected));
      }
      if (judge && expected.judge && expected.judge.requests > 0) {
        lane.judgeRequests += expected.judge.requests;
        spend(judge, usageOf(expected.judge));
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
    money: { amounts, unknown },
  };
}

const plus = (a: number | undefined, b: number | undefined) =>
  a === undefined || b === undefined ? undefined : a + b;

const usageOf = ({ inputTokens, outputTokens }: Pick<Expected, 'inputTokens' | 'outputTokens'>): Usage => ({
  ...(inputTokens === undefined ? {} : { inputTokens }),
  ...(outputTokens === undefined ? {} : { outputTokens }),
});
