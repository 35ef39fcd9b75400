import type { Lang } from '../../../core/lang.ts';
import { decimals } from '../../wording.ts';
import type { NadirAnswer } from './nadir.ts';
import { kinetic, lossOf, modelOf, type NadirFacts, stayingOn } from './nadir-facts.ts';

/** The worked solution: what is left on line, the second-order answer in numbers, and the rule of three for the battery. */
export function nadirWork(facts: NadirFacts, answer: NadirAnswer, lang: Lang): string {
  const n = (value: number, digits = 3) => decimals(value, digits);
  const { f0_hz, tripped, threshold_hz, governor_s: t } = facts;
  const model = modelOf(facts);
  const loss = lossOf(facts);
  const m = (2 * kinetic(stayingOn(facts))) / f0_hz;
  const [d, k] = [model.damping_mw_per_hz, model.droop_mw_per_hz];
  const a = (m + d * t) / (2 * m * t);
  const w = Math.sqrt((d + k) / (m * t) - a ** 2);
  const end = answer.f_settled - f0_hz;
  const b = (-loss / m - a * end) / w;
  const curve = `Δf(t) = ${n(end, 4)} + e^(−${n(a, 4)} t)·(${n(-end, 4)}·cos ${n(w, 4)} t ${b < 0 ? '−' : '+'} ${n(Math.abs(b), 4)}·sin ${n(w, 4)} t)`;
  const [deep, allowed] = [n(f0_hz - answer.nadir, 4), n(f0_hz - threshold_hz, 4)];
  const bearable = n(loss - answer.battery, 2);
  return (
    lang === 'zh'
      ? [
          `1. ${tripped} 跳闸后，其转动惯量和调速器一并退出。剩余机组动能 Σ H·S = ${n(kinetic(stayingOn(facts)), 1)} MW·s，M = 2ΣHS/f0 = ${n(m, 2)} MW·s/Hz；ΣK = ${n(k, 2)} MW/Hz（仅计有调速器的机组）；D = ${facts.damping_pu} × ${facts.load_mw}/${f0_hz} = ${n(d, 2)} MW/Hz。`,
          `2. 初始变化率：df/dt = −${loss}/${n(m, 2)} = ${n(answer.rocof, 4)} Hz/s。稳态：Δf∞ = −${loss}/(${n(k, 2)} + ${n(d, 2)}) = ${n(end, 4)} Hz，f∞ = ${n(answer.f_settled)} Hz。`,
          `3. M·Δf′ = p − ${loss} − D·Δf，T·p′ = −K·Δf − p（T = ${t} s）的解：α = (M + DT)/(2MT) = ${n(a, 4)} s⁻¹，ω = √((D+K)/(MT) − α²) = ${n(w, 4)} rad/s，\n\n   ${curve} Hz。`,
          `4. 令 Δf′ = 0，取 t > 0 的第一个解：t = ${n(answer.t_nadir)} s，最低频率 ${n(answer.nadir)} Hz。`,
          `5. 模型为线性，频率偏差与功率缺额成正比。最低频率恰为 ${threshold_hz} Hz 时允许的缺额为 ${loss} × ${allowed}/${deep} = ${bearable} MW，故储能须提供 ${loss} − ${bearable} = ${n(answer.battery, 2)} MW。`,
        ]
      : [
          `1. With ${tripped} go its inertia and its governor. What stays on stores Σ H·S = ${n(kinetic(stayingOn(facts)), 1)} MW·s, so M = 2ΣHS/f0 = ${n(m, 2)} MW·s/Hz; ΣK = ${n(k, 2)} MW/Hz (governed units only); D = ${facts.damping_pu} × ${facts.load_mw}/${f0_hz} = ${n(d, 2)} MW/Hz.`,
          `2. At first df/dt = −${loss}/${n(m, 2)} = ${n(answer.rocof, 4)} Hz/s. In the end Δf∞ = −${loss}/(${n(k, 2)} + ${n(d, 2)}) = ${n(end, 4)} Hz: ${n(answer.f_settled)} Hz.`,
          `3. M·Δf′ = p − ${loss} − D·Δf and T·p′ = −K·Δf − p with T = ${t} s have α = (M + DT)/(2MT) = ${n(a, 4)} /s and ω = √((D+K)/(MT) − α²) = ${n(w, 4)} rad/s:\n\n   ${curve} Hz.`,
          `4. Δf′ = 0 first at t = ${n(answer.t_nadir)} s: nadir ${n(answer.nadir)} Hz.`,
          `5. All deviations are in proportion to the step. A nadir of just ${threshold_hz} Hz allows a step of ${loss} × ${allowed}/${deep} = ${bearable} MW, so the battery must give ${loss} − ${bearable} = ${n(answer.battery, 2)} MW.`,
        ]
  ).join('\n\n');
}
