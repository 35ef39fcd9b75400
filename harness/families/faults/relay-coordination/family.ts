import type { Family } from '../../../core/family.ts';
import { replyWith } from '../../wording.ts';
import {
  type CoordinationVerdict,
  drawRelayCoordination,
  grade,
  type RelayCoordinationFacts,
  type RelayCoordinationParams,
  relayCoordinationParams,
} from './facts.ts';
import { relayCoordinationMistakes } from './mistakes.ts';
import { relayCoordinationWork } from './work.ts';

export type RelayCoordinationAnswer = {
  /** Operating time of R1 for a fault just behind it, s. */
  t1: number;
  /** Time multiplier of R2, in steps of 0.01. */
  tms2: number;
  /** Smallest t3 − t2 between the two fault currents, s. */
  worst_margin: number;
  verdict: CoordinationVerdict;
};

/** Three inverse-time relays on a radial feeder: grade the middle one, then find whether the upper one still grades with it. */
export const relayCoordinationFamily: Family<
  RelayCoordinationParams,
  RelayCoordinationFacts,
  RelayCoordinationAnswer
> = {
  name: 'relay-coordination',
  version: 1,
  params: relayCoordinationParams,
  targets: {
    t1: { type: 'number', unit: 's' },
    tms2: { type: 'number' },
    worst_margin: { type: 'number', unit: 's' },
    verdict: { type: 'choice' },
  },
  draw: drawRelayCoordination,
  solve(facts) {
    const { t1, tms2, worst_margin, verdict } = grade(facts);
    return { t1: tidy(t1), tms2, worst_margin: tidy(worst_margin), verdict };
  },
  reply(_facts, { t1, tms2, worst_margin, verdict }, lang) {
    const prose = {
      en: 'With pick-ups in primary amperes and R2 graded at the current just behind R1:',
      zh: '启动电流折算到一次侧，R2 按 R1 出口最大短路电流整定，结果如下：',
    };
    const [time, margin] = [t1, worst_margin].map((s) => Number(s.toFixed(4)));
    return replyWith(prose[lang], { t1: time, tms2, worst_margin: margin, verdict });
  },
  mistakes: relayCoordinationMistakes,
  work: relayCoordinationWork,
};

const tidy = (value: number): number => Number(value.toFixed(6));
