import type { Lang } from '../../../core/lang.ts';
import { type BriefingFacts, isSupply } from './facts.ts';
import { causeName } from './names.ts';
import { figure } from './reply.ts';
import { RAMP_H, solveBriefing } from './solve.ts';
import { clock } from './words.ts';

/** How each figure of the briefing comes from the table. */
export function briefingWork(facts: BriefingFacts, lang: Lang): string {
  const { peak, ramp, error, reviewed, reserve, stressed, margin } = solveBriefing(facts);
  const { rows, quantile, limit, unit, series, past, ahead } = facts;
  const n = rows.filter(({ actual }) => actual !== null).length;
  const q = (value: number) => `${value < 0 ? '−' : ''}${figure(value)} ${unit}`;
  const at = (step: number) => q(rows[step]?.forecast as number);
  const end = ramp.step + RAMP_H;
  const sign = isSupply(facts) ? '−' : '+';
  const names = { past: causeName(past.kind, series, lang), ahead: causeName(ahead.kind, series, lang) };
  const span = ({ from, to }: { from: number; to: number }) => `${clock(from)}–${clock(to - 1)}`;
  if (lang === 'zh')
    return [
      `1. 后续时段最大值为 ${q(peak.value)}（${clock(peak.step)}）。`,
      `2. 三小时变化 |P(h+3) − P(h)| 最大者为 ${clock(ramp.step)}（${at(ramp.step)}）至 ${clock(end)}（${at(end)}）：${q(ramp.change)}。`,
      `3. 复盘时段共 ${reviewed[1] - reviewed[0]} 个小时，预测减实际的平均值为 ${q(error)}。偏差集中在 ${span(past)}：${names.past}。后续时段的已知因素：${names.ahead}。`,
      `4. 全表有实际值的时段共 ${n} 个，按不利方向的误差升序取第 ⌈${quantile}×${n}⌉ = ${Math.ceil(quantile * n)} 个：${q(reserve)}。`,
      `5. 校核值 = ${q(peak.value)} ${sign} ${q(reserve)} = ${q(stressed)}，与限值 ${q(limit)} 相比为 ${q(margin)}。`,
    ].join('\n\n');
  return [
    `1. The highest hour ahead is ${q(peak.value)} at ${clock(peak.step)}.`,
    `2. The largest |P(h+3) − P(h)| runs from ${clock(ramp.step)} (${at(ramp.step)}) to ${clock(end)} (${at(end)}): ${q(ramp.change)}.`,
    `3. Forecast less actual over the ${reviewed[1] - reviewed[0]} hours reviewed is ${q(error)} on average. It gathers at ${span(past)}: ${names.past}. Known for the hours ahead: ${names.ahead}.`,
    `4. ${n} hours have an actual. Of their errors in the unfavourable direction, sorted upwards, number ⌈${quantile} × ${n}⌉ = ${Math.ceil(quantile * n)} is ${q(reserve)}.`,
    `5. Stressed value = ${q(peak.value)} ${sign} ${q(reserve)} = ${q(stressed)}; held against ${q(limit)} that is ${q(margin)}.`,
  ].join('\n\n');
}
