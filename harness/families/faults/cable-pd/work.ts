import type { Lang } from '../../../core/lang.ts';
import { decimals } from '../../wording.ts';
import type { PdKind } from './clusters.ts';
import type { CablePdFacts } from './facts.ts';
import { type CablePdAnswer, distanceOf } from './family.ts';

const WHY: Readonly<Record<PdKind, Readonly<Record<Lang, string>>>> = {
  void: {
    en: 'both halves alike, on the flanks where the voltage grows, charges widely spread: a void between two insulating walls',
    zh: '正负半周均在电压绝对值上升段放电，两半周相近，放电量分散：绝缘内部气隙',
  },
  surface: {
    en: 'both halves, but one has far larger and fewer pulses: a surface that touches one electrode',
    zh: '正负半周均有放电，但一个半周幅值大、次数少，明显不对称：沿面放电',
  },
  corona_conductor: {
    en: 'one half only, around the negative crest, all pulses alike: a point at the conductor',
    zh: '仅在负半周峰值附近放电，幅值基本一致：高压侧尖端电晕',
  },
  corona_earth: {
    en: 'one half only, around the positive crest, all pulses alike: a point at earth',
    zh: '仅在正半周峰值附近放电，幅值基本一致：接地侧尖端电晕',
  },
  floating: {
    en: 'large pulses of one fixed charge in both halves: a floating metal part',
    zh: '正负半周对称，放电量大且基本恒定：悬浮电位放电',
  },
  noise: {
    en: 'spread over the whole cycle and without pairs of pulses: no discharge at all',
    zh: '全相位均匀分布，且无固定时差：外部干扰',
  },
};

/** Speed, kind by kind, distance by distance. */
export function cablePdWork(facts: CablePdFacts, answer: CablePdAnswer, lang: Lang): string {
  const d = (value: number, digits = 1) => decimals(value, digits);
  const { length_m, echo_us, clusters, method, accuracy_m } = facts;
  const v = d(answer.speed, 2);
  const lines = clusters.map((cluster) => {
    const kind = answer.kinds[cluster.name] as PdKind;
    const x = distanceOf(facts, cluster);
    const way =
      method === 'one-end'
        ? `${length_m} − ${v}·${cluster.delay_us}/2`
        : `(${length_m} + ${v}·(${cluster.delay_us}))/2`;
    const place = `\`${answer.places[cluster.name]}\``;
    if (lang === 'zh') {
      const where = x === undefined ? '无法定位' : `距 A 端 ${way} = ${d(x)} m`;
      return `- ${cluster.name}：\`${kind}\`，${WHY[kind].zh}。${where} → ${place}`;
    }
    const where = x === undefined ? 'No place can be told' : `From A: ${way} = ${d(x)} m`;
    return `- ${cluster.name}: \`${kind}\`, ${WHY[kind].en}. ${where} → ${place}`;
  });
  return lang === 'zh'
    ? `1. 波速 v = 2×${length_m}/${echo_us} = ${v} m/μs（校准脉冲往返一次）。\n\n2. 各放电源的类型与位置（与附件相距不超过 ${accuracy_m} m 即判为该附件）：\n\n${lines.join('\n')}`
    : `1. Speed v = 2·${length_m}/${echo_us} = ${v} m/μs, there and back.\n\n2. Kinds and places (an accessory where it lies within ${accuracy_m} m):\n\n${lines.join('\n')}`;
}
