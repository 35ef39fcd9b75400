import type { Lang } from '../../../core/lang.ts';
import type { SeriesKind } from '../../../engineering/forecast/causes.ts';
import type { BriefingCause } from './causes.ts';
import type { BriefingFacts } from './facts.ts';

interface Lists {
  en: string[];
  zh: string[];
}
const lists = (en: string, zh: string): Lists => ({ en: en.split(', '), zh: zh.split('、') });

/** Wordings of a cause, the first of each language as it stands in a right reply. */
const CAUSES: Readonly<Record<Exclude<BriefingCause, 'typhoon' | 'outage'>, Lists>> = {
  heat_wave: lists(
    'heat wave, heatwave, hot weather, extreme heat, high temperatures, high temperature, higher temperatures, hotter weather, hotter than forecast, hotter-than-forecast, warmer than forecast, warmer weather, higher than forecast temperature, heat, air conditioning, air-conditioning, cooling load, cooling demand',
    '高温天气、高温、热浪、炎热、气温偏高、气温高于预报、气温较预报偏高、气温比预报高、空调负荷、制冷负荷、降温负荷',
  ),
  cold_snap: lists(
    'cold snap, cold spell, cold wave, cold weather, colder weather, low temperatures, lower temperatures, colder than forecast, colder-than-forecast, cold, heating load, heating demand, electric heating',
    '寒潮、低温天气、低温、强冷空气、冷空气、气温偏低、气温低于预报、气温较预报偏低、气温比预报低、采暖负荷、取暖负荷',
  ),
  holiday: lists('public holiday, holiday, bank holiday, day off', '节假日、法定假日、假日、假期、放假'),
  spring_festival: lists('Spring Festival, Chinese New Year, Lunar New Year', '春节、农历新年、过年'),
  lull: lists(
    'wind lull, lull, weak wind, weak winds, weaker wind, weaker winds, weaker-than-forecast wind, low wind, low winds, light wind, light winds, drop in wind, less wind, slack wind, wind below forecast, wind speed below forecast, wind speeds below forecast, lower wind speed, lower wind speeds, low wind speed, low wind speeds',
    '风速偏低、风速低于预报、风速较预报偏低、小风、风力偏弱、风力减弱、风速下降、风速减小、来风不足、风况偏差',
  ),
  icing: lists('icing, ice, rime, iced blades', '叶片覆冰、覆冰、结冰、雾凇'),
  eclipse: lists('solar eclipse, eclipse, partial eclipse', '日食、日偏食、日环食'),
  cloud: lists(
    'cloud cover, cloud, clouds, cloud bank, overcast, irradiance below forecast, lower irradiance, low irradiance, less irradiance, less sun, less solar',
    '云层遮挡、云层、多云、阴天、云系、辐照度偏低、辐照度低于预报、辐照偏低、光照不足、光照偏弱',
  ),
  soiling: lists('dust, soiling, dirty modules, dirt', '组件积灰、积灰、沙尘、浮尘、扬尘'),
  curtailment: lists(
    'curtailment, curtailed, dispatch order, dispatch limit, output limit, output cap, limited by dispatch',
    '调度限电、限电、限出力、弃风、弃光、弃电、调度指令',
  ),
  job: lists(
    'training job, batch job, computing job, compute job, AI training, training run, batch training',
    '训练任务、计算任务、算力任务、作业任务、批量任务',
  ),
};
const OUTAGE: Readonly<Record<SeriesKind, Lists>> = {
  load: lists(
    'feeder outage, feeders out of service, outage, out of service, reduced availability, lower availability, loss of feeders',
    '馈线停运、停运、停电、停役、可用率下降、在运率下降',
  ),
  wind: lists(
    'turbine outage, turbines out of service, outage, out of service, reduced availability, lower availability, turbine unavailability',
    '风机停运、停运、停机、检修、可用率下降、在运率下降',
  ),
  solar: lists(
    'inverter outage, inverters out of service, outage, out of service, reduced availability, lower availability',
    '逆变器停运、停运、停机、检修、可用率下降、在运率下降',
  ),
  price: lists(
    'generation outage, plant outage, outage, out of service, reduced availability, lower availability, unavailable generation',
    '机组停运、停运、停机、检修、可用率下降、在运率下降',
  ),
  data_centre: lists(
    'hall outage, outage, out of service, maintenance, reduced availability, lower availability',
    '机房停运、停运、检修、停机、可用率下降、在运率下降',
  ),
};
const TYPHOON = lists('typhoon, tropical cyclone, cyclone, storm', '台风、热带气旋');

