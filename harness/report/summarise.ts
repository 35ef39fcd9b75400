import type { ModelRecord, RunEvent } from '../core/event.ts';
import { LANGS } from '../core/lang.ts';
import { TIERS } from '../core/sample.ts';
import { groupBy } from './group-by.ts';
import type { JudgeAudit } from './judge-audit.ts';
import { judgingOf } from './judge-use.ts';
import { languageGap } from './language-gap.ts';
import { type AttemptRecord, foldRecords, type RunRecords } from './records.ts';
import { rubricMean } from './rubric-mean.ts';
import { bySample, estimate, mean, type SampleScores } from './scores.ts';
import { stability } from './stability.ts';
import { passAtK, passHatK } from './statistics/repeats.ts';
import type { ModelSummary, NamedEstimate, Result, Summary } from './summary.ts';
import { usageOf } from './usage.ts';

/** A run's journal as a summary: scores with intervals, what is unscored and why, what it took. */
export async function summarise(events: AsyncIterable<RunEvent>): Promise<Summary> {
  return summariseRecords(await foldRecords(events));
}

/** @param audit of the run's judge, to correct rubric means by */
export function summariseRecords(records: RunRecords, audit?: JudgeAudit): Summary {
  const byModel = groupBy(records.attempts, ({ model }) => model);
  const variants = groupBy(records.variantAttempts, ({ model }) => model);
  return {
    schema_version: '1.0',
    run: records.run,
    harness: records.harness,
    status: records.status,
    started: records.started,
    ended: records.ended,
    wall_s: records.wallMs / 1000,
    suites: [...records.suites],
    checkers: { ...records.checkers },
    ...(records.judge === undefined ? {} : { judge: records.judge }),
    epochs: records.epochs,
    selection: records.selection,
    models: records.models.map((model) =>
      summariseModel(
        records,
        model,
        { base: byModel.get(model.id) ?? [], variants: variants.get(model.id) ?? [] },
        audit,
      ),
    ),
  };
}

function summariseModel(
  records: RunRecords,
  model: ModelRecord,
  { base: attempts, variants: variantAttempts }: Record<'base' | 'variants', readonly AttemptRecord[]>,
  audit: JudgeAudit | undefined,
): ModelSummary {
  const samples = bySample(records, attempts);
  const suites = groups(
    samples,
    ({ sample }) => [sample.suite],
    records.suites.map(({ name }) => name),
  );
  const gap = languageGap(samples);
  const stable = stability(samples, bySample(records, variantAttempts));
  const all = [...attempts, ...variantAttempts];
  const rubric = rubricMean(records, attempts, audit);
  const judging = judgingOf(records.judging?.get(model.id) ?? [], records.judges ?? []);
  return {
    ...model,
    overall: estimate(samples),
    suites,
    tasks: groups(samples, ({ sample }) => [`${sample.suite}/${sample.task}`]),
    langs: groups(samples, ({ sample }) => [sample.lang], LANGS),
    skills: groups(samples, ({ sample }) => [...new Set(sample.skills)]).sort(byName),
    tiers: groups(samples, ({ sample }) => (sample.tier ? [sample.tier] : []), TIERS),
    ...(gap ? { language_gap: gap } : {}),
    ...(stable ? { stability: stable } : {}),
    ...(rubric ? { rubric } : {}),
    ...(judging ? { judging } : {}),
    ...(rubric && audit
      ? { judge_audit: { hash: audit.hash, audit_set: audit.audit_set.hash, result: audit.result } }
      : {}),
    missing_suites: records.suites
      .map(({ name }) => name)
      .filter((name) => !suites.some((suite) => suite.name === name && suite.n > 0)),
    unscored: unscoredCounts(all),
    ...usageOf(model, all),
    wall_s: (records.wallMsByModel.get(model.id) ?? 0) / 1000,
    regret: regrets(attempts),
    repeats: repeats(samples, records.epochs),
  };
}

/** Estimates by name, in the order given or else the order met. A sample may be in several groups, or in none. */
function groups(
  samples: readonly SampleScores[],
  namesOf: (entry: SampleScores) => readonly string[],
  order: readonly string[] = [],
): NamedEstimate[] {
  const members = new Map<string, SampleScores[]>(order.map((name) => [name, []]));
  for (const entry of samples)
    for (const name of namesOf(entry)) {
      const group = members.get(name);
      if (group) group.push(entry);
      else members.set(name, [entry]);
    }
  return [...members]
    .filter(([, entries]) => entries.length > 0)
    .map(([name, entries]) => ({ name, ...estimate(entries) }));
}

const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);

function unscoredCounts(attempts: readonly AttemptRecord[]): Result['unscored'] {
  const counts = new Map<string, Result['unscored'][number]>();
  for (const { outcome } of attempts) {
    if (outcome.status === 'scored') continue;
    const { fault, kind } = outcome;
    const entry = counts.get(`${fault} ${kind}`) ?? { fault, kind, count: 0 };
    entry.count++;
    counts.set(`${fault} ${kind}`, entry);
  }
  return [...counts.values()].sort((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1));
}

function regrets(attempts: readonly AttemptRecord[]): Result['regret'] {
  const sums = new Map<string, Result['regret'][number]>();
  for (const { outcome } of attempts) {
    if (outcome.status !== 'scored' || !outcome.regret) continue;
    const { currency, amount } = outcome.regret;
    const sum = sums.get(currency) ?? { currency, amount: 0, n: 0 };
    sum.amount += amount;
    sum.n++;
    sums.set(currency, sum);
  }
  return [...sums.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

/** pass@k and pass^k for k = 1, 2, 4, … and all epochs, over the samples that have k scores; suites weigh the same. */
function repeats(samples: readonly SampleScores[], epochs: number): Result['repeats'] {
  if (epochs < 2) return [];
  const ks: number[] = [];
  for (let k = 1; k < epochs; k *= 2) ks.push(k);
  return [...ks, epochs].flatMap((k) => {
    const ready = samples.filter(({ values }) => values.length >= k);
    if (ready.length === 0) return [];
    const suites = [...groupBy(ready, ({ sample }) => sample.suite).values()];
    const average = (of: typeof passAtK) =>
      mean(suites.map((entries) => mean(entries.map((entry) => of(entry.values.length, passes(entry), k)))));
    return [{ k, n: ready.length, pass_at_k: average(passAtK), pass_hat_k: average(passHatK) }];
  });
}

export const passes = ({ sample, values }: SampleScores): number =>
  values.filter((value) => value >= sample.pass).length;
