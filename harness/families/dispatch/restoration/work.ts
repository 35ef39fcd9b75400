import type { Lang } from '../../../core/lang.ts';
import { checkRestoration, type RestorationStep } from '../../../engineering/system/restoration.ts';
import { decimals } from '../../wording.ts';
import { problemOf, type RestorationFacts } from './facts.ts';
import type { RestorationAnswer } from './family.ts';

/** The worked solution: what each load waits for, the best order with its times, and the energy it costs. */
export function restorationWork(facts: RestorationFacts, answer: RestorationAnswer, lang: Lang): string {
  const { loads, block_percent, voll, currency } = facts;
  const n = (value: number) => decimals(value, 2);
  const steps = checkRestoration(problemOf(facts), answer.order).steps;
  const table = stepTable(facts, steps, lang);
  const needs = loads.map(({ name, p_mw }) => `${name} ${n((100 * p_mw) / block_percent)} MW`);
  const terms = steps
    .flatMap(({ action, ends_min }) => {
      const load = loads.find(({ name }) => name === action);
      return load ? [`${load.p_mw}×${ends_min}`] : [];
    })
    .join(' + ');
  const [energy, cost] = [n(answer.unserved), n(answer.unserved * voll)];
  return (
    lang === 'zh'
      ? [
          `1. 单次投入负荷不超过在网容量的 ${block_percent}%，各负荷投入前同一孤岛在网容量至少需：${needs.join('、')}。由此可知哪些负荷必须等待更大机组并网。`,
          '2. 在所有合规的操作顺序中搜索（深度优先，以“未投负荷最早现在投入”为下界剪枝），取停电电量最小者。',
          `3. 其中一个最优顺序：\n\n${table}`,
          `4. 停电电量 = (${terms})/60 = ${energy} MWh，损失 ${energy} × ${voll} = ${cost} 元。`,
        ]
      : [
          `1. A block may be ${block_percent} % of the capacity on line, so before each load its island needs at least: ${needs.join(', ')}. That tells which loads must wait for larger units.`,
          '2. Search all orders that keep the rules, depth first, with the bound that no load can come sooner than now; the least energy unserved wins.',
          `3. One best order:\n\n${table}`,
          `4. Energy not served = (${terms})/60 = ${energy} MWh, which costs ${energy} × ${voll} = ${currency.symbol}${cost}.`,
        ]
  ).join('\n\n');
}

function stepTable(
  { units, lines, loads }: RestorationFacts,
  steps: readonly RestorationStep[],
  lang: Lang,
): string {
  const zh = lang === 'zh';
  const what = ({ action, begins_min }: RestorationStep): string => {
    const unit = units.find(({ name }) => name === action);
    const at = begins_min + (unit?.start_min ?? 0);
    if (unit) return zh ? `启动，第 ${at} min 并网` : `started, on line at ${at} min`;
    const line = lines.find(({ name }) => name === action);
    if (line) return zh ? `合闸 ${line.from}—${line.to}` : `closed, ${line.from} to ${line.to}`;
    const mw = loads.find(({ name }) => name === action)?.p_mw;
    return zh ? `投入 ${mw} MW` : `${mw} MW picked up`;
  };
  const head = zh ? '| 操作 | 开始（min） | 结束（min） | 内容 |' : '| action | from, min | to, min | what |';
  const rows = steps.map(
    (step) => `| ${step.action} | ${step.begins_min} | ${step.ends_min} | ${what(step)} |`,
  );
  return [head, '|---|---|---|---|', ...rows].join('\n');
}
