import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { replyWith, rounded } from '../../wording.ts';
import type { ArbitrageAnswer } from './arbitrage.ts';
import { type ArbitrageFacts, bestSchedule, withoutCycles, withStore } from './arbitrage-facts.ts';
import { signed } from './store-plan.ts';

/** Weights of the checks: profit 2, schedule 3. A schedule that breaks a rule may keep half of its part at most. */
export function arbitrageMistakes(facts: ArbitrageFacts, right: ArbitrageAnswer, lang: Lang): Mistake[] {
  return [...overlooked(facts, right, lang), ...slips(facts, right, lang)];
}

/** The best answer to a question with one rule fewer. */
function overlooked(facts: ArbitrageFacts, right: ArbitrageAnswer, lang: Lang): Mistake[] {
  const { storage } = facts;
  const { max_cycles, wear_cost, charge_efficiency: up, discharge_efficiency: down } = storage;
  const seen = (name: string, other: ArbitrageFacts, most: number): Mistake => {
    const best = bestSchedule(other);
    const reply = replyWith(PROSE[lang], { profit: rounded(best.profit, 3), schedule: signed(best) });
    return { name, reply, score: [0, most] };
  };
  const squared = withStore(facts, { charge_efficiency: up * down, discharge_efficiency: up * down });
  return [
    seen('left out the losses', withStore(facts, { charge_efficiency: 1, discharge_efficiency: 1 }), 0.3),
    seen('emptied the store at the end', withStore(facts, { final_mwh: storage.energy_min_mwh }), 0.3),
    ...(max_cycles === undefined ? [] : [seen('left out the cycle limit', withoutCycles(facts), 0.3)]),
    ...(wear_cost === undefined ? [] : [seen('left out the wear', withStore(facts, { wear_cost: 0 }), 0.6)]),
    ...(apart(bestSchedule(squared).profit, right.profit)
      ? [seen('took the round trip for each way', squared, 0.6)]
      : []),
  ];
}

const apart = (profit: number, right: number): boolean => Math.abs(profit / right - 1) > 0.01;

/** A right schedule told wrongly, or none. */
function slips({ prices, currency }: ArbitrageFacts, right: ArbitrageAnswer, lang: Lang): Mistake[] {
  const { profit, schedule } = right;
  const say = (changes: Record<string, unknown>) => replyWith(PROSE[lang], { ...right, ...changes });
  const sales = schedule.reduce((sum, p, t) => sum + Math.max(0, p) * (prices[t] as number), 0);
  const thousands = lang === 'zh' ? `${profit} 万元` : `${profit} thousand $`;
  return [
    { name: 'turned the sign', reply: say({ schedule: schedule.map((p) => 0 - p) }), score: 0.4 },
    ...(apart(sales, profit)
      ? [{ name: 'gave the sales as the profit', reply: say({ profit: sales }), score: 0.6 }]
      : []),
    { name: 'did nothing', reply: say({ profit: 0, schedule: prices.map(() => 0) }), score: 0 },
    { name: 'profit off by 10³ or 10⁴', reply: say({ profit: thousands }), score: 0.6 },
    { name: 'profit as a price', reply: say({ profit: `${profit} ${currency.unit}` }), score: 0.6 },
    { name: 'schedule in kW', reply: say({ schedule: schedule.map((p) => p * 1000) }), score: 0.4 },
    { name: 'one hour too few', reply: say({ schedule: schedule.slice(1) }), score: 0.4 },
  ];
}

const PROSE: Readonly<Record<Lang, string>> = {
  en: 'The store should run like this:',
  zh: '储能充放电计划如下：',
};
