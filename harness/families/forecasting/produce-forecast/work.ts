import type { Lang } from '../../../core/lang.ts';
import type { ProduceForecastFacts, Special } from './facts.ts';
import type { ProduceForecastAnswer } from './family.ts';
import { loss, naiveLoss, persistence, sameHour } from './scoring.ts';

/** How the best forecaster reasons, and what each way of forecasting lost. */
export function forecastWork(
  facts: ProduceForecastFacts,
  { forecast }: ProduceForecastAnswer,
  lang: Lang,
): string {
  const { truth, future, unit, special, series } = facts;
  const figure = (value: number) => Number(value.toPrecision(3));
  const losses = [persistence(facts), sameHour(facts), forecast].map((quantiles) =>
    figure(loss(truth, quantiles)),
  );
  const rows = future.map(
    ({ time }, h) =>
      `| ${time} | ${forecast.p10[h]} | ${forecast.p50[h]} | ${forecast.p90[h]} | ${truth[h]} |`,
  );
  const zh = lang === 'zh';
  return [
    zh ? `1. ${DRIVER.zh[series]}` : `1. ${DRIVER.en[series]}`,
    `2. ${specialText(special, lang)}`,
    zh
      ? '3. 历史残差逐时相关（相关系数约 0.6），最近一小时的偏差在随后几小时内衰减；区间宽度由残差离散程度决定，约 2～3 小时后稳定。'
      : '3. Residuals of neighbouring hours are correlated (about 0.6): the last one fades within a few hours, and the interval widens to its full width in two or three.',
    zh
      ? `4. 平均分位数损失（${unit}）：持续法 ${losses[0]}，前一日同时刻 ${losses[1]}（取较小者 ${figure(naiveLoss(facts))} 为基准），按规律预测 ${losses[2]}。`
      : `4. Mean pinball loss (${unit}): last value ${losses[0]}, same hour of the day before ${losses[1]} (the smaller, ${figure(naiveLoss(facts))}, is the base), by the law ${losses[2]}.`,
    '',
    zh ? '| 时刻 | p10 | p50 | p90 | 实际 |' : '| hour | p10 | p50 | p90 | came |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

const DRIVER: Readonly<Record<Lang, Readonly<Record<ProduceForecastFacts['series'], string>>>> = {
  en: {
    load: 'Load follows the hour (forenoon and evening peak) and the temperature: more above 24 °C for cooling, more below 12 °C for heating. Compare equal hours of days with other temperatures for the slope.',
    wind: 'Output follows the cube of the wind speed between cut-in and rated, rated above, nothing beyond cut-out.',
    solar: 'Output is nearly proportional to irradiance, less some percent when the cells are hot.',
    price: 'Price follows demand by the hour, lowered by the sun: fit it to hour and irradiance.',
    data_centre: 'Racks draw a steady load; cooling adds to it, more with every degree above 15 °C.',
  },
  zh: {
    load: '负荷随时段变化（早、晚双峰），并受气温影响：24 ℃ 以上有降温负荷，12 ℃ 以下有采暖负荷。比较不同气温日同一时刻的负荷可得斜率。',
    wind: '切入至额定风速间出力约与风速三次方成正比，额定以上满发，超过切出风速停机。',
    solar: '出力基本与辐照度成正比，组件温度高时略有下降。',
    price: '价格随时段需求变化，光照强时走低，可按时段与辐照度拟合。',
    data_centre: 'IT 负荷平稳，制冷负荷叠加其上，气温 15 ℃ 以上每升高 1 ℃ 随之增加。',
  },
};

function specialText(special: Special, lang: Lang): string {
  const zh = lang === 'zh';
  switch (special.kind) {
    case 'none':
      return zh ? '无特殊情况，沿用历史规律。' : 'Nothing special is known: the law of the history holds.';
    case 'holiday':
      return zh
        ? `节假日：基础负荷按工作日的 ${special.share_pct}% 计，气温部分不变。`
        : `A holiday: the part that follows the hour is ${special.share_pct} % of a working day's, the weather's part is unchanged.`;
    case 'heat_wave':
      return zh
        ? '预报气温高于历史各日，降温负荷需外推。'
        : 'Hotter than any day of the history: the cooling slope must be carried on beyond it.';
    case 'cold_snap':
      return zh
        ? '预报气温低于历史各日，采暖负荷需外推。'
        : 'Colder than any day of the history: the heating slope must be carried on beyond it.';
    case 'typhoon':
      return zh
        ? '台风：风速先升至额定以上满发，超过切出风速后停机为 0。'
        : 'Typhoon: full output while the wind is between rated and cut-out, then nothing.';
    case 'maintenance':
      return zh
        ? `检修 ${special.out} 台，可用容量为 ${special.units - special.out}/${special.units}。`
        : `${special.out} of ${special.units} are out: the rest make their share.`;
    case 'eclipse':
      return zh
        ? '日食：被遮挡时段辐照度按遮挡比例扣减。'
        : 'Eclipse: irradiance of the covered hours is cut by the share that is covered.';
    case 'supply_out':
      return zh
        ? `供应减少，价格在同等条件下高出约 ${special.percent}%。`
        : `Supply is out: prices stand some ${special.percent} % above those of the same hour and sun.`;
    case 'training_job':
      return zh
        ? `第 ${special.first}～${special.last} 小时增加 IT 负荷 ${special.it_mw} MW，制冷负荷同比增加。`
        : `Hours ${special.first} to ${special.last} add ${special.it_mw} MW at the racks, and cooling in proportion.`;
  }
}
