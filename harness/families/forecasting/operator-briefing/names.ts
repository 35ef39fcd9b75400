import type { Lang } from '../../../core/lang.ts';
import type { SeriesKind } from '../../../engineering/forecast/causes.ts';
import type { BriefingCause } from './causes.ts';
import type { BriefingFacts } from './facts.ts';

interface Lists {
  en: string[];
  zh: string[];
}
const lists = (en: string, zh: string): Lists => ({ en: en.split(', '), zh: zh.split('、') });

interface CauseNames {
  /** The first of each language as it stands in a right reply. */
  names: Lists;
  /** What shows the cause, and may come of another too: naming it claims the cause where it acted, and denies nothing. */
  signs?: Lists;
}

const CAUSES: Readonly<Record<Exclude<BriefingCause, 'outage'>, CauseNames>> = {
  heat_wave: {
    names: lists('heat wave, heatwave, hot weather, extreme heat, heat', '高温天气、高温、热浪、炎热'),
    signs: lists(
      'hotter, warmer, high temperatures, high temperature, higher temperatures, hotter weather, hotter than forecast, hotter-than-forecast, warmer than forecast, warmer-than-forecast, warmer weather, warmer day, hotter day, temperature above forecast, temperatures above forecast, temperature above the forecast, temperatures above the forecast, temperatures well above, temperature well above, higher-than-forecast temperatures, higher than expected temperatures, air conditioning, air-conditioning, cooling load, cooling demand, cooling',
      '气温偏高、气温高于预报、气温较预报偏高、气温比预报高、实测气温高、气温大幅高于、气温明显高于、气温明显偏高、气温升高、空调负荷、制冷负荷、降温负荷、升温',
    ),
  },
  cold_snap: {
    names: lists('cold snap, cold spell, cold wave, cold weather', '寒潮、低温天气、低温、强冷空气、冷空气'),
    signs: lists(
      'colder, colder weather, low temperatures, lower temperatures, colder than forecast, colder-than-forecast, colder day, temperature below forecast, temperatures below forecast, temperature below the forecast, temperatures below the forecast, temperatures well below, temperature well below, lower-than-forecast temperatures, lower than expected temperatures, drop in temperature, temperature drop, cold, heating load, heating demand, electric heating, heating',
      '气温偏低、气温低于预报、气温较预报偏低、气温比预报低、实测气温低、气温大幅低于、气温明显低于、气温明显偏低、气温骤降、气温下降、采暖负荷、取暖负荷、降温',
    ),
  },
  holiday: {
    names: lists('public holiday, holiday, bank holiday, day off', '节假日、法定假日、假日、假期、放假'),
  },
  spring_festival: {
    names: lists(
      'Spring Festival, Chinese New Year, Lunar New Year, Spring Festival holiday, Chinese New Year holiday, Lunar New Year holiday',
      '春节、春节假期、春节放假、农历新年、正月初一、过年',
    ),
  },
  typhoon: { names: lists('typhoon, tropical cyclone, cyclone', '台风、热带气旋') },
  lull: {
    names: lists('wind lull, lull', '小风、风速偏低、来风不足'),
    signs: lists(
      'weak wind, weak winds, weaker wind, weaker winds, weaker-than-forecast wind, weaker-than-forecast winds, low wind, low winds, light wind, light winds, drop in wind, drop in wind speed, less wind, slack wind, wind below forecast, wind speed below forecast, wind speeds below forecast, lower wind speed, lower wind speeds, low wind speed, low wind speeds, lower-than-forecast wind, wind stayed below, wind stayed well below, wind that stayed below, wind that stayed well below, wind well below, winds well below, wind speeds well below, wind speed well below, wind fell short, wind under forecast, wind speeds came in below, wind speeds came in well below, wind speeds came in under, wind speeds came in well under, wind came in below, wind came in well below, wind was weaker, wind dropped, wind died, over-forecast wind, overforecast wind',
      '没刮起来、风小、风弱、风停、风速只有、风力不足、风不及预报、风速低于预报、风速较预报偏低、实测风速低、风速较小、风速大幅低于、风速明显低于、风速明显偏低、实际风速低、风力偏弱、风力减弱、风速下降、风速减小、风速降低、低风速',
    ),
  },
  icing: {
    names: lists('icing, ice, rime, iced blades, iced up', '叶片覆冰、挂冰、积冰、覆冰、结冰、雾凇、冻雾'),
  },
  eclipse: { names: lists('solar eclipse, eclipse, partial eclipse', '日食、日偏食、日环食') },
  cloud: {
    names: lists(
      'cloud cover, cloud, clouds, cloud bank, cloudy, overcast',
      '云层遮挡、云层、多云、阴天、云系、转阴',
    ),
    signs: lists(
      'irradiance below forecast, lower irradiance, low irradiance, less irradiance, lower-than-forecast irradiance, less sun, less solar, covered sky, irradiance well below, irradiance ran below, irradiance ran well below, irradiance under forecast',
      '云遮挡、云量、云团、遮挡、辐照度不及预报、辐照度远不及、辐照度偏低、辐照度低于预报、辐照偏低、实测辐照度低、辐照度明显偏低、辐照度下降、辐照不足、光照不足、光照偏弱',
    ),
  },
  soiling: {
    names: lists(
      'dust, soiling, dirty modules, dirt, dust haze',
      '组件积灰、积灰、落灰、一层灰、浮灰、沙尘、浮尘、扬尘',
    ),
  },
  curtailment: {
    names: lists('curtailment, curtailed', '调度限电、限电、限出力、弃风、弃光、弃电'),
    signs: lists(
      'dispatch order, dispatch limit, dispatch instruction, dispatch cap, output limit, output cap, cap on output, limited by dispatch, capped, cap, held to a cap, held to a limit, held down, set-point, setpoint',
      '限负荷、限功率、限制出力、压出力、压在限值、出力受限、出力被限、下令限、调度指令、调度限制、出力限制、调度限额',
    ),
  },
  job: {
    names: lists(
      'training job, batch job, computing job, compute job, AI training, training run, batch training, model training',
      '模型训练、训练任务、训练作业、计算任务、算力任务、批量任务',
    ),
  },
};
const OUTAGE: Readonly<Record<SeriesKind, Lists>> = {
  load: lists(
    'feeder outage, feeder outages, outages, planned outages, feeders out of service, outage, out of service, reduced availability, lower availability, loss of feeders',
    '馈线停运、停运、退出运行、退出、退运、停电、停役、可用率下降、在运率下降',
  ),
  wind: lists(
    'turbine outage, turbine outages, outages, planned outages, turbines out of service, outage, out of service, reduced availability, lower availability, turbine unavailability',
    '风机停运、停运、退出运行、退出、退运、停机、检修、可用率下降、在运率下降',
  ),
  solar: lists(
    'inverter outage, inverter outages, outages, planned outages, inverters out of service, outage, out of service, reduced availability, lower availability',
    '逆变器停运、停运、退出运行、退出、退运、停机、检修、可用率下降、在运率下降',
  ),
  price: lists(
    'generation outage, generation outages, outages, planned outages, plant outage, outage, out of service, reduced availability, lower availability, unavailable generation',
    '机组停运、停运、退出运行、退出、退运、停机、检修、可用率下降、在运率下降',
  ),
  data_centre: lists(
    'hall outage, hall outages, outages, planned outages, outage, out of service, maintenance, reduced availability, lower availability',
    '机房停运、停运、退出运行、退出、退运、检修、停机、可用率下降、在运率下降',
  ),
};

/** By what a cause is claimed. Where it did not act, its mere signs prove nothing against a reply. */
export function causeNames(kind: BriefingCause, series: SeriesKind, acted = true): Lists {
  if (kind === 'outage') return OUTAGE[series];
  const { names, signs } = CAUSES[kind];
  return signs && acted ? { en: [...names.en, ...signs.en], zh: [...names.zh, ...signs.zh] } : names;
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
  load: lists(
    'scheduled capacity, capacity scheduled, committed capacity, online capacity, firm capacity, available capacity',
    '开机容量、计划开机容量、可用容量、最大可用出力',
  ),
  wind: lists('committed output, commitment, promised output', '申报出力、承诺出力'),
  solar: lists('committed output, commitment, promised output', '申报出力、承诺出力'),
  price: lists('alert price, alert level', '预警电价、预警价格'),
  data_centre: lists(
    'contract limit, contracted demand, contracted maximum demand',
    '合同最大需量、合同需量',
  ),
};
