import { systemClock } from '../../../../providers/clock.ts';
import type { ResolvedModel } from '../../../../providers/registry.ts';
import { UserError } from '../../../core/errors.ts';
import type { ModelRecord } from '../../../core/event.ts';
import type { Provider } from '../../../core/provider.ts';
import { attemptName, type BatchObserver, createBatched } from '../../../run/batch.ts';
import type { JournalWriter } from '../../../run/journal.ts';
import { eventOf } from '../../../run/session.ts';
import { laneKey, type PendingBatch, type RunState } from '../../../run/state.ts';
import type { OpenedModels } from './models.ts';

/** So many attempts of a model are open at once where they go in batches. */
export const BATCH_WIDTH = 20_000;

/** @throws UserError naming the models that have no batch interface */
export function checkBatches(models: readonly ResolvedModel[]): void {
  const issues = models
    .filter(({ baseline, openBatch }) => !baseline && !openBatch)
    .map(({ id }) => ({
      message: `${id} has no batch interface`,
      hint: 'an OpenAI-compatible endpoint that has one is told of by batch: true in wattmark.yaml',
    }));
  if (issues.length > 0) throw new UserError(issues);
}

export interface Batching {
  run: string;
  models: readonly ResolvedModel[];
  records: readonly ModelRecord[];
  state: RunState;
  journal: Pick<JournalWriter, 'appendDurably'>;
  notice(text: string): void;
  observer?(model: ResolvedModel): BatchObserver;
}

/** The providers of a run, those of vendors' models behind their batch interface. */
export async function batchedProviders(
  { providers, untraced, around }: Pick<OpenedModels, 'providers' | 'untraced' | 'around'>,
  { run, models, records, state, journal, notice, observer }: Batching,
): Promise<ReadonlyMap<string, Provider>> {
  const wrapped = new Map(providers);
  // Grows through all sessions of a run, so that no two of its batches share a tag.
  let count = state.batches.size;
  for (const [i, model] of models.entries()) {
    const { id, openBatch } = model;
    const live = untraced.get(id);
    const record = records[i];
    if (!openBatch || !live || !record) continue;
    const batched = createBatched({
      batch: await openBatch(),
      live,
      pending: pendingOf(state, record),
      clock: systemClock,
      nextTag: () => `${run}.${++count}`,
      record: (tag, about) =>
        journal.appendDurably(
          eventOf(systemClock, {
            event: 'batch-start',
            model: id,
            tag,
            ...('batch' in about ? about : { attempts: [...about.attempts] }),
          }),
        ),
      recordEnd: (tag) => journal.appendDurably(eventOf(systemClock, { event: 'batch-end', model: id, tag })),
      notice,
      ...(observer && { observer: observer(model) }),
    });
    wrapped.set(id, around(model, batched));
  }
  return wrapped;
}

/**
 * The batches of a model that have not come to their end, with their attempts that have no reply yet. A failure settles none of
 * them: where a batch could not be polled, its replies still wait with the vendor.
 */
function pendingOf(state: RunState, { id, settings }: ModelRecord): PendingBatch[] {
  const settled = new Set<string>();
  for (let epoch = 1; epoch <= state.epochs; epoch++) {
    const attempts = state.attempts.get(laneKey(id, settings, epoch)) ?? new Map();
    for (const [sample, { reply }] of attempts) {
      if (reply) settled.add(attemptName(sample, epoch));
    }
  }
  return [...state.batches.values()].flatMap((batch) => {
    const open =
      batch.model === id && !batch.ended ? batch.attempts.filter((name) => !settled.has(name)) : [];
    return open.length > 0 ? [{ ...batch, attempts: open }] : [];
  });
}
