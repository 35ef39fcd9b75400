import type { Lang } from '../../../core/lang.ts';
import { operatingTime } from '../../../engineering/faults/relays/curves.ts';
import { decimals } from '../../wording.ts';
import { grade, type RelayCoordinationFacts, relayOf } from './facts.ts';
import type { RelayCoordinationAnswer } from './family.ts';

/** The worked solution: primary pick-ups, R1's time, R2's multiplier, both times at the ends of the section. */
export function relayCoordinationWork(
  facts: RelayCoordinationFacts,
  answer: RelayCoordinationAnswer,
  lang: Lang,
): string {
  const [r1, r2, r3] = facts.relays;
  const { at_r1_a, at_r2_a, interval_s } = facts;
  const graded = [relayOf(r1, facts.tms1), relayOf(r2, answer.tms2), relayOf(r3, facts.tms3)] as const;
  const pickups = graded.map(({ name, pickup_a }) => `${name} ${decimals(pickup_a, 1)} A`).join(', ');
  const unit = decimals(operatingTime(relayOf(r2, 1), at_r1_a), 4);
  const [t1, exact] = [decimals(answer.t1, 4), decimals(grade(facts).tms_exact, 4)];
  const rows = [at_r1_a, at_r2_a].map((current) => {
    const [t2, t3] = [operatingTime(graded[1], current), operatingTime(graded[2], current)];
    return `| ${current} | ${decimals(t2, 3)} | ${decimals(t3, 3)} | ${decimals(t3 - t2, 3)} |`;
  });
  const margin = decimals(answer.worst_margin, 3);
  return lang === 'zh'
    ? [
        `1. 一次启动电流：${pickups.replaceAll(', ', '、')}。`,
        `2. R1 在 ${at_r1_a} A 下的动作时间 t1 = ${t1} s。`,
        `3. R2 在同一电流下、TMS = 1 时为 ${unit} s，故 TMS =（${t1} + ${interval_s}）/${unit} = ${exact}，向上取为 ${answer.tms2}。`,
        `4. 校核 R3 与 R2：\n\n| 电流（A） | t2（s） | t3（s） | t3 − t2（s） |\n|---|---|---|---|\n${rows.join('\n')}\n\n全段最小级差 ${margin} s，要求不小于 ${interval_s} s。曲线类型不同，须校核整个电流范围，不能只看一点。`,
      ].join('\n\n')
    : [
        `1. Pick-ups, primary: ${pickups}.`,
        `2. R1 at ${at_r1_a} A: t1 = ${t1} s.`,
        `3. R2 at the same current takes ${unit} s at TMS 1, so TMS = (${t1} + ${interval_s})/${unit} = ${exact}, rounded up to ${answer.tms2}.`,
        `4. R3 against R2:\n\n| current, A | t2, s | t3, s | t3 − t2, s |\n|---|---|---|---|\n${rows.join('\n')}\n\nSmallest margin of the whole section ${margin} s, wanted ${interval_s} s. Curves of different kinds call for the whole range, not for one point.`,
      ].join('\n\n');
}
