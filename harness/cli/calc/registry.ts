import type { Calc } from './calc.ts';
import { carbonCalcs } from './carbon.ts';
import { faultCalcs } from './faults.ts';
import { forecastCalcs } from './forecast.ts';
import { gridCalcs } from './grid.ts';
import { optimiseCalcs } from './optimise.ts';
import { systemCalcs } from './system.ts';

/** Every calculation of the terminal, by group. */
export const calcs: readonly Calc[] = [
  ...gridCalcs,
  ...optimiseCalcs,
  ...faultCalcs,
  ...systemCalcs,
  ...forecastCalcs,
  ...carbonCalcs,
];
