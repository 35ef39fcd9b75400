import type { Option } from '../../../core/answer.ts';
import type { Lang } from '../../../core/lang.ts';
import type { FaultCode } from '../../../engineering/faults/dga/gases.ts';
import type { AskedMethod } from './facts.ts';

/** Ids that stay apart when signs are stripped from them: `T<700` and `T>700` would not. */
const IDS: Readonly<Partial<Record<FaultCode, string>>> = {
  'D1+T': 'D1T',
  'D2+T': 'D2T',
  'T-low': 'TL',
  'T<700': 'TM',
  'T>700': 'TH',
  normal: 'N',
};

export const optionId = (code: string): string => IDS[code as FaultCode] ?? code;

type Labels = readonly [id: string, en: string, zh: string];

const IEC: readonly Labels[] = [
  ['PD', 'partial discharge', '局部放电'],
  ['D1', 'discharge of low energy', '低能放电'],
  ['D2', 'discharge of high energy', '高能放电'],
  ['T1', 'thermal fault below 300 °C', '低温过热（低于 300 ℃）'],
  ['T2', 'thermal fault, 300 to 700 °C', '中温过热（300～700 ℃）'],
  ['T3', 'thermal fault above 700 °C', '高温过热（高于 700 ℃）'],
];

const LABELS: Readonly<Record<AskedMethod, readonly Labels[]>> = {
  duval1: [...IEC, ['DT', 'mixture of thermal and electrical faults', '放电与过热并存']],
  iec60599: IEC,
  dlt722: [
    ['T0', 'overheating below 150 °C', '低温过热（低于 150 ℃）'],
    ['T1', 'overheating, 150 to 300 °C', '低温过热（150～300 ℃）'],
    ['T2', 'overheating, 300 to 700 °C', '中温过热（300～700 ℃）'],
    ['T3', 'overheating above 700 °C', '高温过热（高于 700 ℃）'],
    ['PD', 'partial discharge', '局部放电'],
    ['D1', 'discharge of low energy', '低能放电'],
    ['D1T', 'discharge of low energy with overheating', '低能放电兼过热'],
    ['D2', 'arcing', '电弧放电'],
    ['D2T', 'arcing with overheating', '电弧放电兼过热'],
  ],
  rogers: [
    ['N', 'normal', '正常'],
    ['PD', 'low-energy arcing, partial discharge', '低能量放电（局部放电）'],
    ['D2', 'high-energy arcing', '高能量电弧放电'],
    ['TL', 'overheating at low temperature', '低温过热'],
    ['TM', 'overheating below 700 °C', '过热（低于 700 ℃）'],
    ['TH', 'overheating above 700 °C', '过热（高于 700 ℃）'],
  ],
};

export const methodOptions = (method: AskedMethod, lang: Lang): Option[] =>
  LABELS[method].map(([id, en, zh]) => ({ id, labels: [lang === 'zh' ? zh : en] }));

export const METHOD_NAMES: Readonly<Record<AskedMethod, Readonly<Record<Lang, string>>>> = {
  duval1: { en: "Duval's triangle 1", zh: '大卫三角形法（Duval 三角形 1）' },
  iec60599: { en: 'the basic gas ratios of IEC 60599', zh: 'IEC 60599 基本气体比值法' },
  dlt722: { en: 'the three-ratio method of DL/T 722', zh: 'DL/T 722 三比值法' },
  rogers: { en: "Rogers' ratios (IEEE C57.104)", zh: '罗杰斯比值法（IEEE C57.104）' },
};
