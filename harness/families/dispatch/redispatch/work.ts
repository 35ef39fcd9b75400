import type { Lang } from '../../../core/lang.ts';
import { ptdf } from '../../../engineering/grid/distribution-factors.ts';
import { decimals } from '../../wording.ts';
import type { RedispatchFacts } from './facts.ts';
import type { RedispatchAnswer } from './family.ts';
import { flowsIn, problemOf } from './problem.ts';

/** The worked solution: flows before, factors of the overloaded lines, the plan with its limits, flows after, cost. */
export function redispatchWork(facts: RedispatchFacts, answer: RedispatchAnswer, lang: Lang): string {
  const zh = lang === 'zh';
  const over = answer.overloaded.join(zh ? '、' : ' and ');
  const loading = decimals(answer.worst_loading, 1);
  const terms = facts.units
    .map(({ name, up_price, down_price }) => ({ mw: answer.plan[name] as number, up_price, down_price }))
    .filter(({ mw }) => Math.abs(mw) > 0.005)
    .sort((a, b) => b.mw - a.mw)
    .map(
      ({ mw, up_price, down_price }, i) =>
        `${mw < 0 ? ' − ' : i > 0 ? ' + ' : ''}${decimals(Math.abs(mw), 2)} × ${mw > 0 ? up_price : down_price < 0 ? `(${down_price})` : down_price}`,
    )
    .join('')
    .trim();
  const cost = decimals(answer.cost, 1);
  const after =
    facts.outage === null ? '' : zh ? `${facts.outage} 开断后` : ` after ${facts.outage} has tripped`;
  return zh
    ? [
        `1. ${after || '当前'}的线路潮流（b = 1/x）与调整后潮流：\n\n${flowTable(facts, answer, lang)}\n\n过载线路：${over}，最高负载率 ${loading}%。`,
        `2. 各机组增发 1 MW（由节点 ${facts.units[0]?.bus} 平衡）时过载线路潮流的变化，以及可调范围（爬坡率 × ${facts.minutes} min 与出力上下限取小）：\n\n${unitTable(facts, answer, lang)}`,
        '3. 在功率平衡、线路限额和可调范围内使费用最小（线性规划）：优先选用单位费用减载效果最好的增、减组合，达到爬坡限值或引起其他线路越限时再用次优组合。',
        `4. 费用 = Σ 增发 × 上调报价 − Σ 减发 × 下调返还价 = ${terms} = ${cost} 元/h。`,
      ].join('\n\n')
    : [
        `1. Flows${after} with b = 1/x, and after the measure:\n\n${flowTable(facts, answer, lang)}\n\nOverloaded: ${over}; highest loading ${loading} %.`,
        `2. Change of the overloaded lines for 1 MW more at each unit (balanced at bus ${facts.units[0]?.bus}), and how far each can go (ramp × ${facts.minutes} min, or its limits if nearer):\n\n${unitTable(facts, answer, lang)}`,
        '3. Minimise the cost within balance, line limits and ranges (a linear program): the pair that clears most for its money goes first, until a ramp or another line stops it.',
        `4. Cost = Σ up × up price − Σ down × down price = ${terms} = ${facts.currency.symbol}${cost} per hour.`,
      ].join('\n\n');
}

function flowTable(facts: RedispatchFacts, { plan }: RedispatchAnswer, lang: Lang): string {
  const head =
    lang === 'zh'
      ? '| 线路 | 调整前（MW） | 调整后（MW） | 限额（MW） |'
      : '| line | before, MW | after, MW | limit, MW |';
  const before = flowsIn(facts, 'after');
  const after = flowsIn(
    facts,
    'after',
    facts.units.map(({ name, p_mw }) => p_mw + (plan[name] as number)),
  );
  const rows = facts.lines
    .map(({ name, limit_mw }, i) => ({ name, limit_mw, i }))
    .filter(({ name }) => name !== facts.outage)
    .map(
      ({ name, limit_mw, i }) =>
        `| ${name} | ${decimals(before[i] as number, 1)} | ${decimals(after[i] as number, 1)} | ${limit_mw} |`,
    );
  return `${head}\n|---|---|---|---|\n${rows.join('\n')}`;
}

function unitTable(facts: RedispatchFacts, { plan, overloaded }: RedispatchAnswer, lang: Lang): string {
  const { network, offers } = problemOf(facts);
  const { factors } = ptdf(network, { convention: 'mp' });
  const at = overloaded.map((name) => facts.lines.findIndex((line) => line.name === name));
  const words = lang === 'zh' ? ['机组', '可减', '可增', '调整量'] : ['unit', 'down to', 'up to', 'change'];
  const rows = facts.units.map(({ name, bus }, i) => {
    const bus_at = facts.buses.findIndex(({ id }) => id === bus);
    const own = at.map((l) => decimals(factors[l]?.[bus_at] as number, 4)).join(' | ');
    const range = [-(offers[i]?.down_max_mw ?? 0), offers[i]?.up_max_mw ?? 0].map((mw) => decimals(mw, 1));
    return `| ${name} | ${own} | ${range.join(' | ')} | ${decimals(plan[name] as number, 2)} |`;
  });
  const head = `| ${words[0]} | ${overloaded.join(' | ')} | ${words.slice(1).join(' | ')} |`;
  return `${head}\n|${'---|'.repeat(overloaded.length + 4)}\n${rows.join('\n')}`;
}
