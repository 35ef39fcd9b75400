import type { Lang } from '../../../core/lang.ts';
import { incrementalLoss } from '../../../engineering/optimise/dispatch-with-losses.ts';
import { decimals } from '../../wording.ts';
import { lossesOf, type QuadraticDispatchFacts } from './facts.ts';
import { type QuadraticDispatchAnswer, unitCost } from './family.ts';

/** The worked solution: the coordination equations, who is held, and the check that all free units share one λ. */
export function quadraticDispatchWork(
  facts: QuadraticDispatchFacts,
  answer: QuadraticDispatchAnswer,
  lang: Lang,
): string {
  const { units, demand_mw, currency } = facts;
  const p = units.map(({ name }) => answer.dispatch[name] as number);
  const incremental = incrementalLoss(lossesOf(facts), p);
  const held = units.filter(({ p_max_mw }, i) => (p[i] as number) > p_max_mw - 1e-3).map(({ name }) => name);
  const rows = units.map((unit, i) => {
    const [output, loss] = [p[i] as number, incremental[i] as number];
    const slope = unit.b + 2 * unit.c * output;
    const cells = [
      decimals(output, 2),
      decimals(slope, 3),
      decimals(loss, 5),
      decimals(slope / (1 - loss), 3),
      decimals(unitCost(unit, output), 1),
    ];
    return `| ${unit.name} | ${cells.join(' | ')} |`;
  });
  const [lambda, losses, cost] = [
    decimals(answer.lambda, 3),
    decimals(answer.losses, 2),
    decimals(answer.total_cost, 1),
  ];
  const balance = `${p.map((output) => decimals(output, 2)).join(' + ')} − ${losses} = ${demand_mw} MW`;
  const rule = '|---|---|---|---|---|---|';
  return lang === 'zh'
    ? [
        '1. 协调方程：未达限额的机组满足 (b + 2cP)/(1 − ∂P_L/∂P) = λ，其中 ∂P_L/∂P_i = 2ΣB_ij·P_j；同时 ΣP − P_L = 负荷。先设各机组出力，求网损微增率，再修正 λ，反复迭代至功率平衡。',
        `2. 若不计出力上限，${held.join('、')} 将越限，故固定在最大出力，其余机组重新求解。`,
        `3. 收敛结果：\n\n| 机组 | 出力（MW） | 微增成本（${currency.unit}） | 网损微增率 | 修正后微增成本 | 成本（元/h） |\n${rule}\n${rows.join('\n')}\n\n未达限额的机组修正后微增成本均为 λ = ${lambda} ${currency.unit}；达限机组低于 λ，符合最优条件。`,
        `4. 校核：${balance}。总成本为 ${cost} 元/h。`,
      ].join('\n\n')
    : [
        '1. Coordination equations: each unit inside its limits has (b + 2cP)/(1 − ∂P_L/∂P) = λ with ∂P_L/∂P_i = 2 Σ B_ij P_j, and ΣP − P_L equals the demand. Guess the outputs, find the incremental losses, correct λ, and repeat until the powers balance.',
        `2. Without capacities ${held.join(', ')} would make more than it can, so it is held at its capacity and the others are solved again.`,
        `3. Converged:\n\n| unit | output, MW | incremental cost, ${currency.unit} | ∂P_L/∂P | with penalty factor | cost, ${currency.symbol}/h |\n${rule}\n${rows.join('\n')}\n\nThe free units share λ = ${lambda} ${currency.unit}; the unit at its capacity stands below it, as it should.`,
        `4. Check: ${balance}. Total cost ${currency.symbol}${cost} per hour.`,
      ].join('\n\n');
}
