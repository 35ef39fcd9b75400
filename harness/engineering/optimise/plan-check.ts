/** One broken constraint of a proposed plan: by how much, and where. */
export interface Violation {
  constraint: string;
  /** How far beyond the constraint, always above 0, in `unit`. */
  size: number;
  unit: string;
  where: string;
}

/**
 * A verdict on a proposed plan. Any feasible plan within tolerance of the optimum is right, whichever it is.
 * Of an infeasible plan the regret may be negative: breaking rules is cheap.
 */
export interface PlanCheck {
  feasible: boolean;
  violations: Violation[];
  /** What the plan costs, what the best costs, and the difference; null where the plan has no cost (not a number, wrong shape). */
  cost: number | null;
  optimum: number;
  regret: number | null;
  currency: string;
}

export interface PlanOptions {
  /** A constraint may be missed by so much (MW, MWh), since answers are rounded. Default 0.01. */
  tolerance?: number;
  /** The least cost, where the caller has solved the problem already. */
  optimum?: number;
  /** Name of the money that costs are in. Default `$`. */
  currency?: string;
}

/** Whether a plan is feasible and costs at most this fraction (and this much money) more than the best. */
export function nearOptimal({ feasible, regret, optimum }: PlanCheck, rel = 0.001, abs = 0.01): boolean {
  return feasible && regret !== null && regret <= rel * Math.abs(optimum) + abs;
}

/** Collects violations above a tolerance. */
export interface Violations {
  list: Violation[];
  /** Notes that `value` may be at most `limit`. */
  atMost(value: number, limit: number, constraint: string, where: string, unit?: string): void;
  atLeast(value: number, limit: number, constraint: string, where: string, unit?: string): void;
  equal(value: number, target: number, constraint: string, where: string, unit?: string): void;
}

export function violations(tolerance: number): Violations {
  const list: Violation[] = [];
  const note = (size: number, constraint: string, where: string, unit: string) => {
    if (size > tolerance) list.push({ constraint, size, unit, where });
  };
  return {
    list,
    atMost: (value, limit, constraint, where, unit = 'MW') => note(value - limit, constraint, where, unit),
    atLeast: (value, limit, constraint, where, unit = 'MW') => note(limit - value, constraint, where, unit),
    equal: (value, target, constraint, where, unit = 'MW') =>
      note(Math.abs(value - target), constraint, where, unit),
  };
}

/**
 * What makes a proposed list unusable: too few or many numbers, or one that is not finite. Proposals come from
 * models, so nothing of their shape is believed.
 */
export function listFaults(list: readonly number[], length: number, where: string): Violation[] {
  if (!Array.isArray(list))
    return [{ constraint: 'a list of numbers', size: length, unit: 'numbers', where }];
  if (list.length !== length)
    return [
      { constraint: `${length} numbers`, size: Math.abs(list.length - length), unit: 'numbers', where },
    ];
  const bad = list.findIndex((value) => typeof value !== 'number' || !Number.isFinite(value));
  return bad < 0
    ? []
    : [{ constraint: 'finite numbers', size: 1, unit: 'numbers', where: `${where}, entry ${bad + 1}` }];
}

export function tableFaults(
  table: readonly (readonly number[])[],
  names: readonly string[],
  length: number,
): Violation[] {
  if (!Array.isArray(table) || table.length !== names.length) {
    const size = Array.isArray(table) ? Math.abs(table.length - names.length) : names.length;
    return [{ constraint: `${names.length} lists`, size, unit: 'lists', where: 'plan' }];
  }
  return table.flatMap((list, i) => listFaults(list, length, names[i]));
}

/** The verdict on a plan that could not be read as one. */
export function unusable(faults: Violation[], optimum: number, options: PlanOptions): PlanCheck {
  return {
    feasible: false,
    violations: faults,
    cost: null,
    optimum,
    regret: null,
    currency: options.currency ?? '$',
  };
}

export function verdict(found: Violation[], cost: number, optimum: number, options: PlanOptions): PlanCheck {
  const currency = options.currency ?? '$';
  return { feasible: found.length === 0, violations: found, cost, optimum, regret: cost - optimum, currency };
}

/** The optimum of the problem a plan answers. @throws RangeError where the problem has none: then no plan can be judged */
export function required<T extends { status: string; reason?: string }>(
  result: T,
): Extract<T, { status: 'optimal' }> {
  if (result.status === 'optimal') return result as Extract<T, { status: 'optimal' }>;
  throw new RangeError(`the problem has no optimum to judge a plan by: ${result.reason ?? result.status}`);
}
