import type { Verdict } from '../../../core/checker.ts';
import type { Family } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { required } from '../../../engineering/optimise/plan-check.ts';
import { redispatch } from '../../../engineering/optimise/redispatch.ts';
import { loadSolver } from '../../../engineering/optimise/solver.ts';
import { gridPlot } from '../../pictures.ts';
import { readPlan } from '../../plan-reading.ts';
import { planVerdict } from '../../plan-score.ts';
import { replyWith, rounded } from '../../wording.ts';
import { lineOption } from '../line-names.ts';
import {
  drawRedispatch,
  localiseRedispatch,
  type RedispatchFacts,
  type RedispatchParams,
  redispatchParams,
} from './facts.ts';
import { redispatchMistakes } from './mistakes.ts';
import { checkPlan, flowsIn, problemOf } from './problem.ts';
import { redispatchWork } from './work.ts';

export type RedispatchAnswer = {
  overloaded: string[];
  /** Flow over limit of the most loaded line before the measure, percent. */
  worst_loading: number;
  /** Money per hour of the least-cost plan. */
  cost: number;
  /** MW by unit, up above 0. */
  plan: Record<string, number>;
};

/** Removes an overload, as the network stands or after a named outage, by moving units up and down at least cost. */
export const redispatchFamily: Family<RedispatchParams, RedispatchFacts, RedispatchAnswer> = {
  name: 'redispatch',
  version: 1,
  params: redispatchParams,
  prepare: loadSolver,
  targets: {
    overloaded: { type: 'set' },
    worst_loading: { type: 'number', unit: '%' },
    cost: { type: 'number', unit: { en: 'USD/h', zh: 'CNY/h' } },
    plan: { type: 'json' },
  },
  unordered: ['buses', 'lines', 'units'],
  draw: drawRedispatch,
  localise: localiseRedispatch,
  solve: solveRedispatch,
  options: ({ lines }) => ({ overloaded: lines.map(({ name }) => lineOption(name)) }),
  reply: (_facts, answer, lang) => replyWith(PROSE[lang], tidied(answer)),
  mistakes: redispatchMistakes,
  verify: { plan: judgePlan },
  plots: ({ buses, lines, units, outage }, { overloaded }, lang) => [
    gridPlot(
      buses.map(({ id, load_mw }) => ({
        id,
        load_mw,
        generation_mw: units.filter(({ bus }) => bus === id).reduce((sum, { p_mw }) => sum + p_mw, 0),
      })),
      lines,
      {
        title: lang === 'zh' ? '调整前的过载线路' : 'Overloads before the measure',
        state: (name) => (name === outage ? 'out' : overloaded.includes(name) ? 'overloaded' : undefined),
      },
    ),
  ],
  work: redispatchWork,
};

export const PROSE: Readonly<Record<Lang, string>> = {
  en: 'Flows, sensitivities of the overloaded lines and the least-cost change give:',
  zh: '计算线路潮流及各机组对过载线路的灵敏度后，得到费用最低的调整方案：',
};

/** @throws RangeError where no plan clears the overloads, which no draw allows */
export function solveRedispatch(facts: RedispatchFacts): RedispatchAnswer {
  const best = required(redispatch(problemOf(facts)));
  const loadings = flowsIn(facts, 'after').map(
    (flow, i) => (100 * Math.abs(flow)) / (facts.lines[i]?.limit_mw as number),
  );
  return {
    overloaded: facts.lines.filter((_, i) => (loadings[i] as number) > 100).map(({ name }) => name),
    worst_loading: Math.max(...loadings),
    cost: best.cost,
    plan: Object.fromEntries(
      facts.units.map(({ name }, i) => [name, (best.up_mw[i] as number) - (best.down_mw[i] as number)]),
    ),
  };
}

/** An answer as a careful person writes it. */
export function tidied({ overloaded, worst_loading, cost, plan }: RedispatchAnswer): RedispatchAnswer {
  return {
    overloaded,
    worst_loading: rounded(worst_loading, 1),
    cost: rounded(cost, 1),
    plan: Object.fromEntries(Object.entries(plan).map(([name, mw]) => [name, rounded(mw, 2) || 0])),
  };
}

/** MW by which a limit or the balance may be missed, since answers are rounded. */
export const TOLERANCE_MW = 0.1;

/**
 * The plan simulated again. What it breaks is measured against the overload there was: half of it left, and a plan is worth
 * nothing, so that doing nothing earns nothing.
 */
function judgePlan(facts: RedispatchFacts, { cost }: RedispatchAnswer, proposal: unknown): Verdict {
  const names = facts.units.map(({ name }) => name);
  const stay = Object.fromEntries(names.map((name) => [name, 0]));
  const whole =
    typeof proposal === 'object' && proposal !== null && !Array.isArray(proposal)
      ? { ...stay, ...proposal }
      : proposal;
  const plan = readPlan(whole, names, 'MW');
  if ('fault' in plan) return { value: 0, reason: plan.fault };
  const check = checkPlan(facts, plan.values, { optimum: cost, tolerance: TOLERANCE_MW });
  const excess = flowsIn(facts, 'after').reduce(
    (sum, flow, i) => sum + Math.max(0, Math.abs(flow) - (facts.lines[i]?.limit_mw as number)),
    0,
  );
  return planVerdict(check, { size: 10 * excess, currency: `${facts.currency.symbol}/h`, lost: 0.5 });
}
