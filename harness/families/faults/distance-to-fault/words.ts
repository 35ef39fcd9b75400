import type { Option } from '../../../core/answer.ts';
import type { Lang } from '../../../core/lang.ts';
import type { Cause } from './facts.ts';

const CAUSE_WORDS: Readonly<Record<Cause, Readonly<Record<Lang, string>>>> = {
  none: {
    en: 'nothing: both locations are right to within 1 % of the line',
    zh: '无异常：单端、双端测距误差均在线路全长的 1% 以内',
  },
  infeed: {
    en: 'fault resistance that the other end feeds as well: the single-ended loop sees it turned into reactance',
    zh: '过渡电阻加对侧助增：单端回路把过渡电阻的压降误算为电抗',
  },
  residual: {
    en: "wrong residual compensation k0 in the locator's settings",
    zh: '测距装置零序补偿系数 k0 整定有误',
  },
  'line-impedance': {
    en: "wrong positive-sequence impedance of the line in the locator's settings",
    zh: '测距装置线路正序阻抗整定有误',
  },
  mutual: {
    en: 'zero-sequence coupling with the other circuit, which the locator knows nothing of',
    zh: '同杆另一回线零序互感，装置未作补偿',
  },
  'ct-saturation': {
    en: 'a current transformer of end S saturates',
    zh: 'S 侧电流互感器饱和',
  },
  clock: {
    en: 'the clocks of the two recorders differ',
    zh: '两侧录波装置时钟不同步',
  },
};

export const causeOptions = (causes: readonly Cause[], lang: Lang): Option[] =>
  causes.map((id) => ({ id, labels: [CAUSE_WORDS[id][lang]] }));
