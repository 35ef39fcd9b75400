import type { Lang } from '../../../core/lang.ts';
import { faultLoop } from '../../../engineering/faults/location/single-ended.ts';
import { toSequence } from '../../../engineering/faults/short-circuit/symmetrical.ts';
import { abs, arg_deg, type Complex } from '../../../engineering/math/complex.ts';
import { decimals } from '../../wording.ts';
import type { Cause, DistanceToFaultFacts, Pair } from './facts.ts';
import type { DistanceToFaultAnswer } from './family.ts';
import { recordOf, repairedKm, residuals, setIn, solveLocation, testedIn } from './locate.ts';

/** The loop and its estimate, the four checks that find the cause, the positive-sequence phasors and the location of both ends. */
export function distanceToFaultWork(
  facts: DistanceToFaultFacts,
  answer: DistanceToFaultAnswer,
  lang: Lang,
): string {
  const { type, phases, method } = facts;
  const record = recordOf(facts);
  const loop = faultLoop(type, record.s.v, record.s.i, setIn(facts).k0);
  const { clock_deg } = solveLocation(facts);
  const zh = lang === 'zh';
  const [pair, earth] = [type === '3ph' ? 'BC' : phases.join(''), type === 'LG'];
  const loopText = earth
    ? `V = V${pair} = ${polar(loop.v)} kV, I = I${pair} + k0·3I0 = ${polar(loop.i)} kA`
    : `V = V${pair} = ${polar(loop.v)} kV, I = I${pair} = ${polar(loop.i)} kA`;
  const formula = method === 'reactance' ? 'Im(V/I)/x1' : 'Im(V·ΔI*)/Im(z1·I·ΔI*)';
  const put = recordOf(facts, true);
  const phasors = (['s', 'r'] as const).map((end) => {
    const [v, i] = [toSequence(put[end].v).positive, toSequence(put[end].i).positive];
    const turned = end === 'r' ? -clock_deg : 0;
    return `V1${end.toUpperCase()} = ${polar(v, turned)} kV, I1${end.toUpperCase()} = ${polar(i, turned)} kA`;
  });
  const checks = checkLines(facts, clock_deg, zh);
  const km = [answer.d_single, answer.d_true, repairedKm(facts)].map((value) => decimals(value, 2)) as [
    string,
    string,
    string,
  ];
  return zh
    ? [
        `1. 单端（S 侧）：${loopText.replace(', ', '，')}，d = ${formula} = ${km[0]} km。`,
        `2. 逐项核对：\n\n${checks.join('\n')}`,
        `3. 双端正序量（已更正）：${phasors.map((text) => text.replace(', ', '，')).join('；')}。由 V1S − d·z1·I1S = V1R −（L − d）·z1·I1R，d =（V1S − V1R + L·z1·I1R）/（z1·（I1S + I1R）），z1 取实测值，得 d = ${km[1]} km，与过渡电阻、负荷及系统阻抗无关。`,
        `4. ${BECAUSE[answer.cause].zh}（更正后的单端结果为 ${km[2]} km）。`,
      ].join('\n\n')
    : [
        `1. From S alone: ${loopText}; d = ${formula} = ${km[0]} km.`,
        `2. What can be trusted:\n\n${checks.join('\n')}`,
        `3. Positive sequence of both ends, put right: ${phasors.join('; ')}. From V1S − d·z1·I1S = V1R − (L − d)·z1·I1R follows d = (V1S − V1R + L·z1·I1R)/(z1·(I1S + I1R)), with the tested z1: d = ${km[1]} km, whatever the fault's resistance, the load and the sources.`,
        `4. ${BECAUSE[answer.cause].en} (The single-ended method with all that put right gives ${km[2]} km.)`,
      ].join('\n\n');
}

/** Three phase currents of four decimals add up to so much where they should add up to nothing. */
const ROUNDING_KA = 0.001;

