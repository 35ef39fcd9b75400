import type { Lang } from '../../../core/lang.ts';
import { decimals } from '../../wording.ts';
import type { ArbitrageAnswer } from './arbitrage.ts';
import type { ArbitrageFacts } from './arbitrage-facts.ts';
import { hourTable, storedAfter } from './store-plan.ts';

/** The worked solution: what spread must pay, the program, the schedule with its energy, and the account. */
export function arbitrageWork(facts: ArbitrageFacts, answer: ArbitrageAnswer, lang: Lang): string {
  const { storage, prices, currency } = facts;
  const { charge_efficiency: up, discharge_efficiency: down, wear_cost = 0, max_cycles } = storage;
  const stored = storedAfter(answer.schedule, storage);
  const total = (of: (p: number, price: number) => number) =>
    answer.schedule.reduce((sum, p, t) => sum + of(p, prices[t] as number), 0);
  const sales = total((p, price) => Math.max(0, p) * price);
  const bought = total((p, price) => Math.max(0, -p) * price);
  const delivered = total((p) => Math.max(0, p));
  const n = (value: number) => decimals(value, 2);
  const trip = n(100 * up * down);
  const [wear, profit] = [n(wear_cost * delivered), n(answer.profit)];
  if (lang === 'zh') {
    const cycles =
      max_cycles === undefined
        ? ''
        : `放电电量 ${n(delivered)} MWh，上限 ${n(max_cycles * storage.energy_mwh)} MWh。`;
    return [
      `1. 往返效率 ${up} × ${down} = ${trip}%。充电价为 p 时，放电价须高于 p/${decimals(up * down, 4)}${wear_cost > 0 ? ` + ${wear_cost}` : ''} ${currency.unit} 才有收益。`,
      `2. 以各时段充、放电功率为变量列线性规划：E_t = E_{t−1} + ${up}·P充 − P放/${down}，计入功率、电量上下限和期末电量约束${max_cycles === undefined ? '' : '以及放电电量上限'}，使收益最大；充放电不同时进行${prices.some((p) => p < 0) ? '（有负电价，须用 0-1 变量限制）' : ''}。`,
      `3. 计划及各时段末电量：\n\n${hourTable(['时段', `电价（${currency.unit}）`, '功率（MW，放电为正）', '时段末电量（MWh）'], prices, answer.schedule, stored)}`,
      `4. 售电收入 ${n(sales)} 元 − 购电费用 ${n(bought)} 元${wear_cost > 0 ? ` − 损耗成本 ${wear} 元` : ''} = ${profit} 元。${cycles}`,
    ].join('\n\n');
  }
  const cycles =
    max_cycles === undefined
      ? ''
      : ` Delivered: ${n(delivered)} MWh of at most ${n(max_cycles * storage.energy_mwh)} MWh.`;
  return [
    `1. A round trip keeps ${up} × ${down} = ${trip} %. Energy bought at p pays only if sold above p/${decimals(up * down, 4)}${wear_cost > 0 ? ` + ${wear_cost}` : ''} ${currency.unit}.`,
    `2. A linear program in charge c and discharge d by hour: E_t = E_{t−1} + ${up}·c − d/${down}, with the limits of power and energy, the end of charge${max_cycles === undefined ? '' : ' and the limit of energy delivered'}; most profit wins.${prices.some((p) => p < 0) ? ' A negative price would make charging and discharging at once pay, so a 0-1 variable by hour forbids it.' : ''}`,
    `3. The schedule and what is stored after each hour:\n\n${hourTable(['hour', `price, ${currency.unit}`, 'power, MW (discharge above 0)', 'stored, MWh'], prices, answer.schedule, stored)}`,
    `4. Sales $${n(sales)} less purchases $${n(bought)}${wear_cost > 0 ? ` less wear $${wear}` : ''}: $${profit}.${cycles}`,
  ].join('\n\n');
}
