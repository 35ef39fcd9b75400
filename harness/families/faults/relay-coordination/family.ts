import type { Family } from '../../../core/family.ts';
import { replyWith } from '../../wording.ts';
import { drawRelayCoordination } from './draw.ts';
import {
  type CoordinationVerdict,
  grade,
  type RelayCoordinationFacts,
  type RelayCoordinationParams,
  relayCoordinationParams,
} from './facts.ts';
import { relayCoordinationMistakes } from './mistakes.ts';
import { relayCoordinationWork } from './work.ts';

export type RelayCoordinationAnswer = {
  /** Pick-up of R2, secondary amperes, in steps of 0.05 of rated. */
  pickup2: number;
  /** Operating time of R1 for a fault just behind it, s. */
  t1: number;
  /** Time multiplier of R2, in steps of 0.01. */
  tms2: number;
  /** Smallest t3 − t2 between the two fault currents, s. */
  worst_margin: number;
  verdict: CoordinationVerdict;
  /** Which of R2 and R3 trips first at the asked current. */
  first: 'R2' | 'R3';
  /** The smallest multiplier with which R3 keeps the interval everywhere. */
  tms3: number;
};

/**
 * Three inverse-time relays on a radial feeder: set the middle one over its load and over the lower one, find whether the
 * upper one still grades with it and who trips first, and set the upper one right.
 */
export const relayCoordinationFamily: Family<
  RelayCoordinationParams,
  RelayCoordinationFacts,
  RelayCoordinationAnswer
> = {
  name: 'relay-coordination',
  version: 2,
  params: relayCoordinationParams,
  targets: {
    pickup2: { type: 'number', unit: 'A' },
    t1: { type: 'number', unit: 's' },
    tms2: { type: 'number' },
    worst_margin: { type: 'number', unit: 's' },
    verdict: { type: 'choice' },
    first: { type: 'choice' },
    tms3: { type: 'number' },
  },
  draw: drawRelayCoordination,
  unordered: ['relays'],
  solve(facts) {
    const { pickup2, t1, tms2, worst_margin, verdict, first, tms3 } = grade(facts);
    return { pickup2, t1: tidy(t1), tms2, worst_margin: tidy(worst_margin), verdict, first, tms3 };
  },
  reply(_facts, answer, lang) {
    const prose = {
      en: 'With R2 set above its load, pick-ups in primary amperes, R2 graded at the current just behind R1 and R3 held against it over the whole section:',
      zh: 'R2 按躲过最大负荷整定，启动电流折算到一次侧，R2 按 R1 出口最大短路电流配合，R3 按全段电流范围校核，结果如下：',
    };
    const [t1, worst_margin] = [answer.t1, answer.worst_margin].map((s) => Number(s.toFixed(4)));
    return replyWith(prose[lang], { ...answer, t1, worst_margin });
  },
  mistakes: relayCoordinationMistakes,
  work: relayCoordinationWork,
};

const tidy = (value: number): number => Number(value.toFixed(6));