function checkLines(facts: DistanceToFaultFacts, clock_deg: number, zh: boolean): string[] {
  const { settings, tested, type, parallel } = facts;
  const { own, summed } = residuals(facts);
  const k0 = testedIn(facts).k0;
  const z1 = (pair: Pair) => `${pair[0]} + j${pair[1]}`;
  const set = `${settings.k0[0]}∠${settings.k0[1]}°`;
  const is = polar(k0);
  const [ownText, sumText] = [own, summed].map((value) => (abs(value) < ROUNDING_KA ? '0' : polar(value)));
  const circuit = parallel
    ? parallel.in_service && parallel.residual[0] > 0
      ? `${parallel.residual[0]}∠${parallel.residual[1]}° kA`
      : '0'
    : zh
      ? '无平行线路'
      : 'no such circuit';
  const matters = type === 'LG' ? '' : zh ? '（相间回路不用 k0）' : ' (not part of a loop between phases)';
  return zh
    ? [
        `- z1：定值 ${z1(settings.z1)}，实测 ${z1(tested.z1)} Ω/km；`,
        `- k0 =（z0 − z1）/(3z1)：定值 ${set}，实测 ${is}${matters}；`,
        `- S 侧三相电流之和 ${sumText} kA，独立零序电流互感器 ${ownText} kA；`,
        `- 另一回线 3I0：${circuit}；`,
        `- 故障前两侧电流应大小相等、方向相反：${clockText(clock_deg, zh)}。`,
      ]
    : [
        `- z1: set ${z1(settings.z1)}, tested ${z1(tested.z1)} Ω/km`,
        `- k0 = (z0 − z1)/(3·z1): set ${set}, tested ${is}${matters}`,
        `- sum of the phase currents at S ${sumText} kA, residual core ${ownText} kA`,
        `- 3I0 of the other circuit: ${circuit}`,
        `- the currents before the fault must be opposite at the two ends: ${clockText(clock_deg, zh)}`,
      ];
}

/** Angles are given to 0.01°: less than a few of these is no difference of clocks. */
function clockText(clock_deg: number, zh: boolean): string {
  const by = decimals(Math.abs(clock_deg), 2);
  if (Math.abs(clock_deg) < 0.1) return zh ? '实测相符，两侧时钟一致' : 'they are, so the clocks agree';
  if (zh) return `实测不符，R 侧时钟${clock_deg > 0 ? '超前' : '滞后'} ${by}°`;
  return `they are not, so the clock of R is ${by}° ${clock_deg > 0 ? 'ahead' : 'behind'}`;
}

const BECAUSE: Readonly<Record<Cause, Readonly<Record<Lang, string>>>> = {
  none: { en: 'Nothing is wrong, and one end agrees with two.', zh: '各项均正常，单端与双端结果一致' },
  infeed: {
    en: 'Settings, records and clocks are right, yet one end alone is off: resistance in the fault, fed from the other end at another angle.',
    zh: '定值、录波和时钟均无误而单端结果仍有偏差：过渡电阻中有对侧不同相位的助增电流',
  },
  residual: { en: 'k0 is set wrongly and residual current flows.', zh: 'k0 整定有误，且故障含零序电流' },
  'line-impedance': { en: 'z1 is set wrongly.', zh: 'z1 整定有误' },
  mutual: {
    en: 'Settings and records are right, but the residual current of the other circuit drives a voltage in this one.',
    zh: '定值和录波无误，但另一回线的零序电流在本线产生互感电压',
  },
  'ct-saturation': {
    en: 'The phase currents of S do not add up to what the residual core sees, and the faulted phase is full of second harmonic: its current is the residual one less the sound phases.',
    zh: 'S 侧三相电流之和与独立零序电流互感器不符，故障相二次谐波很大：该相电流应由零序电流减去健全相求得',
  },
  clock: {
    en: 'The currents before the fault are not opposite: end R has to be turned back before both ends are put together.',
    zh: '故障前两侧电流不反相：须先把 R 侧相量转回，再作双端计算',
  },
};

const polar = (value: Complex, turn_deg = 0): string => {
  const angle = ((arg_deg(value) + turn_deg + 540) % 360) - 180;
  return abs(value) < 1e-9 ? '0' : `${decimals(abs(value), 4)}∠${decimals(angle, 2)}°`;
};
