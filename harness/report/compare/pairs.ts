import { groupBy } from '../group-by.ts';
import type { AttemptRecord, RunRecords, SampleRecord } from '../records.ts';
import { mean } from '../scores.ts';

/** One model of one run. */
export interface Side {
  records: RunRecords;
  model: string;
}

/** What one model did on one sample. */
export interface SideResult {
  /** Mean over the epochs that have a score. */
  value: number;
  epochs: number;
  /** Epochs at or above the sample's pass mark. */
  passes: number;
  /** Why the first epoch short of full marks fell short. */
  reason?: string;
}

/** The same question, judged by the same key, answered by both sides. */
export interface Pair {
  sample: SampleRecord;
  base: SideResult;
  next: SideResult;
}

export interface Pairing {
  pairs: Pair[];
  /** Samples that could not be paired, and why. */
  only_base: number;
  only_next: number;
  unscored: number;
  rekeyed: number;
}

/** Pairs two sides on the sample hash, epoch-averaged. A sample whose key changed between the runs is left out. */
export function pair(base: Side, next: Side): Pairing {
  const [left, right] = [attemptsOf(base), attemptsOf(next)];
  const out: Pairing = { pairs: [], only_base: 0, only_next: 0, unscored: 0, rekeyed: 0 };
  for (const hash of right.keys()) if (!left.has(hash)) out.only_next++;
  for (const [hash, attempts] of left) {
    const others = right.get(hash);
    const sample = base.records.samples.get(hash)!;
    if (!others) {
      out.only_base++;
      continue;
    }
    const [a, b] = [resultOf(attempts, sample), resultOf(others, sample)];
    if (!a || !b) out.unscored++;
    else if (keyOf(attempts) !== keyOf(others)) out.rekeyed++;
    else out.pairs.push({ sample, base: a, next: b });
  }
  return out;
}

function attemptsOf({ records, model }: Side): Map<string, AttemptRecord[]> {
  return groupBy(
    records.attempts.filter((attempt) => attempt.model === model),
    ({ sample }) => sample,
  );
}

function resultOf(attempts: readonly AttemptRecord[], { pass }: SampleRecord): SideResult | undefined {
  const values = attempts.flatMap(({ outcome }) => (outcome.status === 'scored' ? [outcome.value] : []));
  if (values.length === 0) return undefined;
  const reason = attempts.find((attempt) => attempt.reason !== undefined)?.reason;
  return {
    value: mean(values),
    epochs: values.length,
    passes: values.filter((value) => value >= pass).length,
    ...(reason === undefined ? {} : { reason }),
  };
}

const keyOf = (attempts: readonly AttemptRecord[]) =>
  attempts.findLast(({ outcome }) => outcome.status === 'scored')?.key;

/** More than half of the epochs passed. */
export const passed = ({ passes, epochs }: SideResult): boolean => 2 * passes > epochs;
