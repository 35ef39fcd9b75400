import type { Family } from '../../../core/family.ts';
import { replyWith } from '../../wording.ts';
import {
  type DgaMethodFacts,
  type DgaMethodParams,
  dgaMethodParams,
  diagnosesOf,
  drawDgaMethod,
  UNITS,
  type UnitName,
} from './facts.ts';
import { dgaMethodMistakes } from './mistakes.ts';
import { METHOD_NAMES, methodOptions, optionId } from './options.ts';
import { dgaMethodWork } from './work.ts';

/** Option ids by transformer; an empty list is "no diagnosis by this method". */
export type DgaMethodAnswer = Record<UnitName, string[]>;

/**
 * What a named method of dissolved gas analysis says of three oil samples. Not what has failed: on the same sample the
 * methods differ, and a ratio table may name two faults or none.
 */
export const dgaMethodFamily: Family<DgaMethodParams, DgaMethodFacts, DgaMethodAnswer> = {
  name: 'dga-method',
  version: 2,
  params: dgaMethodParams,
  targets: { a: { type: 'set' }, b: { type: 'set' }, c: { type: 'set' } },
  draw: drawDgaMethod,
  unordered: ['rows'],
  solve: ({ method, gases }) =>
    Object.fromEntries(
      UNITS.map((unit) => [unit, diagnosesOf(method, gases[unit]).map(optionId)]),
    ) as DgaMethodAnswer,
  vars: ({ method, rows, gases }, lang) => ({
    method,
    method_name: METHOD_NAMES[method][lang],
    samples: rows.map((unit) => ({ name: unit.toUpperCase(), ...gases[unit] })),
  }),
  options({ method }, lang) {
    const options = methodOptions(method, lang);
    return { a: options, b: options, c: options };
  },
  reply({ method }, answer, lang) {
    const name = METHOD_NAMES[method][lang];
    const prose = {
      en: `Each sample goes through ${name} and nothing else; where the method names nothing, the list stays empty.`,
      zh: `三个油样均只按“${name}”判断，得不出结论的，列表为空。`,
    };
    return replyWith(prose[lang], answer);
  },
  mistakes: dgaMethodMistakes,
  work: dgaMethodWork,
};
