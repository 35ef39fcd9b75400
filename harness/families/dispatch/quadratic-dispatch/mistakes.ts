import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { lossMw } from '../../../engineering/optimise/dispatch-with-losses.ts';
import { replyWith } from '../../wording.ts';
import { lossBetween, lossesOf, lossless, type QuadraticDispatchFacts } from './facts.ts';
import { type QuadraticDispatchAnswer, solveQuadraticDispatch, tidied, unitCost } from './family.ts';

/**
 * Weights of the checks: λ 3, losses 1, total cost 2, dispatch 4 (1 as a plan, 3 unit by unit). A dispatch of a wrong
 * model keeps what happens to agree, so such scores are ranges.
 */
export function quadraticDispatchMistakes(
  facts: QuadraticDispatchFacts,
  right: QuadraticDispatchAnswer,
  lang: Lang,
): Mistake[] {
  const say = (changes: Record<string, unknown>) => replyWith(PROSE[lang], { ...tidied(right), ...changes });
  const whole = (answer: QuadraticDispatchAnswer) => replyWith(PROSE[lang], tidied(answer));
  const { symbol } = facts.currency;
  const p = facts.units.map(({ name }) => right.dispatch[name] as number);
  const free = facts.units.findIndex(({ p_max_mw }, i) => (p[i] as number) < p_max_mw - 1);
  const tight = facts.units.findIndex(({ p_max_mw }, i) => (p[i] as number) > p_max_mw - 1e-3);
  const slope = (i: number, factor: number) => {
    const { b, c } = facts.units[i] as (typeof facts.units)[number];
    return b + factor * c * (p[i] as number);
  };
  const noLoad = facts.units.reduce((sum, { a }) => sum + a, 0);
  const diagonal = facts.units.reduce(
    (sum, { name }, i) => sum + lossBetween(facts, name, name) * 1e-5 * (p[i] as number) ** 2,
    0,
  );
  const price = (name: string, lambda: number): Mistake | undefined =>
    Math.abs(lambda / right.lambda - 1) > 0.006 ? { name, reply: say({ lambda }), score: 0.7 } : undefined;
  const list: (Mistake | undefined)[] = [
    { name: 'left the losses out', reply: whole(withoutLosses(facts)), score: [0, 0.45] },
    { name: 'ignored the capacity of a unit', reply: whole(withoutCapacity(facts)), score: [0, 0.5] },
    { name: 'shared demand in proportion to capacity', reply: whole(shared(facts)), score: [0, 0.35] },
    price('gave incremental cost without the penalty factor', slope(free, 2)),
    price('differentiated c P² to c P', slope(free, 1)),
    price('took λ from the unit at its capacity', slope(tight, 2)),
    price('gave the average cost as λ', right.total_cost / facts.demand_mw),
    Math.abs(diagonal / right.losses - 1) > 0.03
      ? {
          name: 'left out the mutual loss coefficients',
          reply: say({ losses: Number(diagonal.toFixed(2)) }),
          score: 0.9,
        }
      : undefined,
    { name: 'losses in kW', reply: say({ losses: `${right.losses.toFixed(2)} kW` }), score: 0.9 },
    {
      name: 'left the constant terms out of the cost',
      reply: say({ total_cost: Number((right.total_cost - noLoad).toFixed(1)) }),
      score: 0.8,
    },
    {
      name: 'total cost as money per MWh',
      reply: say({ total_cost: `${right.total_cost.toFixed(1)} ${symbol}/MWh` }),
      score: 0.8,
    },
    { name: 'no dispatch', reply: say({ dispatch: {} }), score: 0.6 },
  ];
  return list.filter((mistake) => mistake !== undefined);
}

const PROSE: Readonly<Record<Lang, string>> = {
  en: 'Equal incremental costs give:',
  zh: '按等微增率准则分配负荷，结果如下：',
};

const withoutLosses = (facts: QuadraticDispatchFacts): QuadraticDispatchAnswer =>
  solveQuadraticDispatch(lossless(facts));

const withoutCapacity = (facts: QuadraticDispatchFacts): QuadraticDispatchAnswer =>
  solveQuadraticDispatch({
    ...facts,
    units: facts.units.map((unit) => ({ ...unit, p_max_mw: 1.5 * unit.p_max_mw })),
  });

function shared(facts: QuadraticDispatchFacts): QuadraticDispatchAnswer {
  const capacity = facts.units.reduce((sum, { p_max_mw }) => sum + p_max_mw, 0);
  const outputs = facts.units.map(({ p_max_mw }) => (facts.demand_mw * p_max_mw) / capacity);
  const total_cost = facts.units.reduce((sum, unit, i) => sum + unitCost(unit, outputs[i] as number), 0);
  return {
    lambda: total_cost / facts.demand_mw,
    losses: lossMw(lossesOf(facts), outputs),
    total_cost,
    dispatch: Object.fromEntries(facts.units.map(({ name }, i) => [name, outputs[i] as number])),
  };
}
