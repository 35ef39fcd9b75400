import type { Family } from '../../../core/family.ts';
import { replyWith, rounded } from '../../wording.ts';
import {
  best,
  drawRestoration,
  localiseRestoration,
  type RestorationFacts,
  type RestorationParams,
  restorationParams,
} from './facts.ts';
import { restorationMistakes } from './mistakes.ts';
import { judgeOrder } from './order.ts';
import { restorationWork } from './work.ts';

export type RestorationAnswer = {
  /** Names of units to start, lines to close and loads to pick up, in order. */
  order: string[];
  /** Least energy not served, MWh. */
  unserved: number;
};

/** Black start: the order of actions that restores all load with the least energy unserved, judged by walking through it. */
export const restorationFamily: Family<RestorationParams, RestorationFacts, RestorationAnswer> = {
  name: 'restoration',
  version: 1,
  params: restorationParams,
  targets: { order: { type: 'json' }, unserved: { type: 'number', unit: 'MWh' } },
  draw: drawRestoration,
  localise: localiseRestoration,
  unordered: ['units', 'lines', 'loads'],
  solve(facts) {
    const found = best(facts);
    if (!found) throw new RangeError('no order restores every load');
    return { order: found.order, unserved: rounded(found.unserved_mwh, 6) };
  },
  reply(_facts, answer, lang) {
    const prose = {
      en: 'Cranking power goes first to the units that unlock the large loads, as far as charging and blocks allow:',
      zh: '在充电功率和单次投入负荷限制允许的范围内，优先启动能带起大负荷的机组：',
    };
    return replyWith(prose[lang], answer);
  },
  mistakes: restorationMistakes,
  verify: { order: (facts, { unserved }, proposal) => judgeOrder(facts, unserved, proposal) },
  plots: ({ units, lines, loads }, _answer, lang) => {
    const buses = [...new Set(lines.flatMap(({ from, to }) => [from, to]))].sort();
    const at = (bus: string) =>
      [...units, ...loads].filter((item) => item.bus === bus).map(({ name }) => name);
    return [
      {
        kind: 'network',
        title: lang === 'zh' ? '待恢复系统' : 'The system to restore',
        buses: buses.map((bus) => ({ id: bus, ...(at(bus).length > 0 ? { note: at(bus).join(' ') } : {}) })),
        branches: lines.map(({ from, to, name }) => ({ from, to, name })),
      },
    ];
  },
  work: restorationWork,
};
