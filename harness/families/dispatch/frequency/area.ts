import type { Family } from '../../../core/family.ts';
import { aceNerc, aceTieLine } from '../../../engineering/system/ace.ts';
import { replyWith, rounded } from '../../wording.ts';
import {
  type AreaFacts,
  type AreaParams,
  areaParams,
  corrections,
  drawArea,
  localiseArea,
  settle,
} from './area-facts.ts';
import { areaMistakes } from './area-mistakes.ts';
import { areaWork } from './area-work.ts';

export type AreaAnswer = {
  /** Settled deviation from nominal, below 0 after a loss. */
  df: number;
  /** MW more from each unit by its governor. */
  response: Record<string, number>;
  /** Actual less scheduled export of A. */
  tie_deviation: number;
  ace: number;
  /** MW more that AGC asks of each unit; empty where the question has no AGC. */
  agc: Record<string, number>;
};

/** Primary response of an area to a loss, its tie line, its area control error and, with AGC, who then corrects it. */
export const areaControlFamily: Family<AreaParams, AreaFacts, AreaAnswer> = {
  name: 'area-control',
  version: 2,
  params: areaParams,
  targets: {
    df: { type: 'number', unit: 'Hz' },
    response: { type: 'json', unit: 'MW' },
    tie_deviation: { type: 'number', unit: 'MW' },
    ace: { type: 'number', unit: 'MW' },
    agc: { type: 'json', unit: 'MW' },
  },
  draw: drawArea,
  localise: localiseArea,
  unordered: ['units'],
  solve: solveArea,
  vars: (facts) => ({
    ...facts,
    bias_mw_per_tenth: rounded(-facts.bias_mw_per_hz / 10, 2),
    in_agc: facts.units.filter(({ participation_percent }) => participation_percent > 0).length,
  }),
  reply(facts, answer, lang) {
    const prose = {
      en: 'Governors, load and the other area share the loss at one deviation; the tie line and the bias then give the ACE:',
      zh: '机组一次调频、本区负荷和对侧区域在同一频差下共同承担功率缺额，由联络线偏差和频率偏差得到 ACE：',
    };
    return replyWith(prose[lang], asked(facts, answer));
  },
  mistakes: areaMistakes,
  work: areaWork,
};

/** @throws RangeError where no room is left for the loss, which no draw allows */
export function solveArea(facts: AreaFacts): AreaAnswer {
  const { df_hz, shares_mw, uncovered_mw } = settle(facts);
  if (uncovered_mw !== 0) throw new RangeError(`${uncovered_mw} MW of the loss are covered by nobody`);
  const tie = facts.beta_b_mw_per_hz * df_hz;
  const ace = controlError(facts, tie, df_hz);
  return {
    df: rounded(df_hz, 8),
    response: byName(facts, shares_mw),
    tie_deviation: rounded(tie, 5),
    ace: rounded(ace, 5),
    agc: facts.agc ? byName(facts, corrections(facts, ace, shares_mw)) : {},
  };
}

/** As each grid writes it: NERC's −10 B at 60 Hz, tie-line bias control with K at 50 Hz. */
function controlError(facts: AreaFacts, tie_deviation_mw: number, df_hz: number): number {
  const { f0_hz, bias_mw_per_hz, scheduled_mw } = facts;
  return f0_hz === 60
    ? aceNerc({
        ni_actual_mw: scheduled_mw + tie_deviation_mw,
        ni_scheduled_mw: scheduled_mw,
        bias_mw_per_0_1_hz: -bias_mw_per_hz / 10,
        f_actual_hz: f0_hz + df_hz,
        f_scheduled_hz: f0_hz,
      })
    : aceTieLine({ tie_deviation_mw, k_mw_per_hz: bias_mw_per_hz, df_hz });
}

export const byName = ({ units }: AreaFacts, values: readonly number[]): Record<string, number> =>
  Object.fromEntries(units.map(({ name }, i) => [name, rounded(values[i] as number, 4)]));

/** The fields that the question has: without AGC one fewer. */
export function asked(facts: AreaFacts, { agc, ...answer }: AreaAnswer): Record<string, unknown> {
  return facts.agc ? { ...answer, agc } : answer;
}
