import type { Family } from '../../../core/family.ts';
import { jouleHeat } from '../../../engineering/faults/equipment/battery-cells.ts';
import { inWords, replyWith } from '../../wording.ts';
import { type CellEstimate, estimates } from './estimates.ts';
import {
  type BatteryCellsFacts,
  type BatteryCellsParams,
  batteryCellsParams,
  type CellFault,
  drawBatteryCells,
} from './facts.ts';
import { batteryCellsMistakes } from './mistakes.ts';
import { batteryCellsWork } from './work.ts';

export type BatteryCellsAnswer = {
  faults: Record<string, CellFault>;
  /** The largest of all cells, mΩ. */
  resistance: number;
  /** The smallest of the cells whose readings hold, Ah. */
  capacity: number;
  /** The cell that will be empty first. */
  limiting: string;
  /** What the module still gives until then, Ah. */
  available: number;
  /** Of all cells at the test current, W. */
  heat: number;
};

/** A discharge test of cells in series: which cells are bad and how, and what the worst of them leave of the module. */
export const batteryCellsFamily: Family<BatteryCellsParams, BatteryCellsFacts, BatteryCellsAnswer> = {
  name: 'battery-cells',
  version: 2,
  params: batteryCellsParams,
  targets: {
    faults: { type: 'json' },
    resistance: { type: 'number', unit: 'mΩ' },
    capacity: { type: 'number', unit: 'Ah' },
    limiting: { type: 'choice' },
    available: { type: 'number', unit: 'Ah' },
    heat: { type: 'number', unit: 'W' },
  },
  draw: drawBatteryCells,
  unordered: ['rows', 'ocv'],
  solve: solveBatteryCells,
  vars: ({ faults, ...facts }) => ({ ...facts, faulty_count: faults.length }),
  options: ({ rows }) => ({ limiting: rows.map(({ name }) => ({ id: name, labels: [name] })) }),
  reply: (_facts, answer, lang) =>
    replyWith(
      inWords(lang, {
        en: 'Resistance from the step, state of charge from both rests, capacity from the charge between them, and the sum of the cells against the terminals:',
        zh: '由电流阶跃求内阻，由两次静置电压求荷电状态，由放出电量求容量，并用单体电压之和核对模块端电压：',
      }),
      answer,
    ),
  mistakes: batteryCellsMistakes,
  work: batteryCellsWork,
};

const tidy = (value: number): number => Number(value.toFixed(5));

export function solveBatteryCells(facts: BatteryCellsFacts): BatteryCellsAnswer {
  const cells = estimates(facts);
  const trusted = cells.filter(({ sensor }) => !sensor);
  const limiting = trusted.reduce((least, cell) => (cell.left_ah < least.left_ah ? cell : least));
  return {
    faults: Object.fromEntries(facts.faults.map(({ name, kind }) => [name, kind])),
    resistance: tidy(Math.max(...cells.map(({ r_mohm }) => r_mohm))),
    capacity: tidy(Math.min(...trusted.map(({ capacity_ah }) => capacity_ah))),
    limiting: (limiting as CellEstimate).name,
    available: tidy((limiting as CellEstimate).left_ah),
    heat: tidy(
      jouleHeat(
        facts.current_a,
        cells.map(({ r_mohm }) => r_mohm),
      ),
    ),
  };
}
