import type { Lang } from '../../../core/lang.ts';
import { abs, add, type Complex } from '../../../engineering/math/complex.ts';
import { decimals } from '../../wording.ts';
import { byHand } from './by-hand.ts';
import type { ShortCircuitFacts } from './facts.ts';
import type { ShortCircuitAnswer } from './family.ts';
import { verdictWords } from './options.ts';

/** The worked solution in milliohms at the fault's level: each impedance, the reduction, I″k, κ, i_p, the breaker. */
export function shortCircuitWork(facts: ShortCircuitFacts, answer: ShortCircuitAnswer, lang: Lang): string {
  const hand = byHand(facts);
  const zh = lang === 'zh';
  const { breaker } = facts;
  const rows: [string, Complex][] = [
    [zh ? '系统 Z_Q' : 'network Z_Q', hand.zq],
    [
      zh
        ? `变压器 K_T·Z_T（K_T = ${decimals(hand.kt, 4)}）`
        : `transformers K_T·Z_T, K_T = ${decimals(hand.kt, 4)}`,
      hand.zt,
    ],
    [zh ? '上级电源合计' : 'supply together', add(hand.zq, hand.zt)],
    ...(hand.zm ? [[machineName(hand.kg, zh), hand.zm] as [string, Complex]] : []),
    [zh ? '电缆 Z_L' : 'cable Z_L', hand.zl],
    [zh ? '短路阻抗 Z_k' : 'at the fault Z_k', hand.zk],
  ];
  const heads = zh ? '| 元件 | R（mΩ） | X（mΩ） |' : '| | R, mΩ | X, mΩ |';
  const table = rows.map(([name, z]) => `| ${name} | ${milli(z.re)} | ${milli(z.im)} |`);
  const [ik, ip, kappa] = [decimals(answer.ik, 3), decimals(answer.ip, 3), decimals(hand.kappa, 4)];
  const verdict = verdictWords(answer.breaker, facts, lang);
  const ohms = milli(abs(hand.zk));
  const current = `${facts.c_max}×${facts.un_kv}/(√3×${ohms} mΩ) = ${ik} kA`;
  const held = `${ik} / ${breaker.breaking_ka} kA${zh ? '、' : ', '}${ip} / ${breaker.making_ka} kA`;
  return zh
    ? [
        `1. 各阻抗归算到 ${facts.un_kv} kV 侧：\n\n${heads}\n|---|---|---|\n${table.join('\n')}\n\nZ_k = Z_L +（Z_Q + Z_T）∥Z_M。`,
        `2. Ik″ = c·U_n/(√3·|Z_k|) = ${current}。`,
        `3. 方法 ${facts.kappa_method}：R/X = ${decimals(hand.rx, 4)}${hand.kg === null ? '' : '（此处发电机电阻取 R_Gf = 0.07·X″d）'}，κ = ${kappa}${facts.kappa_method === 'B' ? '（已计入 1.15 及上限）' : ''}；ip = κ·√2·Ik″ = ${ip} kA。`,
        `4. 校核（短路值/额定值）：${held}，${verdict}。`,
      ].join('\n\n')
    : [
        `1. Referred to ${facts.un_kv} kV:\n\n${heads}\n|---|---|---|\n${table.join('\n')}\n\nZ_k = Z_L + (Z_Q + Z_T)∥Z_M.`,
        `2. Ik″ = c·U_n/(√3·|Z_k|) = ${current}.`,
        `3. Method ${facts.kappa_method}: R/X = ${decimals(hand.rx, 4)}${hand.kg === null ? '' : ' (here with R_Gf = 0.07·X″d for the generator)'}, κ = ${kappa}${facts.kappa_method === 'B' ? ' (1.15 and the upper limit included)' : ''}; ip = κ·√2·Ik″ = ${ip} kA.`,
        `4. Current against rating: ${held}: ${verdict}.`,
      ].join('\n\n');
}

const milli = (ohm: number) => decimals(ohm * 1000, 3);

function machineName(kg: number | null, zh: boolean): string {
  if (kg === null) return zh ? '电动机 Z_M' : 'motors Z_M';
  return zh ? `发电机 K_G·Z_G（K_G = ${decimals(kg, 4)}）` : `generator K_G·Z_G, K_G = ${decimals(kg, 4)}`;
}
