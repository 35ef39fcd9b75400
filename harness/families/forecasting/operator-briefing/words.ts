import type { Lang } from '../../../core/lang.ts';
import { clockTime } from '../clock.ts';
import type { BriefingCause } from './causes.ts';
import type { ActingCause, BriefingFacts } from './facts.ts';

type Say = (
  when: { from: string; to: string; day: string; size: number },
  facts: BriefingFacts,
) => Readonly<Record<Lang, string>> | undefined;

/** A word of the log: what tells of a cause that the columns do not show. */
const PAST: Partial<Readonly<Record<BriefingCause, Say>>> = {
  holiday: ({ day }) => ({
    en: `Calendar: ${day} was a public holiday. The forecast for it had been made with a working-day profile.`,
    zh: `日历：${day}为法定假日，而当日预测按工作日编制。`,
  }),
  icing: ({ from, to, day }) => ({
    en: `Met mast, ${day}, ${from} to ${to}: −3 °C, humidity 97 %, rime on the anemometer's arm. Turbines ran on.`,
    zh: `测风塔：${day} ${from}—${to} 气温 −3 ℃，相对湿度 97%，横臂有雾凇，风机未停。`,
  }),
  curtailment: ({ from, to, day, size }, { capacity }) => ({
    en: `Dispatch, ${day}: output not to exceed ${round(size * capacity)} MW between ${from} and ${to}.`,
    zh: `调度：${day} ${from}—${to} 出力不得超过 ${round(size * capacity)} MW。`,
  }),
  soiling: ({ from, to, day }) => ({
    en: `Site staff, ${day}: a dust haze settled on the modules at ${from}; they were washed at ${to}.`,
    zh: `现场：${day} ${from} 起浮尘落于组件，${to} 清洗完毕。`,
  }),
  job: ({ from, to, day }) => ({
    en: `Halls, ${day}: an unannounced batch of model training ran from ${from} to ${to}.`,
    zh: `机房：${day} ${from}—${to} 临时启动一批模型训练作业，事先未报。`,
  }),
};
const AHEAD: Partial<Readonly<Record<BriefingCause, Say>>> = {
  holiday: ({ day }) => ({
    en: `Calendar: ${day} is a public holiday; the forecast knows.`,
    zh: `日历：${day}为法定假日，预测已考虑。`,
  }),
  spring_festival: ({ day }) => ({
    en: `Calendar: ${day} is the first day of the Chinese New Year; factories are shut and the forecast knows.`,
    zh: `日历：${day}为正月初一，工厂停工，预测已考虑。`,
  }),
  typhoon: ({ day }, { series }) => ({
    en:
      series === 'load'
        ? `Weather office: typhoon warning, ${day}. Schools and factories stay shut; the forecast knows.`
        : `Weather office: the centre of a typhoon passes 60 km off the farm around noon, ${day}. The turbines cut out above 25 m/s; the forecast knows.`,
    zh:
      series === 'load'
        ? `气象台：${day}发布台风预警，学校停课、工厂停工，预测已考虑。`
        : `气象台：${day}中午前后台风中心在距风电场 60 km 处经过。风机切出风速为 25 m/s，预测已考虑。`,
  }),
  icing: ({ from, to, day }) => ({
    en: `Weather office: freezing fog at the farm, ${day}, ${from} to ${to}; the forecast takes a loss at the blades into account.`,
    zh: `气象台：${day} ${from}—${to} 场区有冻雾，预测已计入叶片出力损失。`,
  }),
  eclipse: ({ from, to, day, size }) => ({
    en: `Almanac: the moon passes before the sun, ${day}, ${from} to ${to}, hiding ${Math.round(100 * size)} % of its diameter at mid-time; the forecast knows.`,
    zh: `天文历：${day} ${from}—${to} 月球经过日面，食甚时遮住太阳直径的 ${Math.round(100 * size)}%，预测已考虑。`,
  }),
  cloud: ({ from, to, day }) => ({
    en: `Weather office: sky covered at the site, ${day}, ${from} to ${to}; the forecast knows.`,
    zh: `气象台：${day} ${from}—${to} 天空状况转阴，预测已考虑。`,
  }),
  outage: ({ from, to, day }) => ({
    en: `Maintenance plan: part of the plant is switched off, ${day}, ${from} to ${to} (see the column); the forecast knows.`,
    zh: `检修计划：${day} ${from}—${to} 部分设备退出（见在运率一列），预测已考虑。`,
  }),
  job: ({ from, to, day }) => ({
    en: `Halls: a batch of model training is booked, ${day}, ${from} to ${to}; the forecast knows.`,
    zh: `机房：${day} ${from}—${to} 已预约一批模型训练作业，预测已考虑。`,
  }),
};

const CHATTER: Readonly<Record<string, Readonly<Record<Lang, string>>>> = {
  patch: {
    en: 'The SCADA servers were patched at night; no values were lost.',
    zh: '夜间对 SCADA 服务器打补丁，数据无缺失。',
  },
  line: {
    en: 'A parallel 220 kV line is out for painting; no limit follows from it.',
    zh: '一回并列 220 kV 线路停电防腐，不形成限额。',
  },
  meeting: {
    en: 'The forecasting desk meets the weather office every Thursday.',
    zh: '预测人员与气象台每周四会商。',
  },
  visitors: { en: 'A delegation visits the control room in the forenoon.', zh: '上午有参观团到访控制室。' },
  meter: {
    en: 'The revenue meter was sealed after its yearly test; readings are unchanged.',
    zh: '关口计量表完成年检并加封，读数无变化。',
  },
  drill: {
    en: 'A fire drill in the office building lasted a quarter of an hour.',
    zh: '办公楼进行了一刻钟消防演练。',
  },
};

const round = (value: number) => Number(value.toFixed(1));

/** Which day of the table a step lies in, as people say it. */
export function dayWord(step: number, { days, horizon }: BriefingFacts, lang: Lang): string {
  const back = days - 1 - Math.floor(step / 24) + (horizon === 'intraday' ? 1 : 0);
  const word = [
    { en: 'tomorrow', zh: '明日' },
    { en: 'today', zh: '今日' },
    { en: 'yesterday', zh: '昨日' },
  ][back];
  return word?.[lang] ?? (lang === 'zh' ? `${back - 1} 日前` : `${back - 1} days ago`);
}

export const clock = (step: number): string => clockTime(step % 24, 60);
/** The end of a stretch: 24:00 where it ends with its day. */
const closing = (step: number): string => clockTime(((step - 1) % 24) + 1, 60);

/** The log beside the table: what tells of the causes, among what tells nothing. */
export function logOf(facts: BriefingFacts, lang: Lang): string[] {
  const told = (cause: ActingCause, words: typeof PAST) =>
    words[cause.kind]?.(
      {
        from: clock(cause.from),
        to: closing(cause.to),
        day: dayWord(cause.from, facts, lang),
        size: cause.size,
      },
      facts,
    )?.[lang];
  const [first, second] = facts.chatter.map((id) => CHATTER[id]?.[lang]);
  return [first, told(facts.past, PAST), second, told(facts.ahead, AHEAD)].filter(
    (line): line is string => line !== undefined,
  );
}
