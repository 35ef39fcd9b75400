import { loadTokenCounter, promptTokens } from '../../../../providers/tokens.ts';
import { judgeRequests } from '../../../checkers/score-reply.ts';
import type { ModelRecord } from '../../../core/event.ts';
import type { Sample } from '../../../core/sample.ts';
import { compact } from '../../../report/figures.ts';
import { sanitiseLine } from '../../../report/sanitise.ts';
import { type Estimator, estimateRun, type LaneEstimate, type RunEstimate } from '../../../run/estimate.ts';
import type { RunPlan } from '../../../run/plan.ts';
import type { RunOptions } from '../../commands/run.ts';
import { EXIT, type ExitCode } from '../../exit-codes.ts';
import type { Io } from '../../io.ts';
import { REPLY_TOKENS } from './budget.ts';
import type { RunSetup } from './setup.ts';

const VERDICT_TOKENS = 80;

/** Says what a run would take, and asks nothing. */
export async function dryRun(plan: RunPlan, setup: RunSetup, options: RunOptions, io: Io): Promise<ExitCode> {
  const estimate = await estimateRun(
    plan,
    await estimator(options, setup.judging?.order.batch ?? false),
    setup.judging?.judges.map(({ record }) => record),
  );
  tellEstimate(estimate, setup.header.judge, options, io);
  return EXIT.done;
}

export function tellEstimate(
  estimate: RunEstimate,
  judge: string | undefined,
  { json }: Pick<RunOptions, 'json'>,
  io: Io,
): void {
  io.out(json ? `${JSON.stringify(asJson(estimate), null, 2)}\n` : asText(estimate, judge));
}

/** What a reply is taken to be long. */
export const replyTokens = ({ maxTokens = REPLY_TOKENS }: Pick<RunOptions, 'maxTokens'>): number =>
  Math.min(maxTokens, REPLY_TOKENS);

async function estimator(options: RunOptions, judgedAtOnce: boolean): Promise<Estimator> {
  const count = await loadTokenCounter();
  const known = new Map<string, number>();
  const input = (sample: Sample) => {
    let tokens = known.get(sample.hash);
    if (tokens === undefined) {
      tokens = promptTokens(sample.messages, count);
      if (known.size < 10_000) known.set(sample.hash, tokens);
    }
    return tokens;
  };
  const outputTokens = replyTokens(options);
  return (sample: Sample, model: ModelRecord) => {
    if (model.baseline) return { inputTokens: 0, outputTokens: 0 };
    // A judge reads the reply; what it will be asked is known but for that.
    const reply = sample.oracle.reply();
    const verdicts = judgeRequests(sample, reply).length;
    const judged = judgedAtOnce ? judgeRequests(sample, reply, { batch: true }) : { length: verdicts };
    const inputTokens = input(sample);
    // Question, reference and reply, with the rules.
    const perJudgement = inputTokens + 2 * outputTokens + 350;
    return {
      inputTokens,
      outputTokens,
      ...(options.batch && { batch: true }),
      judge: {
        requests: judged.length,
        inputTokens: judged.length * perJudgement,
        outputTokens: verdicts * VERDICT_TOKENS,
      },
    };
  };
}

function asText(
  { lanes, requests, judgeRequests: judged, scoreOnly, money }: RunEstimate,
  name: string | undefined,
): string {
  const tokens = (count: number | undefined) => (count === undefined ? 'unknown' : compact(count));
  const lines = lanes.map(
    (lane) =>
      `  ${sanitiseLine(lane.model)}: ${lane.requests} requests, about ${tokens(lane.inputTokens)} tokens in and ${tokens(lane.outputTokens)} out${batchText(lane)}`,
  );
  const judge = name === undefined ? [] : [`  judge ${sanitiseLine(name)}: ${judged} requests at most`];
  const scored = scoreOnly > 0 ? [`  ${scoreOnly} replies in hand would only be scored`] : [];
  return [
    `A dry run: nothing was asked. It would take ${requests} requests.`,
    ...lines,
    ...judge,
    ...scored,
    `Money: ${moneyText(money)}`,
    `Replies are taken at ${REPLY_TOKENS} tokens; a model that thinks longer costs more.`,
    '',
  ].join('\n');
}

const batchText = ({ batchShare }: LaneEstimate): string =>
  batchShare === undefined ? '' : `, in batches at ${Number((100 * batchShare).toFixed(2))} % of the price`;

function moneyText({ amounts, unknown }: RunEstimate['money']): string {
  const known = [...amounts].map(([currency, amount]) => `about ${amount.toFixed(2)} ${currency}`);
  const lost =
    unknown.size > 0
      ? [`unknown for ${[...unknown].map(sanitiseLine).join(', ')} (give prices in wattmark.yaml)`]
      : [];
  return [...known, ...lost].join('; ') || 'none';
}

function asJson({ money, ...rest }: RunEstimate) {
  return { ...rest, money: { amounts: Object.fromEntries(money.amounts), unknown: [...money.unknown] } };
}
