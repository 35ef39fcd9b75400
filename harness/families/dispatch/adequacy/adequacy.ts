import type { Family } from '../../../core/family.ts';
import { replyWith, rounded } from '../../wording.ts';
import {
  type AdequacyFacts,
  type AdequacyParams,
  adequacyParams,
  drawAdequacy,
  firmNeeded,
  tableOf,
  yearOf,
} from './adequacy-facts.ts';
import { adequacyMistakes } from './adequacy-mistakes.ts';
import { adequacyWork } from './adequacy-work.ts';

export type AdequacyAnswer = {
  /** At the highest load level, per cent. */
  lolp: number;
  lole_h: number;
  lole_d: number;
  eens: number;
  /** Least firm capacity that reaches the target, MW. */
  firm: number;
};

/** Generation adequacy of a year by the capacity outage table: LOLP, LOLE by hours and by days, EENS, and capacity to a target. */
export const adequacyFamily: Family<AdequacyParams, AdequacyFacts, AdequacyAnswer> = {
  name: 'adequacy',
  version: 1,
  params: adequacyParams,
  targets: {
    lolp: { type: 'number', unit: '%' },
    lole_h: { type: 'number', unit: 'h/yr' },
    lole_d: { type: 'number', unit: 'd/yr' },
    eens: { type: 'number', unit: 'MWh/yr' },
    firm: { type: 'number', unit: 'MW' },
  },
  draw: drawAdequacy,
  unordered: ['units'],
  solve(facts) {
    const table = tableOf(facts);
    const year = yearOf(facts, table);
    return {
      lolp: rounded(100 * year.lolp, 8),
      lole_h: rounded(year.lole_h, 8),
      lole_d: rounded(year.lole_d, 8),
      eens: rounded(year.eens_mwh, 6),
      firm: rounded(firmNeeded(facts, table), 3),
    };
  },
  reply(_facts, answer, lang) {
    const prose = {
      en: 'From the capacity outage table of all units:',
      zh: '由全部机组的停运容量概率表可得：',
    };
    return replyWith(prose[lang], answer);
  },
  mistakes: adequacyMistakes,
  work: adequacyWork,
};
