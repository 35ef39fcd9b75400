import { points } from '../figures.ts';
import type { Difference } from './difference.ts';

const signed = (value: number) => (value > 0 ? `+${points(value)}` : points(value));

export const intervalText = ([low, high]: readonly [number, number]): string =>
  `${signed(low)} to ${signed(high)}`;

/** What can be concluded, in one plain sentence; `who` is what the second side is called. */
export function conclude(
  { difference, interval, p_value, n, detectable, lost, won }: Difference,
  who: string,
): string {
  const measured = `95 % interval ${intervalText(interval)}, p = ${pText(p_value)}, ${n} samples`;
  if (lost === 0 && won === 0 && difference === 0) return `Nothing changed on ${n} samples.`;
  if (p_value <= 0.05 && difference !== 0) {
    const direction = difference > 0 ? 'better' : 'worse';
    return `By ${points(Math.abs(difference))} points ${who} is ${direction} (${measured}).`;
  }
  return `No difference can be told: ${signed(difference)} points (${measured}); this many samples would show one of ${points(detectable)} points or more four times in five.`;
}

export const pText = (p: number): string => (p < 0.001 ? '< 0.001' : p.toFixed(3));
