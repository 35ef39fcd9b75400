import { groupBy } from './group-by.ts';
import type { AttemptRecord, RunRecords, SampleRecord } from './records.ts';
import { type Item, type MeanEstimate, meanInterval, strataInterval } from './statistics/mean.ts';
import type { Estimate } from './summary.ts';

/** One sample as one model did on it: its attempts of all epochs. */
export interface SampleScores {
  sample: SampleRecord;
  /** Scores of the epochs that have one. */
  values: number[];
  attempts: number;
  /** Mean score of guessing on the sample's task, where the run recorded it. */
  floor?: number;
}

/** Attempts of one model, gathered by sample. */
export function bySample(records: RunRecords, attempts: readonly AttemptRecord[]): SampleScores[] {
  const floors = new Map(records.suites.map((suite) => [suite.name, suite.floors]));
  const scores = new Map<string, SampleScores>();
  for (const { sample: hash, outcome } of attempts) {
    let entry = scores.get(hash);
    if (!entry) {
      const sample = records.samples.get(hash)!;
      const floor = ownNumber(floors.get(sample.suite), sample.task);
      entry = { sample, values: [], attempts: 0, ...(floor === undefined ? {} : { floor }) };
      scores.set(hash, entry);
    }
    entry.attempts++;
    if (outcome.status === 'scored') entry.values.push(outcome.value);
  }
  return [...scores.values()];
}

/** Task names are untrusted: one called `constructor` must not find a function. */
function ownNumber(record: Readonly<Record<string, number>> | undefined, name: string): number | undefined {
  return record && Object.hasOwn(record, name) ? record[name] : undefined;
}

export const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Score of a group of samples: the mean of suite means, each of which is the mean of its samples' epoch means.
 * Within one suite that is the plain mean. Its floor is averaged over the same samples in the same way.
 */
export function estimate(group: readonly SampleScores[]): Estimate {
  const scored = group.filter(({ values }) => values.length > 0);
  const attempts = group.reduce((sum, entry) => sum + entry.attempts, 0);
  const counts = {
    n: scored.length,
    epochs: scored.reduce((most, { values }) => Math.max(most, values.length), 0),
    attempts,
    unscored: attempts - scored.reduce((sum, { values }) => sum + values.length, 0),
  };
  if (scored.length === 0) return { ...counts, clusters: 0 };
  const strata = [...groupBy(scored, ({ sample }) => sample.suite).values()];
  const whole = strataInterval(strata.map(suiteMean));
  const floors = strata.map((entries) => meanFloor(entries));
  const floor = floors.every((value) => value !== undefined) ? mean(floors) : undefined;
  return {
    score: whole.mean,
    interval: whole.interval,
    standard_error: whole.standardError,
    method: whole.method,
    ...counts,
    clusters: whole.clusters,
    ...(floor === undefined ? {} : { floor, ...skill(whole, floor) }),
  };
}

function suiteMean(entries: readonly SampleScores[]): MeanEstimate {
  return meanInterval(entries.map(toItem));
}

export function toItem({ sample, values }: SampleScores): Item {
  return { value: mean(values), cluster: sample.cluster, epochs: values.length };
}

function meanFloor(entries: readonly SampleScores[]): number | undefined {
  let sum = 0;
  for (const { floor } of entries) {
    if (floor === undefined) return undefined;
    sum += floor;
  }
  return sum / entries.length;
}

/** Where guessing already scores 1 there is no room for skill to show. The floor counts as known: it adds no uncertainty. */
function skill(
  { mean: score, interval: [low, high] }: MeanEstimate,
  floor: number,
): Pick<Estimate, 'skill' | 'skill_interval'> {
  if (floor >= 1) return {};
  const lift = (value: number) => (value - floor) / (1 - floor);
  return { skill: lift(score), skill_interval: [lift(low), lift(high)] };
}
