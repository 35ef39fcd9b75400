import { batchShare } from '../core/batch.ts';
import type { ModelRecord } from '../core/event.ts';
import type { Usage } from '../core/provider.ts';
import type { AttemptRecord, ReplyRecord } from './records.ts';
import { quantile } from './statistics/quantile.ts';
import type { Amount, Result } from './summary.ts';

type UsageResult = Pick<
  Result,
  | 'replies'
  | 'finishes'
  | 'truncated'
  | 'refused'
  | 'filtered'
  | 'format'
  | 'tokens'
  | 'cost'
  | 'carbon'
  | 'latency'
  | 'served_models'
>;

/** What a model's replies took and how they ended. */
export function usageOf(model: ModelRecord, attempts: readonly AttemptRecord[]): UsageResult {
  const replies = attempts.flatMap(({ reply }) => (reply ? [reply] : []));
  const finishes: Result['finishes'] = {};
  for (const { finish } of replies) finishes[finish] = (finishes[finish] ?? 0) + 1;
  const cost = costOf(model.prices, replies);
  const carbon = carbonOf(model.energy, replies);
  const latency = latencyOf(replies);
  const format = formatOf(attempts);
  return {
    replies: replies.length,
    finishes,
    truncated: finishes.length ?? 0,
    refused: finishes.refusal ?? 0,
    filtered: finishes['content-filter'] ?? 0,
    ...(format ? { format } : {}),
    tokens: tokensOf(replies),
    ...(cost ? { cost } : {}),
    ...(carbon ? { carbon } : {}),
    ...(latency ? { latency } : {}),
    served_models: [...new Set(replies.flatMap(({ servedModel }) => servedModel ?? []))].sort(),
  };
}

function formatOf(attempts: readonly AttemptRecord[]): Result['format'] {
  const marked = attempts.filter(({ obeyed }) => obeyed !== undefined);
  if (marked.length === 0) return undefined;
  const obeyed = marked.filter((attempt) => attempt.obeyed).length;
  return { obeyed, of: marked.length, share: obeyed / marked.length };
}

function tokensOf(replies: readonly ReplyRecord[]): Result['tokens'] {
  const tokens: Result['tokens'] = {};
  const put = (name: keyof Result['tokens'], member: keyof Usage) => {
    const amount = total(replies.map(({ usage }) => usage[member]));
    if (amount) tokens[name] = amount;
  };
  put('input', 'inputTokens');
  put('output', 'outputTokens');
  put('reasoning', 'reasoningTokens');
  put('cached_input', 'cachedInputTokens');
  return tokens;
}

function total(counts: readonly (number | undefined)[]): Amount | undefined {
  const known = counts.filter((count) => count !== undefined);
  if (known.length === 0) return undefined;
  return { count: known.reduce((sum, count) => sum + count, 0), complete: known.length === counts.length };
}

/**
 * Money of all replies at list price. Input that a vendor read from its own prompt cache counts in full, since
 * its discount is not in the price record: the amount is then an upper estimate of the bill.
 */
function costOf(prices: ModelRecord['prices'], replies: readonly ReplyRecord[]): Result['cost'] {
  if (!prices) return undefined;
  let [amount, spent] = [0, 0];
  let [known, complete] = [false, true];
  for (const { usage, cached, batch } of replies) {
    const { inputTokens, outputTokens } = usage;
    if (inputTokens === undefined || outputTokens === undefined) complete = false;
    if (inputTokens === undefined && outputTokens === undefined) continue;
    known = true;
    const cost =
      (((inputTokens ?? 0) * prices.input + (outputTokens ?? 0) * prices.output) / 1e6) *
      (batch ? batchShare(prices) : 1);
    amount += cost;
    if (!cached) spent += cost;
  }
  if (!known) return undefined;
  const { currency, asOf } = prices;
  return { amount, spent, currency, complete, ...(asOf === undefined ? {} : { as_of: asOf }) };
}

/** Energy and emissions of all replies, cached ones included: what answering these questions takes. */
function carbonOf(rates: ModelRecord['energy'], replies: readonly ReplyRecord[]): Result['carbon'] {
  if (!rates) return undefined;
  let energy_kwh = 0;
  let told = 0;
  for (const { usage, totalMs, batch } of replies) {
    if (usage.outputTokens === undefined || (batch && rates.kwhPerSecond > 0)) continue;
    told += 1;
    energy_kwh += usage.outputTokens * rates.kwhPerOutputToken + (totalMs / 1000) * rates.kwhPerSecond;
  }
  if (told === 0) return undefined;
  const { kgCo2PerKwh, method, factor } = rates;
  return { energy_kwh, kg_co2: energy_kwh * kgCo2PerKwh, complete: told === replies.length, method, factor };
}

function latencyOf(replies: readonly ReplyRecord[]): Result['latency'] {
  const fresh = replies.filter(({ cached, batch }) => !cached && !batch);
  if (fresh.length === 0) return undefined;
  const totals = Float64Array.from(fresh, ({ totalMs }) => totalMs).sort();
  const firsts = Float64Array.from(fresh.flatMap(({ firstTokenMs }) => firstTokenMs ?? [])).sort();
  return {
    p50_ms: quantile(totals, 0.5),
    p95_ms: quantile(totals, 0.95),
    n: fresh.length,
    ...(firsts.length > 0 ? { first_token_p50_ms: quantile(firsts, 0.5) } : {}),
  };
}
