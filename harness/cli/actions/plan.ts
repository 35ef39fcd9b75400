import { UserError } from '../../core/errors.ts';
import type { Side } from '../../report/compare/pairs.ts';
import { type CostEach, detectableWith, planRows } from '../../report/plan/plan.ts';
import { planText } from '../../report/plan/text.ts';
import { assumedVariance, pairedVariance, type VarianceEstimate } from '../../report/plan/variance.ts';
import { summariseRecords } from '../../report/summarise.ts';
import type { PlanOptions } from '../commands/plan.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import type { Io } from '../io.ts';
import { readSide } from '../sides.ts';

/** `wattmark plan`: what a difference costs to be found. */
export async function plan(
  run: string,
  other: string | undefined,
  options: PlanOptions,
  io: Io,
): Promise<ExitCode> {
  const { power, alpha, epochs } = options;
  if (!(power > 0 && power < 1)) throw new UserError('--power: it must lie between 0 and 1');
  if (!(alpha > 0 && alpha < 1)) throw new UserError('--alpha: it must lie between 0 and 1');
  const base = await readSide(run, options, io);
  const next = other === undefined ? undefined : await readSide(other, options, io);
  const variance = varianceOf(base, next, options.correlation);
  const costEach = costOf(next ?? base);
  const differences = options.points.map((points) => points / 100);
  const rows = planRows(variance, { differences, epochs, power, alpha, ...(costEach ? { costEach } : {}) });
  const now = detectableWith(variance.samples, variance, epochs, { power, alpha });
  const result = { variance, power, alpha, rows, detectable_now: now };
  if (options.json) io.out(`${JSON.stringify(result, null, 2)}\n`);
  else io.out(`${planText(result, { width: io.columns, colour: io.colour })}\n`);
  return EXIT.done;
}

function varianceOf(base: Side, next: Side | undefined, correlation: number): VarianceEstimate {
  try {
    return next ? pairedVariance(base, next) : assumedVariance(base, correlation);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new UserError(
      next ? 'fewer than two samples have a score on both sides' : 'fewer than two samples have a score',
      'plan from a run with more samples',
    );
  }
}

function costOf({ records, model }: Side): CostEach | undefined {
  const found = summariseRecords(records).models.find(({ id }) => id === model);
  if (!found?.cost?.complete || found.replies === 0) return undefined;
  return { amount: found.cost.amount / found.replies, currency: found.cost.currency };
}
