import type { Family } from '../../../core/family.ts';
import { GASSING_CAUSES, HISTORY_GASES } from '../../../engineering/faults/dga/gassing-causes.ts';
import { replyWith } from '../../wording.ts';
import { type DgaCauseFacts, type DgaCauseParams, dgaCauseParams, drawDgaCause } from './facts.ts';
import { dgaCauseMistakes } from './mistakes.ts';
import { scoreProbabilities } from './score.ts';
import { CAUSE_WORDS } from './words.ts';
import { dgaCauseWork } from './work.ts';

export type DgaCauseAnswer = {
  /** Probability of each cause by transformer: 1 for the one that acted. */
  causes: Record<string, Record<string, number>>;
};

/**
 * Why transformers gas, from histories of gases, load, temperature and tap operations in which one cause was made to act.
 * Probabilities are asked, and scored by a proper rule: accuracy and calibration at once.
 */
export const dgaCauseFamily: Family<DgaCauseParams, DgaCauseFacts, DgaCauseAnswer> = {
  name: 'dga-cause',
  version: 2,
  params: dgaCauseParams,
  targets: { causes: { type: 'json' } },
  draw: drawDgaCause,
  unordered: ['units'],
  solve: ({ units }) => ({
    causes: Object.fromEntries(units.map(({ name, cause }) => [name, { [cause]: 1 }])),
  }),
  vars: ({ units }, lang) => ({
    units: units.map(({ cause: _injected, samples, intervals, days, oil_days, ...unit }) => ({
      ...unit,
      oil_months: Math.round(oil_days / 30),
      mva_per_percent: unit.rating_mva / 100,
      rows: samples.map((gases, k) => {
        const interval = intervals[k - 1];
        return {
          day: days[k],
          since: interval
            ? {
                energised_days: interval.energised_days,
                load_percent: Math.round(interval.load * 100),
                top_oil_c: interval.top_oil_c,
                tap_operations: interval.tap_operations,
              }
            : null,
          gases: HISTORY_GASES.map((gas) => gases[gas]),
        };
      }),
    })),
    causes: GASSING_CAUSES.map((id) => ({ id, name: CAUSE_WORDS[id][lang] })),
  }),
  reply(_facts, { causes }, lang) {
    const prose = {
      en: 'What was made from one sample to the next, and what it goes along with, tells the cause; what was there at the start does not.',
      zh: '按相邻两次取样之间的增量及其随负荷、油温、带电时间、调压次数的变化判断，首次取样时已有的气体不作依据，结论如下：',
    };
    return replyWith(prose[lang], { causes });
  },
  mistakes: dgaCauseMistakes,
  verify: { causes: (facts, _answer, proposal) => scoreProbabilities(facts, proposal) },
  work: dgaCauseWork,
};
