import { systemClock } from '../../../../providers/clock.ts';
import { UserError } from '../../../core/errors.ts';
import { sanitiseLine } from '../../../report/sanitise.ts';
import { checkBudget } from '../../../run/budget.ts';
import { type Estimator, estimateRun } from '../../../run/estimate.ts';
import { planRun } from '../../../run/plan.ts';
import {
  type LockedQuestion,
  type LockedSelection,
  type LockedSuite,
  readLockedSuite,
} from '../../../suite/locked-questions.ts';
import { suiteSource } from '../../../suite/sources.ts';
import type { RunOptions } from '../../commands/run.ts';
import { EXIT, type ExitCode } from '../../exit-codes.ts';
import type { Io } from '../../io.ts';
import { builtinFolder } from '../../suite-source.ts';
import { checkBatches } from './batching.ts';
import { budgetOf } from './budget.ts';
import { replyTokens, tellEstimate } from './dry-run.ts';
import { findModels, modelRecord, modelRemarks } from './models.ts';
import type { RunOrder } from './order.ts';

/**
 * A dry run that adds up what the locks of the suites say, and draws and solves nothing. Undefined where that cannot
 * be told from locks: the selection needs tags, other seeds or variants, a judge is asked, a suite has changed since it
 * was locked, or something is wrong, which loading everything says better.
 */
export async function lockedDryRun(
  order: RunOrder,
  options: RunOptions,
  io: Io,
): Promise<ExitCode | undefined> {
  const questions = await questionsOf(order, options);
  if (!questions) return undefined;
  const lookupSample = () => undefined;
  const models = findModels(order.models, { ...options, lookupSample, requireKeys: false }, io);
  if (options.batch) checkBatches(models);
  const records = models.map((model) => modelRecord(model, order.settings));
  const plan = await planRun({ samples: () => questions, models: records, epochs: order.epochs });
  if (!options.quiet)
    for (const remark of modelRemarks(models, records, systemClock.epochMs()))
      io.err(`${sanitiseLine(remark)}\n`);
  checkBudget(budgetOf(options), records);
  tellEstimate(await estimateRun(plan, estimator(options)), undefined, options, io);
  return EXIT.done;
}

const estimator = (options: RunOptions): Estimator<LockedQuestion> => {
  const outputTokens = replyTokens(options);
  const way = options.batch ? { batch: true } : {};
  return ({ inputTokens }, { baseline }) =>
    baseline ? { inputTokens: 0, outputTokens: 0 } : { inputTokens, outputTokens, ...way };
};

async function questionsOf(
  { suites, judging, selection }: RunOrder,
  { seedKeyEnv, checker = [] }: RunOptions,
): Promise<LockedQuestion[] | undefined> {
  const { seeds, tags, variants } = selection;
  if (judging || seeds || tags || variants || seedKeyEnv !== undefined || checker.length > 0)
    return undefined;
  const read = await Promise.all([...new Set(suites)].map((name) => readLocked(name, selection)));
  const all = read.filter((suite) => suite !== undefined);
  const { tasks = [], langs = [] } = selection;
  const sure =
    all.length === read.length &&
    new Set(all.map(({ name }) => name)).size === all.length &&
    tasks.every((task) => all.some((suite) => suite.tasks.includes(task))) &&
    langs.every((lang) => all.some(({ languages }) => languages.includes(lang))) &&
    all.some(({ questions }) => questions.length > 0);
  return sure ? all.flatMap(({ questions }) => questions) : undefined;
}

async function readLocked(name: string, selection: LockedSelection): Promise<LockedSuite | undefined> {
  try {
    const { dir } = await suiteSource(name, builtinFolder());
    return await readLockedSuite(dir, selection);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
