import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { pointMetrics } from '../../../engineering/forecast/metrics.ts';
import { replyWith } from '../../wording.ts';
import { type CompareForecastsFacts, columnsOf, verdictOf } from './facts.ts';
import { type CompareForecastsAnswer, shared, stated } from './family.ts';

const PROSE: Readonly<Record<Lang, string>> = { en: 'The comparison gives:', zh: '对比结果如下：' };

/** Weights of the checks: rmse_persistence 2, t 2, t_effective 3, the other five 1 each: 12 in all. */
export function compareForecastsMistakes(
  facts: CompareForecastsFacts,
  right: CompareForecastsAnswer,
  lang: Lang,
): Mistake[] {
  const say = (changes: Partial<Record<keyof CompareForecastsAnswer, unknown>>) =>
    replyWith(PROSE[lang], { ...stated(right), ...changes });
  const { a, b, actual } = columnsOf(facts);
  const n = shared(facts).filter((value) => value !== null).length;
  const naive = right.t > 0 ? 'b_better' : 'a_better';
  const swapped = { a_better: 'b_better', b_better: 'a_better', not_shown: 'not_shown' }[right.verdict];
  const far = (wrong: number, value: number) => Math.abs(wrong - value) > 0.012 * Math.abs(value);
  const [maeA, maeB] = [pointMetrics(shared(facts), a).mae, pointMetrics(shared(facts), b).mae];
  const lag = pointMetrics(shared(facts).slice(1), actual.slice(0, -1)).rmse;
  const byT = verdictOf(right.t);
  const list: (Mistake | undefined)[] = [
    right.verdict === naive
      ? undefined
      : { name: 'took the lower RMSE for proof', reply: say({ verdict: naive }), score: 11 / 12 },
    {
      name: 'took hours for independent',
      reply: say({ t_effective: right.t, verdict: byT }),
      score: (byT === right.verdict ? 9 : 8) / 12,
    },
    {
      name: 'A and B the wrong way round',
      reply: say({ t: -right.t, t_effective: -right.t_effective, verdict: swapped }),
      score: (swapped === right.verdict ? 7 : 6) / 12,
    },
    {
      name: 'forgot the root of n',
      reply: say({
        t: right.t / Math.sqrt(n),
        t_effective: right.t_effective / Math.sqrt(n),
        verdict: 'not_shown',
      }),
      score: (right.verdict === 'not_shown' ? 7 : 6) / 12,
    },
    {
      name: 'n_eff/n without the root',
      reply: say({ t_effective: right.t_effective ** 2 / right.t }),
      score: 9 / 12,
    },
    {
      name: 'skill as a ratio',
      reply: say({ skill_a: 100 - right.skill_a, skill_b: 100 - right.skill_b }),
      score:
        far(100 - right.skill_a, right.skill_a) && far(100 - right.skill_b, right.skill_b)
          ? 10 / 12
          : [10 / 12, 1],
    },
    {
      name: 'skill as fractions under a per cent',
      reply: say({ skill_a: `${right.skill_a / 100}%`, skill_b: `${right.skill_b / 100}%` }),
      score: 10 / 12,
    },
    {
      name: 'MAE for RMSE',
      reply: say({ rmse_a: maeA, rmse_b: maeB }),
      score: far(maeA, right.rmse_a) && far(maeB, right.rmse_b) ? 10 / 12 : [10 / 12, 1],
    },
    far(lag, right.rmse_persistence)
      ? { name: 'persistence of the last hour', reply: say({ rmse_persistence: lag }), score: 10 / 12 }
      : undefined,
    {
      name: 'RMSE in kW',
      reply: say({
        rmse_a: `${right.rmse_a} kW`,
        rmse_b: `${right.rmse_b} kW`,
        rmse_persistence: `${right.rmse_persistence} kW`,
      }),
      score: 8 / 12,
    },
  ];
  return list.filter((mistake) => mistake !== undefined);
}
