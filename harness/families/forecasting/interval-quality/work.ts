import type { Lang } from '../../../core/lang.ts';
import { decimals } from '../../wording.ts';
import type { IntervalQualityFacts } from './facts.ts';
import type { IntervalQualityAnswer } from './family.ts';

/** The worked solution: misses, widths, penalties, the tail of the binomial distribution. */
export function intervalQualityWork(
  facts: IntervalQualityFacts,
  answer: IntervalQualityAnswer,
  lang: Lang,
): string {
  const d = (value: number) => decimals(value, 3);
  const measured = facts.rows.flatMap((row) => (row.actual === null ? [] : [{ ...row, actual: row.actual }]));
  const n = measured.length;
  const hits = n - answer.below - answer.above;
  const out = measured.filter(({ actual, lower, upper }) => actual < lower || actual > upper);
  const misses = out
    .map(
      ({ time, actual, lower, upper }) =>
        `${time} ${decimals(actual < lower ? actual - lower : actual - upper, 1)}`,
    )
    .join(lang === 'zh' ? '；' : '; ');
  const outside = out.reduce(
    (sum, { actual, lower, upper }) => sum + Math.max(lower - actual, actual - upper),
    0,
  );
  const widths = measured.reduce((sum, { lower, upper }) => sum + upper - lower, 0);
  const errors = measured.reduce((sum, { actual, median }) => sum + Math.abs(actual - median), 0);
  const alpha = decimals(1 - facts.nominal, 2);
  const [sum, gone, off] = [widths, outside, errors].map((value) => decimals(value, 1));
  return lang === 'zh'
    ? [
        `1. 有效时段 ${n} 个，区间外（超出量，MW）：${misses}。低于下限 ${answer.below} 个，高于上限 ${answer.above} 个，命中 ${hits} 个，覆盖率 ${hits}/${n} = ${d(answer.coverage)} %。`,
        `2. 平均区间宽度 = ${sum}/${n} = ${d(answer.width)} MW。`,
        `3. 区间评分 = 平均宽度 + (2/α)·Σ超出量/n = ${d(answer.width)} + (2/${alpha})×${gone}/${n} = ${d(answer.interval_score)} MW。`,
        `4. 中位数的分位数损失为绝对误差的一半：${off}/${n}/2 = ${d(answer.pinball_median)} MW。`,
        `5. 若真实覆盖率为 ${facts.nominal}，${n} 次中至多命中 ${hits} 次的概率为 ${decimals(answer.tail, 4)}，${answer.tail < 0.05 ? '小于 0.05，区间偏窄' : '不小于 0.05，不能否定标称覆盖率'}。`,
      ].join('\n\n')
    : [
        `1. ${n} hours count. Outside, by MW: ${misses}. ${answer.below} below, ${answer.above} above, ${hits} inside: coverage ${hits}/${n} = ${d(answer.coverage)} %.`,
        `2. Mean width = ${sum}/${n} = ${d(answer.width)} MW.`,
        `3. Interval score = mean width + (2/α)·Σ distance outside/n = ${d(answer.width)} + (2/${alpha})×${gone}/${n} = ${d(answer.interval_score)} MW.`,
        `4. The pinball loss of the median is half the absolute error: ${off}/${n}/2 = ${d(answer.pinball_median)} MW.`,
        `5. Were the true coverage ${facts.nominal}, at most ${hits} of ${n} would be inside with probability ${decimals(answer.tail, 4)}: ${answer.tail < 0.05 ? 'below 0.05, the intervals are too narrow' : 'not below 0.05, the nominal coverage is not refuted'}.`,
      ].join('\n\n');
}
