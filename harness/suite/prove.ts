import { type Issue, type Place, UserError } from '../core/errors.ts';
import type { Mistake } from '../core/family.ts';
import type { Sample } from '../core/sample.ts';
import type { CheckScore, Score } from '../core/score.ts';
import { expand, type Lot, lots } from './expand.ts';
import type { SampleSelection } from './selection.ts';
import type { Suite } from './suite.ts';

/** Scores a reply by all checks of its sample; handed in, since checkers own reading and scoring. */
type ScoreReply = (sample: Sample, reply: string) => { score: Score; checks: readonly CheckScore[] };

/** What was proved of one sample, or of one problem that gave none. */
interface Proof {
  sample: string;
  /** Replies that were scored. */
  replies: number;
  issues: Issue[];
}

const TOLERANCE = 1e-9;

/**
 * The suite's tests of itself, sample by sample as they are done: the reference reply scores 1, silence scores 0,
 * each mistake scores what its family or case says and is not the reference; and the right reply to a problem is
 * right in each variant of it. A family that fails on one seed is told of, and the rest goes on.
 */
export function* checkSuite(
  suite: Suite,
  { score, ...selection }: SampleSelection & { score: ScoreReply },
): Generator<Proof, void, undefined> {
  for (const lot of lots(suite, selection)) {
    const samples = attempt(() => lot.make());
    if ('issues' in samples) {
      yield { sample: `${suite.name}/${lot.task.id}/${labelOf(lot)}`, replies: 0, issues: samples.issues };
      continue;
    }
    const firsts = new Map(
      samples.value.flatMap((sample) => (sample.variant ? [] : [[sample.lang, sample] as const])),
    );
    for (const sample of samples.value) {
      const first = firsts.get(sample.lang) as Sample;
      yield sample.variant
        ? proveVariant(sample, first, score, placeOf(lot))
        : prove(sample, score, placeOf(lot));
    }
  }
}

const labelOf = ({ pick }: Lot) => ('one' in pick ? pick.one.id : `s${pick.seed}`);
const placeOf = ({ task, pick }: Lot): Place => task.file.place('one' in pick ? pick.one.path : ['generate']);

function attempt<T>(work: () => T): { value: T } | { issues: Issue[] } {
  try {
    return { value: work() };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { issues: [...error.issues] };
  }
}

/** A variant must not change the answer: its own right reply scores 1, and so does that of the problem as first asked. */
function proveVariant(sample: Sample, first: Sample, score: ScoreReply, place: Place): Proof {
  const issues: Issue[] = [];
  let replies = 0;
  const oracle = attempt(() => [sample.oracle.reply(), first.oracle.reply()] as const);
  if ('issues' in oracle) return { sample: sample.id, replies, issues: oracle.issues };
  const [own, original] = oracle.value;
  // Other units are another question to the same facts: the original figures are right only once they are converted.
  const trials: [string, string, number][] = [
    ['the reference reply', own, 1],
    ['silence', '', 0],
    ...(sample.variant === 'units' || own === original
      ? []
      : ([['the reference reply to the problem as first asked', original, 1]] as [string, string, number][])),
  ];
  for (const [what, reply, wanted] of trials) {
    replies += 1;
    const result = score(sample, reply);
    const fault = misfit(result.score, wanted);
    if (fault)
      issues.push({ place, message: `${sample.id}: ${what} ${fault}`, hint: reasons(result.checks) });
  }
  if (JSON.stringify(sample.messages) === JSON.stringify(first.messages))
    issues.push({ place, message: `${sample.id}: the variant asks the very same text` });
  return { sample: sample.id, replies, issues };
}

function prove(sample: Sample, score: ScoreReply, place: Place): Proof {
  const issues: Issue[] = [];
  let replies = 0;
  const expectScore = (what: string, reply: string, wanted: Mistake['score']): void => {
    replies += 1;
    const result = score(sample, reply);
    const fault = misfit(result.score, wanted);
    if (!fault) return;
    issues.push({ place, message: `${sample.id}: ${what} ${fault}`, hint: reasons(result.checks) });
  };
  const oracle = attempt(() => ({ reference: sample.oracle.reply(), mistakes: sample.oracle.mistakes() }));
  if ('issues' in oracle) return { sample: sample.id, replies, issues: oracle.issues };
  const { reference, mistakes } = oracle.value;
  expectScore('the reference reply', reference, 1);
  expectScore('silence', '', 0);
  const names = new Set<string>();
  for (const { name, reply, score: wanted } of mistakes) {
    if (names.has(name)) issues.push({ place, message: `${sample.id}: two mistakes are named "${name}"` });
    names.add(name);
    if (reply.trim() === reference.trim()) {
      const hint = 'a mistake that this draw cannot show should be left out';
      issues.push({
        place,
        message: `${sample.id}: the mistake "${name}" is the reference reply itself`,
        hint,
      });
    } else expectScore(`the mistake "${name}"`, reply, wanted);
  }
  return { sample: sample.id, replies, issues };
}

function misfit(score: Score, wanted: Mistake['score']): string | undefined {
  if (score.status === 'unscored') return `is unscored: ${score.reason}`;
  const [lo, hi] = typeof wanted === 'number' ? [wanted, wanted] : wanted;
  // Written so that a NaN among the bounds is a misfit too.
  if (score.value >= lo - TOLERANCE && score.value <= hi + TOLERANCE) return undefined;
  return `scores ${round(score.value)}, not ${lo === hi ? round(lo) : `${round(lo)} to ${round(hi)}`}`;
}

const round = (value: number) => Number(value.toFixed(4));

function reasons(checks: readonly CheckScore[]): string {
  return checks
    .map(({ kind, field, score }) => {
      const value = score.status === 'scored' ? round(score.value) : 'unscored';
      return `${kind}${field ? ` ${field}` : ''} ${value}: ${score.reason}`;
    })
    .join('; ');
}

/**
 * Every task's floor: the mean score of guessing, over `guesses` guesses a sample. A guess that nobody could score
 * tells nothing and is left out; a task without any scored guess has no floor.
 * @param guess the k-th guess of a sample, k from 1, the same at every call
 */
export function taskFloors(
  suite: Suite,
  guess: (sample: Sample, k: number) => string,
  { score, guesses = 16, ...selection }: SampleSelection & { score: ScoreReply; guesses?: number },
): Record<string, number> {
  const sums = new Map<string, { total: number; count: number }>();
  for (const sample of expand(suite, selection)) {
    const sum = sums.get(sample.task) ?? { total: 0, count: 0 };
    sums.set(sample.task, sum);
    for (let k = 1; k <= guesses; k++) {
      const result = score(sample, guess(sample, k)).score;
      if (result.status === 'unscored') continue;
      sum.total += result.value;
      sum.count += 1;
    }
  }
  return Object.fromEntries(
    [...sums]
      .filter(([, { count }]) => count > 0)
      // Six digits: a floor is an estimate, and a lock file should not carry the dust of a sum.
      .map(([task, { total, count }]) => [task, Number((total / count).toFixed(6))]),
  );
}
