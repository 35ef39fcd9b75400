import type { Lang } from '../../../core/lang.ts';
import { operatingTime } from '../../../engineering/faults/relays/curves.ts';
import { decimals } from '../../wording.ts';
import { grade, primary, type RelayCoordinationFacts, relayOf, settingOf } from './facts.ts';
import type { RelayCoordinationAnswer } from './family.ts';

/** The worked solution: R2's pick-up, R1's time, R2's multiplier, both times over the section, who is first, R3 set right. */
export function relayCoordinationWork(
  facts: RelayCoordinationFacts,
  answer: RelayCoordinationAnswer,
  lang: Lang,
): string {
  const [r1, r2, r3] = [settingOf(facts, 'R1'), settingOf(facts, 'R2'), settingOf(facts, 'R3')];
  const { at_r1_a, at_r2_a, asked_a, interval_s, load_a, margin_factor, reset_ratio } = facts;
  const { pickup_exact, tms_exact, tms3_exact } = grade(facts);
  const relays = [relayOf(r1, 0, 0), relayOf(r2, answer.pickup2, answer.tms2), relayOf(r3, 0, 0)] as const;
  const pickups = relays.map(({ name, pickup_a }) => `${name} ${decimals(pickup_a, 1)} A`).join(', ');
  const unit = decimals(operatingTime(relayOf(r2, answer.pickup2, 1), at_r1_a), 4);
  const [t1, exact, need] = [decimals(answer.t1, 4), decimals(tms_exact, 4), decimals(tms3_exact, 4)];
  const sum = `${margin_factor}×${load_a}/${reset_ratio}`;
  const set = `${decimals((margin_factor * load_a) / reset_ratio, 1)} A`;
  const secondary = `${decimals(pickup_exact, 4)} A`;
  const rows = [...new Set([at_r1_a, asked_a, at_r2_a])].map((current) => {
    const [t2, t3] = [operatingTime(relays[1], current), operatingTime(relays[2], current)];
    return `| ${current} | ${decimals(t2, 3)} | ${decimals(t3, 3)} | ${decimals(t3 - t2, 3)} |`;
  });
  const margin = decimals(answer.worst_margin, 3);
  const r2Primary = decimals(primary(r2, answer.pickup2), 1);
  const words = r2.curve === r3.curve ? SAME_CURVE : OTHER_CURVE;
  return (
    lang === 'zh'
      ? [
          `1. R2 启动电流（一次）= K_rel·I_L.max/K_re = ${sum} = ${set}，折算到二次 ${secondary}，按步长向上取 ${answer.pickup2} A（一次 ${r2Primary} A）。各保护一次启动电流：${pickups.replaceAll(', ', '、')}。`,
          `2. R1 在 ${at_r1_a} A 下的动作时间 t1 = ${t1} s。`,
          `3. R2 在同一电流下、TMS = 1 时为 ${unit} s，故 TMS =（${t1} + ${interval_s}）/${unit} = ${exact}，向上取为 ${answer.tms2}。`,
          `4. 校核 R3 与 R2：\n\n| 电流（A） | t2（s） | t3（s） | t3 − t2（s） |\n|---|---|---|---|\n${rows.join('\n')}\n\n全段最小级差 ${margin} s，要求不小于 ${interval_s} s；${asked_a} A 时 ${answer.first} 先动作。${words.zh}`,
          `5. t3 与 TMS 成正比：在全范围内取（t2 + ${interval_s}）/t3(TMS = 1) 的最大值 ${need}，R3 的 TMS 向上取 ${answer.tms3}。`,
        ]
      : [
          `1. R2 must pick up at ${sum} = ${set} primary, ${secondary} secondary, and is set to the next step, ${answer.pickup2} A (${r2Primary} A primary). Pick-ups, primary: ${pickups}.`,
          `2. R1 at ${at_r1_a} A: t1 = ${t1} s.`,
          `3. R2 at the same current takes ${unit} s at TMS 1, so TMS = (${t1} + ${interval_s})/${unit} = ${exact}, rounded up to ${answer.tms2}.`,
          `4. R3 against R2:\n\n| current, A | t2, s | t3, s | t3 − t2, s |\n|---|---|---|---|\n${rows.join('\n')}\n\nSmallest margin of the whole section ${margin} s, wanted ${interval_s} s; at ${asked_a} A ${answer.first} is first. ${words.en}`,
          `5. t3 is in proportion to the multiplier: the largest (t2 + ${interval_s})/(t3 at TMS 1) of the range is ${need}, so R3 needs ${answer.tms3}.`,
        ]
  ).join('\n\n');
}

const SAME_CURVE = {
  en: 'The curves are of one kind, but the multiples of pick-up differ: the margin changes with the current, so the whole range is held against the interval.',
  zh: '两者曲线类型相同，但启动电流倍数不同，级差随电流变化，须校核整个电流范围。',
} as const;
const OTHER_CURVE = {
  en: 'Curves of different kinds call for the whole range, not for one point.',
  zh: '两者曲线类型不同，须校核整个电流范围，不能只看一点。',
} as const;
