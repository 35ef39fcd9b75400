import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { replyWith } from '../../wording.ts';
import { divisorOf, type ForecastMetricsFacts } from './facts.ts';
import { type ForecastMetricsAnswer, solveForecastMetrics, stated } from './family.ts';

const PROSE: Readonly<Record<Lang, string>> = { en: 'The metrics are:', zh: '各项指标如下：' };

/** How near each field must come, relatively, and what it weighs: 10 in all. */
const CHECKS: Readonly<Record<keyof ForecastMetricsAnswer, { rel: number; weight: number }>> = {
  mae: { rel: 0.005, weight: 1 },
  rmse: { rel: 0.005, weight: 1 },
  bias: { rel: 0.005, weight: 2 },
  nrmse: { rel: 0.005, weight: 1 },
  mape: { rel: 0.005, weight: 2 },
  mape_left_out: { rel: 0, weight: 1 },
  energy: { rel: 0.002, weight: 2 },
};

/** Some figures survive a gap taken for a zero: the bias, where a missing actual and a missing forecast cancel. */
function worth(right: ForecastMetricsAnswer, given: ForecastMetricsAnswer): number {
  const points = Object.entries(CHECKS).map(([name, { rel, weight }]) => {
    const [wanted, value] = [right, given].map((answer) => answer[name as keyof ForecastMetricsAnswer]);
    return Math.abs((value as number) - (wanted as number)) <= rel * Math.abs(wanted as number) ? weight : 0;
  });
  return points.reduce((a, b) => a + b, 0) / 10;
}

export function forecastMetricsMistakes(
  facts: ForecastMetricsFacts,
  right: ForecastMetricsAnswer,
  lang: Lang,
): Mistake[] {
  const say = (changes: Record<string, unknown>) =>
    replyWith(PROSE[lang], { ...stated(right, lang), ...changes });
  const said = (changes: Partial<ForecastMetricsAnswer>) =>
    replyWith(PROSE[lang], stated({ ...right, ...changes }, lang));
  const n = facts.rows.filter(({ actual, forecast }) => actual !== null && forecast !== null).length;
  const counted = n - right.mape_left_out;
  const gapsAsZeros = solveForecastMetrics({
    ...facts,
    rows: facts.rows.map((row) => ({ ...row, actual: row.actual ?? 0, forecast: row.forecast ?? 0 })),
  });
  const kind = facts.divisor === 'capacity' ? 'mean' : 'capacity';
  const otherDivisor = solveForecastMetrics({ ...facts, divisor: kind });
  const [nrmse, energy] = [stated(right, lang).nrmse as number, stated(right, lang).energy as number];
  return [
    { name: 'bias as actual less forecast', reply: said({ bias: -right.bias }), score: 0.8 },
    {
      name: 'took gaps for zeros',
      reply: replyWith(PROSE[lang], stated(gapsAsZeros, lang)),
      score: worth(right, gapsAsZeros),
    },
    { name: 'added quarter-hours as hours', reply: said({ energy: right.energy * 4 }), score: 0.8 },
    {
      name: 'counted zero actuals as errors of 0 %',
      reply: said({ mape: (right.mape * counted) / n, mape_left_out: 0 }),
      score: 0.7,
    },
    {
      name: 'counted zero actuals as errors of 100 %',
      reply: said({ mape: (right.mape * counted + 100 * right.mape_left_out) / n, mape_left_out: 0 }),
      score: [0.7, 0.9],
    },
    {
      name: `divided by the ${kind} instead of the ${divisorOf(facts).kind}`,
      reply: said({ nrmse: otherDivisor.nrmse }),
      score: 0.9,
    },
    {
      name: 'forgot the root',
      reply: said({ rmse: right.rmse ** 2, nrmse: right.nrmse * right.rmse }),
      score: 0.8,
    },
    { name: 'gave the MAE for the RMSE', reply: said({ rmse: right.mae }), score: 0.9 },
    { name: 'nRMSE as a fraction under a per cent', reply: say({ nrmse: `${nrmse / 100}%` }), score: 0.9 },
    {
      name: 'energy off by ten between units',
      reply: say({ energy: lang === 'zh' ? energy * 10 : energy / 10 }),
      score: 0.8,
    },
    {
      name: 'counted gaps among the zeros left out',
      reply: said({ mape_left_out: right.mape_left_out + facts.rows.length - n }),
      score: 0.9,
    },
  ];
}
