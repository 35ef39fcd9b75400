import { warmModel } from '../../../../providers/open-model.ts';
import type { ResolvedModel } from '../../../../providers/registry.ts';
import { UserError } from '../../../core/errors.ts';
import type { EventOf, ModelRecord, Selection } from '../../../core/event.ts';
import { checkBudget } from '../../../run/budget.ts';
import { planRun, type RunPlan } from '../../../run/plan.ts';
import { type SampleSelection, seedKeyFingerprint, selectionIssues } from '../../../suite/selection.ts';
import type { Suite } from '../../../suite/suite.ts';
import type { RunOptions } from '../../commands/run.ts';
import type { Io } from '../../io.ts';
import { registries } from '../../registries.ts';
import { checkSeedKey, type RecordedRun } from '../../resume.ts';
import { drawnSamples, samplesByLocks } from '../../run-samples.ts';
import type { SampleBook } from '../../sample-book.ts';
import { loadSuites } from '../../suite-source.ts';
import { HARNESS } from '../../version.ts';
import { checkBatches } from './batching.ts';
import { budgetOf } from './budget.ts';
import { type JudgingOrder, judgingName, judgingRecord } from './judging.ts';
import { findModels, modelRecord, widthOf } from './models.ts';
import type { RunOrder } from './order.ts';
import { seedKeyFrom } from './seed-key.ts';

/**
 * A run made ready: everything that can be wrong has been looked at, and nothing asked. Each sample was drawn once, now or
 * when the lock that stands for its suite was written.
 */
export interface RunSetup {
  suites: readonly Suite[];
  models: readonly ResolvedModel[];
  records: readonly ModelRecord[];
  judging?: { order: JudgingOrder; judges: readonly { resolved: ResolvedModel; record: ModelRecord }[] };
  plan: RunPlan;
  header: Omit<EventOf<'run-start'>, 'v' | 'at' | 'event' | 'epochs' | 'resumed' | 'run'>;
}

/** @param state of the run that is gone on with */
export async function prepareRun(
  order: RunOrder,
  options: RunOptions,
  io: Io,
  state?: RecordedRun,
): Promise<RunSetup> {
  const names = [...order.models, ...(order.judging?.models ?? [])];
  let samples: SampleBook | undefined;
  const lookupSample = (hash: string) => samples?.lookup(hash);
  const find = { config: options.config, runs: options.runs, lookupSample, requireKeys: !options.dryRun };
  // Both are looked at before either's faults are told, so that one try shows all that is wrong.
  const known = await registries(options.checker ?? [], io);
  const [found, suites] = await allFaults(
    async () => findModels(names, find, io),
    () => loadSuites(order.suites, known, order.selection.tasks),
  );
  const models = found.slice(0, order.models.length);
  if (options.batch) checkBatches(models);
  // Goes on beside what follows, which takes as long.
  if (!options.dryRun && !options.batch) {
    for (const model of models) warmModel(model, widthOf(model, options.concurrency));
  }
  const seedKey = seedKeyFrom(options.seedKeyEnv, io);
  if (state) checkSeedKey(state.start.selection.seedKey, fingerprintOf(seedKey));
  const selection: SampleSelection = { ...order.selection, seedKey };
  checkSelection(suites, order);
  // A run that goes on compares what its journal knows of each sample with what is drawn today.
  const byLocks = state ? undefined : await samplesByLocks(suites, selection);
  const { book, planned, census } = byLocks ?? drawnSamples(suites, selection);
  samples = book;
  const records = models.map((model) => modelRecord(model, order.settings));
  const judges = found.slice(order.models.length).map((resolved) => ({
    resolved,
    record: modelRecord(resolved, { temperature: 0 }),
  }));
  checkBudget(budgetOf(options), [...records, ...judges.map(({ record }) => record)]);
  const plan = await planRun({
    samples: planned,
    models: records,
    epochs: order.epochs,
    ...(order.judging ? { judge: judgingName(order.judging) } : {}),
    ...(state ? { state } : {}),
  });
  const { suites: suiteRecords, checkers } = await census();
  const total = suiteRecords.reduce((sum, { samples: count }) => sum + count, 0);
  if (total === 0)
    throw new UserError('no question fits --lang, --task, --tag, --seeds and --limit together');
  return {
    suites,
    models,
    records,
    ...(order.judging ? { judging: { order: order.judging, judges } } : {}),
    plan: { ...plan, samples: () => book.all() },
    header: {
      harness: HARNESS,
      suites: suiteRecords,
      models: [...records],
      ...(order.judging
        ? recordJudging(
            order.judging,
            judges.map(({ record }) => record),
          )
        : {}),
      selection: recordSelection(suites, order, seedKey),
      checkers,
    },
  };
}

const fingerprintOf = (seedKey: string | undefined) =>
  seedKey === undefined ? undefined : seedKeyFingerprint(seedKey);

/** Does both, and throws the faults of both together. */
async function allFaults<A, B>(first: () => Promise<A>, second: () => Promise<B>): Promise<[A, B]> {
  const [a, b] = await Promise.allSettled([first(), second()]);
  if (a.status === 'fulfilled' && b.status === 'fulfilled') return [a.value, b.value];
  const issues = [a, b].flatMap((result) => {
    if (result.status === 'fulfilled') return [];
    if (result.reason instanceof UserError) return result.reason.issues;
    throw result.reason;
  });
  throw new UserError(issues);
}

/** @throws UserError for a task, tag or language that no suite has: a typing mistake would ask nothing, or too much */
function checkSelection(suites: readonly Suite[], { selection }: RunOrder): void {
  const issues = selectionIssues(suites, selection);
  const dumb = selection.langs?.find((lang) => !suites.some((suite) => suite.languages.includes(lang)));
  if (dumb !== undefined) issues.push({ message: `--lang: no suite of this run speaks ${dumb}` });
  if (issues.length > 0) throw new UserError(issues);
}

function recordJudging(order: JudgingOrder, judges: ModelRecord[]): Partial<RunSetup['header']> {
  const judging = judgingRecord(order);
  return {
    judge: judgingName(order),
    judges,
    ...(Object.keys(judging).length > 0 ? { judging } : {}),
  };
}

function recordSelection(
  suites: readonly Suite[],
  { selection }: RunOrder,
  seedKey: string | undefined,
): Selection {
  const spoken = [...new Set(suites.flatMap((suite) => suite.languages))];
  return {
    ...selection,
    langs: selection.langs ?? spoken,
    ...(seedKey === undefined ? {} : { seedKey: fingerprintOf(seedKey) }),
  };
}
