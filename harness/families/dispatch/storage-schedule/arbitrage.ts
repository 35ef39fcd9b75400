import type { Verdict } from '../../../core/checker.ts';
import type { Family } from '../../../core/family.ts';
import { checkStorage } from '../../../engineering/optimise/check-storage.ts';
import { loadSolver } from '../../../engineering/optimise/solver.ts';
import { planVerdict } from '../../plan-score.ts';
import { replyWith, rounded } from '../../wording.ts';
import {
  type ArbitrageFacts,
  type ArbitrageParams,
  arbitrageParams,
  bestSchedule,
  drawArbitrage,
  localiseArbitrage,
  problemOf,
} from './arbitrage-facts.ts';
import { arbitrageMistakes } from './arbitrage-mistakes.ts';
import { arbitrageWork } from './arbitrage-work.ts';
import { ROUNDING_MW, readStorePlan, signed } from './store-plan.ts';

export type ArbitrageAnswer = {
  /** Sales less purchases less wear, money. */
  profit: number;
  /** MW at the grid side by hour, discharge above 0. */
  schedule: number[];
};

/** The most profitable schedule of a price-taking store: losses, power, energy, end of charge and, in the market form, cycles and wear. */
export const storageArbitrageFamily: Family<ArbitrageParams, ArbitrageFacts, ArbitrageAnswer> = {
  name: 'storage-arbitrage',
  version: 2,
  params: arbitrageParams,
  prepare: loadSolver,
  targets: {
    profit: { type: 'number', unit: { en: 'USD', zh: 'CNY' } },
    schedule: { type: 'json' },
  },
  draw: drawArbitrage,
  localise: localiseArbitrage,
  solve(facts) {
    const best = bestSchedule(facts);
    return { profit: rounded(best.profit, 3), schedule: signed(best) };
  },
  vars: (facts) => ({
    ...facts,
    hours: facts.prices.length,
    ...(facts.storage.max_cycles === undefined
      ? {}
      : { cycle_mwh: rounded(facts.storage.max_cycles * facts.storage.energy_mwh, 3) }),
  }),
  reply(_facts, answer, lang) {
    const prose = {
      en: 'Buying in the valleys and selling in the peaks as far as losses and limits let it pay:',
      zh: '计及充放电损耗和各项限制，低谷充电、高峰放电，收益最大的计划为：',
    };
    return replyWith(prose[lang], answer);
  },
  mistakes: arbitrageMistakes,
  verify: { schedule: judgeSchedule },
  plots: ({ prices, currency }, { schedule }, lang) => {
    const times = prices.map((_, t) => String(t + 1));
    const [price, power] =
      lang === 'zh' ? ['电价', '功率（放电为正）'] : ['Price', 'Power (discharge above 0)'];
    return [
      { kind: 'series', title: price, unit: currency.unit, times, series: [{ name: price, values: prices }] },
      { kind: 'series', title: power, unit: 'MW', times, series: [{ name: power, values: schedule }] },
    ];
  },
  work: arbitrageWork,
};

function judgeSchedule(facts: ArbitrageFacts, { profit }: ArbitrageAnswer, proposal: unknown): Verdict {
  const plan = readStorePlan(proposal, facts.prices.length);
  if ('fault' in plan) return { value: 0, reason: plan.fault };
  const check = checkStorage(problemOf(facts), plan, { optimum: -profit, tolerance: ROUNDING_MW });
  return planVerdict(check, { size: facts.storage.energy_mwh, currency: facts.currency.symbol });
}
