import type { Result, Summary } from './summary.ts';

/** One model's line of a table. */
export interface Row
  extends Pick<
    Result,
    | 'overall'
    | 'suites'
    | 'tokens'
    | 'cost'
    | 'wall_s'
    | 'unscored'
    | 'missing_suites'
    | 'stability'
    | 'regret'
    | 'rubric'
    | 'judging'
    | 'truncated'
    | 'refused'
    | 'filtered'
  > {
  /** The model's id, and its settings where one model shows under several. */
  label: string;
  baseline: boolean;
  rank?: string;
}

export function rowsOf({ models }: Summary): Row[] {
  return sorted(models.map((model) => ({ ...model, label: model.id })));
}

/** By score, best first; what has no score, or misses a suite, comes after; equal scores by name. */
export function sorted<R extends Pick<Row, 'overall' | 'missing_suites' | 'label'>>(rows: readonly R[]): R[] {
  const whole = (row: R) => (row.overall.score !== undefined && row.missing_suites.length === 0 ? 1 : 0);
  return [...rows].sort(
    (a, b) =>
      whole(b) - whole(a) ||
      (b.overall.score ?? -1) - (a.overall.score ?? -1) ||
      (a.label < b.label ? -1 : a.label > b.label ? 1 : 0),
  );
}
