import type { Lang } from '../../../core/lang.ts';
import {
  GASSING_CAUSES,
  type GassingCause,
  HISTORY_GASES,
} from '../../../engineering/faults/dga/gassing-causes.ts';
import { decimals } from '../../wording.ts';
import { type DgaCauseFacts, type GasUnit, posteriorOf } from './facts.ts';
import type { DgaCauseAnswer } from './family.ts';
import { CAUSE_WORDS } from './words.ts';

/** Per transformer: the increments, the service they go with, what that says, and how sure Bayes is of it. */
export function dgaCauseWork({ units }: DgaCauseFacts, _answer: DgaCauseAnswer, lang: Lang): string {
  return units.map((unit) => unitWork(unit, lang)).join('\n\n');
}

function unitWork(unit: GasUnit, lang: Lang): string {
  const { name, cause, intervals, samples } = unit;
  const heads = [
    ...HISTORY_GASES.map((gas) => `Δ${gas}`),
    ...(lang === 'zh'
      ? ['带电天数', '负荷（%）', '顶层油温（℃）', '调压次数']
      : ['days on', 'load, %', 'top oil, °C', 'tap operations']),
  ];
  const rows = intervals.map((interval, k) => [
    ...HISTORY_GASES.map((gas) => decimals((samples[k + 1]?.[gas] ?? 0) - (samples[k]?.[gas] ?? 0), 1)),
    interval.energised_days,
    Math.round(100 * interval.load),
    interval.top_oil_c,
    interval.tap_operations,
  ]);
  const table = [heads, heads.map(() => '---'), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
  const text = [MARKS[lang], REASON[cause][lang], sureness(unit, lang)].join(lang === 'zh' ? '' : ' ');
  return `**${name}**${lang === 'zh' ? '：' : ': '}${CAUSE_WORDS[cause][lang]}\n\n${table}\n\n${text}`;
}

const MARKS = { en: 'Its marks:', zh: '该原因的特征：' } as const;

/** What Bayes says of the cause that acted and of its nearest rival, and where the gases are too few to tell. */
function sureness(unit: GasUnit, lang: Lang): string {
  const posterior = posteriorOf(unit);
  const p = posterior[unit.cause];
  const rival = GASSING_CAUSES.filter((id) => id !== unit.cause).reduce((best, id) =>
    posterior[id] > posterior[best] ? id : best,
  );
  const other = `${CAUSE_WORDS[rival][lang]}`;
  const [mine, its] = [p, posterior[rival]].map((value) => chance(value, lang));
  const clear = p > 0.9;
  const leans = p >= posterior[rival];
  if (lang === 'zh') {
    const odds = `该原因的概率${mine}，“${other}”${its}`;
    if (clear) return `按产气模型用贝叶斯公式计算，${odds}。`;
    return `但产气量小，气体分析${leans ? '只能看出倾向' : '看不出该原因'}：按产气模型用贝叶斯公式计算，${odds}；水分、糠醛、投运年限和油龄可作参考。`;
  }
  const odds = `Bayes on the increments gives it ${mine}, and ${its} to ${other}.`;
  if (clear) return odds;
  return `But so little was made that the gases ${leans ? 'only lean that way' : 'do not show it'}: ${odds} Water, furfural and the ages of transformer and oil may tip the scale.`;
}

function chance(p: number, lang: Lang): string {
  if (p > 0.99) return lang === 'zh' ? '大于 0.99' : 'more than 0.99';
  if (p < 0.01) return lang === 'zh' ? '小于 0.01' : 'less than 0.01';
  return lang === 'zh' ? `为 ${decimals(p, 2)}` : decimals(p, 2);
}

const REASON: Readonly<Record<GassingCause, Readonly<Record<Lang, string>>>> = {
  core: {
    en: 'Ethylene and methane without CO: hot metal in oil, no paper. It goes on at the same rate per day at voltage whether the load is high or nothing, and rests while the unit is off: it follows the flux.',
    zh: '以乙烯、甲烷为主而 CO 不增，属裸金属过热，未涉及固体绝缘；按带电天数折算的产气速率与负荷无关，空载时照常产气，停运时停止，说明随磁通变化。',
  },
  contact: {
    en: 'Ethylene and methane without CO: hot metal in oil, no paper. It follows the load much more than in proportion and all but stops at no load: the current path.',
    zh: '以乙烯、甲烷为主而 CO 不增，属裸金属过热；产气速率随负荷急剧上升，空载时几乎停止，说明过热在导电回路。',
  },
  winding: {
    en: 'CO rises with the hydrocarbons, the increments of CO2 to CO stand below 3, and all of it follows load and oil temperature steeply: paper at a hot conductor.',
    zh: 'CO 与烃类同步增长，增量比 CO2/CO 小于 3，且随负荷、油温急剧变化：导线附近绝缘纸过热。',
  },
  ageing: {
    en: 'CO2 and CO near 8 to 1 by the increments, doubling with every 8 K or so, and hardly any hydrocarbons: paper ages everywhere, and burns nowhere.',
    zh: '增量以 CO2、CO 为主，比值约为 8，随油温每升高约 8 K 加倍，烃类几乎不增：绝缘纸整体老化，无局部过热。',
  },
  discharge: {
    en: 'Hydrogen with a tenth of methane or less and no acetylene to speak of, at a steady rate per day at voltage whatever the load.',
    zh: '以氢气为主，甲烷不足其十分之一，基本无乙炔，按带电天数均匀增长，与负荷无关。',
  },
  arcing: {
    en: 'Hydrogen, acetylene and ethylene leap together in one or two intervals and stand still in the others; C2H2/H2 of the leap is near 1, so it is not the tap changer.',
    zh: '氢气、乙炔、乙烯在个别区间同时突增，其余区间不变；突增部分 C2H2/H2 约为 1，不是分接开关窜油。',
  },
  'tap-leak': {
    en: 'Acetylene far above hydrogen (C2H2/H2 above 2 to 3), in step with the operations of the tap changer and not with load or time.',
    zh: '乙炔增量远大于氢气（C2H2/H2 大于 2～3），且与调压次数成比例，与负荷、时间无关。',
  },
  stray: {
    en: 'Hydrogen, methane and ethane with neither ethylene nor acetylene, more in warm oil than by load, and less and less as new oil gets older.',
    zh: '氢气、甲烷、乙烷增长而乙烯、乙炔不增，主要随油温变化，且随新油投运时间延长逐渐减弱。',
  },
};
