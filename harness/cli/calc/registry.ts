import type { Calc } from './calc.ts';
import { faultCalcs } from './faults.ts';
import { gridCalcs } from './grid.ts';
import { optimiseCalcs } from './optimise.ts';

/** Every calculation of the terminal, by group. */
export const calcs: readonly Calc[] = [...gridCalcs, ...optimiseCalcs, ...faultCalcs];
