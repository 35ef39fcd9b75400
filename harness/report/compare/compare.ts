import { canonicalJson } from '../../core/canonical.ts';
import { groupBy } from '../group-by.ts';
import { benjaminiHochberg, holm } from '../statistics/adjust.ts';
import { conclude } from './conclude.ts';
import { type Difference, differenceOf } from './difference.ts';
import { type Pair, type Pairing, pair, passed, type Side } from './pairs.ts';

export type NamedDifference = Difference & { name: string };

/** A sample that passed on one side only. */
export interface Flip {
  id: string;
  sample: string;
  base: number;
  next: number;
  reason?: string;
}

export interface Compared {
  status: 'compared';
  base: { run: string; model: string };
  next: { run: string; model: string };
  overall: Difference;
  /** Adjusted by Holm. */
  suites: NamedDifference[];
  /** Biggest movers first; adjusted by Benjamini and Hochberg, as are languages and skills. */
  tasks: NamedDifference[];
  langs: NamedDifference[];
  skills: NamedDifference[];
  lost: Flip[];
  won: Flip[];
  unpaired: Omit<Pairing, 'pairs'>;
  /** What else differs between the two, so that the difference may not be the model's. */
  notes: string[];
  conclusion: string;
}

export type Comparison = Compared | { status: 'refused'; reasons: string[] };

export interface CompareOptions {
  /** Random sign assignments per p-value, where there are too many clusters to try all. */
  flips?: number;
}

/** Paired comparison of two models, or of one model in two runs: on the same samples under the same key, or not at all. */
export function compare(base: Side, next: Side, { flips = 4999 }: CompareOptions = {}): Comparison {
  const missing = [base, next].filter(({ records, model }) => !records.models.some(({ id }) => id === model));
  if (missing.length > 0)
    return refused(missing.map(({ records, model }) => `run ${records.run} has no model ${model}`));
  const { pairs, ...unpaired } = pair(base, next);
  const reasons = refusals(base, next, pairs, unpaired);
  if (reasons.length > 0) return refused(reasons);

  const name = ({ records, model }: Side) => ({ run: records.run, model });
  const seed = canonicalJson([name(base), name(next)]);
  const differences = (kind: string, namesOf: (each: Pair) => readonly string[]) =>
    [...byName(pairs, namesOf)].map(([group, members]) => ({
      name: group,
      ...differenceOf(members, { seed: `${seed}/${kind}/${group}`, flips }),
    }));
  const overall = differenceOf(pairs, { seed, flips });
  return {
    status: 'compared',
    base: name(base),
    next: name(next),
    overall,
    suites: adjusted(
      differences('suite', ({ sample }) => [sample.suite]),
      holm,
    ),
    tasks: adjusted(
      differences('task', ({ sample }) => [`${sample.suite}/${sample.task}`]),
      benjaminiHochberg,
    ).sort(biggest),
    langs: adjusted(
      differences('lang', ({ sample }) => [sample.lang]),
      benjaminiHochberg,
    ),
    skills: adjusted(
      differences('skill', ({ sample }) => [...new Set(sample.skills)]),
      benjaminiHochberg,
    ).sort(biggest),
    lost: flipsOf(pairs, ({ base, next }) => passed(base) && !passed(next)),
    won: flipsOf(pairs, ({ base, next }) => !passed(base) && passed(next)),
    unpaired,
    notes: notesOn(base, next, unpaired),
    conclusion: conclude(overall, base.model === next.model ? 'the later run' : next.model),
  };
}

const refused = (reasons: string[]): Comparison => ({ status: 'refused', reasons });

function refusals(
  base: Side,
  next: Side,
  pairs: readonly Pair[],
  unpaired: Omit<Pairing, 'pairs'>,
): string[] {
  const [a, b] = [base.records, next.records];
  const reasons: string[] = [];
  if (a.judge !== b.judge)
    reasons.push(
      `judged by ${a.judge ?? 'no model'} in ${a.run} and by ${b.judge ?? 'no model'} in ${b.run}`,
    );
  for (const [kind, version] of Object.entries(a.checkers))
    if (Object.hasOwn(b.checkers, kind) && b.checkers[kind] !== version)
      reasons.push(
        `checker ${kind} is version ${version} in ${a.run} and ${b.checkers[kind]} in ${b.run}: score one of them again`,
      );
  if (pairs.length === 0) {
    const { rekeyed, unscored, only_base, only_next } = unpaired;
    reasons.push(
      `no sample can be paired: ${only_base} only in ${a.run}, ${only_next} only in ${b.run}, ${unscored} unscored, ${rekeyed} with another key`,
    );
  }
  return reasons;
}

function byName(pairs: readonly Pair[], namesOf: (each: Pair) => readonly string[]): Map<string, Pair[]> {
  const named = pairs.flatMap((each) => namesOf(each).map((name) => ({ name, each })));
  return new Map(
    [...groupBy(named, ({ name }) => name)].map(([name, members]) => [name, members.map(({ each }) => each)]),
  );
}

function adjusted(
  differences: readonly NamedDifference[],
  adjust: (p: readonly number[]) => number[],
): NamedDifference[] {
  const p = adjust(differences.map(({ p_value }) => p_value));
  return differences.map((each, i) => ({ ...each, p_adjusted: p[i]! }));
}

const biggest = (a: NamedDifference, b: NamedDifference) =>
  Math.abs(b.difference) - Math.abs(a.difference) || (a.name < b.name ? -1 : 1);

/** Largest change first. */
function flipsOf(pairs: readonly Pair[], flipped: (each: Pair) => boolean): Flip[] {
  return pairs
    .filter(flipped)
    .map(({ sample, base, next }) => {
      const reason = next.reason ?? base.reason;
      return {
        id: sample.id,
        sample: sample.sample,
        base: base.value,
        next: next.value,
        ...(reason === undefined ? {} : { reason }),
      };
    })
    .sort((a, b) => Math.abs(b.next - b.base) - Math.abs(a.next - a.base) || (a.id < b.id ? -1 : 1));
}

function notesOn(
  base: Side,
  next: Side,
  { only_base, only_next, unscored, rekeyed }: Omit<Pairing, 'pairs'>,
): string[] {
  const [a, b] = [base, next].map(({ records, model }) => records.models.find(({ id }) => id === model)!);
  const [x, y] = [base.records, next.records];
  return [
    ...(canonicalJson(a!.settings) === canonicalJson(b!.settings) ? [] : ['the generation settings differ']),
    ...(x.epochs === y.epochs ? [] : [`${x.epochs} and ${y.epochs} epochs`]),
    ...(x.harness === y.harness ? [] : [`harness ${x.harness} and ${y.harness}`]),
    ...(only_base + only_next > 0
      ? [`${only_base} samples only in the first, ${only_next} only in the second`]
      : []),
    ...(unscored > 0 ? [`${unscored} samples unscored on a side`] : []),
    ...(rekeyed > 0 ? [`${rekeyed} samples left out: their key changed`] : []),
  ];
}
