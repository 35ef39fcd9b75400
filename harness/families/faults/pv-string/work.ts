import type { Lang } from '../../../core/lang.ts';
import { decimals } from '../../wording.ts';
import type { StringFault } from './array.ts';
import type { PvStringFacts, StringRow } from './facts.ts';
import { type PvStringAnswer, powerKw } from './family.ts';

const SIGNS: Readonly<Record<StringFault, Readonly<Record<Lang, string>>>> = {
  soiling: {
    en: 'Isc and Imp down by the same share, voltages and shape as in a sound string: less light on all of it',
    zh: 'Isc、Imp 同比例下降，电压和曲线形状正常：整串受光减弱',
  },
  shade: {
    en: 'Isc and Voc nearly full, Vmp down by far: shaded substrings are bypassed at the point of most power',
    zh: 'Isc、Voc 基本正常，Vmp 明显下降：最大功率点处被遮挡的子串由旁路二极管旁路',
  },
  bypass: {
    en: 'Voc and Vmp down by the same volts, currents full: substrings are missing at every point of the curve',
    zh: 'Voc 与 Vmp 同幅下降，电流正常：整条曲线上都缺少若干子串',
  },
  series: {
    en: 'Isc and Voc full, Vmp a little down, the slope at open circuit steeper in ohms: resistance in the path',
    zh: 'Isc、Voc 正常，Vmp 略降，开路侧斜率电阻增大：回路串联电阻偏大',
  },
  shunt: {
    en: 'Isc nearly full, Imp down by far, the slope at short circuit fallen to a few hundred ohms: leakage across the cells (PID)',
    zh: 'Isc 基本正常，Imp 明显下降，短路侧斜率电阻降到几百欧：电池并联漏电（PID）',
  },
  open: { en: 'neither voltage nor current', zh: '无电压、无电流' },
};

/** The sheet's expectation, each string against the median of its neighbours, the missing voltage, the ratio. */
export function pvStringWork(facts: PvStringFacts, answer: PvStringAnswer, lang: Lang): string {
  const { rows, sheet, modules, g_wm2, cell_c, faults } = facts;
  const median = (pick: (row: StringRow) => number) => {
    const values = rows.map(pick).sort((a, b) => a - b);
    return values[Math.floor(values.length / 2)] as number;
  };
  const typical = {
    isc: median((row) => row.isc_a),
    voc: median((row) => row.voc_v),
    imp: median((row) => row.imp_a),
    vmp: median((row) => row.vmp_v),
  };
  const lines = faults.map(({ name, kind }) => {
    const row = rows.find((candidate) => candidate.name === name) as StringRow;
    const share = (value: number, of: number) => `${decimals((100 * value) / of, 1)} %`;
    const figures = `Isc ${share(row.isc_a, typical.isc)}, Voc ${share(row.voc_v, typical.voc)}, Imp ${share(row.imp_a, typical.imp)}, Vmp ${share(row.vmp_v, typical.vmp)}`;
    return lang === 'zh'
      ? `- ${name}：${figures.replaceAll(', ', '，')} → \`${kind}\`，${SIGNS[kind].zh}`
      : `- ${name}: ${figures} → \`${kind}\`: ${SIGNS[kind].en}`;
  });
  const third = typical.voc / (3 * modules);
  const sum = rows.reduce((total, row) => total + powerKw(row), 0);
  const expected = `${modules} × ${sheet.p_w} W × ${g_wm2}/1000 × (1 + (${sheet.gamma_pct} %)·(${cell_c} − 25)) = ${decimals(answer.expected, 4)} kW`;
  const ratio = `${decimals(sum, 3)} / (${rows.length} × ${decimals(answer.expected, 4)}) = ${decimals(answer.ratio, 2)} %`;
  return lang === 'zh'
    ? [
        `1. 单串应有功率：${expected}。`,
        `2. 与各串中位数相比：\n\n${lines.join('\n')}`,
        `3. 每个子串（三分之一组件）开路电压约 ${decimals(third, 2)} V，缺失电压除以该值，得被短路的子串数 ${answer.substrings}。`,
        `4. 实测功率之和与应有功率之比：${ratio}。`,
      ].join('\n\n')
    : [
        `1. One sound string should give ${expected}.`,
        `2. Against the median of all strings:\n\n${lines.join('\n')}`,
        `3. A substring, a third of a module, has about ${decimals(third, 2)} V at open circuit; the missing voltage of bypassed strings over that makes ${answer.substrings} shorted substrings.`,
        `4. Measured over expected power: ${ratio}.`,
      ].join('\n\n');
}
