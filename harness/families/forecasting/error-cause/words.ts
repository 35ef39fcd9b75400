import type { Option } from '../../../core/answer.ts';
import type { Lang } from '../../../core/lang.ts';
import { causesOf } from '../../../engineering/forecast/causes.ts';
import type { AnswerCause, Calendar, ErrorCauseFacts } from './facts.ts';

type Series = ErrorCauseFacts['series'];
type Wording = Readonly<Record<Lang, string>>;

const SHARED: Readonly<Record<Exclude<AnswerCause, 'ramp' | 'outage'>, Wording>> = {
  heat_wave: { en: 'hotter than forecast', zh: '气温高于预报（高温）' },
  cold_snap: { en: 'colder than forecast', zh: '气温低于预报（寒潮）' },
  holiday: { en: 'a holiday that the forecast took for a working day', zh: '节假日被当作工作日预测' },
  icing: { en: 'ice on the blades', zh: '叶片覆冰' },
  soiling: {
    en: 'a fall of dust on the modules, until washed off',
    zh: '组件落尘（浮尘沉降），清洗或降雨后恢复',
  },
  curtailment: { en: 'output held down to a limit by order of dispatch', zh: '调度限电，出力被压至限值' },
  stuck: { en: 'telemetry repeats an old value', zh: '遥测数据不刷新（死数）' },
  missing: { en: 'telemetry missing', zh: '遥测数据缺失' },
  spike: { en: 'a false spike in the telemetry', zh: '遥测数据跳变（坏点）' },
  clock_shift: { en: 'time stamps of the telemetry wrong', zh: '遥测时标错位' },
};

const OWN: Readonly<Record<Series, Readonly<Record<'ramp' | 'outage', Wording>>>> = {
  load: {
    ramp: { en: 'a large customer ramping', zh: '大用户负荷突变' },
    outage: { en: 'feeders out of service', zh: '馈线停运' },
  },
  wind: {
    ramp: {
      en: 'wind other than forecast: a front earlier than expected',
      zh: '风速与预报不符：天气过程提前到达',
    },
    outage: { en: 'turbines out of service', zh: '风机停运' },
  },
  solar: {
    ramp: { en: 'cloud that was not forecast', zh: '云层遮挡，辐照度低于预报' },
    outage: { en: 'inverters out of service', zh: '逆变器停运' },
  },
};

export function causeName(kind: AnswerCause, series: Series, lang: Lang): string {
  return kind === 'ramp' || kind === 'outage' ? OWN[series][kind][lang] : SHARED[kind][lang];
}

/** What may be named for a series, in an order that gives nothing away. */
export function causeOptions(series: Series, lang: Lang): Option[] {
  const kinds = causesOf(series).filter((kind): kind is AnswerCause => kind !== 'spring_festival');
  return kinds.sort().map((id) => ({ id, labels: [causeName(id, series, lang)] }));
}

export const CALENDAR: Readonly<Record<Calendar, Wording>> = {
  working_day: { en: 'an ordinary Wednesday', zh: '普通星期三，工作日' },
  may_day: { en: '1 May, a public holiday', zh: '5 月 1 日，劳动节假期' },
  new_year_eve: { en: "Chinese New Year's Eve, a public holiday", zh: '农历除夕，春节假期' },
};
