import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { systemClock } from '../../../../providers/clock.ts';
import type { AuditSet } from '../../../checkers/rubric/audit/set.ts';
import { rubric } from '../../../checkers/rubric/rubric.ts';
import { shortHash } from '../../../core/canonical.ts';
import { UserError } from '../../../core/errors.ts';
import type { ModelRecord } from '../../../core/event.ts';
import type { Lang } from '../../../core/words.ts';
import { execute, type RunOutcome } from '../../../run/execute.ts';
import { JOURNAL_FILE } from '../../../run/journal.ts';
import { readEntries } from '../../../run/journal-reader.ts';
import { planRun } from '../../../run/plan.ts';
import { createProgress } from '../../../run/progress.ts';
import type { RunFolder } from '../../../run/run-id.ts';
import { foldState } from '../../../run/state.ts';
import type { JudgeAuditOptions } from '../../commands/judge.ts';
import { holdRun } from '../../hold-run.ts';
import type { Io } from '../../io.ts';
import { VERSION } from '../../version.ts';
import { showProgress } from '../run/display.ts';
import { type JudgingOrder, judgingName, judgingRecord } from '../run/judging.ts';
import { findModels, modelRecord, openModels } from '../run/models.ts';
import { scoringBy } from '../run/scoring.ts';
import { runSignals } from '../run/signals.ts';
import { REPLIES, repliesProvider } from './replies.ts';

export interface AuditRun {
  folder: RunFolder;
  judges: ModelRecord[];
  outcome: RunOutcome;
}

/**
 * Asks judges about every reply of an audit set: a run whose one model is the set. Its folder is named after judges and
 * set, so that the same command goes on with it.
 */
export async function conductAudit(
  set: AuditSet,
  order: JudgingOrder,
  langs: readonly Lang[],
  options: JudgeAuditOptions,
  io: Io,
): Promise<AuditRun> {
  const find = {
    config: options.config,
    runs: options.runs,
    lookupSample: () => undefined,
    requireKeys: true,
  };
  const resolved = findModels(order.models, find, io);
  const judges = resolved.map((model) => modelRecord(model, { temperature: 0 }));
  const folder = auditFolder(set, order, options, io);
  const opened = holdRun(folder);
  try {
    const state = await foldState(readEntries(folder.journal, { onDamage: () => {} }));
    const judge = judgingName(order);
    const samples = () => set.items.map(({ sample }) => sample);
    const plan = await planRun({ samples, models: [REPLIES], epochs: 1, judge, state });
    const progress = createProgress(plan, systemClock);
    const models = await openModels(resolved, {
      concurrency: options.concurrency,
      attemptTimeoutMs: undefined,
      onWait: (event) => progress.report(event),
    });
    const display = showProgress(progress, judges, io, { quiet: options.quiet });
    const signals = runSignals(() => io.err('\nfinishing what is in flight; Ctrl-C again stops now\n'));
    try {
      const members = judges.map((model) => {
        const provider = models.providers.get(model.id);
        if (!provider) throw new TypeError(`no provider was opened for ${model.id}`);
        return { model, provider, concurrency: models.concurrency(model) };
      });
      const outcome = await execute(plan, {
        header: {
          run: folder.id,
          harness: `wattmark ${VERSION}`,
          suites: [],
          models: [REPLIES],
          judge,
          judges,
          judging: judgingRecord(order),
          selection: { langs: [...langs] },
          checkers: { rubric: rubric.version },
        },
        journal: opened.journal,
        providers: new Map([[REPLIES.id, repliesProvider(set)]]),
        concurrency: () => 8,
        scoring: scoringBy({ batch: order.batch }),
        judge: { members, vote: order.vote ?? 'majority' },
        budget: options.maxCost ? { cost: options.maxCost } : {},
        clock: systemClock,
        stop: signals.stop,
        abort: signals.abort,
        onProgress: (event) => progress.report(event),
      });
      return { folder, judges, outcome };
    } finally {
      display.stop();
      signals.release();
      await models.close();
    }
  } finally {
    opened.close();
  }
}

/** @throws UserError where it cannot be made */
function auditFolder(set: AuditSet, order: JudgingOrder, { runs }: JudgeAuditOptions, io: Io): RunFolder {
  const name = judgingName(order);
  const readable = name
    .replace(/[^A-Za-z0-9.]+/g, '-')
    .replace(/^[-.]+|-+$/g, '')
    .slice(0, 60);
  const id = `${readable}-${shortHash([name, set.hash, rubric.version]).slice(0, 8)}`;
  const folder = join(resolve(io.cwd, runs), 'judge-audits', id);
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw new UserError(`${folder}: cannot be made (${(error as NodeJS.ErrnoException).code})`);
  }
  return { id, folder, journal: join(folder, JOURNAL_FILE) };
}
