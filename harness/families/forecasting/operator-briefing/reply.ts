import type { Lang } from '../../../core/lang.ts';
import { decimals } from '../../wording.ts';
import type { BriefingCause } from './causes.ts';
import type { BriefingFacts } from './facts.ts';
import { isSupply } from './facts.ts';
import { causeName, LIMIT, RESERVE, STRESSED, seriesNames } from './names.ts';
import { type Briefing, RAMP_H } from './solve.ts';
import { clock, dayWord } from './words.ts';

/** What a briefing says: the right values, or some of them wrong. */
export interface Saying {
  peak: Briefing['peak'];
  ramp: Briefing['ramp'];
  error: number;
  past: BriefingCause;
  ahead: BriefingCause;
  reserve: number;
  stressed: number;
  margin: number;
  unit: string;
}

export const sayingOf = (
  { past, ahead, unit }: BriefingFacts,
  { peak, ramp, error, reserve, stressed, margin }: Briefing,
): Saying => ({
  peak,
  ramp,
  error,
  past: past.kind,
  ahead: ahead.kind,
  reserve,
  stressed,
  margin,
  unit,
});

/** To a tenth; a small mean to a hundredth, since a tenth of it would be some per cent of it. */
export const figure = (value: number): string => {
  const [whole = '', fraction] = decimals(Math.abs(value), Math.abs(value) < 5 ? 2 : 1).split('.');
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
};

export const briefing = (facts: BriefingFacts, saying: Saying, lang: Lang): string =>
  (lang === 'zh' ? chinese : english)(facts, saying);

function english(
  facts: BriefingFacts,
  { peak, ramp, error, past, ahead, reserve, stressed, margin, unit }: Saying,
): string {
  const { series } = facts;
  const q = (value: number) => `${figure(value)} ${unit}`;
  const what = seriesNames(series).both.en[0] as string;
  const day = dayWord(peak.step, facts, 'en');
  const reserveName = RESERVE[series === 'price' ? 'price' : 'power'].en[0];
  const limit = `${LIMIT[series].en[0]} of ${q(facts.limit)}`;
  return [
    `Peak: ${what} peaks ${day} at ${clock(peak.step)} at ${q(peak.value)}. What shapes the course ${day} is the ${causeName(ahead, series, 'en')}.`,
    `Ramp: between ${clock(ramp.step)} and ${clock(ramp.step + RAMP_H)} ${what} ${ramp.change > 0 ? 'rises' : 'falls'} by ${q(ramp.change)}, the steepest three hours.`,
    `Review: ${dayWord(facts.issued - 1, facts, 'en')} the forecast was on average ${q(error)} ${error > 0 ? 'above' : 'below'} the actual, caused by the ${causeName(past, series, 'en')}.`,
    `Risk: I recommend a ${reserveName} of ${q(reserve)}. The ${STRESSED.en[0]} is then ${q(stressed)}, which leaves a ${margin < 0 ? 'shortfall' : 'margin'} of ${q(margin)} against the ${limit}.`,
    ACTION[margin < 0 ? 'short' : 'enough'][actionOf(facts)].en,
  ].join('\n');
}

function chinese(
  facts: BriefingFacts,
  { peak, ramp, error, past, ahead, reserve, stressed, margin, unit }: Saying,
): string {
  const { series } = facts;
  const q = (value: number) => `${figure(value)} ${unit}`;
  const what = seriesNames(series).both.zh[0] as string;
  const reserveName = RESERVE[series === 'price' ? 'price' : 'power'].zh[0];
  return [
    `峰值：${dayWord(peak.step, facts, 'zh')}${what}于 ${clock(peak.step)} 达到峰值 ${q(peak.value)}。${dayWord(peak.step, facts, 'zh')}后续走势主要受${causeName(ahead, series, 'zh')}影响。`,
    `爬坡：${clock(ramp.step)} 至 ${clock(ramp.step + RAMP_H)} ${what}${ramp.change > 0 ? '上升' : '下降'} ${q(ramp.change)}，为变化最快的三小时。`,
    `复盘：${dayWord(facts.issued - 1, facts, 'zh')}预测较实际平均偏${error > 0 ? '高' : '低'} ${q(error)}，原因是${causeName(past, series, 'zh')}。`,
    `风险：建议${reserveName} ${q(reserve)}。计入后${STRESSED.zh[0]}为 ${q(stressed)}，对照${LIMIT[series].zh[0]} ${q(facts.limit)}，${margin < 0 ? '缺口' : '裕度'}为 ${q(margin)}。`,
    ACTION[margin < 0 ? 'short' : 'enough'][actionOf(facts)].zh,
  ].join('\n');
}

const actionOf = (facts: BriefingFacts): 'supply' | 'price' | 'campus' | 'demand' =>
  isSupply(facts)
    ? 'supply'
    : facts.series === 'price'
      ? 'price'
      : facts.series === 'data_centre'
        ? 'campus'
        : 'demand';

const ACTION = {
  short: {
    demand: {
      en: 'Action: line up demand response and start standby units before the peak hour; report to the shift leader.',
      zh: '措施：峰荷时段之前落实需求响应，安排备用机组开机，并向值长汇报。',
    },
    campus: {
      en: 'Action: shift flexible computing load away from the peak hour and start standby power before it; report to the shift leader.',
      zh: '措施：峰荷时段之前转移可调算力，投入备用电源，并向值长汇报。',
    },
    supply: {
      en: 'Action: lower the commitment with the dispatcher now and start standby units before the peak hour.',
      zh: '措施：立即与调度协商下调申报，峰值时段之前安排备用机组开机。',
    },
    price: {
      en: 'Action: buy forward for the peak hour and shift flexible consumption away from it; report to the desk leader.',
      zh: '措施：对峰值时段提前买入锁价，并将可调用电移出该时段，报交易负责人。',
    },
  },
  enough: {
    demand: {
      en: 'Action: keep the units for it on standby and watch the peak hour; call the shift leader if the error grows.',
      zh: '措施：相应机组保持热备用，盯紧峰荷时段，偏差扩大时报告值长。',
    },
    campus: {
      en: 'Action: keep standby power ready and watch the peak hour; call the shift leader if the error grows.',
      zh: '措施：备用电源保持待命，盯紧峰荷时段，偏差扩大时报告值长。',
    },
    supply: {
      en: 'Action: keep the commitment, hold standby units ready and watch the measured weather; call dispatch if it turns.',
      zh: '措施：维持申报，备用机组待命，密切监视实测气象，出现变化及时报告调度。',
    },
    price: {
      en: 'Action: no purchase is needed now; watch availability and call the desk leader if a unit is lost.',
      zh: '措施：暂不需要追加买入，密切监视机组可用情况，出现非停及时报告交易负责人。',
    },
  },
} as const;
