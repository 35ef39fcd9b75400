import type { Verdict } from '../core/checker.ts';
import type { PlanCheck } from '../engineering/optimise/plan-check.ts';

export interface PlanScale {
  /** What violations are measured against: the demand in MW, the energy in MWh. */
  size: number;
  currency: string;
  /** Share of the optimum at which the regret of a feasible plan has used up its worth; 10 % where absent. */
  lost?: number;
}

/** Regret up to this share of the optimum is rounding; at `LOST` a feasible plan is worth nothing. */
const FREE = 0.002;
const LOST = 0.1;
/** An infeasible plan is worth at most half, and nothing once its violations reach this share of `size`. */
const BROKEN = 0.05;
const POWER: ReadonlySet<string> = new Set(['MW', 'MWh', 'MVA', 'Mvar']);

/**
 * What a proposed plan is worth. Feasible: 1 up to a regret of 0.2 % of the optimum, falling in a straight line to
 * 0 at 10 %, or at `lost`. Infeasible: ½ · (1 − violation/5 % of size), never above what its cost would be worth, since breaking
 * a constraint is cheap; 0 where a rule that is no amount of power or energy is broken (a minimum time). The regret in money is told beside the score.
 */
export function planVerdict(check: PlanCheck, { size, currency, lost = LOST }: PlanScale): Verdict {
  const regret = check.regret ?? Number.POSITIVE_INFINITY;
  const share = Math.max(0, regret) / Math.abs(check.optimum);
  const worth = Math.max(0, Math.min(1, 1 - (share - FREE) / (lost - FREE)));
  if (check.feasible) {
    const reason =
      regret <= FREE * Math.abs(check.optimum)
        ? 'feasible and optimal'
        : `feasible, ${money(regret)} ${currency} above the best plan`;
    return { value: worth, reason, regret: { amount: Math.max(0, regret), currency } };
  }
  // Megawatts can be missed by a little; a minimum time, a number of cycles or a count is kept or broken.
  const broken = check.violations.reduce((sum, { size: by, unit }) => sum + (POWER.has(unit) ? by : size), 0);
  const listed = check.violations
    .slice(0, 4)
    .map(({ constraint, where, size: by, unit }) => `${constraint} (${where}) by ${money(by)} ${unit}`);
  const more = check.violations.length > 4 ? ` and ${check.violations.length - 4} more` : '';
  return {
    value: check.cost === null ? 0 : 0.5 * Math.max(0, 1 - broken / (BROKEN * size)) * worth,
    reason: `infeasible: ${listed.join('; ')}${more}`,
    details: { violations: check.violations.slice(0, 20) },
  };
}

const money = (value: number): string => Number(value.toPrecision(4)).toString();
