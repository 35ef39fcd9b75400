import { LANGS, type Lang } from '../core/lang.ts';
import { groupBy } from './group-by.ts';
import { type AuditRate, type JudgeAudit, LEXICAL } from './judge-audit.ts';
import type { AttemptRecord, RunRecords, SampleRecord } from './records.ts';
import type { RubricRecord } from './rubric-record.ts';
import { tQuantile } from './statistics/distributions.ts';
import { type MeanEstimate, meanInterval, strataInterval } from './statistics/mean.ts';
import { type Accuracy, type Corrected, roganGladen, youden } from './statistics/rogan-gladen.ts';
import type { Result } from './summary.ts';

/** One sample's rubrics, the mean of its epochs; the score is linear in the verdicts, so means may be corrected. */
interface Item extends Pick<RubricRecord, 'sum' | 'weights'> {
  sample: SampleRecord;
  epochs: number;
  /** Whether criteria were looked at: what was worth nothing before needs no correction. */
  judged: boolean;
}

type RubricMean = NonNullable<Result['rubric']>;

/** What a model's replies were worth by rubrics alone, as measured and, where the judge was audited, corrected for its errors. */
export function rubricMean(
  records: RunRecords,
  attempts: readonly AttemptRecord[],
  audit: JudgeAudit | undefined,
): RubricMean | undefined {
  const items = itemsOf(records, attempts);
  if (items.length === 0) return undefined;
  const rubrics = attempts.flatMap(({ rubric }) => (rubric ? [rubric] : []));
  const decisions = rubrics.reduce((sum, rubric) => sum + rubric.decisions, 0);
  const split = rubrics.reduce((sum, rubric) => sum + rubric.split, 0);
  const panel = (records.judges?.length ?? 0) > 1;
  const measured = meanOf(items, ({ sum }) => Math.min(1, Math.max(0, sum)));
  return {
    judge: records.judge ?? LEXICAL,
    score: measured.mean,
    interval: measured.interval,
    standard_error: measured.standardError,
    n: items.length,
    clusters: measured.clusters,
    decisions,
    ...(panel && decisions > 0 ? { disagreement: split / decisions } : {}),
    ...(audit ? correctionOf(items, audit) : {}),
  };
}

function itemsOf(records: RunRecords, attempts: readonly AttemptRecord[]): Item[] {
  const withRubric = attempts.filter(({ rubric, outcome }) => rubric && outcome.status === 'scored');
  return [...groupBy(withRubric, ({ sample }) => sample)].flatMap(([hash, own]) => {
    const sample = records.samples.get(hash);
    if (!sample) return [];
    const mean = (of: (rubric: RubricRecord) => number) =>
      own.reduce((total, { rubric }) => total + (rubric ? of(rubric) : 0), 0) / own.length;
    return {
      sample,
      epochs: own.length,
      sum: mean(({ sum }) => sum),
      weights: mean(({ weights }) => weights),
      judged: own.some(({ rubric }) => (rubric?.decisions ?? 0) > 0),
    };
  });
}

/** Mean of suite means, as everywhere. */
function meanOf(items: readonly Item[], worthOf: (item: Item) => number): MeanEstimate {
  const suites = [...groupBy(items, ({ sample }) => sample.suite).values()];
  return strataInterval(
    suites.map((own) => {
      const values = own.map((item) => ({
        value: worthOf(item),
        cluster: item.sample.cluster,
        epochs: item.epochs,
      }));
      return meanInterval(values, { bounds: boundsOf(values) });
    }),
    { bounds: boundsOf(items.map((item) => ({ value: worthOf(item) }))) },
  );
}

/** A corrected value may lie beyond the scale: only the mean is brought back to it. */
function boundsOf(values: readonly { value: number }[]): [number, number] {
  return values.reduce<[number, number]>(
    ([low, high], { value }) => [Math.min(low, value), Math.max(high, value)],
    [0, 1],
  );
}

