import type { Verdict } from '../../../core/checker.ts';
import { pinball } from '../../../engineering/forecast/probabilistic.ts';
import { fieldNumber, parseUnit, type Unit } from '../../../quantities/index.ts';
import type { ProduceForecastFacts } from './facts.ts';

export interface Quantiles {
  p10: readonly number[];
  p50: readonly number[];
  p90: readonly number[];
}
export const LEVELS = { p10: 0.1, p50: 0.5, p90: 0.9 } as const;
export const NAMES = ['p10', 'p50', 'p90'] as const;

/** Mean pinball loss over hours and the three levels: up to a factor, the CRPS as these levels see it. */
export function loss(truth: readonly number[], quantiles: Quantiles): number {
  return NAMES.reduce((sum, name) => sum + pinball(truth, quantiles[name], LEVELS[name]), 0) / NAMES.length;
}

/** The last value for all hours, with the spread of its own changes over the history, hour ahead by hour ahead. */
export function persistence({ history, future }: ProduceForecastFacts): Quantiles {
  const values = history.map(({ value }) => value);
  const last = values.at(-1) as number;
  return spreadBy(
    future.map(() => last),
    (h) => inOrder(values.slice(h + 1).map((value, t) => value - (values[t] as number))),
  );
}

/** The value of the same hour a day before, with the spread of a day's changes. */
export function sameHour({ history, future }: ProduceForecastFacts): Quantiles {
  const values = history.map(({ value }) => value);
  const daily = inOrder(values.slice(24).map((value, t) => value - (values[t] as number)));
  return spreadBy(
    future.map((_, h) => values[values.length - 24 + (h % 24)] as number),
    () => daily,
  );
}

const inOrder = (values: readonly number[]): Float64Array => Float64Array.from(values).sort();

/** @param changesOf the changes seen over h + 1 hours, in ascending order */
function spreadBy(centre: readonly number[], changesOf: (h: number) => Float64Array): Quantiles {
  const changes = centre.map((_, h) => changesOf(h));
  const at = (share: number) =>
    centre.map((value, h) => {
      const own = changes[h] as Float64Array;
      return value + (own[Math.floor(share * (own.length - 1))] ?? 0);
    });
  return { p10: at(0.1), p50: [...centre], p90: at(0.9) };
}

/** Loss of the better of the two naive forecasts. */
export const naiveLoss = (facts: ProduceForecastFacts): number =>
  Math.min(loss(facts.truth, persistence(facts)), loss(facts.truth, sameHour(facts)));

/**
 * What a forecast is worth: (L_naive − L)/(L_naive − L_ideal), at least 0 and at most 1, L the mean pinball loss on what
 * then came. 1: as good as whoever knows the law of the series and not its noise. 0: no better than naive.
 */
export function judgeForecast(facts: ProduceForecastFacts, proposal: unknown): Verdict {
  const read = readQuantiles(facts, proposal);
  if ('fault' in read) return { value: 0, reason: read.fault };
  const [own, naive, best] = [
    loss(facts.truth, read.quantiles),
    naiveLoss(facts),
    loss(facts.truth, facts.ideal),
  ];
  const value = Math.min(1, Math.max(0, (naive - own) / (naive - best)));
  const tidy = (figure: number) => Number(figure.toPrecision(3));
  const { p10, p90 } = read.quantiles;
  const inside = facts.truth.filter((y, h) => y >= (p10[h] as number) && y <= (p90[h] as number)).length;
  return {
    value,
    reason: `mean pinball loss ${tidy(own)} ${facts.unit}; naive ${tidy(naive)}, at best ${tidy(best)}; ${inside} of ${facts.truth.length} hours inside p10 to p90`,
    details: {
      loss: own,
      naive_loss: naive,
      best_loss: best,
      skill: 1 - own / naive,
      inside,
      truth: facts.truth,
    },
  };
}

/** Nothing of the proposal's shape is believed: three lists of as many numbers as hours were asked, in order. */
function readQuantiles(
  { truth, unit }: ProduceForecastFacts,
  proposal: unknown,
): { quantiles: Quantiles } | { fault: string } {
  if (typeof proposal !== 'object' || proposal === null || Array.isArray(proposal))
    return { fault: 'not an object with p10, p50 and p90' };
  const parsed = parseUnit(unit) as Unit;
  const lists: Record<string, number[]> = {};
  for (const name of NAMES) {
    const list: unknown = Object.hasOwn(proposal, name)
      ? (proposal as Record<string, unknown>)[name]
      : undefined;
    if (!Array.isArray(list)) return { fault: `no list ${name}` };
    if (list.length !== truth.length)
      return { fault: `${name} has ${list.length} values for ${truth.length} hours` };
    const numbers = list.map((value) => fieldNumber(value, parsed));
    const bad = numbers.indexOf(undefined);
    if (bad >= 0) return { fault: `${name}: the value of hour ${bad + 1} is no number of ${unit}` };
    lists[name] = numbers as number[];
  }
  const { p10 = [], p50 = [], p90 = [] } = lists;
  const crossed = p50.findIndex((value, h) => value < (p10[h] as number) || value > (p90[h] as number));
  return crossed >= 0
    ? { fault: `the quantiles cross in hour ${crossed + 1}` }
    : { quantiles: { p10, p50, p90 } };
}
