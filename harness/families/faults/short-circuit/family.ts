import type { Family } from '../../../core/family.ts';
import { shortCircuit } from '../../../engineering/faults/short-circuit/iec60909.ts';
import { replyWith } from '../../wording.ts';
import {
  drawShortCircuit,
  networkOf,
  type ShortCircuitFacts,
  type ShortCircuitParams,
  shortCircuitParams,
  type Verdict,
  verdictOf,
} from './facts.ts';
import { shortCircuitMistakes } from './mistakes.ts';
import { breakerOptions } from './options.ts';
import { shortCircuitWork } from './work.ts';

export type ShortCircuitAnswer = {
  /** I″k, kA rms. */
  ik: number;
  /** i_p, kA. */
  ip: number;
  breaker: Verdict;
};

/** Three-phase short circuit behind a cable by IEC 60909-0: initial and peak current, and whether the breaker there can bear them. */
export const shortCircuitFamily: Family<ShortCircuitParams, ShortCircuitFacts, ShortCircuitAnswer> = {
  name: 'short-circuit',
  version: 2,
  params: shortCircuitParams,
  targets: {
    ik: { type: 'number', unit: 'kA' },
    ip: { type: 'number', unit: 'kA' },
    breaker: { type: 'choice' },
  },
  draw: drawShortCircuit,
  unordered: ['listing'],
  solve(facts) {
    const { ik_ka, ip_ka } = shortCircuit(networkOf(facts), 'F', { kappa: facts.kappa_method });
    const [ik, ip] = [ik_ka, ip_ka].map((ka) => Number(ka.toPrecision(8))) as [number, number];
    return { ik, ip, breaker: verdictOf(ik, ip, facts) };
  },
  options: (facts, lang) => ({ breaker: breakerOptions(facts, lang) }),
  reply(_facts, { ik, ip, breaker }, lang) {
    const prose = {
      en: 'Referred to the voltage level of the fault, with the corrections stated:',
      zh: '各阻抗归算到短路点电压级并按题给系数修正后，结果如下：',
    };
    return replyWith(prose[lang], { ik: Number(ik.toFixed(3)), ip: Number(ip.toFixed(3)), breaker });
  },
  mistakes: shortCircuitMistakes,
  work: shortCircuitWork,
};