function correctionOf(
  items: readonly Item[],
  audit: JudgeAudit,
): Pick<RubricMean, 'corrected' | 'not_corrected'> {
  const langs = LANGS.filter((lang) => items.some(({ sample }) => sample.lang === lang));
  const accuracies = new Map<Lang, Accuracy>();
  for (const lang of langs) {
    const figures = audit.result.langs.find((each) => each.lang === lang);
    if (!figures) return { not_corrected: `the judge was not audited in ${lang}` };
    const accuracy = accuracyOf(figures);
    const reason = chance(accuracy);
    if (reason !== undefined) return { not_corrected: `${reason} in ${lang}` };
    accuracies.set(lang, accuracy);
  }
  return { corrected: { ...corrected(items, accuracies), audit: audit.hash } };
}

const accuracyOf = ({
  sensitivity,
  specificity,
}: {
  sensitivity: AuditRate;
  specificity: AuditRate;
}): Accuracy => ({
  sensitivity: sensitivity.value,
  specificity: specificity.value,
  sensitivityVariance: sensitivity.standard_error ** 2,
  specificityVariance: specificity.standard_error ** 2,
});

const Z = 1.96;

/** Why a judge's verdicts tell nothing: it is no better than chance, or its audit cannot rule that out. */
function chance(accuracy: Accuracy): string | undefined {
  const index = youden(accuracy);
  const error = Math.sqrt(accuracy.sensitivityVariance + accuracy.specificityVariance);
  const told = `sensitivity ${accuracy.sensitivity.toFixed(3)} + specificity ${accuracy.specificity.toFixed(3)}`;
  if (index <= 0) return `the judge is no better than chance (${told} ≤ 1)`;
  return index - Z * error <= 0 ? `the audit cannot tell the judge from chance (${told})` : undefined;
}

/**
 * The corrected mean and its interval, on the assumption that the judge errs on a suite's replies as often as on those of
 * its audit. The judge's accuracy is the same for all samples of a language, so its
 * uncertainty moves them together: by the delta method
 *   Var = Var(sampling) + Σ_lang (∂θ/∂Se)² Var(Se) + (∂θ/∂Sp)² Var(Sp),
 * with t of Welch and Satterthwaite's degrees of freedom of the sampling part.
 */
function corrected(
  items: readonly Item[],
  accuracies: ReadonlyMap<Lang, Accuracy>,
): Pick<NonNullable<RubricMean['corrected']>, 'score' | 'interval' | 'standard_error'> {
  const values = new Map(items.map((item) => [item, correctedItem(item, accuracies)]));
  const worthOf = (item: Item) => (values.get(item) as Corrected).value;
  const sampling = meanOf(items, worthOf);
  const suites = [...groupBy(items, ({ sample }) => sample.suite).values()];
  const theta = suites.reduce((sum, own) => sum + total(own.map(worthOf)) / own.length, 0) / suites.length;
  let variance = sampling.standardError ** 2;
  for (const [lang, accuracy] of accuracies) {
    const slope = (of: (value: Corrected) => number) =>
      suites.reduce((sum, own) => {
        const spoken = own.filter(({ sample }) => sample.lang === lang);
        return sum + total(spoken.map((item) => of(values.get(item) as Corrected))) / own.length;
      }, 0) / suites.length;
    variance += slope(({ perSensitivity }) => perSensitivity) ** 2 * accuracy.sensitivityVariance;
    variance += slope(({ perSpecificity }) => perSpecificity) ** 2 * accuracy.specificityVariance;
  }
  const error = Math.sqrt(variance);
  const df = sampling.df * (variance / sampling.standardError ** 2) ** 2;
  const half = tQuantile(0.975, Number.isFinite(df) ? Math.max(1, df) : Number.POSITIVE_INFINITY) * error;
  return {
    score: onScale(theta),
    interval: [onScale(theta - half), onScale(theta + half)],
    standard_error: error,
  };
}

function correctedItem(item: Item, accuracies: ReadonlyMap<Lang, Accuracy>): Corrected {
  const accuracy = accuracies.get(item.sample.lang);
  if (!item.judged || !accuracy) return { value: item.sum, perSensitivity: 0, perSpecificity: 0 };
  return roganGladen(item, accuracy);
}

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
const onScale = (value: number) => Math.min(1, Math.max(0, value));
