import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { redispatch } from '../../../engineering/optimise/redispatch.ts';
import { replyWith } from '../../wording.ts';
import type { RedispatchFacts } from './facts.ts';
import { PROSE, type RedispatchAnswer, solveRedispatch, tidied } from './family.ts';
import { pairedMove } from './paired-move.ts';
import { checkPlan, flowsIn, problemOf } from './problem.ts';

/** Weights of the checks: overloaded lines 1, loading 2, plan 5, cost 2: 10 in all. */
export function redispatchMistakes(facts: RedispatchFacts, right: RedispatchAnswer, lang: Lang): Mistake[] {
  const tidy = tidied(right);
  const say = (changes: Record<string, unknown>) => replyWith(PROSE[lang], { ...tidy, ...changes });
  const names = facts.units.map(({ name }) => name);
  const each = (of: (mw: number) => number) =>
    Object.fromEntries(names.map((name) => [name, of(tidy.plan[name] as number) || 0]));
  const named = (values: readonly number[]) =>
    Object.fromEntries(names.map((name, i) => [name, values[i] as number]));
  const pair = pairedMove(facts);
  const list: (Mistake | undefined)[] = [
    { name: 'left everything as it is', reply: say({ plan: each(() => 0), cost: 0 }), score: 0.3 },
    { name: 'took up for down', reply: say({ plan: each((mw) => -mw) }), score: 0.5 },
    {
      name: 'only lowered units, so that load is left unserved',
      reply: say({ plan: each((mw) => Math.min(0, mw)) }),
      score: [0.5, 0.75],
    },
    {
      name: 'moved a pair of units MW for MW of overload, without sensitivities',
      reply: say({ plan: named(pair.change_mw), cost: pair.cost }),
      score: [0.3, 0.95],
    },
    withoutRamps(facts, (answer) =>
      replyWith(PROSE[lang], { ...tidy, plan: answer.plan, cost: answer.cost }),
    ),
    tied(facts, (plan, cost) => say({ plan, cost })),
    Math.abs(paidBoth(facts, right) / right.cost - 1) > 0.01
      ? { name: 'wrong sign of the down prices', reply: say({ cost: paidBoth(facts, right) }), score: 0.8 }
      : undefined,
    { name: 'cost of a quarter of an hour', reply: say({ cost: tidy.cost / 4 }), score: 0.8 },
    {
      name: 'cost as money per MWh',
      reply: say({ cost: `${tidy.cost} ${facts.currency.unit}` }),
      score: 0.8,
    },
    { name: 'excess for loading', reply: say({ worst_loading: tidy.worst_loading - 100 }), score: 0.8 },
    {
      name: 'loading as a plain ratio',
      reply: say({ worst_loading: right.worst_loading / 100 }),
      score: 0.8,
    },
    {
      name: 'new outputs instead of changes',
      reply: say({ plan: named(facts.units.map(({ p_mw }) => p_mw)) }),
      score: 0.5,
    },
    facts.outage === null ? undefined : sawNoOverload(facts, lang),
  ];
  return list.filter((mistake) => mistake !== undefined);
}

/** The plan of someone who let every unit move as far as its limits, in no time. */
function withoutRamps(
  facts: RedispatchFacts,
  reply: (answer: RedispatchAnswer) => string,
): Mistake | undefined {
  const fast = facts.units.map((unit) => (unit.kind === 'heat' ? unit : { ...unit, ramp_mw_per_min: 1000 }));
  const answer = tidied(solveRedispatch({ ...facts, units: fast }));
  const worth = checkPlan(facts, Object.values(answer.plan), { optimum: 1, tolerance: 0.5 });
  return worth.feasible
    ? undefined
    : { name: 'ignored how fast the units can move', reply: reply(answer), score: [0.3, 0.98] };
}

/** The plan of someone who moved the unit that heat supply ties. */
function tied(
  facts: RedispatchFacts,
  reply: (plan: Record<string, number>, cost: number) => string,
): Mistake | undefined {
  const problem = problemOf(facts);
  const offers = problem.offers.map((offer) => offer ?? { up_price: 1, down_price: -1 });
  const best = redispatch({ ...problem, offers });
  const at = problem.offers.indexOf(null);
  if (best.status !== 'optimal' || at < 0) return undefined;
  const plan = facts.units.map(({ name, p_mw }, i) => [
    name,
    Number(((best.dispatch_mw[i] as number) - p_mw).toFixed(2)),
  ]);
  return Math.abs(plan[at]?.[1] as number) > 1
    ? {
        name: 'moved the unit tied by heat supply',
        reply: reply(Object.fromEntries(plan), best.cost),
        score: [0.3, 0.75],
      }
    : undefined;
}

/** What is paid back counted as paid, and what is paid for spilt wind as earned. */
const paidBoth = ({ units }: RedispatchFacts, { plan }: RedispatchAnswer): number =>
  units.reduce((sum, { name, up_price, down_price }) => {
    const mw = plan[name] as number;
    return sum + (mw > 0 ? mw * up_price : -mw * down_price);
  }, 0);

/** The reply of someone who looked at the network with every line in. */
function sawNoOverload(facts: RedispatchFacts, lang: Lang): Mistake {
  const loadings = flowsIn(facts, 'before').map(
    (flow, i) => (100 * Math.abs(flow)) / (facts.lines[i]?.limit_mw as number),
  );
  const plan = Object.fromEntries(facts.units.map(({ name }) => [name, 0]));
  const said = { overloaded: [], worst_loading: Number(Math.max(...loadings).toFixed(1)), cost: 0, plan };
  return {
    name: 'looked only at the network before the outage',
    reply: replyWith(PROSE[lang], said),
    score: 0,
  };
}
