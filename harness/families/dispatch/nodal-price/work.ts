import type { Lang } from '../../../core/lang.ts';
import { dcFlow } from '../../../engineering/grid/dc-flow.ts';
import { decimals } from '../../wording.ts';
import { type NodalPriceFacts, networkOf } from './facts.ts';
import type { NodalPriceAnswer } from './family.ts';

/** The worked solution: dispatch, flows, the units that move when one MW is added, prices, rent. */
export function nodalPriceWork(facts: NodalPriceFacts, answer: NodalPriceAnswer, lang: Lang): string {
  const base = networkOf(facts);
  const network = {
    ...base,
    generators: base.generators.map((unit) => ({
      ...unit,
      p_mw: answer.dispatch[unit.name as string] as number,
    })),
  };
  const { p_from_mw: flow_mw } = dcFlow(network, { convention: 'mp' });
  const flows = facts.lines
    .map(({ name, limit_mw }, i) => `| ${name} | ${decimals(flow_mw[i] as number, 2)} | ${limit_mw} |`)
    .join('\n');
  const outputs = facts.units
    .map(
      ({ name, bus, cost, p_max_mw }) =>
        `| ${name} | ${bus} | ${decimals(cost, 2)} | ${decimals(answer.dispatch[name] as number, 2)} | ${p_max_mw} |`,
    )
    .join('\n');
  const prices = Object.entries(answer.prices)
    .map(([bus, price]) => `${bus}: ${decimals(price, 2)}`)
    .join(lang === 'zh' ? '；' : '; ');
  const [shadow, rent] = [decimals(answer.shadow_price, 2), decimals(answer.congestion_rent, 2)];
  const inside = facts.units
    .filter(
      ({ name, p_max_mw }) =>
        (answer.dispatch[name] as number) > 0.01 && (answer.dispatch[name] as number) < p_max_mw - 0.01,
    )
    .map(({ name }) => name);
  const { unit } = facts.currency;
  const limit = facts.lines.find(({ name }) => name === answer.binding_line)?.limit_mw ?? 0;
  return lang === 'zh'
    ? [
        `1. 以 b = 1/x 建立直流潮流模型，求解 min Σ c·P，约束为各节点功率平衡和线路限额：\n\n| 机组 | 节点 | 报价 | 出力（MW） | 上限 |\n|---|---|---|---|---|\n${outputs}`,
        `2. 线路潮流（正方向为编号小的节点流向编号大的节点）：\n\n| 线路 | 潮流（MW） | 限额（MW） |\n|---|---|---|\n${flows}\n\n仅 ${answer.binding_line} 达到限额 ${limit} MW。`,
        `3. 出力处于上下限之间的机组 ${inside.join('、')} 为边际机组，所在节点电价等于其报价；其他节点再增加 1 MW 负荷时，由边际机组共同调整并保持 ${answer.binding_line} 潮流不变，由此得到各节点电价（${unit}）：${prices}。`,
        `4. ${answer.binding_line} 限额放宽 1 MW 可节省 ${shadow} 元/h，影子价格为 ${shadow} ${unit}；阻塞盈余 = 影子价格 × 限额 = ${decimals(answer.shadow_price, 4)} × ${limit} ≈ ${rent} 元/h，也等于 Σ 节点电价 ×（负荷 − 出力）。`,
      ].join('\n\n')
    : [
        `1. With b = 1/x, minimise Σ c·P subject to the balance at every bus and the line limits:\n\n| unit | bus | cost | output, MW | capacity |\n|---|---|---|---|---|\n${outputs}`,
        `2. Flows, positive from the lower to the higher bus number:\n\n| line | flow, MW | limit, MW |\n|---|---|---|\n${flows}\n\nOnly ${answer.binding_line} is at its limit of ${limit} MW.`,
        `3. The units inside their limits (${inside.join(', ')}) are marginal: the price at their buses is their cost. One more MW elsewhere is met by these units together, in the mix that leaves the flow on ${answer.binding_line} unchanged. Prices by bus, ${unit}: ${prices}.`,
        `4. One more MW of limit on ${answer.binding_line} would save ${facts.currency.symbol}${shadow} per hour: the shadow price. Congestion rent = shadow price × limit = ${decimals(answer.shadow_price, 4)} × ${limit} ≈ ${rent} ${facts.currency.symbol}/h, which is also Σ price × (load − output).`,
      ].join('\n\n');
}
