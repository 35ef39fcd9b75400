import type { Lang } from '../../../core/lang.ts';
import { decimals } from '../../wording.ts';
import { expectedKw, type WindScadaFacts } from './facts.ts';
import type { WindScadaAnswer } from './family.ts';
import type { WindCause } from './turbine.ts';

const WHY: Readonly<Record<WindCause, Readonly<Record<Lang, string>>>> = {
  icing: {
    en: 'power is below the curve while blades, yaw and oil are as always; it freezes and the air is saturated, so the blades carry ice',
    zh: '功率低于功率曲线，而桨距、对风、油温均正常；气温低于 0 ℃、湿度接近饱和，符合叶片覆冰',
  },
  curtailment: {
    en: 'power stands still below what the wind offers, all blades are pitched out together and nothing is hot: a set limit',
    zh: '功率稳定在某一限值，三叶片同步收桨，油温正常：属于限电',
  },
  derating: {
    en: 'power is held down by pitch while the gearbox oil is at or above its limit: the controller protects the gearbox',
    zh: '齿轮箱油温达到限值，控制系统收桨降功率：属于超温降额',
  },
  yaw: {
    en: 'the nacelle stands far out of the wind for the whole window and blades and oil are as always',
    zh: '机舱对风偏差持续偏大，桨距和油温正常：偏航不到位',
  },
  pitch: {
    en: 'one blade stands at another angle than the other two',
    zh: '一支叶片桨距角与另两支不一致：变桨故障',
  },
  anemometer: {
    en: 'power agrees with the curve at the wind of the mast; only the nacelle anemometer reads low, so no energy is lost',
    zh: '以测风塔风速计，功率与功率曲线一致，仅机舱风速偏低：机舱风速仪故障，无电量损失',
  },
  stop: {
    en: 'the rotor stands, the blades are feathered, the turbine draws its own consumption from the grid',
    zh: '风轮停转、桨叶顺桨，机组从电网吸收自用电：停机',
  },
};

/** Density, the rows that depart from the curve, the cause, the sum of what is missing. */
export function windScadaWork(facts: WindScadaFacts, answer: WindScadaAnswer, lang: Lang): string {
  const { pressure_hpa, mean_temp_c, rows } = facts;
  const d = (value: number, digits = 1) => decimals(value, digits);
  const inside = rows.filter(({ no }) => no >= answer.first && no <= answer.last);
  const table = inside.map((row) => {
    const expected = expectedKw(facts, row);
    return `| ${row.no} | ${row.mast_ms} | ${d(expected)} | ${row.power_kw} | ${d(expected - row.power_kw)} |`;
  });
  const factor = d(Math.cbrt(answer.density / 1.225), 4);
  const rho = `${pressure_hpa}·100 / (287.05·(${mean_temp_c} + 273.15)) = ${d(answer.density, 4)} kg/m³`;
  return lang === 'zh'
    ? [
        `1. 空气密度 ρ = ${rho}，风速折算系数 (ρ/1.225)^(1/3) = ${factor}。`,
        `2. 第 ${answer.first}—${answer.last} 行偏离正常范围：\n\n| 行号 | 测风塔风速 | 应发功率（kW） | 实发（kW） | 差值（kW） |\n|---|---|---|---|---|\n${table.join('\n')}`,
        `3. 原因 \`${answer.cause}\`：${WHY[answer.cause].zh}。`,
        `4. 损失电量 = 差值之和 ÷ 6 = ${d(answer.lost)} kWh${answer.cause === 'anemometer' ? '（功率未受影响，按题意为 0）' : ''}。`,
      ].join('\n\n')
    : [
        `1. Air density ρ = ${rho}; speeds are multiplied by (ρ/1.225)^(1/3) = ${factor}.`,
        `2. Rows ${answer.first} to ${answer.last} leave the normal band:\n\n| row | mast, m/s | expected, kW | power, kW | missing, kW |\n|---|---|---|---|---|\n${table.join('\n')}`,
        `3. Cause \`${answer.cause}\`: ${WHY[answer.cause].en}.`,
        `4. Lost energy = sum of what is missing / 6 = ${d(answer.lost)} kWh${answer.cause === 'anemometer' ? ' (0 by the question, since power was not affected)' : ''}.`,
      ].join('\n\n');
}
