import type { Lang } from '../../../core/lang.ts';
import { decimals } from '../../wording.ts';
import { dischargedAh, estimates } from './estimates.ts';
import type { BatteryCellsFacts, CellFault } from './facts.ts';
import type { BatteryCellsAnswer } from './family.ts';

const WHY: Readonly<Record<CellFault, Readonly<Record<Lang, string>>>> = {
  high_resistance: {
    en: 'the drop at the step is far larger than elsewhere and the cell is hotter; at rest it agrees with the others',
    zh: '阶跃压降明显偏大、温度偏高，静置电压与其他单体一致',
  },
  low_capacity: {
    en: 'as full as the others before, emptier after the same charge: less capacity',
    zh: '放电前荷电状态与其他单体一致，放出相同电量后明显偏低：容量衰减',
  },
  self_discharge: {
    en: 'emptier before and after by the same share, with normal capacity: it has lost charge while it stood',
    zh: '放电前后荷电状态同幅偏低，容量正常：自放电偏大',
  },
  sensor: {
    en: 'all four readings are off by the same millivolts, and by just that much the sum of the cells misses the terminals',
    zh: '四个时刻的读数偏差毫伏数相同，且等于单体电压之和与模块端电压之差：采样偏差',
  },
};

/** A table of what the readings give for every cell, the faults, and the quantities of the module. */
export function batteryCellsWork(facts: BatteryCellsFacts, answer: BatteryCellsAnswer, lang: Lang): string {
  const d = (value: number, digits = 1) => decimals(value, digits);
  const cells = estimates(facts);
  const table = cells.map(
    (cell) =>
      `| ${cell.name} | ${d(cell.soc1_pct)} | ${d(cell.soc2_pct)} | ${d(cell.r_mohm, 3)} | ${d(cell.capacity_ah)} | ${d(cell.left_ah)} |`,
  );
  const sum = facts.rows.reduce((total, { rest_v }) => total + rest_v, 0);
  const off = d(1000 * (sum - facts.module_v.rest), 0);
  const reasons = facts.faults
    .map(({ name, kind }) =>
      lang === 'zh' ? `- ${name}：\`${kind}\`，${WHY[kind].zh}` : `- ${name}: \`${kind}\`, ${WHY[kind].en}`,
    )
    .join('\n');
  const charge = `${facts.current_a} × ${facts.minutes}/60 = ${d(dischargedAh(facts))} Ah`;
  const [r, c, left, heat] = [
    d(answer.resistance, 3),
    d(answer.capacity, 2),
    d(answer.available, 2),
    d(answer.heat, 1),
  ];
  return lang === 'zh'
    ? [
        `1. 放出电量 ${charge}。由静置电压查 OCV 曲线得 SOC₁、SOC₂，内阻 = 阶跃压降/电流，容量 = 放出电量/(SOC₁ − SOC₂)：\n\n| 单体 | SOC₁（%） | SOC₂（%） | 内阻（mΩ） | 容量（Ah） | 剩余（Ah） |\n|---|---|---|---|---|---|\n${table.join('\n')}`,
        `2. 放电前单体电压之和与端电压相差 ${off} mV（采样正常时应接近 0）。故障判断：\n\n${reasons}`,
        `3. 最大内阻 ${r} mΩ；采样可信的单体中最小容量 ${c} Ah；剩余电量最少的单体 ${answer.limiting} 最先放空，模块可用 ${left} Ah；全部单体发热 I²ΣR = ${heat} W。`,
      ].join('\n\n')
    : [
        `1. Charge taken out: ${charge}. States of charge by the rests, resistance by the step, capacity = charge/(SOC₁ − SOC₂):\n\n| cell | SOC₁, % | SOC₂, % | R, mΩ | capacity, Ah | left, Ah |\n|---|---|---|---|---|---|\n${table.join('\n')}`,
        `2. Before the discharge the cells sum to ${off} mV more than the terminals (near 0 with sound sensors). The faults:\n\n${reasons}`,
        `3. Largest resistance ${r} mΩ; smallest capacity of cells with sound readings ${c} Ah; ${answer.limiting} is empty first and leaves the module ${left} Ah; heat I²ΣR = ${heat} W.`,
      ].join('\n\n');
}
