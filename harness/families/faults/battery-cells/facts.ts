import * as z from 'zod';
import type { Random } from '../../../core/random.ts';
import { type OcvPoint, ocvAt } from '../../../engineering/faults/equipment/battery-cells.ts';
import { estimates } from './estimates.ts';

export const batteryCellsParams = z.strictObject({
  cells: z.tuple([z.int().min(6).max(24), z.int().min(6).max(24)]),
  faulty: z.int().min(1).max(4),
});
export type BatteryCellsParams = z.infer<typeof batteryCellsParams>;

const CELL_FAULTS = ['high_resistance', 'low_capacity', 'self_discharge', 'sensor'] as const;
export type CellFault = (typeof CELL_FAULTS)[number];

/** What the monitor read of a cell: V at four moments, °C at the end of the discharge. */
export interface CellRow {
  name: string;
  rest_v: number;
  step_v: number;
  end_v: number;
  after_v: number;
  temp_c: number;
}

export interface BatteryCellsFacts {
  rated_ah: number;
  current_a: number;
  minutes: number;
  ocv: OcvPoint[];
  /** By a meter of its own at the terminals of the module, at the same four moments, V. */
  module_v: { rest: number; step: number; end: number; after: number };
  rows: CellRow[];
  faults: { name: string; kind: CellFault }[];
}

/** Drawn again until the cell that ends the discharge leads by a margin. */
export function drawBatteryCells({ cells, faulty }: BatteryCellsParams, random: Random): BatteryCellsFacts {
  for (let attempt = 0; attempt < 200; attempt++) {
    const facts = attemptFacts(cells, faulty, random.fork(`attempt ${attempt}`));
    if (facts && isClear(facts)) return facts;
  }
  throw new RangeError('battery-cells: no draw is clear');
}

/** A nickel-manganese-cobalt cell, steep enough everywhere to be read to a few per cent by its rest voltage. */
const SHAPE = [3.22, 3.45, 3.55, 3.605, 3.65, 3.705, 3.78, 3.87, 3.965, 4.065, 4.185];

interface Cell {
  soc: number;
  capacity: number;
  r_mohm: number;
  offset: number;
}

function attemptFacts(
  [fewest, most]: BatteryCellsParams['cells'],
  faulty: number,
  random: Random,
): BatteryCellsFacts | undefined {
  const lift = random.range(-0.02, 0.02, 0.005);
  const ocv = SHAPE.map((v, i) => ({ soc_pct: 10 * i, v: Number((v + lift).toFixed(3)) }));
  const rated_ah = random.pick([100, 120, 150, 180, 240]);
  const current_a = rated_ah / 2;
  const minutes = random.range(60, 78, 2);
  const names = Array.from({ length: random.int(fewest, Math.max(fewest, most)) }, (_, i) => `C${i + 1}`);
  const kinds = random.sample(CELL_FAULTS, faulty);
  const where = random.sample(names, faulty);
  // What a full cell still holds after four weeks: two to four per cent are lost to itself and to the monitor.
  const charged = random.range(96, 98, 0.5);
  const r_mohm = (110 / rated_ah) * random.range(0.85, 1.15, 0.05);
  const kindOf = new Map(where.map((name, i) => [name, kinds[i] as CellFault]));
  const cells = names.map((name) => drawCell(kindOf.get(name), { charged, rated_ah, r_mohm }, random));
  const charge = (current_a * minutes) / 60;
  if (cells.some((cell) => cell.soc - (100 * charge) / cell.capacity < 4)) return undefined;
  const readings = cells.map((cell) => readCell(cell, ocv, current_a, charge, random));
  const total = (key: 'rest_v' | 'step_v' | 'end_v' | 'after_v') =>
    Number(readings.reduce((sum, { true_v }) => sum + true_v[key], 0).toFixed(3));
  return {
    rated_ah,
    current_a,
    minutes,
    ocv,
    module_v: { rest: total('rest_v'), step: total('step_v'), end: total('end_v'), after: total('after_v') },
    rows: readings.map(({ shown }, i) => ({ name: names[i] as string, ...shown })),
    faults: names.flatMap((name) => {
      const kind = kindOf.get(name);
      return kind ? [{ name, kind }] : [];
    }),
  };
}

function drawCell(
  kind: CellFault | undefined,
  { charged, rated_ah, r_mohm }: { charged: number; rated_ah: number; r_mohm: number },
  random: Random,
): Cell {
  const near = (share: number) => 1 + share * (2 * random.uniform() - 1);
  const cell: Cell = {
    soc: charged + 0.6 * (2 * random.uniform() - 1),
    capacity: rated_ah * 0.97 * near(0.01),
    r_mohm: r_mohm * near(0.05),
    offset: 0,
  };
  switch (kind) {
    case 'high_resistance':
      return { ...cell, r_mohm: cell.r_mohm * random.range(1.7, 2.6, 0.1) };
    case 'low_capacity':
      return { ...cell, capacity: cell.capacity * random.range(0.8, 0.9, 0.01) };
    case 'self_discharge':
      return { ...cell, soc: cell.soc - random.range(7, 14, 0.5) };
    case 'sensor':
      return { ...cell, offset: random.pick([-1, 1]) * random.range(0.025, 0.06, 0.001) };
    case undefined:
      return cell;
  }
}

function readCell(cell: Cell, ocv: readonly OcvPoint[], current_a: number, charge: number, random: Random) {
  const drop = (current_a * cell.r_mohm) / 1000;
  const soc2 = cell.soc - (100 * charge) / cell.capacity;
  const true_v = {
    rest_v: ocvAt(ocv, cell.soc),
    step_v: ocvAt(ocv, cell.soc) - drop,
    // Diffusion adds to the ohmic drop in a long discharge.
    end_v: ocvAt(ocv, soc2) - 1.3 * drop,
    after_v: ocvAt(ocv, soc2),
  };
  const seen = (v: number) => Number((v + cell.offset).toFixed(3));
  return {
    true_v,
    shown: {
      rest_v: seen(true_v.rest_v),
      step_v: seen(true_v.step_v),
      end_v: seen(true_v.end_v),
      after_v: seen(true_v.after_v),
      // At half the rated current for about an hour: the heat of a cell, and so its rise, goes with its drop.
      temp_c: Math.round((25 + 100 * drop + random.uniform()) * 10) / 10,
    },
  };
}

function isClear(facts: BatteryCellsFacts): boolean {
  const sound = estimates(facts).filter(({ sensor }) => !sensor);
  const least = (pick: (cell: (typeof sound)[number]) => number) => sound.map(pick).sort((a, b) => a - b);
  const [first = 0, second = 0] = least(({ left_ah }) => left_ah);
  return second / first > 1.03;
}
