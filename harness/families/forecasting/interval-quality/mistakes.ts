import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { binomialAtMost } from '../../../engineering/forecast/binomial.ts';
import { replyWith } from '../../wording.ts';
import type { IntervalQualityFacts } from './facts.ts';
import { type IntervalQualityAnswer, stated } from './family.ts';

const PROSE: Readonly<Record<Lang, string>> = { en: 'The intervals score:', zh: '区间预测评价结果：' };

/** Weights of the checks: interval score 3, median's pinball 2, tail 2, the other five 1 each: 12 in all. */
export function intervalQualityMistakes(
  { rows, nominal, capacity_mw }: IntervalQualityFacts,
  right: IntervalQualityAnswer,
  lang: Lang,
): Mistake[] {
  const say = (changes: Record<string, unknown>) => replyWith(PROSE[lang], { ...stated(right), ...changes });
  const n = rows.filter(({ actual }) => actual !== null).length;
  const hits = n - right.below - right.above;
  const penalty = right.interval_score - right.width;
  const alpha = 1 - nominal;
  const exactly = right.tail - (hits > 0 ? binomialAtMost(hits - 1, n, nominal) : 0);
  const other = right.verdict === 'too_narrow' ? 'not_refuted' : 'too_narrow';
  return [
    { name: 'penalty 1/α for 2/α', reply: say({ interval_score: right.width + penalty / 2 }), score: 9 / 12 },
    {
      name: 'nominal coverage for α in the penalty',
      reply: say({ interval_score: right.width + (penalty * alpha) / nominal }),
      score: 9 / 12,
    },
    { name: 'gave the width for the score', reply: say({ interval_score: right.width }), score: 9 / 12 },
    {
      name: 'gave the MAE for the pinball loss',
      reply: say({ pinball_median: 2 * right.pinball_median }),
      score: 10 / 12,
    },
    {
      name: 'counted the unmeasured hour as a miss',
      reply: say({ coverage: (100 * hits) / rows.length }),
      score: 11 / 12,
    },
    {
      name: 'coverage as a fraction under a per cent',
      reply: say({ coverage: `${right.coverage / 100}%` }),
      score: 11 / 12,
    },
    {
      name: 'width in per cent of capacity',
      reply: say({ width: (100 * right.width) / capacity_mw }),
      score: 11 / 12,
    },
    { name: 'swapped the sides', reply: say({ below: right.above, above: right.below }), score: 10 / 12 },
    { name: 'probability of just so many hits', reply: say({ tail: exactly }), score: 10 / 12 },
    { name: 'the upper tail', reply: say({ tail: 1 - right.tail }), score: 10 / 12 },
    { name: 'verdict by the look of the coverage', reply: say({ verdict: other }), score: 11 / 12 },
  ].filter(({ name }) => shows(name, { capacity_mw, right, exactly }));
}

/** Leaves out what happens to be right on a draw, or close to it. */
function shows(
  name: string,
  { capacity_mw, right, exactly }: { capacity_mw: number; right: IntervalQualityAnswer; exactly: number },
): boolean {
  if (name === 'width in per cent of capacity') return Math.abs(100 / capacity_mw - 1) > 0.05;
  if (name === 'probability of just so many hits') return exactly < 0.95 * right.tail;
  if (name === 'the upper tail') return Math.abs(1 / right.tail - 2) > 0.05;
  return true;
}
