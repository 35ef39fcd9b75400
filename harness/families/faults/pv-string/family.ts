import type { Family } from '../../../core/family.ts';
import { sheetPower } from '../../../engineering/faults/equipment/pv-string.ts';
import { inWords, replyWith } from '../../wording.ts';
import type { StringFault } from './array.ts';
import {
  drawPvString,
  type PvStringFacts,
  type PvStringParams,
  pvStringParams,
  type StringRow,
} from './facts.ts';
import { pvStringMistakes } from './mistakes.ts';
import { pvStringWork } from './work.ts';

export type PvStringAnswer = {
  /** What is wrong with each string that is not sound. */
  faults: Record<string, StringFault>;
  /** Shorted thirds of modules, all strings together. */
  substrings: number;
  /** Of one sound string by data sheet, kW. */
  expected: number;
  /** All strings against that, per cent. */
  ratio: number;
};

/** Curve tracer figures of a combiner box: which strings are faulty and how, what they should give, what they give. */
export const pvStringFamily: Family<PvStringParams, PvStringFacts, PvStringAnswer> = {
  name: 'pv-string',
  version: 1,
  params: pvStringParams,
  targets: {
    faults: { type: 'json' },
    substrings: { type: 'number' },
    expected: { type: 'number', unit: 'kW' },
    ratio: { type: 'number', unit: '%' },
  },
  draw: drawPvString,
  unordered: ['rows'],
  solve: solvePvString,
  vars: ({ faults: _injected, ...facts }) => facts,
  reply: (_facts, answer, lang) =>
    replyWith(
      inWords(lang, {
        en: 'Each string is held against the sound ones: short-circuit current, open-circuit voltage, the two shape ratios and the slopes.',
        zh: '将各组串的短路电流、开路电压、两个形状系数和曲线斜率与正常组串比较，判断如下：',
      }),
      answer,
    ),
  mistakes: pvStringMistakes,
  work: pvStringWork,
};

export function solvePvString({
  modules,
  sheet,
  g_wm2,
  cell_c,
  rows,
  faults,
}: PvStringFacts): PvStringAnswer {
  const expected = (modules * sheetPower(sheet.p_w, g_wm2, cell_c, sheet.gamma_pct / 100)) / 1000;
  const measured = rows.reduce((sum, row) => sum + powerKw(row), 0);
  return {
    faults: Object.fromEntries(faults.map(({ name, kind }) => [name, kind])),
    substrings: faults.reduce((sum, { chains }) => sum + chains, 0),
    expected: Number(expected.toFixed(5)),
    ratio: Number(((100 * measured) / (rows.length * expected)).toFixed(4)),
  };
}

export const powerKw = ({ imp_a, vmp_v }: StringRow): number => (imp_a * vmp_v) / 1000;
