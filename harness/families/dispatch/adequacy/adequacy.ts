import type { Family, Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { expectedShortage, lolp } from '../../../engineering/system/adequacy.ts';
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
  mistakes,
  work: adequacyWork,
};

/** Weights of the checks: LOLP 1, LOLE by hours 2, by days 2, EENS 3, firm capacity 2. */
function mistakes(facts: AdequacyFacts, right: AdequacyAnswer, lang: Lang): Mistake[] {
  const say = (changes: Record<string, unknown>) =>
    replyWith(lang === 'zh' ? '计算结果：' : 'My figures:', { ...right, ...changes });
  const table = tableOf(facts);
  const [top] = facts.loads as [AdequacyFacts['loads'][number]];
  const none = { states: table.states.slice(0, 1), installed_mw: table.installed_mw };
  const halved = {
    ...facts,
    units: facts.units.map((unit) => ({ ...unit, for_percent: unit.for_percent / 2 })),
  };
  const half = yearOf(halved, tableOf(halved));
  const largest = Math.max(...facts.units.map(({ capacity_mw }) => capacity_mw));
  const spare = table.installed_mw - top.load_mw;
  const exact = table.states.find(({ lost_mw }) => lost_mw > spare)?.probability ?? 0;
  const apart = (a: number, b: number) => Math.abs(a / b - 1) > 0.02;
  const list: (Mistake | false)[] = [
    { name: 'LOLP as a fraction', reply: say({ lolp: right.lolp / 100 }), score: 0.9 },
    apart(100 * exact, right.lolp) && {
      name: 'the probability of one state for the cumulative one',
      reply: say({ lolp: 100 * exact }),
      score: 0.9,
    },
    {
      name: 'hours from days by 24',
      reply: say({ lole_h: rounded(24 * right.lole_d, 6) }),
      score: 0.8,
    },
    { name: 'days from hours by 24', reply: say({ lole_d: rounded(right.lole_h / 24, 6) }), score: 0.8 },
    {
      name: 'hours and days exchanged',
      reply: say({ lole_h: right.lole_d, lole_d: right.lole_h }),
      score: 0.6,
    },
    {
      name: 'the peak in every hour and on every day',
      reply: say({
        lole_h: 8760 * lolp(table, top.load_mw),
        lole_d: 365 * lolp(table, top.load_mw),
        eens: 8760 * expectedShortage(table, top.load_mw),
      }),
      score: 0.3,
    },
    { name: 'LOLE times load for EENS', reply: say({ eens: right.lole_h * top.load_mw }), score: 0.7 },
    {
      name: 'LOLE times the largest unit for EENS',
      reply: say({ eens: right.lole_h * largest }),
      score: 0.7,
    },
    { name: 'EENS in GWh without saying so', reply: say({ eens: right.eens / 1000 }), score: 0.7 },
    {
      name: 'reserve margin alone: nothing can fail',
      reply: say({ lolp: 100 * lolp(none, top.load_mw), lole_h: 0, lole_d: 0, eens: 0, firm: 0 }),
      score: 0,
    },
    {
      name: 'half of the outage rates',
      reply: say({ lolp: 100 * half.lolp, lole_h: half.lole_h, lole_d: half.lole_d, eens: half.eens_mwh }),
      score: 0.2,
    },
    { name: 'as much as the largest unit', reply: say({ firm: largest }), score: 0.8 },
    { name: 'firm capacity in kW without saying so', reply: say({ firm: right.firm * 1000 }), score: 0.8 },
  ];
  return list.filter((mistake) => mistake !== false);
}
