import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { replyWith } from '../../wording.ts';
import type { MeritOrderFacts, MeritUnit } from './facts.ts';
import { type MeritOrderAnswer, solveMeritOrder, tidy } from './family.ts';

/**
 * Weights of the checks: price 1, total cost 2, dispatch 2. A mistake that spoils one part keeps the others; a plan
 * that breaks a limit may keep a part of its own, so such scores are ranges.
 */
export function meritOrderMistakes(facts: MeritOrderFacts, right: MeritOrderAnswer, lang: Lang): Mistake[] {
  const { symbol } = facts.currency;
  const say = (changes: Record<string, unknown>) => replyWith(PROSE[lang], { ...right, ...changes });
  const whole = (answer: MeritOrderAnswer) => replyWith(PROSE[lang], answer);
  const running = facts.units.filter(({ name }) => (right.dispatch[name] as number) > 0);
  const dearest = Math.max(...running.map(({ cost }) => cost));
  const average = tidy(right.total_cost / facts.demand_mw);
  const next = nextUnit(facts, right.price);
  const list: (Mistake | undefined)[] = [
    {
      name: 'took the dearest running unit for the marginal one',
      reply: say({ price: dearest }),
      score: 0.8,
    },
    next && {
      name: 'took the next unit in the order for the marginal one',
      reply: say({ price: next.cost }),
      score: 0.8,
    },
    Math.abs(average / right.price - 1) > 0.01
      ? { name: 'gave the average cost as the price', reply: say({ price: average }), score: 0.8 }
      : undefined,
    {
      name: 'ignored the minimum outputs',
      reply: whole(
        dispatched(
          facts,
          facts.units.map((unit) => ({ ...unit, p_min_mw: 0 })),
        ),
      ),
      score: [0, 0.8],
    },
    {
      name: 'ignored the must-run unit',
      reply: whole(dispatched(facts, facts.units.map(withoutMustRun))),
      score: [0, 0.8],
    },
    { name: 'shared demand in proportion to capacity', reply: whole(shared(facts)), score: [0, 0.8] },
    { name: 'gave the demand as the price', reply: say({ price: facts.demand_mw }), score: 0.8 },
    {
      name: 'price per kWh instead of MWh',
      reply: say({ price: `${right.price} ${symbol}/kWh` }),
      score: 0.8,
    },
    {
      name: 'total cost too large by 10⁴',
      reply: say({ total_cost: lang === 'zh' ? `${right.total_cost} 万元/h` : right.total_cost * 1e4 }),
      score: 0.6,
    },
    {
      name: 'total cost as money per MWh',
      reply: say({ total_cost: `${right.total_cost} ${symbol}/MWh` }),
      score: 0.6,
    },
    { name: 'no dispatch', reply: say({ dispatch: {} }), score: 0.6 },
  ];
  return list.filter((mistake) => mistake !== undefined);
}

const PROSE: Readonly<Record<Lang, string>> = {
  en: 'Dispatching the units in order of cost gives:',
  zh: '按报价由低到高排序后，结果如下：',
};

function withoutMustRun({ must_run_mw: _dropped, ...unit }: MeritUnit): MeritUnit {
  return unit;
}

function nextUnit({ units }: MeritOrderFacts, price: number): MeritUnit | undefined {
  return units.filter(({ cost }) => cost > price).sort((a, b) => a.cost - b.cost)[0];
}

/** The answer of someone who saw other units: their dispatch, at the true costs. */
function dispatched(facts: MeritOrderFacts, units: MeritUnit[]): MeritOrderAnswer {
  return solveMeritOrder({ ...facts, units });
}

function shared(facts: MeritOrderFacts): MeritOrderAnswer {
  const capacity = facts.units.reduce((sum, { capacity_mw }) => sum + capacity_mw, 0);
  const outputs = facts.units.map(({ name, capacity_mw, cost }) => {
    const p_mw = tidy((facts.demand_mw * capacity_mw) / capacity);
    return { name, p_mw, cost };
  });
  const total_cost = tidy(outputs.reduce((sum, { p_mw, cost }) => sum + p_mw * cost, 0));
  return {
    price: tidy(total_cost / facts.demand_mw),
    total_cost,
    dispatch: Object.fromEntries(outputs.map(({ name, p_mw }) => [name, p_mw])),
  };
}
