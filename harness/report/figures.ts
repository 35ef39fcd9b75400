import type { Amount, Estimate, Result } from './summary.ts';

/** How figures read in tables. An unknown value is a dash, never a 0. */
export const UNKNOWN = '–';

/** A share of 1 as points of 100 with one decimal. */
export const points = (value: number): string => {
  const text = (100 * value).toFixed(1);
  return text === '-0.0' ? '0.0' : text;
};

export function scoreWithInterval({ score, interval }: Estimate): string {
  if (score === undefined || !interval) return UNKNOWN;
  return `${points(score)} (${points(interval[0])}–${points(interval[1])})`;
}

export const pointsOr = (value: number | undefined): string =>
  value === undefined ? UNKNOWN : points(value);

export function amount(value: Amount | undefined): string {
  return value ? `${value.complete ? '' : '≥ '}${compact(value.count)}` : UNKNOWN;
}

/** Input and output together: ≥ where either is not wholly known. */
export function tokenTotal({ input, output }: Result['tokens']): string {
  if (!input && !output) return UNKNOWN;
  const complete = (input?.complete ?? false) && (output?.complete ?? false);
  return amount({ count: (input?.count ?? 0) + (output?.count ?? 0), complete });
}

export function compact(count: number): string {
  if (count < 10_000) return String(Math.round(count));
  if (count < 999_500) return `${(count / 1e3).toPrecision(3)}k`;
  return `${Number((count / 1e6).toPrecision(3))}M`;
}

export function money(cost: Result['cost']): string {
  if (!cost) return UNKNOWN;
  const digits = cost.amount >= 100 ? 0 : cost.amount >= 0.1 || cost.amount === 0 ? 2 : 4;
  const symbols: ReadonlyMap<string, string> = new Map([
    ['USD', '$'],
    ['CNY', '¥'],
    ['EUR', '€'],
  ]);
  const symbol = symbols.get(cost.currency) ?? `${cost.currency} `;
  return `${cost.complete ? '' : '≥ '}${symbol}${cost.amount.toFixed(digits)}`;
}

export function seconds(value: number): string {
  if (value < 10) return `${value.toFixed(1)} s`;
  if (value < 120) return `${Math.round(value)} s`;
  if (value < 7200) return `${Math.round(value / 60)} min`;
  return `${(value / 3600).toFixed(1)} h`;
}

export function unscoredCount({ attempts, unscored }: Estimate): string {
  return unscored === 0 ? '0' : `${unscored} of ${attempts}`;
}
