import type { Lang } from '../../../core/lang.ts';
import { expectedShortage, lolp } from '../../../engineering/system/adequacy.ts';
import { decimals } from '../../wording.ts';
import type { AdequacyAnswer } from './adequacy.ts';
import { type AdequacyFacts, daysShort, tableOf } from './adequacy-facts.ts';

const SHOWN = 14;

/** The worked solution: the table as far as it matters, level by level, and what firm capacity changes. */
export function adequacyWork(facts: AdequacyFacts, answer: AdequacyAnswer, lang: Lang): string {
  const table = tableOf(facts);
  const zh = lang === 'zh';
  const p = (value: number) => decimals(value, 7);
  const states = table.states
    .slice(0, SHOWN)
    .map(({ lost_mw, probability, cumulative }) => `| ${lost_mw} | ${p(probability)} | ${p(cumulative)} |`);
  const heads = zh
    ? '| 停运容量（MW） | 确切概率 | 累积概率 |'
    : '| lost, MW | probability | of so much or more |';
  const copt = [heads, '|---|---|---|', ...states].join('\n');
  const hours = facts.loads.map(
    ({ load_mw, hours: h }) =>
      `| ${load_mw} | ${table.installed_mw - load_mw} | ${p(lolp(table, load_mw))} | ${h} | ${decimals(h * lolp(table, load_mw), 4)} | ${decimals(h * expectedShortage(table, load_mw), 2)} |`,
  );
  const days = facts.peaks.map(({ peak_mw, days: d }) => `${d} × ${p(lolp(table, peak_mw))}`).join(' + ');
  const left = decimals(daysShort(facts, table, answer.firm), 4);
  const less = decimals(daysShort(facts, table, answer.firm - 1), 4);
  const levels = (head: string) => [head, '|---|---|---|---|---|---|', ...hours].join('\n');
  const [d, firm] = [decimals(answer.lole_d, 4), decimals(answer.firm, 1)];
  return (
    zh
      ? [
          `1. 逐台机组卷积形成停运容量概率表（总装机 ${table.installed_mw} MW${table.states.length > SHOWN ? `，列出前 ${SHOWN} 个状态` : ''}）：\n\n${copt}`,
          `2. 负荷为 L 时，停运容量大于装机 − L 即缺电，LOLP 取相应累积概率；平均缺电功率 Σ 概率 ×（L − 可用容量）：\n\n${levels('| 负荷（MW） | 备用（MW） | LOLP | 小时 | 小时 × LOLP | 电量不足（MWh） |')}`,
          `3. 最高负荷水平的 LOLP = ${decimals(answer.lolp, 4)}%；LOLE = ${decimals(answer.lole_h, 4)} h/年；EENS = ${decimals(answer.eens, 2)} MWh/年。`,
          `4. 按日最大负荷：LOLE = ${days} = ${d} 天/年。两种 LOLE 的负荷模型不同，不能用 24 换算。`,
          `5. 增加始终可用的容量 x，相当于各日最大负荷减少 x。x = ${firm} MW 时 LOLE = ${left} 天/年 ≤ ${facts.target_d}；再少 1 MW 则为 ${less} 天/年，不满足要求。`,
        ]
      : [
          `1. Convolving unit by unit gives the capacity outage table (${table.installed_mw} MW installed${table.states.length > SHOWN ? `; the first ${SHOWN} states` : ''}):\n\n${copt}`,
          `2. At a load L, losing more than installed − L leaves load unserved: LOLP is that cumulative probability, and the mean shortage is Σ probability × (L − capacity left):\n\n${levels('| load, MW | margin, MW | LOLP | hours | hours × LOLP | unserved, MWh |')}`,
          `3. LOLP at the highest level ${decimals(answer.lolp, 4)} %; LOLE ${decimals(answer.lole_h, 4)} h/yr; EENS ${decimals(answer.eens, 2)} MWh/yr.`,
          `4. By daily peaks LOLE = ${days} = ${d} d/yr. The two rest on different load models: 24 does not turn one into the other.`,
          `5. Firm capacity x acts as if all peaks were lower by x. With ${firm} MW the days come to ${left} ≤ ${facts.target_d}; with 1 MW less to ${less}, which is too much.`,
        ]
  ).join('\n\n');
}
