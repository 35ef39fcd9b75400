import { resolve } from 'node:path';
import { systemClock } from '../../../providers/clock.ts';
import { checkAuditFits } from '../../report/judge-audit.ts';
import { RecordFold, type RunRecords } from '../../report/records.ts';
import { sanitiseLine } from '../../report/sanitise.ts';
import { execute, type RunOutcome } from '../../run/execute.ts';
import { overheard } from '../../run/journal.ts';
import type { PanelSetup } from '../../run/judge-panel.ts';
import type { RunPlan } from '../../run/plan.ts';
import { createProgress, type ProgressEvent } from '../../run/progress.ts';
import type { OpenRun } from '../../run/run-folder.ts';
import { createRunFolder, type RunFolder, resolveRun } from '../../run/run-id.ts';
import type { RunOptions } from '../commands/run.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { holdRun } from '../hold-run.ts';
import type { Io } from '../io.ts';
import { keepAudit, readAudit } from '../judge-audit-file.ts';
import { readState, resumeHint } from '../resume.ts';
import { showRun } from '../show-run.ts';
import { keepHeapSmall } from '../small-heap.ts';
import { BATCH_WIDTH, batchedProviders, checkBatches } from './run/batching.ts';
import { budgetOf, expectedInBatch } from './run/budget.ts';
import { showProgress } from './run/display.ts';
import { dryRun } from './run/dry-run.ts';
import { judgingRemarks } from './run/judging.ts';
import { lockedDryRun } from './run/locked-dry-run.ts';
import { createLog } from './run/log.ts';
import { modelRemarks, type OpenedModels, openModels } from './run/models.ts';
import { freshOrder, resumedOrder } from './run/order.ts';
import { scoringBy } from './run/scoring.ts';
import { prepareRun, type RunSetup } from './run/setup.ts';
import { runSignals } from './run/signals.ts';
import { openTracing, type TraceTarget, traceTarget } from './run/tracing.ts';

/** `wattmark run`: everything a user got wrong comes out before anything is asked. */
export async function run(names: readonly string[], options: RunOptions, io: Io): Promise<ExitCode> {
  const target = traceTarget(options, io);
  const runs = resolve(io.cwd, options.runs);
  const resumed = options.resume === undefined ? undefined : resolveRun(runs, options.resume);
  // Held before it is read, so that nobody writes while we plan.
  let opened = resumed && !options.dryRun ? holdRun(resumed) : undefined;
  try {
    const state = resumed && (await readState(resumed, io));
    const order = state ? resumedOrder(state.start, names, options) : freshOrder(names, options);
    const told = options.dryRun && !state ? await lockedDryRun(order, options, io) : undefined;
    if (told !== undefined) return told;
    const setup = await prepareRun(order, options, io, state);
    const batch = options.batch ?? setup.plan.state.batches.size > 0;
    if (batch) checkBatches(setup.models);
    const audit = options.judgeAudit === undefined ? undefined : readAudit(options.judgeAudit, io);
    if (audit) checkAuditFits(audit, { run: resumed?.id ?? 'to begin', ...setup.header });
    const { plan } = setup;
    announce(plan, setup, io, options);
    if (options.dryRun) return await dryRun(plan, setup, { ...options, batch }, io);
    const folder = resumed ?? createRunFolder(runs, systemClock.epochMs(), Math.random);
    opened ??= holdRun(folder);
    if (audit) keepAudit(folder, audit);
    return await conduct({ folder, opened, trace: target }, setup, { ...options, batch }, io);
  } finally {
    opened?.close();
  }
}

/** Says what goes on from an earlier run, and which settings a model will not hear. */
function announce(plan: RunPlan, setup: RunSetup, io: Io, options: RunOptions): void {
  const say = (text: string) => {
    if (!options.quiet) io.err(`${sanitiseLine(text)}\n`);
  };
  modelRemarks(setup.models, setup.records, systemClock.epochMs()).forEach(say);
  const asked = setup.models.map(({ id }) => id);
  judgingRemarks(setup.judging?.order.models ?? [], asked).forEach(say);
  if (!plan.state.start) return;
  for (const [id, { ask, retry, again, score, done }] of plan.counts) {
    say(
      `${id}: ${done} done, ${ask} to ask (${retry} failed before, ${again} changed since), ${score} to score`,
    );
  }
  if (plan.changed.length > 0)
    say(`${plan.changed.length} questions changed since the run began and are asked anew`);
}

interface Place {
  folder: RunFolder;
  opened: OpenRun;
  trace: TraceTarget | undefined;
}

