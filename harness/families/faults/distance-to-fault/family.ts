import type { Family } from '../../../core/family.ts';
import { replyWith } from '../../wording.ts';
import {
  CAUSES,
  type Cause,
  type DistanceToFaultFacts,
  type DistanceToFaultParams,
  distanceToFaultParams,
  drawDistanceToFault,
} from './facts.ts';
import { solveLocation } from './locate.ts';
import { distanceToFaultMistakes } from './mistakes.ts';
import { causeOptions } from './words.ts';
import { distanceToFaultWork } from './work.ts';

export type DistanceToFaultAnswer = {
  /** Km from S by the named single-ended method, as the locator at S works it out. */
  d_single: number;
  /** Km from S by both ends, with what is wrong put right. */
  d_true: number;
  cause: Cause;
};

/**
 * Two recorders' phasors of one fault, with one thing wrong or nothing: what the locator says, where the fault is, and
 * what is to blame. Records come from an exact model of the line, so that the cause is known.
 */
export const distanceToFaultFamily: Family<
  DistanceToFaultParams,
  DistanceToFaultFacts,
  DistanceToFaultAnswer
> = {
  name: 'distance-to-fault',
  version: 2,
  params: distanceToFaultParams,
  targets: {
    d_single: { type: 'number', unit: 'km' },
    d_true: { type: 'number', unit: 'km' },
    cause: { type: 'choice' },
  },
  draw: drawDistanceToFault,
  unordered: ['channels'],
  solve(facts) {
    const { single_km, true_km } = solveLocation(facts);
    return { d_single: tidy(single_km), d_true: tidy(true_km), cause: facts.cause };
  },
  vars: ({ cause: _injected, put_km: _truth, ...facts }) => facts,
  options: (_facts, lang) => ({ cause: causeOptions(CAUSES, lang) }),
  reply(_facts, { d_single, d_true, cause }, lang) {
    const prose = {
      en: 'Settings against the tested line, the residual core against the sum of phases, and the currents before the fault at both ends tell what can be trusted; the location from both ends then needs no fault resistance.',
      zh: '先核对定值与实测线路参数、零序电流与三相电流之和、故障前两侧电流，确定哪些数据可信，再用双端正序量测距（与过渡电阻无关），结果如下：',
    };
    return replyWith(prose[lang], {
      d_single: Number(d_single.toFixed(3)),
      d_true: Number(d_true.toFixed(3)),
      cause,
    });
  },
  mistakes: distanceToFaultMistakes,
  work: distanceToFaultWork,
};

const tidy = (value: number): number => Number(value.toFixed(6));
