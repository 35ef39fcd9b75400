import type { Lang } from '../../../core/lang.ts';
import { diagnose } from '../../../engineering/faults/dga/methods.ts';
import { decimals } from '../../wording.ts';
import { type DgaMethodFacts, UNITS } from './facts.ts';
import type { DgaMethodAnswer } from './family.ts';
import { METHOD_NAMES } from './options.ts';

/** The worked solution: the figures the table is entered with, the code where there is one, and what the table says. */
export function dgaMethodWork(facts: DgaMethodFacts, answer: DgaMethodAnswer, lang: Lang): string {
  const { method } = facts;
  const duval = method === 'duval1';
  const coded = method === 'dlt722';
  const words = WORDS[lang];
  const columns = duval ? ['CH4', 'C2H2', 'C2H4'] : ['R2', 'R1', 'R5'];
  const show = (value: number | null | undefined) => {
    if (value === null || value === undefined) return words.absent;
    if (!Number.isFinite(value)) return '∞';
    return duval ? `${decimals(value, 1)} %` : decimals(value, value < 0.1 ? 4 : 2);
  };
  const rows = UNITS.map((unit) => {
    const { ratios, code } = diagnose(method, facts.gases[unit]);
    const says = answer[unit].length > 0 ? answer[unit].join(', ') : words.none;
    return [
      unit.toUpperCase(),
      ...columns.map((name) => show(ratios[name])),
      ...(coded ? [code ?? '–'] : []),
      says,
    ];
  });
  const heads = [words.sample, ...columns, ...(coded ? [words.code] : []), words.result];
  const table = [heads, heads.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
  const steps = duval ? words.duval : coded ? words.coded : words.ratios(METHOD_NAMES[method][lang]);
  return `${steps}\n\n${table}`;
}

const WORDS = {
  en: {
    none: 'no diagnosis by this method',
    absent: 'does not exist',
    sample: 'sample',
    code: 'code',
    result: 'the method says',
    duval:
      '1. Add CH4, C2H2 and C2H4 alone; hydrogen and ethane do not enter. Take each as a percentage of that sum.\n2. Go down the zones in the order given: the first whose conditions hold is the answer, and DT is what remains.',
    coded:
      '1. R2 = C2H2/C2H4, R1 = CH4/H2, R5 = C2H4/C2H6, each coded by its band.\n2. Look up the three digits, in this order, in the table of codes; a code that is not in it, or a ratio that does not exist, is no diagnosis.',
    ratios: (name: string) =>
      `1. R2 = C2H2/C2H4, R1 = CH4/H2, R5 = C2H4/C2H6.\n2. Look through every row of ${name}: each row whose conditions all hold is an answer, and where none does there is no diagnosis.`,
  },
  zh: {
    none: '本方法无诊断结论',
    absent: '不存在',
    sample: '油样',
    code: '编码',
    result: '结论',
    duval:
      '1. 只取 CH4、C2H2、C2H4 三种气体之和（氢气和乙烷不参与），求各自所占百分比。\n2. 按给定顺序逐一核对各区域的条件，先满足者即为结论，均不满足的属 DT。',
    coded:
      '1. R2 = C2H2/C2H4，R1 = CH4/H2，R5 = C2H4/C2H6，分别按所在范围编码。\n2. 按 R2、R1、R5 的顺序组成三位编码查表；表中未列该编码或有比值不存在的，本方法无诊断结论。',
    ratios: (name: string) =>
      `1. R2 = C2H2/C2H4，R1 = CH4/H2，R5 = C2H4/C2H6。\n2. 逐行对照“${name}”的判据：条件全部满足的行均为结论；没有任何一行满足时，本方法无诊断结论。`,
  },
} as const;
