import type { Option } from '../../../core/answer.ts';
import type { Lang } from '../../../core/lang.ts';
import { type ShortCircuitFacts, VERDICTS, type Verdict } from './facts.ts';

/** By level: breakers above 1 kV (GB/T 1984) and below it (GB/T 14048.2) break and make by other words. */
const WORDS: Readonly<Record<Verdict, Readonly<Record<'en' | 'mv' | 'lv', string>>>> = {
  adequate: {
    en: 'both ratings are sufficient',
    mv: '开断和关合能力均满足',
    lv: '分断和接通能力均满足',
  },
  breaking: { en: 'only the breaking rating is exceeded', mv: '仅开断能力不足', lv: '仅分断能力不足' },
  making: { en: 'only the making rating is exceeded', mv: '仅关合能力不足', lv: '仅接通能力不足' },
  both: { en: 'both ratings are exceeded', mv: '开断和关合能力均不足', lv: '分断和接通能力均不足' },
};

export const verdictWords = (verdict: Verdict, { level }: ShortCircuitFacts, lang: Lang): string =>
  WORDS[verdict][lang === 'zh' ? level : 'en'];

export const breakerOptions = (facts: ShortCircuitFacts, lang: Lang): Option[] =>
  VERDICTS.map((id) => ({ id, labels: [verdictWords(id, facts, lang)] }));
