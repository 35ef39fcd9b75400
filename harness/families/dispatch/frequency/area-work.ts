import type { Lang } from '../../../core/lang.ts';
import { decimals } from '../../wording.ts';
import type { AreaAnswer } from './area.ts';
import { type AreaFacts, headroom, settle } from './area-facts.ts';

const n = (value: number, digits = 2): string => decimals(value, digits);

/** The worked solution: gains, the deviation, the shares, the tie line, the ACE and who corrects it. */
export function areaWork(facts: AreaFacts, answer: AreaAnswer, lang: Lang): string {
  return (lang === 'zh' ? inChinese(facts, answer) : inEnglish(facts, answer)).join('\n\n');
}

function table(facts: AreaFacts, answer: AreaAnswer, heads: readonly string[]): string {
  const rows = facts.units.map((unit) => {
    const gain = unit.p_rated_mw / ((unit.droop_percent / 100) * facts.f0_hz);
    const cells = [unit.name, n(gain), `${headroom(unit)}`, n(answer.response[unit.name] as number)];
    return `| ${[...cells, ...(facts.agc ? [n(answer.agc[unit.name] as number)] : [])].join(' | ')} |`;
  });
  const shown = facts.agc ? heads : heads.slice(0, -1);
  return [`| ${shown.join(' | ')} |`, `|${shown.map(() => '---|').join('')}`, ...rows].join('\n');
}

const beyond = ({ deadband_hz }: AreaFacts): string => (deadband_hz > 0 ? `(|Δf| − ${deadband_hz})` : '|Δf|');

const given = ({ agc }: AreaAnswer): number => Object.values(agc).reduce((sum, mw) => sum + mw, 0);
const missing = (answer: AreaAnswer): number => -answer.ace - given(answer);

const metInEnglish = (answer: AreaAnswer): string =>
  missing(answer) > 0.01
    ? `Every unit that takes part is then at one of its bounds: they give ${n(given(answer))} MW, and ${n(missing(answer))} MW stay unmet.`
    : `They give ${n(given(answer))} MW, all that was asked.`;

const metInChinese = (answer: AreaAnswer): string =>
  missing(answer) > 0.01
    ? `此时参与机组均已达到爬坡或容量限制，合计增发 ${n(given(answer))} MW，尚缺 ${n(missing(answer))} MW。`
    : `合计增发 ${n(given(answer))} MW，满足要求。`;

function inEnglish(facts: AreaFacts, answer: AreaAnswer): string[] {
  const { f0_hz, loss_mw, damping_mw_per_hz: d, beta_b_mw_per_hz: b, bias_mw_per_hz: k } = facts;
  const { limited } = settle(facts);
  const held =
    limited.length > 0
      ? `Without limits, ${limited.join(', ')} would go above maximum output; held there and solved again: `
      : '';
  const [df, tie, ace] = [n(answer.df, 5), n(answer.tie_deviation), n(answer.ace)];
  return [
    `1. Gain of a unit K_i = rating / (droop × ${f0_hz} Hz), below. With Δf below 0 the balance is Σ unit responses + (${d} + ${b})·|Δf| = ${loss_mw} MW, a unit giving K_i·${beyond(facts)}${facts.agc ? ', at most its headroom.' : '; none reaches its maximum.'}`,
    `2. ${held}Δf = ${df} Hz.`,
    table(facts, answer, ['unit', 'K_i, MW/Hz', 'headroom, MW', 'governor response, MW', 'AGC, MW']),
    `3. Area B gives ${b} × |Δf| more and sends it to A, so A's net export is off schedule by ${b} × (${df}) = ${tie} MW.`,
    `4. ACE = ${tie} − 10 × (${n(-k / 10)}) × (${df}) = ${ace} MW; below 0, so A generates too little.`,
    ...(facts.agc
      ? [
          `5. AGC asks for ${n(-answer.ace)} MW more by participation; a unit takes at most its ramp × ${facts.agc_min} min and what room its governor left, and the rest goes to the others in proportion to their participation. ${metInEnglish(answer)}`,
        ]
      : []),
  ];
}

function inChinese(facts: AreaFacts, answer: AreaAnswer): string[] {
  const { f0_hz, loss_mw, damping_mw_per_hz: d, beta_b_mw_per_hz: b, bias_mw_per_hz: k } = facts;
  const { limited } = settle(facts);
  const held =
    limited.length > 0
      ? `先按不限幅求解，${limited.join('、')} 将超过最大出力，取其最大出力后重新求解：`
      : '解得 ';
  const [df, tie, ace] = [n(answer.df, 5), n(answer.tie_deviation), n(answer.ace)];
  return [
    `1. 各机组单位调节功率 K_i = 额定容量/(调差系数 × ${f0_hz} Hz) 见下表。设稳态频差为 Δf（为负），功率平衡：Σ 各机组增出力 + (${d} + ${b})·|Δf| = ${loss_mw} MW，其中机组增出力 = K_i·${beyond(facts)}，${facts.agc ? '达到最大出力者取其上调空间。' : '均未达到最大出力。'}`,
    `2. ${held}Δf = ${df} Hz。`,
    table(facts, answer, [
      '机组',
      'K_i（MW/Hz）',
      '上调空间（MW）',
      '一次调频增出力（MW）',
      'AGC 增出力（MW）',
    ]),
    `3. B 区多发 ${b} × |Δf| 送入 A 区，A 区净送出偏差 ΔP_T = ${b} × (${df}) = ${tie} MW。`,
    `4. ACE = ΔP_T + K·Δf = ${tie} + ${k} × (${df}) = ${ace} MW，为负说明 A 区欠发。`,
    ...(facts.agc
      ? [
          `5. AGC 需增发 ${n(-answer.ace)} MW，按参与因子分配；单机不超过爬坡率 × ${facts.agc_min} min 和一次调频后的剩余空间，不足部分由其余机组按参与因子之比承担。${metInChinese(answer)}`,
        ]
      : []),
  ];
}