async function conduct(
  { folder, opened, trace }: Place,
  setup: RunSetup,
  options: RunOptions,
  io: Io,
): Promise<ExitCode> {
  const { plan } = setup;
  keepHeapSmall({ large: isLarge(plan) });
  const progress = createProgress(plan, systemClock);
  const log = options.logLevel && createLog(options.logLevel, (text) => display.line(text), systemClock);
  const suites = setup.suites.map(({ name }) => name);
  const about = { id: folder.id, suites, content: options.traceContent ?? false };
  const fold = foldsAsItGoes(plan) ? new RecordFold() : undefined;
  const journal = fold ? overheard(opened.journal, (event) => fold.take(event)) : opened.journal;
  const tracing = trace && (await openTracing(trace, about, io, systemClock));
  const report = (event: ProgressEvent) => {
    progress.report(event);
    log?.event(event);
    tracing?.report(event);
  };
  const models = await openModels([...setup.models, ...judgesOf(setup)], {
    concurrency: options.concurrency,
    attemptTimeoutMs: options.attemptTimeout,
    cache: cacheOf(options, io),
    onWait: report,
    ...(tracing && { wrap: tracing.wrap, onRetry: tracing.retried }),
  });
  const display = showProgress(progress, setup.records, io, { quiet: options.quiet, log });
  const signals = runSignals(() =>
    io.err(
      options.batch
        ? '\nstopping; what is in batches is left with the vendor\n'
        : '\nfinishing what is in flight; Ctrl-C again stops now\n',
    ),
  );
  let outcome: RunOutcome | undefined;
  // Goes on beside the table.
  let closing: Promise<void> | undefined;
  let { providers } = models;
  try {
    if (options.batch) {
      const notice = (text: string) => io.err(`${sanitiseLine(text)}\n`);
      const { state } = plan;
      const batching = {
        run: folder.id,
        models: setup.models,
        records: setup.records,
        state,
        journal,
        notice,
        ...(tracing && { observer: tracing.batches }),
      };
      providers = await batchedProviders(models, batching);
    }
    const judge = panelOf(setup, models);
    const expected = await expectedInBatch(options);
    outcome = await execute(plan, {
      header: { run: folder.id, ...setup.header },
      journal,
      providers,
      concurrency: (model) => (options.batch && !model.baseline ? BATCH_WIDTH : models.concurrency(model)),
      scoring: scoringBy({ batch: setup.judging?.order.batch ?? false }),
      ...(judge ? { judge } : {}),
      budget: budgetOf(options),
      ...(expected && { expected }),
      // A batch may take a day: it is left with the vendor at once, as the first Ctrl-C leaves it.
      ...(options.batch && { graceMs: 0 }),
      clock: systemClock,
      stop: signals.stop,
      // A batch in flight may take a day: the first Ctrl-C leaves it.
      abort: options.batch ? signals.stop : signals.abort,
      onProgress: report,
    });
  } finally {
    display.stop();
    signals.release();
    const batched = [...providers.values()].filter(
      ({ id }) => providers.get(id) !== models.providers.get(id),
    );
    await Promise.allSettled(batched.map(async (provider) => provider.close?.()));
    closing = models.close();
    opened.close();
    await tracing?.close(outcome?.status);
  }
  // Where the journal failed, what was overheard may not be in it.
  const records = outcome.status === 'journal' ? undefined : fold?.done();
  const code = await conclude(folder, { outcome, records }, options, io);
  await closing;
  return code;
}

/** From so many attempts on, a run is held to little memory first, and to speed then. */
const LARGE = 20_000;

const isLarge = ({ sampleCount, models, epochs }: RunPlan): boolean =>
  sampleCount * models.length * epochs > LARGE;

/**
 * Whether a run's records are made as it goes: of a large one they would be a third of all its memory. One that goes on
 * has a past, which only its journal tells.
 */
const foldsAsItGoes = (plan: RunPlan): boolean => !plan.state.start && !isLarge(plan);

const judgesOf = ({ judging }: RunSetup) => judging?.judges.map(({ resolved }) => resolved) ?? [];

function panelOf({ judging }: RunSetup, { providers, concurrency }: OpenedModels): PanelSetup | undefined {
  if (!judging) return undefined;
  const members = judging.judges.flatMap(({ record }) => {
    const provider = providers.get(record.id);
    return provider ? [{ model: record, provider, concurrency: concurrency(record) }] : [];
  });
  return { members, vote: judging.order.vote ?? 'majority' };
}

const MEGABYTE = 1024 * 1024;

const cacheOf = ({ cache, cacheSize = 1024 }: RunOptions, io: Io) =>
  cache === undefined ? undefined : { folder: resolve(io.cwd, cache), maxBytes: cacheSize * MEGABYTE };

async function conclude(
  target: RunFolder,
  { outcome, records }: { outcome: RunOutcome; records: RunRecords | undefined },
  options: RunOptions,
  io: Io,
): Promise<ExitCode> {
  await showRun(target, options.json ? 'json' : 'table', io, { records });
  const lanes = [...outcome.lanes.values()];
  const count = (of: (lane: (typeof lanes)[number]) => number) =>
    lanes.reduce((sum, lane) => sum + of(lane), 0);
  const left = count((lane) => lane.left);
  const open = count((lane) => lane.failed + lane.unscored);
  if (outcome.status !== 'done') {
    const reason = outcome.reason ? `: ${sanitiseLine(outcome.reason)}` : '';
    io.err(`\nNot finished${reason}. ${left} left; every reply that came is kept.\n`);
  } else if (open > 0) io.err(`\n${open} unscored: a provider or the judge failed. They are in no mean.\n`);
  if (outcome.status !== 'done' || open > 0) io.err(resumeHint(target.id, options, io));
  if (outcome.status !== 'done') return EXIT.interrupted;
  return open > 0 ? EXIT.unscored : EXIT.done;
}
