import type { Lang } from '../../../core/lang.ts';
import { decimals } from '../../wording.ts';
import type { MeritOrderFacts } from './facts.ts';
import type { MeritOrderAnswer } from './family.ts';

/** The worked solution: floors, the order of costs, who is marginal, what it all costs. */
export function meritOrderWork(facts: MeritOrderFacts, answer: MeritOrderAnswer, lang: Lang): string {
  const { units, demand_mw, currency } = facts;
  const floors = units.map((unit) => ({ ...unit, floor: unit.must_run_mw ?? unit.p_min_mw }));
  const sum = floors.reduce((total, { floor }) => total + floor, 0);
  let left = demand_mw - sum;
  const order = [...floors].sort((a, b) => a.cost - b.cost);
  const steps = order.map(({ name, capacity_mw, floor, cost }) => {
    const taken = Math.min(Math.max(0, left), capacity_mw - floor);
    left -= taken;
    return { name, cost, floor, taken, p_mw: floor + taken, capacity_mw };
  });
  const rows = steps.map(
    ({ name, cost, floor, taken, p_mw, capacity_mw }) =>
      `| ${name} | ${decimals(cost, 2)} | ${floor} | ${decimals(taken, 2)} | ${decimals(p_mw, 2)} | ${capacity_mw} |`,
  );
  const products = steps.map(({ cost, p_mw }) => `${decimals(p_mw, 2)}×${decimals(cost, 2)}`).join(' + ');
  const [price, cost] = [decimals(answer.price, 2), decimals(answer.total_cost, 2)];
  const money = currency.symbol;
  return lang === 'zh'
    ? [
        `1. 各机组必须承担的最小出力（必开机组取必开出力）合计 ${sum} MW，余下 ${decimals(demand_mw - sum, 2)} MW 按报价由低到高分配。`,
        `2. 报价排序（${currency.unit}）：\n\n| 机组 | 报价 | 最小/必开出力 | 增加出力 | 出力 | 额定容量 |\n|---|---|---|---|---|---|\n${rows.join('\n')}`,
        `3. 报价最低且尚有上调余量的机组为边际机组：再增加 1 MW 负荷，成本增加 ${price} 元，故系统边际电价为 ${price} ${currency.unit}。必开机组报价再高也不定价。`,
        `4. 总成本 = ${products} = ${cost} 元/h。`,
      ].join('\n\n')
    : [
        `1. The outputs that must run anyway (must-run where stated, else the minimum) add up to ${sum} MW; the other ${decimals(demand_mw - sum, 2)} MW go to the cheapest units first.`,
        `2. In order of cost (${currency.unit}):\n\n| unit | cost | floor, MW | added, MW | output, MW | capacity, MW |\n|---|---|---|---|---|---|\n${rows.join('\n')}`,
        `3. The cheapest unit with room left is marginal: one more MW would cost ${money}${price}, so the price is ${price} ${currency.unit}. The must-run unit sets no price, however dear it is.`,
        `4. Total cost = ${products} = ${money}${cost} per hour.`,
      ].join('\n\n');
}
