import {
  capacityFrom,
  chargeLeft,
  socAt,
  stepResistance,
} from '../../../engineering/faults/equipment/battery-cells.ts';
import type { BatteryCellsFacts } from './facts.ts';

export interface CellEstimate {
  name: string;
  /** Its sensor is the faulty part: nothing that rests on its voltage counts. */
  sensor: boolean;
  soc1_pct: number;
  soc2_pct: number;
  r_mohm: number;
  capacity_ah: number;
  left_ah: number;
}

export const dischargedAh = ({ current_a, minutes }: BatteryCellsFacts): number => (current_a * minutes) / 60;

/** Every cell by the readings of the table, as the question tells how. A sensor's cell has its offset still in it. */
export function estimates(facts: BatteryCellsFacts): CellEstimate[] {
  const { ocv, rows, current_a, faults } = facts;
  const [floor, ceiling] = [Math.min(...ocv.map(({ v }) => v)), Math.max(...ocv.map(({ v }) => v))];
  const soc = (v: number) => socAt(ocv, Math.min(ceiling, Math.max(floor, v)));
  return rows.map(({ name, rest_v, step_v, after_v }) => {
    const [soc1_pct, soc2_pct] = [soc(rest_v), soc(after_v)];
    const capacity_ah = capacityFrom(dischargedAh(facts), soc1_pct, soc2_pct);
    return {
      name,
      sensor: faults.some((fault) => fault.name === name && fault.kind === 'sensor'),
      soc1_pct,
      soc2_pct,
      r_mohm: stepResistance(rest_v, step_v, current_a),
      capacity_ah,
      left_ah: chargeLeft(capacity_ah, soc2_pct),
    };
  });
}
