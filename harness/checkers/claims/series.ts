import type { SeriesFact } from './facts.ts';
import type { Window } from './windows.ts';

/** The value of a step; undefined where there is none. */
export const at = ({ values }: SeriesFact, step: number): number | undefined => values[step] ?? undefined;

function within({ values }: SeriesFact, { from, to }: Window): number[] {
  const out: number[] = [];
  for (let t = Math.max(0, from); t <= Math.min(to, values.length - 1); t++) {
    const value = values[t];
    if (value !== null && value !== undefined) out.push(value);
  }
  return out;
}

export function extreme(series: SeriesFact, window: Window, which: 'max' | 'min'): number | undefined {
  const values = within(series, window);
  return values.length === 0
    ? undefined
    : values.reduce((a, b) => (which === 'max' ? Math.max(a, b) : Math.min(a, b)));
}

/** Every step at which the extreme is reached. */
export function extremeSteps(series: SeriesFact, window: Window, which: 'max' | 'min'): number[] {
  const value = extreme(series, window, which);
  const steps: number[] = [];
  for (let t = Math.max(0, window.from); t <= Math.min(window.to, series.values.length - 1); t++)
    if (series.values[t] === value && value !== undefined) steps.push(t);
  return steps;
}

export function meanOver(series: SeriesFact, window: Window): number | undefined {
  const values = within(series, window);
  return values.length === 0 ? undefined : values.reduce((a, b) => a + b, 0) / values.length;
}

/** value(to) − value(from). */
export function changeOver(series: SeriesFact, { from, to }: Window): number | undefined {
  const [a, b] = [at(series, from), at(series, Math.min(to, series.values.length - 1))];
  return a === undefined || b === undefined ? undefined : b - a;
}

/** The largest change from one step to the next within a window, up or down, with its sign. */
export function steepest(series: SeriesFact, { from, to }: Window, sign: 1 | -1): number | undefined {
  let best: number | undefined;
  for (let t = Math.max(1, from); t <= Math.min(to, series.values.length - 1); t++) {
    const step = changeOver(series, { from: t - 1, to: t });
    if (step !== undefined && step * sign > 0 && (best === undefined || step * sign > best * sign))
      best = step;
  }
  return best;
}

/** Mean of a − b over the steps that have both. */
export function meanDifference(a: SeriesFact, b: SeriesFact, window: Window): number | undefined {
  let sum = 0;
  let n = 0;
  for (let t = Math.max(0, window.from); t <= Math.min(window.to, a.values.length - 1); t++) {
    const [x, y] = [at(a, t), at(b, t)];
    if (x === undefined || y === undefined) continue;
    sum += x - y;
    n++;
  }
  return n === 0 ? undefined : sum / n;
}
