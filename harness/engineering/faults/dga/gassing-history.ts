import {
  type GasSet,
  type GassingCause,
  HISTORY_GASES,
  type Interval,
  MECHANISMS,
  soundIncrement,
} from './gassing-causes.ts';

/** Analytic scatter of a laboratory: a share of the content, and a floor in µL/L. */
const REPEATABILITY = 0.02;
const FLOOR = 0.1;
/** How far a transformer's own gas pattern lies off the typical one, and an interval's rate off the rule; log-normal. */
export const PATTERN_SCATTER = 0.18;
export const RATE_SCATTER = 0.12;
/** How far a sound transformer's own rates lie off the usual ones; log-normal. */
export const SOUND_SCATTER = 0.3;

export interface HistoryPlan {
  cause: GassingCause;
  intervals: readonly Interval[];
  /** Age of the oil at the first sample. */
  oil_days: number;
  /** Contents at the first sample, whatever they stem from. */
  first: GasSet;
  /** Made in all intervals together, in the unit of the cause's largest gas, µL/L. */
  total: number;
  /** Intervals in which an arc struck; only for arcing. */
  strikes?: readonly number[];
}

/** Relative amounts that a cause makes in each interval; they add up to 1. */
export function driveShares(
  cause: GassingCause,
  intervals: readonly Interval[],
  oil_days: number,
  strikes: readonly number[] = [],
): number[] {
  let age = oil_days;
  const raw = intervals.map((interval, k) => {
    const middle = age + interval.days / 2;
    age += interval.days;
    return cause === 'arcing' ? Number(strikes.includes(k)) : MECHANISMS[cause].drive(interval, middle);
  });
  const sum = raw.reduce((a, b) => a + b, 0);
  return raw.map((value) => (sum > 0 ? value / sum : 0));
}

/**
 * Contents at every sample, as a laboratory reports them: what was there, plus normal ageing, plus the cause. The tank
 * is sealed: no gas escapes. Numbers to two significant figures below 10, whole ones above.
 */
export function simulateHistory(plan: HistoryPlan, uniform: () => number): GasSet[] {
  const { cause, intervals } = plan;
  const { signature } = MECHANISMS[cause];
  const largest = Math.max(
    ...HISTORY_GASES.filter((gas) => gas !== 'CO2' && gas !== 'CO').map((gas) => signature[gas]),
  );
  const pattern = scattered(signature, PATTERN_SCATTER, uniform);
  const shares = driveShares(cause, intervals, plan.oil_days, plan.strikes);
  const healthy = scattered(
    each(() => 1),
    SOUND_SCATTER,
    uniform,
  );
  const truth: GasSet[] = [plan.first];
  for (const [k, interval] of intervals.entries()) {
    const before = truth[k] as GasSet;
    const sound = soundIncrement(interval);
    const made = ((shares[k] as number) * plan.total * Math.exp(RATE_SCATTER * normal(uniform))) / largest;
    truth.push(each((gas) => before[gas] + sound[gas] * healthy[gas] + made * pattern[gas]));
  }
  return truth.map((content) =>
    each((gas) => reported(content[gas] * (1 + REPEATABILITY * normal(uniform)) + FLOOR * normal(uniform))),
  );
}

const each = (of: (gas: (typeof HISTORY_GASES)[number]) => number): GasSet =>
  Object.fromEntries(HISTORY_GASES.map((gas) => [gas, of(gas)])) as GasSet;

const scattered = (signature: GasSet, sd: number, uniform: () => number): GasSet =>
  each((gas) => signature[gas] * Math.exp(sd * normal(uniform)));

/** Of one reported content, (µL/L)²: the laboratory's scatter and what rounding to a step takes away (step²/12). */
export function reportVariance(content: number): number {
  const step = content < 10 ? 0.1 : 1;
  return (REPEATABILITY * content) ** 2 + FLOOR ** 2 + step ** 2 / 12;
}

/** Below 0.1 µL/L nothing is detected. */
function reported(value: number): number {
  if (value < 0.1) return 0;
  return value < 10 ? Number(value.toFixed(1)) : Math.round(value);
}

function normal(uniform: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}
