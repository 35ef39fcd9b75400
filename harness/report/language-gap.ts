import { groupBy } from './group-by.ts';
import { mean, type SampleScores } from './scores.ts';
import { meanInterval, strataInterval } from './statistics/mean.ts';
import type { Result } from './summary.ts';

/**
 * How much better a model does in Chinese than in English on the same problems, paired by problem: the mean of
 * suite means, as the score itself. Absent where no problem has a score in both languages.
 */
export function languageGap(samples: readonly SampleScores[]): Result['language_gap'] {
  const scored = samples.filter(({ values }) => values.length > 0);
  const problems = groupBy(scored, ({ sample }) => `${sample.suite}\n${sample.task}\n${sample.seed}`);
  const gaps = [...problems.values()].flatMap((twins) => {
    const zh = twins.find(({ sample }) => sample.lang === 'zh');
    const en = twins.find(({ sample }) => sample.lang === 'en');
    if (!zh || !en) return [];
    const { suite, cluster } = zh.sample;
    return [{ suite, cluster, value: mean(zh.values) - mean(en.values), epochs: zh.values.length }];
  });
  if (gaps.length === 0) return undefined;
  const bounds = { bounds: [-1, 1] as [number, number] };
  const suites = [...groupBy(gaps, ({ suite }) => suite).values()];
  const whole = strataInterval(
    suites.map((items) => meanInterval(items, bounds)),
    bounds,
  );
  return { difference: whole.mean, interval: whole.interval, n: gaps.length };
}
