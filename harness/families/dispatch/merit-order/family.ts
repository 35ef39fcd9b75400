import type { Family } from '../../../core/family.ts';
import { checkDispatch } from '../../../engineering/optimise/check-dispatch.ts';
import { meritOrder } from '../../../engineering/optimise/economic-dispatch.ts';
import { readPlan } from '../../plan-reading.ts';
import { planVerdict } from '../../plan-score.ts';
import { replyWith } from '../../wording.ts';
import {
  dispatchUnits,
  drawMeritOrder,
  localiseMeritOrder,
  type MeritOrderFacts,
  type MeritOrderParams,
  meritOrderParams,
} from './facts.ts';
import { meritOrderMistakes } from './mistakes.ts';
import { meritOrderWork } from './work.ts';

export type MeritOrderAnswer = {
  /** System marginal price, money per MWh. */
  price: number;
  /** Money per hour. */
  total_cost: number;
  /** Output of each unit by name, MW. */
  dispatch: Record<string, number>;
};

/** Least-cost dispatch of units that are on, with minimum outputs, capacities and one must-run unit, at linear costs. */
export const meritOrderFamily: Family<MeritOrderParams, MeritOrderFacts, MeritOrderAnswer> = {
  name: 'merit-order',
  version: 1,
  params: meritOrderParams,
  targets: {
    price: { type: 'number', unit: { en: 'USD/MWh', zh: 'CNY/MWh' } },
    total_cost: { type: 'number', unit: { en: 'USD/h', zh: 'CNY/h' } },
    dispatch: { type: 'json' },
  },
  unordered: ['units'],
  draw: drawMeritOrder,
  localise: localiseMeritOrder,
  solve: solveMeritOrder,
  reply(facts, { price, total_cost, dispatch }, lang) {
    const prose = {
      en: `Minimum and must-run outputs first, then the cheapest units in turn until ${facts.demand_mw} MW is met. The marginal unit sets the price.`,
      zh: `先满足各机组最小出力和必开出力，再按报价由低到高增加出力，直至满足 ${facts.demand_mw} MW 负荷，边际机组的报价即为系统边际电价。`,
    };
    return replyWith(prose[lang], { price, total_cost, dispatch });
  },
  mistakes: meritOrderMistakes,
  verify: {
    dispatch(facts, { total_cost }, proposal) {
      const units = dispatchUnits(facts);
      const plan = readPlan(
        proposal,
        units.map(({ name }) => name),
        'MW',
      );
      if ('fault' in plan) return { value: 0, reason: plan.fault };
      const check = checkDispatch(units, facts.demand_mw, plan.values, {
        optimum: total_cost,
        tolerance: 0.5,
      });
      return planVerdict(check, { size: facts.demand_mw, currency: `${facts.currency.symbol}/h` });
    },
  },
  work: meritOrderWork,
};

/** @throws RangeError where no dispatch meets the demand, which no draw allows */
export function solveMeritOrder(facts: MeritOrderFacts): MeritOrderAnswer {
  const units = dispatchUnits(facts);
  const result = meritOrder(units, facts.demand_mw);
  if (result.status !== 'optimal') throw new RangeError(result.reason);
  const { price, cost, dispatch_mw } = result;
  return {
    price: tidy(price),
    total_cost: tidy(cost),
    dispatch: Object.fromEntries(units.map(({ name }, i) => [name, tidy(dispatch_mw[i] as number)])),
  };
}

/** Sums of tenths carry binary dust; a key must not. */
export const tidy = (value: number): number => Number(value.toPrecision(12));
