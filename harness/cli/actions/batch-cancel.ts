import { resolve } from 'node:path';
import { systemClock } from '../../../providers/clock.ts';
import type { ResolvedModel } from '../../../providers/registry.ts';
import type { BatchProvider } from '../../core/batch.ts';
import { ProviderError } from '../../core/provider.ts';
import { sanitiseLine } from '../../report/sanitise.ts';
import type { JournalWriter } from '../../run/journal.ts';
import { resolveRun } from '../../run/run-id.ts';
import { type Body, eventOf } from '../../run/session.ts';
import type { PendingBatch } from '../../run/state.ts';
import type { BatchCancelOptions } from '../commands/batch.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { holdRun } from '../hold-run.ts';
import type { Io } from '../io.ts';
import { readState, resumeHint } from '../resume.ts';
import { checkBatches } from './run/batching.ts';
import { findModels } from './run/models.ts';

/** `wattmark batch cancel`: under the run's lock, so that nobody goes on with it meanwhile. */
export async function cancelBatches(name: string, options: BatchCancelOptions, io: Io): Promise<ExitCode> {
  const run = resolveRun(resolve(io.cwd, options.runs), name);
  const opened = holdRun(run);
  try {
    const state = await readState(run, io);
    const open = [...state.batches.values()].filter(({ ended }) => !ended);
    if (open.length === 0) {
      io.out(`${run.id}: has no batch with a vendor\n`);
      return EXIT.done;
    }
    const names = [...new Set(open.map(({ model }) => model))];
    const models = findModels(names, { ...options, lookupSample: () => undefined, requireKeys: true }, io);
    checkBatches(models);
    let failed = 0;
    for (const model of models) {
      const own = open.filter((batch) => batch.model === model.id);
      failed += await cancelOf(model, own, opened.journal, io);
    }
    io.err(resumeHint(run.id, options, io));
    return failed > 0 ? EXIT.unscored : EXIT.done;
  } finally {
    opened.close();
  }
}

/** @returns how many of them may still run */
async function cancelOf(
  { id: model, openBatch }: ResolvedModel,
  batches: readonly PendingBatch[],
  journal: Pick<JournalWriter, 'appendDurably'>,
  io: Io,
): Promise<number> {
  const provider = await openBatch?.();
  if (!provider) return batches.length;
  const record = (body: Body) => journal.appendDurably(eventOf(systemClock, body));
  let failed = 0;
  try {
    for (const batch of batches) {
      try {
        io.out(`${sanitiseLine(`${model}: ${await cancelOne(provider, batch, record)}`)}\n`);
      } catch (error) {
        if (!(error instanceof ProviderError)) throw error;
        failed += 1;
        io.err(
          `${sanitiseLine(`${model}: batch ${batch.batch ?? batch.tag} may still run: ${error.message}`)}\n`,
        );
      }
    }
  } finally {
    await provider.close();
  }
  return failed;
}

const PATIENCE_MS = 60_000;

/** @throws ProviderError where the batch may still run */
async function cancelOne(
  provider: BatchProvider,
  { tag, model, batch: known, attempts }: PendingBatch,
  record: (body: Body) => void,
): Promise<string> {
  const signal = AbortSignal.timeout(PATIENCE_MS);
  const id = known ?? (await provider.find?.(tag, signal));
  if (id === undefined) {
    if (!provider.find)
      throw new ProviderError('not-found', "its id was lost; the vendor's console shows and cancels it");
    record({ event: 'batch-end', model, tag });
    return `batch ${tag} was never created`;
  }
  if (known === undefined) record({ event: 'batch-start', model, tag, batch: id });
  // Told first: where the reply to what follows is lost, what is missing of the batch was still never asked.
  record({ event: 'batch-cancel', model, tag });
  try {
    await provider.cancel(id, signal);
    return `batch ${id} of ${attempts.length} requests is cancelled; what it has answered is paid for and kept by the vendor`;
  } catch (error) {
    if (error instanceof ProviderError && error.fault === 'not-found') {
      record({ event: 'batch-end', model, tag });
      return `batch ${id} is gone`;
    }
    // Vendors refuse to cancel what has come to its end.
    const { ended } = await provider.look(id, signal);
    if (!ended) throw error;
    return `batch ${id} has ended by itself; all its replies are there`;
  }
}
