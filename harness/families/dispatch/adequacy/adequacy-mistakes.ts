import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { expectedShortage, lolp } from '../../../engineering/system/adequacy.ts';
import { replyWith, rounded } from '../../wording.ts';
import type { AdequacyAnswer } from './adequacy.ts';
import { type AdequacyFacts, tableOf, yearOf } from './adequacy-facts.ts';

type Say = (changes: Partial<AdequacyAnswer>) => string;

/** Weights of the checks: LOLP 1, LOLE by hours 2, by days 2, EENS 3, firm capacity 2. */
export function adequacyMistakes(facts: AdequacyFacts, right: AdequacyAnswer, lang: Lang): Mistake[] {
  const say: Say = (changes) =>
    replyWith(lang === 'zh' ? '计算结果：' : 'My figures:', { ...right, ...changes });
  return [...ofMethod(facts, right, say), ...ofUnits(facts, right, say)];
}

/** What a wrong method gives: one load for all, one state for many, nothing ever failing. */
function ofMethod(facts: AdequacyFacts, right: AdequacyAnswer, say: Say): Mistake[] {
  const table = tableOf(facts);
  const top = facts.loads[0]?.load_mw ?? 0;
  const none = { states: table.states.slice(0, 1), installed_mw: table.installed_mw };
  const halved = {
    ...facts,
    units: facts.units.map((unit) => ({ ...unit, for_percent: unit.for_percent / 2 })),
  };
  const half = yearOf(halved, tableOf(halved));
  const exact = table.states.find(({ lost_mw }) => lost_mw > table.installed_mw - top)?.probability ?? 0;
  const always = lolp(table, top);
  return [
    ...(Math.abs((100 * exact) / right.lolp - 1) > 0.02
      ? [{ name: 'one state for all that are as bad', reply: say({ lolp: 100 * exact }), score: 0.9 }]
      : []),
    {
      name: 'the peak in every hour and on every day',
      reply: say({ lole_h: 8760 * always, lole_d: 365 * always, eens: 8760 * expectedShortage(table, top) }),
      score: 0.3,
    },
    {
      name: 'reserve margin alone: nothing can fail',
      reply: say({ lolp: 100 * lolp(none, top), lole_h: 0, lole_d: 0, eens: 0, firm: 0 }),
      score: 0,
    },
    {
      name: 'half of the outage rates',
      reply: say({ lolp: 100 * half.lolp, lole_h: half.lole_h, lole_d: half.lole_d, eens: half.eens_mwh }),
      score: 0.2,
    },
    { name: 'LOLE times load for EENS', reply: say({ eens: right.lole_h * top }), score: 0.7 },
  ];
}

/** Hours for days, GWh for MWh, and a firm capacity that is some other figure of the question. */
function ofUnits({ units }: AdequacyFacts, right: AdequacyAnswer, say: Say): Mistake[] {
  const { lolp: peak, lole_h, lole_d, eens, firm } = right;
  const largest = Math.max(...units.map(({ capacity_mw }) => capacity_mw));
  return [
    { name: 'LOLP as a fraction', reply: say({ lolp: peak / 100 }), score: 0.9 },
    { name: 'hours from days by 24', reply: say({ lole_h: rounded(24 * lole_d, 6) }), score: 0.8 },
    { name: 'days from hours by 24', reply: say({ lole_d: rounded(lole_h / 24, 6) }), score: 0.8 },
    { name: 'hours and days exchanged', reply: say({ lole_h: lole_d, lole_d: lole_h }), score: 0.6 },
    { name: 'LOLE times the largest unit for EENS', reply: say({ eens: lole_h * largest }), score: 0.7 },
    { name: 'EENS in GWh without saying so', reply: say({ eens: eens / 1000 }), score: 0.7 },
    { name: 'as much as the largest unit', reply: say({ firm: largest }), score: 0.8 },
    { name: 'firm capacity in kW without saying so', reply: say({ firm: firm * 1000 }), score: 0.8 },
  ];
}
