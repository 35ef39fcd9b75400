import { compact, money, points, UNKNOWN } from '../figures.ts';
import { drawGrid, type GridColumn } from '../grid.ts';
import type { TableOptions } from '../table.ts';
import type { PlanRow } from './plan.ts';
import type { VarianceEstimate } from './variance.ts';

export interface Plan {
  variance: VarianceEstimate;
  power: number;
  alpha: number;
  rows: readonly PlanRow[];
  detectable_now: readonly { epochs: number; difference: number }[];
}

const COLUMNS: readonly GridColumn[] = [
  { title: 'difference', align: 'right' },
  { title: 'epochs', align: 'right' },
  { title: 'samples', align: 'right' },
  { title: 'requests', align: 'right' },
  { title: 'cost', align: 'right' },
];

/** A plan for the terminal: what these samples can find, what it takes to find more, and what was assumed. */
export function planText(
  { variance, power, alpha, rows, detectable_now }: Plan,
  { colour }: TableOptions,
): string {
  const now = detectable_now.map(
    ({ epochs, difference }) => `${points(difference)} points with ${epochs} epoch${epochs === 1 ? '' : 's'}`,
  );
  const table = drawGrid(
    COLUMNS,
    rows.map(({ difference, epochs, samples, attempts, cost }) => ({
      cells: [
        `${points(difference)} points`,
        String(epochs),
        String(samples),
        compact(attempts),
        cost ? money({ ...cost, spent: cost.amount, complete: true }) : UNKNOWN,
      ],
    })),
    colour,
  );
  return [
    `The ${variance.samples} samples of that run find ${now.join(', ')} (${points(power)} % power, level ${points(alpha)} %).`,
    table.text,
    'Requests and cost are of one model.',
    ...(variance.repeated
      ? []
      : ['That run asked each sample once, so noise between epochs is unknown and epochs show no gain.']),
    ...(variance.assumedCorrelation === undefined
      ? []
      : [
          `Assumed: two models' scores correlate by ${variance.assumedCorrelation}; name a second side to know.`,
        ]),
  ].join('\n');
}