export function causeNames(kind: BriefingCause, series: SeriesKind): Lists {
  return kind === 'outage' ? OUTAGE[series] : kind === 'typhoon' ? TYPHOON : CAUSES[kind];
}

export const causeName = (kind: BriefingCause, series: SeriesKind, lang: Lang): string =>
  causeNames(kind, series)[lang][0] as string;

interface SeriesNames {
  forecast: Lists;
  actual: Lists;
  /** May mean the one or the other. */
  both: Lists;
}

const POWER: SeriesNames = {
  forecast: lists(
    'forecast, forecasts, forecast output, output forecast',
    '预测、预测出力、出力预测、预测值、预测功率',
  ),
  actual: lists(
    'actual, actuals, actual output, metered output',
    '实际、实际出力、实际值、实测出力、实际功率',
  ),
  both: lists(
    'output, generation, power output, wind power, wind output, solar output, PV output, solar power, production, the farm',
    '出力、功率、发电出力、风电、光伏',
  ),
};
const LOAD: SeriesNames = {
  forecast: lists(
    'forecast, forecasts, forecast load, load forecast, forecast demand, demand forecast',
    '预测、预测负荷、负荷预测、预测值',
  ),
  actual: lists(
    'actual, actuals, actual load, actual demand, metered load',
    '实际、实际负荷、实际值、实测负荷',
  ),
  both: lists('load, demand, consumption', '负荷、用电负荷'),
};
const PRICE: SeriesNames = {
  forecast: lists(
    'forecast, forecasts, forecast price, price forecast',
    '预测、预测电价、电价预测、预测价格、预测值',
  ),
  actual: lists(
    'actual, actuals, actual price, settled price, cleared price',
    '实际、实际电价、出清电价、实际价格、实际值',
  ),
  both: lists('price, prices, spot price', '电价、价格、现货电价'),
};
export const seriesNames = (series: SeriesKind): SeriesNames =>
  series === 'price' ? PRICE : series === 'wind' || series === 'solar' ? POWER : LOAD;

export const WEATHER_NAMES: Readonly<Record<BriefingFacts['weather_kind'], Lists & { unit: string }>> = {
  temp: { ...lists('temperature, temperatures', '气温、温度'), unit: '°C' },
  wind: { ...lists('wind speed, wind speeds, winds', '风速'), unit: 'm/s' },
  sun: { ...lists('irradiance', '辐照度'), unit: 'W/m²' },
};

/** Figures that a briefing names. */
export const RESERVE = {
  power: lists('reserve, reserves, upward reserve, operating reserve', '备用、备用容量、上备用、旋转备用'),
  price: lists('risk allowance, allowance, price reserve', '风险裕量、风险加价、价格备用'),
};
export const STRESSED = lists(
  'stressed value, stressed peak, stressed load, stressed demand, stressed output, stressed price, stress value',
  '校核值、校核负荷、校核出力、校核电价、校核峰值',
);
export const MARGIN = lists('margin, headroom, room', '裕度、余量、富余');
export const SHORTFALL = lists(
  'shortfall, deficit, overrun, excess, gap',
  '缺口、缺额、不足额、超限额、超出量',
);
export const LIMIT: Readonly<Record<SeriesKind, Lists>> = {
  load: lists('firm capacity, available capacity', '可用容量、最大可用出力'),
  wind: lists('committed output, commitment, promised output', '申报出力、承诺出力'),
  solar: lists('committed output, commitment, promised output', '申报出力、承诺出力'),
  price: lists('alert price, alert level', '预警电价、预警价格'),
  data_centre: lists(
    'contract limit, contracted demand, contracted maximum demand',
    '合同最大需量、合同需量',
  ),
};
