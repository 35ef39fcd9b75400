import type { Lang } from '../../../core/lang.ts';
import { dcFlow } from '../../../engineering/grid/dc-flow.ts';
import { ptdf } from '../../../engineering/grid/distribution-factors.ts';
import { decimals } from '../../wording.ts';
import { networkOf, type PriceSeparationFacts } from './facts.ts';
import type { PriceSeparationAnswer } from './family.ts';
import { statementReasons } from './reasons.ts';

/** The worked solution: flows from the dispatch, what is full, shadow prices from prices and factors, rent, transfer. */
export function priceSeparationWork(
  facts: PriceSeparationFacts,
  answer: PriceSeparationAnswer,
  lang: Lang,
): string {
  const zh = lang === 'zh';
  const slack = facts.units[0]?.bus;
  const { unit, symbol } = facts.currency;
  const flows = flowTable(facts, answer, lang);
  const factors = factorTable(facts, answer);
  const shadows = answer.binding
    .map((name) => `${name}: ${decimals(answer.shadow_prices[name] as number, 2)} ${unit}`)
    .join(zh ? '；' : '; ');
  const rent = decimals(answer.congestion_rent, 1);
  const products = answer.binding
    .map((name) => {
      const limit = facts.lines.find((line) => line.name === name)?.limit_mw;
      return `${decimals(answer.shadow_prices[name] as number, 2)} × ${limit}`;
    })
    .join(' + ');
  const { transfer } = facts;
  const change = decimals(answer.loading_change, 2);
  const letters = answer.true_statements.join(zh ? '、' : ', ');
  const reasons = statementReasons(facts, lang)
    .map((reason) => `   - ${reason}`)
    .join('\n');
  return zh
    ? [
        `1. 由各节点注入功率（中标出力减负荷）和 b = 1/x 计算线路潮流：\n\n${flows}\n\n达到限额的只有 ${answer.binding.join('、')}；接近满载但未达限额的线路影子价格为 0。`,
        `2. 各节点电价 = 参考节点电价 − Σ 影子价格 × 转移分布因子（以节点 ${slack} 为参考，取潮流实际方向为正）：\n\n${factors}\n\n任取电价和分布因子都不同的节点列方程求解，得 ${shadows}；其余节点可用来校核。`,
        `3. 阻塞盈余 = Σ 节点电价 ×（负荷 − 出力）= Σ 影子价格 × 限额 = ${products} ≈ ${rent} 元/h。`,
        `4. ${transfer.down} 减、${transfer.up} 增 ${transfer.mw} MW 时，${answer.binding[0]} 潮流（按实际方向）变化 = ${transfer.mw} ×（两机组所在节点分布因子之差）= ${change} MW。`,
        `5. 逐条判断，成立的是 ${letters}：\n\n${reasons}`,
      ].join('\n\n')
    : [
        `1. Flows from the injections (dispatch less load) with b = 1/x:\n\n${flows}\n\nFull: ${answer.binding.join(' and ')}, no other; a line that is nearly full has no shadow price.`,
        `2. Price at a bus = price at the reference − Σ shadow price × distribution factor (reference bus ${slack}, each line counted in the direction it carries power):\n\n${factors}\n\nAny buses whose prices and factors differ give the equations: ${shadows}. The other buses check it.`,
        `3. Rent = Σ price × (load − output) = Σ shadow price × limit = ${products} ≈ ${symbol}${rent} per hour.`,
        `4. Moving ${transfer.mw} MW from ${transfer.down} to ${transfer.up} changes the flow on ${answer.binding[0]} by ${transfer.mw} × (difference of their factors) = ${change} MW in its present direction.`,
        `5. Of the statements ${letters} hold:\n\n${reasons}`,
      ].join('\n\n');
}

/** Flows of the published dispatch. */
function flowsOf(facts: PriceSeparationFacts): number[] {
  const network = networkOf(facts);
  const generators = network.generators.map((one, i) => ({ ...one, p_mw: facts.units[i]?.output_mw ?? 0 }));
  return Array.from(dcFlow({ ...network, generators }, { convention: 'mp' }).p_from_mw);
}

function flowTable(facts: PriceSeparationFacts, { binding }: PriceSeparationAnswer, lang: Lang): string {
  const head = lang === 'zh' ? '| 线路 | 潮流（MW） | 限额（MW） | |' : '| line | flow, MW | limit, MW | |';
  const full = lang === 'zh' ? '达到限额' : 'full';
  const flows = flowsOf(facts);
  const rows = facts.lines.map(
    ({ name, limit_mw }, i) =>
      `| ${name} | ${decimals(flows[i] as number, 1)} | ${limit_mw} | ${binding.includes(name) ? full : ''} |`,
  );
  return `${head}\n|---|---|---|---|\n${rows.join('\n')}`;
}

function factorTable(facts: PriceSeparationFacts, { binding }: PriceSeparationAnswer): string {
  const { factors } = ptdf(networkOf(facts), { convention: 'mp' });
  const flows = flowsOf(facts);
  const at = binding.map((name) => facts.lines.findIndex((line) => line.name === name));
  const rows = facts.buses.map(({ id, price }, i) => {
    const own = at.map((l) => decimals(Math.sign(flows[l] as number) * (factors[l]?.[i] as number), 4));
    return `| ${id} | ${decimals(price, 3)} | ${own.join(' | ')} |`;
  });
  return `| | λ | ${binding.join(' | ')} |\n|---|---|${binding.map(() => '---|').join('')}\n${rows.join('\n')}`;
}
