import type { Mistake } from '../../../core/family.ts';
import type { Lang } from '../../../core/lang.ts';
import { replyWith } from '../../wording.ts';
import { dischargedAh, estimates } from './estimates.ts';
import type { BatteryCellsFacts, CellFault, CellRow } from './facts.ts';
import type { BatteryCellsAnswer } from './family.ts';

const PROSE: Readonly<Record<Lang, string>> = { en: 'From the test record:', zh: '根据测试记录：' };

const TAKEN_FOR: Readonly<Record<CellFault, CellFault>> = {
  high_resistance: 'low_capacity',
  low_capacity: 'self_discharge',
  self_discharge: 'low_capacity',
  sensor: 'self_discharge',
};

/** Weights of the checks: faults 5 by share, resistance 1, capacity 1, limiting 1, available 2, heat 1. */
const WHOLE = 11;
const FAULTS = 5;
const WEIGHT = { resistance: 1, capacity: 1, limiting: 1, available: 2, heat: 1 } as const;

export function batteryCellsMistakes(
  facts: BatteryCellsFacts,
  right: BatteryCellsAnswer,
  lang: Lang,
): Mistake[] {
  const { rows, rated_ah, current_a } = facts;
  const cells = estimates(facts);
  const trusted = cells.filter(({ sensor }) => !sensor);
  const entries = Object.entries(right.faults);
  const say = (changes: Partial<BatteryCellsAnswer>) => replyWith(PROSE[lang], { ...right, ...changes });
  const faults = (name: string, given: BatteryCellsAnswer['faults']): Mistake => {
    const hits = entries.filter(([cell, kind]) => given[cell] === kind).length;
    const extra = Object.keys(given).filter((cell) => !(cell in right.faults)).length;
    const share = hits / (entries.length + extra);
    return { name, reply: say({ faults: given }), score: (FAULTS * share + WHOLE - FAULTS) / WHOLE };
  };
  const number = (name: string, field: Exclude<keyof typeof WEIGHT, 'limiting'>, value: number): Mistake[] =>
    Math.abs(value / right[field] - 1) < 0.012
      ? []
      : [{ name, reply: say({ [field]: Number(value.toFixed(4)) }), score: (WHOLE - WEIGHT[field]) / WHOLE }];
  const lowest = (pick: (row: CellRow) => number) => rows.reduce((a, b) => (pick(b) < pick(a) ? b : a)).name;
  const meanLeft = trusted.reduce((sum, { left_ah }) => sum + left_ah, 0) / trusted.length;
  const lowestSoc = Math.min(...trusted.map(({ soc2_pct }) => soc2_pct));
  const underLoad = lowest(({ end_v }) => end_v);
  return [
    faults(
      'took each fault for its look-alike',
      Object.fromEntries(entries.map(([cell, kind]) => [cell, TAKEN_FOR[kind]])),
    ),
    faults('found every cell sound', {}),
    faults('blamed the cell of lowest voltage alone', { [underLoad]: 'low_capacity' }),
    faults(
      'called every cell faulty',
      Object.fromEntries(rows.map(({ name }) => [name, right.faults[name] ?? 'low_capacity'])),
    ),
    ...number(
      'resistance from the end of the discharge',
      'resistance',
      Math.max(...rows.map(({ after_v, end_v }) => (1000 * (after_v - end_v)) / current_a)),
    ),
    ...number('ohms in the name of milliohms', 'resistance', right.resistance / 1000),
    ...number(
      'the mean resistance',
      'resistance',
      cells.reduce((sum, { r_mohm }) => sum + r_mohm, 0) / cells.length,
    ),
    ...number('the rated capacity', 'capacity', rated_ah),
    ...number('the charge taken out as the capacity', 'capacity', dischargedAh(facts)),
    ...number('ampere-minutes for ampere-hours', 'capacity', right.capacity * 60),
    ...number('the mean of the cells is left', 'available', meanLeft),
    ...number('lowest state of charge times rated capacity', 'available', (lowestSoc * rated_ah) / 100),
    ...number(
      'all cells in series add their charge',
      'available',
      trusted.reduce((sum, { left_ah }) => sum + left_ah, 0),
    ),
    ...(underLoad === right.limiting
      ? []
      : [
          {
            name: 'the lowest voltage under load limits',
            reply: say({ limiting: underLoad }),
            score: (WHOLE - 1) / WHOLE,
          },
        ]),
    ...number('heat of one cell', 'heat', right.heat / rows.length),
    ...number('the current not squared', 'heat', right.heat / current_a),
  ];
}
