import type { Family } from '../../../core/family.ts';
import { checkDcDispatch } from '../../../engineering/optimise/check-dispatch.ts';
import { dcOpf } from '../../../engineering/optimise/dc-opf.ts';
import { loadSolver } from '../../../engineering/optimise/solver.ts';
import { gridPlot } from '../../pictures.ts';
import { readPlan } from '../../plan-reading.ts';
import { planVerdict } from '../../plan-score.ts';
import { decimals, replyWith } from '../../wording.ts';
import { lineOption } from '../line-names.ts';
import {
  drawNodalPrice,
  localiseNodalPrice,
  type NodalPriceFacts,
  type NodalPriceParams,
  networkOf,
  nodalPriceParams,
} from './facts.ts';
import { nodalPriceMistakes } from './mistakes.ts';
import { nodalPriceWork } from './work.ts';

export type NodalPriceAnswer = {
  /** Money per MWh, by bus. */
  prices: Record<string, number>;
  binding_line: string;
  /** Money per MWh of the line's limit. */
  shadow_price: number;
  /** Money per hour. */
  congestion_rent: number;
  dispatch: Record<string, number>;
};

/** DC optimal power flow on a small meshed network with one binding line: nodal prices, shadow price, rent, dispatch. */
export const nodalPriceFamily: Family<NodalPriceParams, NodalPriceFacts, NodalPriceAnswer> = {
  name: 'nodal-price',
  version: 1,
  params: nodalPriceParams,
  prepare: loadSolver,
  targets: {
    prices: { type: 'json', unit: { en: 'USD/MWh', zh: 'CNY/MWh' } },
    binding_line: { type: 'choice' },
    shadow_price: { type: 'number', unit: { en: 'USD/MWh', zh: 'CNY/MWh' } },
    congestion_rent: { type: 'number', unit: { en: 'USD/h', zh: 'CNY/h' } },
    dispatch: { type: 'json' },
  },
  unordered: ['buses', 'lines', 'units'],
  draw: drawNodalPrice,
  localise: localiseNodalPrice,
  solve: (facts) => solveNodalPrice(facts),
  options: (facts) => ({ binding_line: facts.lines.map(({ name }) => lineOption(name)) }),
  reply(_facts, answer, lang) {
    const { binding_line } = answer;
    const prose = {
      en: `Line ${binding_line} is at its limit, so the buses on its two sides no longer share one price.`,
      zh: `线路 ${binding_line} 达到限额，其两侧节点电价出现分离。`,
    };
    return replyWith(prose[lang], tidied(answer));
  },
  mistakes: nodalPriceMistakes,
  verify: {
    dispatch(facts, _answer, proposal) {
      const plan = readPlan(
        proposal,
        facts.units.map(({ name }) => name),
        'MW',
      );
      if ('fault' in plan) return { value: 0, reason: plan.fault };
      const check = checkDcDispatch(networkOf(facts), { convention: 'mp' }, plan.values, { tolerance: 0.5 });
      const size = facts.buses.reduce((sum, { load_mw }) => sum + load_mw, 0);
      return planVerdict(check, { size, currency: `${facts.currency.symbol}/h` });
    },
  },
  plots: ({ buses, lines }, { binding_line }, lang) => [
    gridPlot(buses, lines, {
      title: lang === 'zh' ? '网络与约束线路' : 'Network and its binding line',
      state: (name) => (name === binding_line ? 'binding' : undefined),
    }),
  ],
  work: nodalPriceWork,
};

/** @throws RangeError where the network has no feasible dispatch, which no draw allows */
export function solveNodalPrice(facts: NodalPriceFacts, convention: 'pm' | 'mp' = 'mp'): NodalPriceAnswer {
  const result = dcOpf(networkOf(facts), { convention, intervals: false });
  if (result.status !== 'optimal') throw new RangeError(result.reason);
  const shadow_price = Math.max(...result.shadow_price_per_branch);
  const binding = result.shadow_price_per_branch.indexOf(shadow_price);
  return {
    prices: Object.fromEntries(facts.buses.map(({ id }, i) => [String(id), result.price[i] as number])),
    binding_line: facts.lines[binding]?.name ?? '',
    shadow_price,
    congestion_rent: result.congestion_rent,
    dispatch: Object.fromEntries(facts.units.map(({ name }, i) => [name, result.dispatch_mw[i] as number])),
  };
}

/** An answer as a careful person writes it: money to the cent, outputs to a hundredth of a MW. */
export function tidied({
  prices,
  shadow_price,
  congestion_rent,
  dispatch,
  ...rest
}: NodalPriceAnswer): NodalPriceAnswer {
  const round = (value: number) => Number(decimals(value, 2));
  const all = (values: Record<string, number>) =>
    Object.fromEntries(Object.entries(values).map(([key, value]) => [key, round(value)]));
  return {
    prices: all(prices),
    ...rest,
    shadow_price: round(shadow_price),
    congestion_rent: round(congestion_rent),
    dispatch: all(dispatch),
  };
}
