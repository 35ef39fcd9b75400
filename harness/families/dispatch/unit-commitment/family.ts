import type { Verdict } from '../../../core/checker.ts';
import type { Family } from '../../../core/family.ts';
import { checkCommitment } from '../../../engineering/optimise/check-commitment.ts';
import { loadSolver } from '../../../engineering/optimise/solver.ts';
import { planVerdict } from '../../plan-score.ts';
import { replyWith, rounded } from '../../wording.ts';
import { readSchedule } from '../schedule-reading.ts';
import {
  drawUnitCommitment,
  localiseUnitCommitment,
  problemOf,
  solve,
  type UnitCommitmentFacts,
  type UnitCommitmentParams,
  unitCommitmentParams,
} from './facts.ts';
import { unitCommitmentMistakes } from './mistakes.ts';
import { unitCommitmentWork } from './work.ts';

export type UnitCommitmentAnswer = {
  /** Money over all hours. */
  total_cost: number;
  /** Output by unit, then hour, MW; 0 is off. */
  schedule: Record<string, number[]>;
};

/** Who runs when: commitment and dispatch of a few units over a few hours, with reserve and minimum times. */
export const unitCommitmentFamily: Family<UnitCommitmentParams, UnitCommitmentFacts, UnitCommitmentAnswer> = {
  name: 'unit-commitment',
  version: 1,
  params: unitCommitmentParams,
  prepare: loadSolver,
  targets: {
    total_cost: { type: 'number', unit: { en: 'USD', zh: 'CNY' } },
    schedule: { type: 'json' },
  },
  unordered: ['units'],
  draw: drawUnitCommitment,
  localise: localiseUnitCommitment,
  solve: solveUnitCommitment,
  vars: (facts) => ({ ...facts, hours: facts.demand_mw.length }),
  reply(_facts, answer, lang) {
    const prose = {
      en: 'The least-cost commitment that keeps reserve and minimum times is:',
      zh: '满足备用和最小开停机时间要求、总费用最低的机组组合如下：',
    };
    return replyWith(prose[lang], answer);
  },
  mistakes: unitCommitmentMistakes,
  verify: { schedule: judgeSchedule },
  work: unitCommitmentWork,
};

/** @throws RangeError where no commitment serves every hour, which no draw allows */
export function solveUnitCommitment(facts: UnitCommitmentFacts): UnitCommitmentAnswer {
  const best = solve(facts);
  if (!best) throw new RangeError('no commitment serves every hour');
  return { total_cost: rounded(best.cost, 4), schedule: scheduleOf(facts, best.dispatch_mw) };
}

export const scheduleOf = (
  { units }: UnitCommitmentFacts,
  dispatch_mw: readonly (readonly number[])[],
): Record<string, number[]> =>
  Object.fromEntries(
    units.map(({ name }, i) => [name, (dispatch_mw[i] as readonly number[]).map((p) => rounded(p, 4))]),
  );

/** Every unit's least output is above 0, so an output of 0 says off and any other says on. */
function judgeSchedule(
  facts: UnitCommitmentFacts,
  { total_cost }: UnitCommitmentAnswer,
  proposal: unknown,
): Verdict {
  const { units, demand_mw, currency } = facts;
  const names = units.map(({ name }) => name);
  const plan = readSchedule(proposal, names, demand_mw.length, 'MW');
  if ('fault' in plan) return { value: 0, reason: plan.fault };
  const on = plan.values.map((row) => row.map((p) => p !== 0));
  const check = checkCommitment(
    problemOf(facts),
    { on, dispatch_mw: plan.values },
    { optimum: total_cost, tolerance: 0.5 },
  );
  const size = demand_mw.reduce((sum, demand) => sum + demand, 0);
  return planVerdict(check, { size, currency: currency.symbol });
}
