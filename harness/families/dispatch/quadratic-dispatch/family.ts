import type { Verdict } from '../../../core/checker.ts';
import type { Family } from '../../../core/family.ts';
import { dispatchWithLosses, lossMw } from '../../../engineering/optimise/dispatch-with-losses.ts';
import { verdict, violations } from '../../../engineering/optimise/plan-check.ts';
import { readPlan } from '../../plan-reading.ts';
import { planVerdict } from '../../plan-score.ts';
import { replyWith, rounded } from '../../wording.ts';
import {
  drawQuadraticDispatch,
  localiseQuadraticDispatch,
  lossBetween,
  lossesOf,
  lossUnits,
  type QuadraticDispatchFacts,
  type QuadraticDispatchParams,
  type QuadraticUnit,
  quadraticDispatchParams,
} from './facts.ts';
import { quadraticDispatchMistakes } from './mistakes.ts';
import { quadraticDispatchWork } from './work.ts';

export type QuadraticDispatchAnswer = {
  /** Cost of one more MW at the load, money per MWh. */
  lambda: number;
  losses: number;
  /** Money per hour. */
  total_cost: number;
  /** Output of each unit by name, MW. */
  dispatch: Record<string, number>;
};

/** Economic dispatch of quadratic costs with losses by B-coefficients, one unit at its capacity. */
export const quadraticDispatchFamily: Family<
  QuadraticDispatchParams,
  QuadraticDispatchFacts,
  QuadraticDispatchAnswer
> = {
  name: 'quadratic-dispatch',
  version: 2,
  params: quadraticDispatchParams,
  targets: {
    lambda: { type: 'number', unit: { en: 'USD/MWh', zh: 'CNY/MWh' } },
    losses: { type: 'number', unit: 'MW' },
    total_cost: { type: 'number', unit: { en: 'USD/h', zh: 'CNY/h' } },
    dispatch: { type: 'json', unit: 'MW' },
  },
  unordered: ['units'],
  draw: drawQuadraticDispatch,
  localise: localiseQuadraticDispatch,
  solve: solveQuadraticDispatch,
  vars: (facts) => ({
    ...facts,
    loss_rows: facts.units.map(({ name }) => ({
      name,
      values: facts.units.map((other) => lossBetween(facts, name, other.name)),
    })),
  }),
  reply(_facts, answer, lang) {
    const prose = {
      en: 'Solving the coordination equations, with the unit that would exceed its capacity held there:',
      zh: '按计及网损的等微增率准则（协调方程）求解，越限机组固定在最大出力，结果如下：',
    };
    return replyWith(prose[lang], tidied(answer));
  },
  mistakes: quadraticDispatchMistakes,
  verify: { dispatch: judgeDispatch },
  work: quadraticDispatchWork,
};

/** @throws RangeError where no dispatch meets demand and losses, which no draw allows */
export function solveQuadraticDispatch(facts: QuadraticDispatchFacts): QuadraticDispatchAnswer {
  const result = dispatchWithLosses(lossUnits(facts), facts.demand_mw, lossesOf(facts));
  if (result.status !== 'optimal') throw new RangeError(result.reason);
  const { lambda, loss_mw, cost, dispatch_mw } = result;
  return {
    lambda,
    losses: loss_mw,
    total_cost: cost,
    dispatch: Object.fromEntries(facts.units.map(({ name }, i) => [name, dispatch_mw[i] as number])),
  };
}

export const unitCost = ({ a, b, c }: QuadraticUnit, p_mw: number): number => a + b * p_mw + c * p_mw * p_mw;

/** The losses are those of the proposed outputs themselves, so a plan that left them out is out of balance. */
function judgeDispatch(
  facts: QuadraticDispatchFacts,
  { total_cost }: QuadraticDispatchAnswer,
  proposal: unknown,
): Verdict {
  const { units, demand_mw } = facts;
  const plan = readPlan(
    proposal,
    units.map(({ name }) => name),
    'MW',
  );
  if ('fault' in plan) return { value: 0, reason: plan.fault };
  const found = violations(0.5);
  units.forEach(({ name, p_min_mw, p_max_mw }, i) => {
    found.atMost(plan.values[i] as number, p_max_mw, 'maximum output', name);
    found.atLeast(plan.values[i] as number, p_min_mw, 'minimum output', name);
  });
  const sum = plan.values.reduce((total, p) => total + p, 0);
  found.equal(sum - lossMw(lossesOf(facts), plan.values), demand_mw, 'power balance with losses', 'system');
  const cost = units.reduce((total, unit, i) => total + unitCost(unit, plan.values[i] as number), 0);
  const check = verdict(found.list, cost, total_cost, {});
  return planVerdict(check, { size: demand_mw, currency: `${facts.currency.symbol}/h` });
}

/** An answer as a careful person writes it. */
export function tidied({
  lambda,
  losses,
  total_cost,
  dispatch,
}: QuadraticDispatchAnswer): QuadraticDispatchAnswer {
  return {
    lambda: rounded(lambda, 3),
    losses: rounded(losses, 2),
    total_cost: rounded(total_cost, 1),
    dispatch: Object.fromEntries(Object.entries(dispatch).map(([name, p]) => [name, rounded(p, 2)])),
  };
}
