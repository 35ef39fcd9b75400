import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { replyWith } from '../../wording.ts';
import type { AnswerCause, ErrorCauseFacts } from './facts.ts';
import type { ErrorCauseAnswer } from './family.ts';
import { causeOptions } from './words.ts';

const PROSE: Readonly<Record<Lang, string>> = { en: 'The error comes from:', zh: '误差原因判断如下：' };

/** What each cause is taken for by those who look at one column only. */
const TAKEN_FOR: Readonly<Record<AnswerCause, readonly AnswerCause[]>> = {
  heat_wave: ['holiday'],
  cold_snap: ['holiday'],
  holiday: ['outage'],
  ramp: ['outage'],
  icing: ['outage'],
  soiling: ['ramp'],
  curtailment: ['stuck', 'outage'],
  outage: ['curtailment', 'cold_snap'],
  stuck: ['curtailment', 'outage'],
  missing: ['outage'],
  spike: ['ramp', 'heat_wave'],
  clock_shift: ['ramp', 'heat_wave'],
};

/** Weights of the checks: the set of causes 1, by F1; the windows 3, by share of the numbers given. */
function worth(right: ErrorCauseAnswer, given: ErrorCauseAnswer): number {
  const hits = given.causes.filter((cause) => right.causes.includes(cause)).length;
  const f1 = (2 * hits) / (given.causes.length + right.causes.length);
  const ends = Object.entries(right.windows).flatMap(([kind, window]) =>
    window.map((no, i) => Math.abs(no - (given.windows[kind]?.[i] ?? Number.POSITIVE_INFINITY)) <= 1),
  );
  const extra = 2 * Object.keys(given.windows).filter((kind) => !(kind in right.windows)).length;
  return (f1 + (3 * ends.filter(Boolean).length) / (ends.length + extra)) / 4;
}

export function errorCauseMistakes(facts: ErrorCauseFacts, right: ErrorCauseAnswer, lang: Lang): Mistake[] {
  const rows = facts.rows.length;
  const possible = causeOptions(facts.series, lang).map(({ id }) => id);
  const of = (windows: ErrorCauseAnswer['windows'], causes = Object.keys(windows)): ErrorCauseAnswer => ({
    causes,
    windows,
  });
  const moved = (change: (window: [number, number]) => [number, number]) =>
    of(Object.fromEntries(Object.entries(right.windows).map(([kind, window]) => [kind, change(window)])));
  const main = facts.causes[0] as ErrorCauseFacts['causes'][number];
  const wrong = TAKEN_FOR[main.kind].find((kind) => possible.includes(kind) && !right.causes.includes(kind));
  const less = of(Object.fromEntries(Object.entries(right.windows).slice(1)));
  const window: [number, number] = [main.first, main.last];
  const others = less.windows;
  const list: Record<string, ErrorCauseAnswer | undefined> = {
    'named every cause there is, all day': of(Object.fromEntries(possible.map((kind) => [kind, [1, rows]]))),
    'the right causes without windows': of({}, right.causes),
    'windows all day': moved(() => [1, rows]),
    'windows an hour and a half late': moved(([first, last]) => [first + 3, last + 3]),
    'half-hours counted as hours': moved(([first, last]) => [Math.ceil(first / 2), Math.ceil(last / 2)]),
    'windows as minutes of the day': moved(([first, last]) => [first * 30, last * 30]),
    'no cause but the forecast model': of({}),
    [`took ${main.kind} for ${wrong}`]: wrong ? of({ ...others, [wrong]: window }) : undefined,
    [`missed ${main.kind}`]: right.causes.length > 1 ? less : undefined,
    'named all causes, windows right': of(right.windows, possible),
  };
  return Object.entries(list).flatMap(([name, given]) => {
    if (!given) return [];
    const score = worth(right, given);
    return score === 1 ? [] : [{ name, reply: replyWith(PROSE[lang], { ...given }), score }];
  });
}
