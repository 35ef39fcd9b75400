import type { Lang } from '../../../core/lang.ts';
import { pairsOf } from '../../../engineering/forecast/pairs.ts';
import { decimals } from '../../wording.ts';
import type { ForecastMetricsFacts } from './facts.ts';
import type { ForecastMetricsAnswer } from './family.ts';

/** The worked solution: which rows count, their errors, the sums, the quotients. */
export function forecastMetricsWork(
  facts: ForecastMetricsFacts,
  answer: ForecastMetricsAnswer,
  lang: Lang,
): string {
  const actual = facts.rows.map((row) => row.actual);
  const pairs = pairsOf(
    actual,
    facts.rows.map(({ forecast }) => forecast),
  );
  const n = pairs.actual.length;
  const errors = pairs.actual.map((a, i) => (pairs.forecast[i] as number) - a);
  const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
  const table = pairs.at.map((at, i) => {
    const [a, e] = [pairs.actual[i] as number, errors[i] as number];
    const share = a === 0 ? '–' : decimals(Math.abs(e / a) * 100, 2);
    return `| ${facts.rows[at]?.time} | ${decimals(e, 1)} | ${decimals(e * e, 2)} | ${share} |`;
  });
  const sums = {
    abs: decimals(total(errors.map(Math.abs)), 2),
    squares: decimals(total(errors.map((e) => e * e)), 2),
    signed: decimals(total(errors), 2),
    measured: decimals(total(actual.map((a) => a ?? 0)), 2),
    divisor: divisorIn(facts, pairs.actual, lang),
  };
  const nonzero = n - answer.mape_left_out;
  const d = (value: number) => decimals(value, 3);
  const values = { n, nonzero, table: table.join('\n'), sums, d, missing: pairs.missing, answer };
  return lang === 'zh' ? chinese(values) : english(values);
}

/** What RMSE is divided by, with the figures it comes from. */
function divisorIn(
  { divisor, capacity_mw }: ForecastMetricsFacts,
  counted: readonly number[],
  lang: Lang,
): string {
  const [least, most] = [Math.min(...counted), Math.max(...counted)].map((p) => decimals(p, 1));
  const [sum, n] = [
    decimals(
      counted.reduce((a, b) => a + b, 0),
      1,
    ),
    counted.length,
  ];
  const words: Record<ForecastMetricsFacts['divisor'], Record<Lang, string>> = {
    capacity: { en: `the installed ${capacity_mw} MW`, zh: `装机容量 ${capacity_mw} MW` },
    mean: {
      en: `the mean actual value, ${sum}/${n} MW`,
      zh: `实际功率平均值（${sum}/${n} MW）`,
    },
    range: {
      en: `the range of the actual values, ${most} − ${least} MW`,
      zh: `实际功率极差（${most} − ${least} MW）`,
    },
  };
  return words[divisor][lang];
}

interface Values {
  n: number;
  nonzero: number;
  missing: number;
  table: string;
  sums: Record<'abs' | 'squares' | 'signed' | 'measured' | 'divisor', string>;
  d: (value: number) => string;
  answer: ForecastMetricsAnswer;
}

const english = ({ n, nonzero, missing, table, sums, d, answer }: Values) =>
  [
    `1. ${missing} rows lack a value, ${n} count. Errors (forecast less actual), MW:\n\n| time | e | e² | \\|e/actual\\|, % |\n|---|---|---|---|\n${table}`,
    `2. MAE = ${sums.abs}/${n} = ${d(answer.mae)} MW. RMSE = √(${sums.squares}/${n}) = ${d(answer.rmse)} MW. Bias = ${sums.signed}/${n} = ${d(answer.bias)} MW.`,
    `3. The divisor is ${sums.divisor}. nRMSE = ${d(answer.rmse)}/${d((100 * answer.rmse) / answer.nrmse)} = ${d(answer.nrmse)} %.`,
    `4. MAPE is undefined where the actual is 0: ${answer.mape_left_out} rows are left out, and the mean of the other ${nonzero} is ${d(answer.mape)} %.`,
    `5. Energy = ${sums.measured} MW × 0.25 h = ${d(answer.energy)} MWh, with every measured value, also where the forecast is missing.`,
  ].join('\n\n');

const chinese = ({ n, nonzero, missing, table, sums, d, answer }: Values) =>
  [
    `1. 缺测 ${missing} 个时段，参与统计的有效时段 ${n} 个。误差 e = 预测 − 实际（MW）：\n\n| 时刻 | e | e² | \\|e/实际\\|（%） |\n|---|---|---|---|\n${table}`,
    `2. MAE = ${sums.abs}/${n} = ${d(answer.mae)} MW；RMSE = √(${sums.squares}/${n}) = ${d(answer.rmse)} MW；平均偏差 = ${sums.signed}/${n} = ${d(answer.bias)} MW。`,
    `3. 分母为${sums.divisor}；nRMSE = ${d(answer.rmse)}/${d((100 * answer.rmse) / answer.nrmse)} = ${d(answer.nrmse)} %。`,
    `4. 实际功率为零时相对误差无意义，剔除 ${answer.mape_left_out} 个时段，其余 ${nonzero} 个时段平均得 MAPE = ${d(answer.mape)} %。`,
    `5. 电量 = ${sums.measured} MW × 0.25 h = ${d(answer.energy)} MWh = ${d(answer.energy / 10)} 万千瓦时；凡有实测值的时段均计入，不论有无预测值。`,
  ].join('\n\n');
