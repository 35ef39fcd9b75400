import { createRandom } from '../../core/random.ts';
import { points } from '../figures.ts';
import { mean } from '../scores.ts';
import type { HistoryRecord } from './record.ts';

export interface ChangePoint {
  /** Index of the first night after the change. */
  at: number;
  before: number;
  after: number;
  p_value: number;
}

const FEWEST_NIGHTS = 6;

/**
 * Where a series most likely changed its level, by the split with the largest standardised step
 *   T = max_k √(k(n−k)/n) |x̄_after − x̄_before|,  1 < k < n − 1,
 * and how often a shuffled series shows one as large (seeded, so the same history gives the same answer).
 */
export function changePoint(values: readonly number[], shuffles = 999): ChangePoint | undefined {
  if (values.length < FEWEST_NIGHTS) return undefined;
  const found = largestStep(values);
  const random = createRandom(`change-point/${values.join()}`);
  let asLarge = 1;
  for (let i = 0; i < shuffles; i++)
    if (largestStep(random.shuffle(values)).step >= found.step - 1e-12) asLarge++;
  return {
    at: found.at,
    before: mean(values.slice(0, found.at)),
    after: mean(values.slice(found.at)),
    p_value: asLarge / (shuffles + 1),
  };
}

/** A level needs two nights: one odd night is an outlier, not a new level. */
function largestStep(values: readonly number[]): { at: number; step: number } {
  const n = values.length;
  const total = values.reduce((sum, value) => sum + value, 0);
  let best = { at: 2, step: -1 };
  let left = values[0]!;
  for (let k = 2; k <= n - 2; k++) {
    left += values[k - 1]!;
    const step = Math.sqrt((k * (n - k)) / n) * Math.abs((total - left) / (n - k) - left / k);
    if (step > best.step) best = { at: k, step };
  }
  return best;
}

/** What happened to a model behind an unchanged name: its scores stepped, or another model served. */
export interface Drift {
  model: string;
  /** Nights that asked the same as the last one did. */
  nights: number;
  change?: ChangePoint & { run: string; started: string };
  served: { run: string; started: string; from: string[]; to: string[] }[];
}

/** Drift of one model over its history, on the nights comparable with the newest. */
export function driftOf(history: readonly HistoryRecord[], model: string, alpha = 0.01): Drift {
  const all = history.filter((record) => record.model === model);
  const key = all.at(-1)?.key;
  const nights = all.filter((record) => record.key === key && record.overall);
  const step = changePoint(nights.map(({ overall }) => overall!.score));
  const served: Drift['served'] = [];
  all.forEach((record, i) => {
    const before = all[i - 1];
    if (before && before.served_models.join() !== record.served_models.join())
      served.push({
        run: record.run,
        started: record.started,
        from: before.served_models,
        to: record.served_models,
      });
  });
  const night = step && nights[step.at]!;
  const change =
    step && night && step.p_value <= alpha ? { ...step, run: night.run, started: night.started } : undefined;
  return { model, nights: nights.length, ...(change ? { change } : {}), served };
}

const BARS = [...'▁▂▃▄▅▆▇█'];

/** Scores as a line of bars, the lowest to the highest over the height, the newest last: `▅▅▆▁▁ 62.0–81.2`. */
export function trendLine(values: readonly number[]): string {
  if (values.length === 0) return '';
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const bar = (value: number) =>
    BARS[high === low ? 3 : Math.round(((value - low) / (high - low)) * (BARS.length - 1))];
  return `${values.map(bar).join('')} ${points(low)}–${points(high)}`;
}

/** Drift in sentences; none where there is nothing to say. */
export function driftLines({ model, change, served }: Drift): string[] {
  const names = (list: readonly string[]) => list.join(', ') || 'nothing told';
  return [
    ...(change
      ? [
          `${model}: its level changed with ${change.run} (${change.started.slice(0, 10)}): ${points(change.before)} before, ${points(change.after)} since, p = ${change.p_value.toFixed(3)}.`,
        ]
      : []),
    ...served.map(
      ({ run, started, from, to }) =>
        `${model}: another model serves that name since ${run} (${started.slice(0, 10)}): ${names(from)} before, ${names(to)} since.`,
    ),
  ];
}
