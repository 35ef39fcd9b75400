import type { Lang } from '../../../core/lang.ts';
import { lossDifference } from '../../../engineering/forecast/compare.ts';
import { decimals } from '../../wording.ts';
import { type CompareForecastsFacts, CRITICAL, columnsOf } from './facts.ts';
import { type CompareForecastsAnswer, shared } from './family.ts';

/** The worked solution: errors, RMSE and skill, the loss difference, its memory, the verdict. */
export function compareForecastsWork(
  facts: CompareForecastsFacts,
  answer: CompareForecastsAnswer,
  lang: Lang,
): string {
  const { a, b } = columnsOf(facts);
  const actual = shared(facts);
  const { n, mean, rho, n_effective } = lossDifference(actual, a, b);
  const d = (value: number) => decimals(value, 3);
  const table = facts.rows
    .flatMap((row) => {
      if (row.actual === null || row.a === null) return [];
      const [ea, eb] = [row.a - row.actual, row.b - row.actual];
      const cells = [ea, eb, row.yesterday - row.actual].map((e) => decimals(e, 1)).join(' | ');
      return [`| ${row.time} | ${cells} | ${decimals(ea ** 2 - eb ** 2, 2)} |`];
    })
    .join('\n');
  const left = facts.rows.filter((row) => row.actual === null || row.a === null).map(({ time }) => time);
  const deviation = Math.abs(mean / answer.t) * Math.sqrt(n);
  const shows = {
    en: { a_better: 'A is better', b_better: 'B is better', not_shown: 'no difference is shown' },
    zh: { a_better: 'A 更优', b_better: 'B 更优', not_shown: '不能说明两者有差别' },
  }[lang][answer.verdict];
  const t = `${d(mean)}/(${d(deviation)}/√${n}) = ${d(answer.t)}`;
  const corrected = `${d(answer.t)}·√(${d(n_effective)}/${n}) = ${d(answer.t_effective)}`;
  const beyond = Math.abs(answer.t_effective) > CRITICAL ? '>' : '≤';
  return lang === 'zh'
    ? [
        `1. 剔除 ${left.join('、')}，有效 ${n} 个小时。误差及损失差 d = e_A² − e_B²：\n\n| 时刻 | e_A | e_B | 持续法误差 | d |\n|---|---|---|---|---|\n${table}`,
        `2. RMSE：A ${d(answer.rmse_a)} MW，B ${d(answer.rmse_b)} MW，持续法 ${d(answer.rmse_persistence)} MW；技巧评分：A ${d(answer.skill_a)} %，B ${d(answer.skill_b)} %。`,
        `3. t = ${t}。`,
        `4. d 的一阶自相关系数 ρ = ${d(rho)}，有效样本数 ${n}×(1 − ρ)/(1 + ρ) = ${d(n_effective)}，修正后 t = ${corrected}。`,
        `5. |修正后 t| ${beyond} ${CRITICAL}：${shows}。`,
      ].join('\n\n')
    : [
        `1. ${left.join(' and ')} are left out, ${n} hours count. Errors and the difference of losses d = e_A² − e_B²:\n\n| time | e_A | e_B | persistence | d |\n|---|---|---|---|---|\n${table}`,
        `2. RMSE: A ${d(answer.rmse_a)} MW, B ${d(answer.rmse_b)} MW, persistence ${d(answer.rmse_persistence)} MW; skill: A ${d(answer.skill_a)} %, B ${d(answer.skill_b)} %.`,
        `3. t = ${t}.`,
        `4. ρ of d = ${d(rho)}, so the hours are worth ${n}·(1 − ρ)/(1 + ρ) = ${d(n_effective)}; corrected t = ${corrected}.`,
        `5. |corrected t| ${beyond} ${CRITICAL}: ${shows}.`,
      ].join('\n\n');
}
