import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { replyWith, rounded } from '../../wording.ts';
import type { ArbitrageAnswer } from './arbitrage.ts';
import { type ArbitrageFacts, bestSchedule, withoutCycles, withStore } from './arbitrage-facts.ts';
import { signed } from './store-plan.ts';

/** Weights of the checks: profit 2, schedule 3. A schedule that breaks a rule may keep half of its part at most. */
export function arbitrageMistakes(facts: ArbitrageFacts, right: ArbitrageAnswer, lang: Lang): Mistake[] {
  const { storage, prices } = facts;
  const { max_cycles, wear_cost, charge_efficiency: up, discharge_efficiency: down } = storage;
  const say = (changes: Record<string, unknown>) => replyWith(PROSE[lang], { ...right, ...changes });
  const whole = (seen: ArbitrageFacts) => {
    const best = bestSchedule(seen);
    return replyWith(PROSE[lang], { profit: rounded(best.profit, 3), schedule: signed(best) });
  };
  const sales = right.schedule.reduce((sum, p, t) => sum + Math.max(0, p) * (prices[t] as number), 0);
  const apart = (profit: number) => Math.abs(profit / right.profit - 1) > 0.01;
  const list: (Mistake | undefined)[] = [
    {
      name: 'left out the losses',
      reply: whole(withStore(facts, { charge_efficiency: 1, discharge_efficiency: 1 })),
      score: [0, 0.3],
    },
    {
      name: 'emptied the store at the end',
      reply: whole(withStore(facts, { final_mwh: storage.energy_min_mwh })),
      score: [0, 0.3],
    },
    max_cycles === undefined
      ? undefined
      : { name: 'left out the cycle limit', reply: whole(withoutCycles(facts)), score: [0, 0.3] },
    wear_cost === undefined
      ? undefined
      : {
          name: 'left out the wear',
          reply: whole(withStore(facts, { wear_cost: 0 })),
          score: [0, 0.6],
        },
    apart(
      bestSchedule(withStore(facts, { charge_efficiency: up * down, discharge_efficiency: up * down }))
        .profit,
    )
      ? {
          name: 'took the round trip for each way',
          reply: whole(withStore(facts, { charge_efficiency: up * down, discharge_efficiency: up * down })),
          score: [0, 0.6],
        }
      : undefined,
    { name: 'turned the sign', reply: say({ schedule: right.schedule.map((p) => 0 - p) }), score: 0.4 },
    apart(sales)
      ? { name: 'gave the sales as the profit', reply: say({ profit: sales }), score: 0.6 }
      : undefined,
    { name: 'did nothing', reply: say({ profit: 0, schedule: prices.map(() => 0) }), score: 0 },
    {
      name: 'profit off by 10³ or 10⁴',
      reply: say({ profit: lang === 'zh' ? `${right.profit} 万元` : `${right.profit} thousand $` }),
      score: 0.6,
    },
    {
      name: 'profit as a price',
      reply: say({ profit: `${right.profit} ${facts.currency.unit}` }),
      score: 0.6,
    },
    { name: 'schedule in kW', reply: say({ schedule: right.schedule.map((p) => p * 1000) }), score: 0.4 },
    { name: 'one hour too few', reply: say({ schedule: right.schedule.slice(1) }), score: 0.4 },
  ];
  return list.filter((mistake) => mistake !== undefined);
}

const PROSE: Readonly<Record<Lang, string>> = {
  en: 'The store should run like this:',
  zh: '储能充放电计划如下：',
};
