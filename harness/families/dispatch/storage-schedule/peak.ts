import type { Verdict } from '../../../core/checker.ts';
import type { Family } from '../../../core/family.ts';
import { checkPeakShaving } from '../../../engineering/optimise/check-storage.ts';
import { loadSolver } from '../../../engineering/optimise/solver.ts';
import { planVerdict } from '../../plan-score.ts';
import { replyWith, rounded } from '../../wording.ts';
import {
  bestPeak,
  drawPeak,
  localisePeak,
  type PeakFacts,
  type PeakParams,
  peakLoad,
  peakParams,
  problemOf,
} from './peak-facts.ts';
import { peakMistakes } from './peak-mistakes.ts';
import { peakWork } from './peak-work.ts';
import { ROUNDING_MW, readStorePlan, signed } from './store-plan.ts';

export type PeakAnswer = {
  /** Highest hour with the battery, MW. */
  peak: number;
  /** Demand charge saved, money for the month. */
  saving: number;
  /** MW at the connection by hour, discharge above 0. */
  schedule: number[];
};

/** The lowest peak that a battery behind the meter can bring a works down to, and what that saves of the demand charge. */
export const peakShavingFamily: Family<PeakParams, PeakFacts, PeakAnswer> = {
  name: 'peak-shaving',
  version: 1,
  params: peakParams,
  prepare: loadSolver,
  targets: {
    peak: { type: 'number', unit: 'MW' },
    saving: { type: 'number', unit: { en: 'USD', zh: 'CNY' } },
    schedule: { type: 'json' },
  },
  draw: drawPeak,
  localise: localisePeak,
  solve(facts) {
    const best = bestPeak(facts);
    return {
      peak: rounded(best.peak_mw, 6),
      saving: rounded(savingOf(facts, best.peak_mw), 2),
      schedule: signed(best),
    };
  },
  vars: (facts) => ({ ...facts, hours: facts.loads.length }),
  reply(_facts, answer, lang) {
    const prose = {
      en: 'The battery holds the load at one level through both peaks and recharges below it:',
      zh: '储能在两个高峰时段放电，把负荷压到同一水平，其余时段在该水平以下充电：',
    };
    return replyWith(prose[lang], answer);
  },
  mistakes: peakMistakes,
  verify: { schedule: judgeSchedule },
  plots: ({ loads }, { schedule }, lang) => [
    {
      kind: 'series',
      title: lang === 'zh' ? '削峰前后负荷' : 'Load before and after shaving',
      unit: 'MW',
      times: loads.map((_, t) => String(t + 1)),
      series: [
        { name: lang === 'zh' ? '原负荷' : 'before', values: loads },
        {
          name: lang === 'zh' ? '削峰后' : 'after',
          values: loads.map((load, t) => rounded(load - (schedule[t] as number), 3)),
        },
      ],
    },
  ],
  work: peakWork,
};

const KW_PER_MW = 1000;

export const savingOf = (facts: PeakFacts, peak_mw: number): number =>
  (peakLoad(facts) - peak_mw) * KW_PER_MW * facts.demand_charge;

/** Judged by the saving: a battery that stands still has lost all of it, however near its peak is to the best one. */
function judgeSchedule(facts: PeakFacts, { peak, saving }: PeakAnswer, proposal: unknown): Verdict {
  const plan = readStorePlan(proposal, facts.loads.length);
  if ('fault' in plan) return { value: 0, reason: plan.fault };
  const check = checkPeakShaving(problemOf(facts), plan, { optimum: peak, tolerance: ROUNDING_MW });
  const money = (mw: number | null) => (mw === null ? null : mw * KW_PER_MW * facts.demand_charge);
  const rounding = Math.max(0, (check.regret ?? 0) - ROUNDING_MW);
  return planVerdict(
    {
      ...check,
      cost: money(check.cost),
      optimum: -saving,
      regret: money(check.regret === null ? null : rounding),
    },
    { size: facts.storage.energy_mwh, currency: facts.currency.symbol },
  );
}
