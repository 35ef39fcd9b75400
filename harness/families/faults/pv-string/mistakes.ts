import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { sheetPower } from '../../../engineering/faults/equipment/pv-string.ts';
import { replyWith } from '../../wording.ts';
import type { StringFault } from './array.ts';
import type { PvStringFacts } from './facts.ts';
import { type PvStringAnswer, powerKw } from './family.ts';

const PROSE: Readonly<Record<Lang, string>> = { en: 'From the tracer:', zh: '根据测试数据：' };

/** What each fault is taken for by those who look at one figure. */
const TAKEN_FOR: Readonly<Record<StringFault, StringFault>> = {
  soiling: 'shade',
  shade: 'soiling',
  bypass: 'shade',
  series: 'shunt',
  shunt: 'soiling',
  open: 'bypass',
};

/** Weights of the checks: faults 5 by share, substrings 1, expected 1, ratio 1. */
const WHOLE = 8;
const FAULTS = 5;

export function pvStringMistakes(facts: PvStringFacts, right: PvStringAnswer, lang: Lang): Mistake[] {
  const { rows, sheet, modules, g_wm2, cell_c } = facts;
  const total = Object.keys(right.faults).length;
  const say = (changes: Partial<PvStringAnswer>) => replyWith(PROSE[lang], { ...right, ...changes });
  const faults = (name: string, given: PvStringAnswer['faults']): Mistake => {
    const hits = Object.entries(right.faults).filter(([string, kind]) => given[string] === kind).length;
    const extra = Object.keys(given).filter((string) => !(string in right.faults)).length;
    return {
      name,
      reply: say({ faults: given }),
      score: ((FAULTS * hits) / (total + extra) + WHOLE - FAULTS) / WHOLE,
    };
  };
  const number = (name: string, field: 'substrings' | 'expected' | 'ratio', value: number): Mistake[] => {
    const close = field === 'substrings' ? 0.01 : 0.005 * Math.abs(right[field]);
    if (Math.abs(value - right[field]) <= close) return [];
    return [{ name, reply: say({ [field]: Number(value.toFixed(5)) }), score: (WHOLE - 1) / WHOLE }];
  };
  const power = (g: number, t: number, gamma: number) =>
    (modules * sheetPower(sheet.p_w, g, t, gamma)) / 1000;
  const gamma = sheet.gamma_pct / 100;
  const measured = rows.reduce((sum, row) => sum + powerKw(row), 0);
  const entries = Object.entries(right.faults);
  const working = rows.filter((row) => powerKw(row) > 0);
  return [
    faults(
      'took each fault for its look-alike',
      Object.fromEntries(entries.map(([s, kind]) => [s, TAKEN_FOR[kind]])),
    ),
    faults('found every string sound', {}),
    faults('called every weak string soiled', Object.fromEntries(entries.map(([s]) => [s, 'soiling']))),
    ...(total > 1 ? [faults('found one fault and stopped', Object.fromEntries(entries.slice(0, 1)))] : []),
    faults(
      'called all strings faulty',
      Object.fromEntries(rows.map(({ name }) => [name, right.faults[name] ?? 'soiling'])),
    ),
    ...number('counted whole modules for thirds', 'substrings', Math.ceil(right.substrings / 3)),
    ...number('thirds three times over', 'substrings', 3 * right.substrings),
    ...number('forgot the temperature', 'expected', power(g_wm2, 25, gamma)),
    ...number('power rises with temperature', 'expected', power(g_wm2, cell_c, -gamma)),
    ...number('forgot the irradiance', 'expected', power(1000, cell_c, gamma)),
    ...number('temperature counted from 0 °C', 'expected', power(g_wm2, cell_c + 25, gamma)),
    ...number('one module for the string', 'expected', right.expected / modules),
    ...number(
      'took Isc times Voc for the power of strings',
      'ratio',
      (100 * rows.reduce((sum, { isc_a, voc_v }) => sum + isc_a * voc_v, 0)) /
        1000 /
        rows.length /
        right.expected,
    ),
    ...number(
      'ratio to nameplate power',
      'ratio',
      (100 * measured) / ((rows.length * modules * sheet.p_w) / 1000),
    ),
    ...number(
      'left the dead string out of the mean',
      'ratio',
      (100 * measured) / (working.length * right.expected),
    ),
    {
      name: 'watts in the name of kilowatts',
      reply: say({ expected: right.expected * 1000 }),
      score: (WHOLE - 1) / WHOLE,
    },
  ];
}
