import type { Lang } from '../../../core/lang.ts';
import { decimals } from '../../wording.ts';
import { allOn, type UnitCommitmentFacts } from './facts.ts';
import type { UnitCommitmentAnswer } from './family.ts';
import { fixedCosts } from './mistakes.ts';

/** The worked solution: the schedule with demand and reserve beside it, what it costs, and what the lazy plan would. */
export function unitCommitmentWork(
  facts: UnitCommitmentFacts,
  answer: UnitCommitmentAnswer,
  lang: Lang,
): string {
  const { units, demand_mw, reserve_mw, currency } = facts;
  const rows = units.map(({ name }) => (answer.schedule[name] as number[]).map((p) => decimals(p, 1)));
  const held = demand_mw.map((demand, t) => {
    const capacity = units.reduce(
      (sum, { name, p_max_mw }) => sum + ((answer.schedule[name] as number[])[t] ? p_max_mw : 0),
      0,
    );
    return String(capacity - demand);
  });
  const { starts, noLoad } = fixedCosts(facts, answer);
  const energy = answer.total_cost - starts - noLoad;
  const [total, fuel] = [decimals(answer.total_cost, 1), decimals(energy, 1)];
  const all = allOn(facts);
  const lazy = all ? decimals(all.cost, 1) : undefined;
  const money = currency.symbol;
  const words = lang === 'zh' ? ['时段', '负荷', '旋转备用'] : ['hour', 'demand', 'spinning reserve'];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const table = [
    line([words[0] as string, ...demand_mw.map((_, t) => String(t + 1))]),
    line(['---', ...demand_mw.map(() => '---')]),
    ...units.map(({ name }, i) => line([name, ...(rows[i] as string[])])),
    line([words[1] as string, ...demand_mw.map(String)]),
    line([words[2] as string, ...held]),
  ].join('\n');
  return lang === 'zh'
    ? [
        `1. 逐时段列出容量不低于负荷加备用（${reserve_mw} MW）、最小出力之和不高于负荷的机组组合，各组合内按单位电能成本由低到高分配负荷，得到该组合的运行费用。`,
        '2. 以各机组连续开机、停机小时数为状态做动态规划：状态转移须满足最小开机、停机时间，开机时计入启动费用，取总费用最低的路径。',
        `3. 最优结果（MW，0 表示停机）：\n\n${table}`,
        `4. 电能费用 ${fuel} 元，空载费用 ${noLoad} 元，启动费用 ${starts} 元，合计 ${total} 元。${lazy ? `全部机组始终并网则需 ${lazy} 元。` : '全部机组始终并网时，低谷时段最小出力之和超过负荷，不可行。'}`,
      ].join('\n\n')
    : [
        `1. For each hour list the sets of units whose capacity covers demand plus ${reserve_mw} MW of reserve and whose minimum outputs do not exceed demand; load each set in order of cost per MWh.`,
        '2. Go forward over the hours with the hours each unit has been on or off as the state: only changes that keep the minimum times are allowed, a start adds its cost, and the cheapest path wins.',
        `3. The best path, MW (0 is off):\n\n${table}`,
        `4. Energy ${money}${fuel}, no-load ${money}${noLoad}, starts ${money}${starts}: ${money}${total} in all. ${lazy ? `With every unit on throughout it would be ${money}${lazy}.` : 'With every unit on throughout, the minimum outputs would exceed demand in some hour.'}`,
      ].join('\n\n');
}
