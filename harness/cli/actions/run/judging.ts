import { UserError } from '../../../core/errors.ts';
import type { EventOf, Judging } from '../../../core/event.ts';
import type { Vote } from '../../../core/words.ts';
import type { RunOptions } from '../../commands/run.ts';

/** Who judges, and how. */
export interface JudgingOrder {
  /** One, or a panel. */
  models: readonly string[];
  /** Present for a panel. */
  vote?: Vote;
  batch: boolean;
}

/** @throws UserError for a panel that could not decide */
export function judgingOrder({
  judge,
  judgeVote,
  judgeBatch = false,
}: Pick<RunOptions, 'judge' | 'judgeVote' | 'judgeBatch'>): JudgingOrder | undefined {
  const models = judge ?? [];
  if (models.length === 0) {
    if (judgeVote === undefined && !judgeBatch) return undefined;
    throw new UserError(
      `${judgeBatch ? '--judge-batch' : '--judge-vote'}: no judge is named`,
      'name one with --judge',
    );
  }
  const twice = models.find((model, i) => models.indexOf(model) !== i);
  if (twice !== undefined) throw new UserError(`--judge: ${twice} is named twice`, 'name each judge once');
  if (models.length === 1) {
    if (judgeVote !== undefined)
      throw new UserError('--judge-vote: one judge needs no vote', 'name several: --judge a,b,c');
    return { models, batch: judgeBatch };
  }
  const odd = models.length % 2 === 1;
  if (!odd && judgeVote === 'majority')
    throw new UserError(
      `--judge-vote majority: ${models.length} judges can be split evenly`,
      'name an odd number, or take --judge-vote mean',
    );
  return { models, vote: judgeVote ?? (odd ? 'majority' : 'mean'), batch: judgeBatch };
}

/**
 * Who judged and how, in one name: scores under different names are never ranked together. The order in which a panel
 * was named changes nothing, so it is not in the name.
 */
export function judgingName({ models, vote, batch }: JudgingOrder): string {
  const who = vote ? `${[...models].sort().join(' + ')} (${vote})` : (models[0] as string);
  return batch ? `${who} (batched)` : who;
}

export const judgingRecord = ({ vote, batch }: JudgingOrder): Judging => ({
  ...(vote ? { vote } : {}),
  ...(batch ? { batch } : {}),
});

/** The order that a recorded run was begun with. */
export function recordedJudging(start: EventOf<'run-start'>): JudgingOrder | undefined {
  if (start.judge === undefined) return undefined;
  const { vote, batch = false } = start.judging ?? {};
  return { models: start.judges?.map(({ id }) => id) ?? [start.judge], ...(vote ? { vote } : {}), batch };
}

const familyOf = (model: string) => model.split('/')[0];

/** What a reader of the scores would object to: judges of one house share their blind spots, and like their own. */
export function judgingRemarks(judges: readonly string[], models: readonly string[]): string[] {
  const families = judges.map(familyOf);
  const shared = families.find((family, i) => families.indexOf(family) !== i);
  const own = judges.filter((judge) => models.includes(judge));
  return [
    ...(shared === undefined
      ? []
      : [`two judges are of ${shared}: a panel is worth most where its judges come from different families`]),
    ...own.map((judge) => `${judge} judges its own replies: models are known to favour those`),
  ];
}
