import type { Lang } from '../../../core/lang.ts';
import {
  differentialCurrent,
  restraint,
} from '../../../engineering/faults/equipment/differential-channel.ts';
import { decimals } from '../../wording.ts';
import { acts, type ChannelCause, type DifferentialChannelFacts } from './facts.ts';
import { type DifferentialChannelAnswer, worstRoute } from './family.ts';

const WHY: Readonly<Record<ChannelCause, Readonly<Record<Lang, string>>>> = {
  healthy: { en: 'normal loop, equal and opposite currents', zh: '环路时延正常，两侧电流大小相等、方向相反' },
  symmetric: {
    en: 'longer loop but no angle: both ways are longer alike',
    zh: '环路时延增大但无相角误差：收发同步改道',
  },
  asymmetric: {
    en: 'angle of half the excess of the loop at equal magnitudes: one way is longer',
    zh: '幅值相等，相角误差等于环路时延增量一半对应的角度：收发路径不一致',
  },
  ct_error: {
    en: 'magnitudes differ at normal loop and no angle',
    zh: '环路时延正常、无相角误差，幅值不等：互感器变比或回路问题',
  },
  internal: {
    en: 'both ends feed in: nearly in phase, far above load',
    zh: '两侧电流接近同相、远大于负荷：区内故障',
  },
  blocked: { en: 'too many frames lost: no decision', zh: '丢帧率超限，保护闭锁' },
};

/** Every reading: expected angle of its loop, current seen, current needed, cause. */
export function differentialChannelWork(
  facts: DifferentialChannelFacts,
  answer: DifferentialChannelAnswer,
  lang: Lang,
): string {
  const d = (value: number, digits = 1) => decimals(value, digits);
  const { events, normal_ms, pickup_a, slope_pct, frequency_hz } = facts;
  const rows = events.map((event) => {
    const angle = 0.18 * frequency_hz * (event.loop_ms - normal_ms);
    const seen = differentialCurrent(event.a_a, event.b_a, (event.off_deg * Math.PI) / 180);
    const needed = restraint(pickup_a, slope_pct / 100, event.a_a, event.b_a);
    const does = acts(facts, event);
    const verdict = lang === 'zh' ? (does ? '动作' : '不动作') : does ? 'acts' : 'does not act';
    const cause = answer.causes[event.name] as ChannelCause;
    return `| ${event.name} | ${d(angle)} | ${event.off_deg} | ${d(seen)} | ${d(needed)} | ${verdict} | \`${cause}\`${lang === 'zh' ? '：' : ': '}${WHY[cause][lang]} |`;
  });
  const worst = worstRoute(facts);
  const setting = d(restraint(pickup_a, slope_pct / 100, worst.a_a, worst.a_a));
  return lang === 'zh'
    ? `1. 乒乓法取环路时延的一半，若增量 Δ 全在一个方向，相角误差 = 360°·f·Δ/2。\n\n| 记录 | 按 Δ 单向计的角度（°） | 实际角度（°） | 差流（A） | 动作门槛（A） | 结果 | 原因 |\n|---|---|---|---|---|---|---|\n${rows.join('\n')}\n\n2. 路径差最大的是 ${worst.name}，差流 ${d(answer.current)} A。门槛 ${setting} A，允许的时间差 = 2·arcsin(${setting}/(2×${worst.a_a}))/(π·f) = ${d(answer.tolerable, 3)} ms。`
    : `1. The relay halves the loop; an excess Δ in one way alone makes 360°·f·Δ/2.\n\n| reading | angle if one way, ° | angle there is, ° | seen, A | needed, A | relay | cause |\n|---|---|---|---|---|---|---|\n${rows.join('\n')}\n\n2. The ways differ most at ${worst.name}: ${d(answer.current)} A. With ${setting} A needed it bears 2·asin(${setting}/(2·${worst.a_a}))/(π·f) = ${d(answer.tolerable, 3)} ms.`;
}
