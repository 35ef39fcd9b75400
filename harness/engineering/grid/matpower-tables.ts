import type { Fail } from './matpower-error.ts';
import type { CaseValue, Row } from './matpower-values.ts';

export interface Table {
  name: string;
  rows: Row[];
  at: number;
}

/** Names of the leading columns, as the MATPOWER manual's appendix B numbers them. */
export const COLUMNS = {
  bus: ['bus number', 'type', 'Pd', 'Qd', 'Gs', 'Bs', 'area', 'Vm', 'Va', 'baseKV', 'zone', 'Vmax', 'Vmin'],
  gen: ['bus', 'Pg', 'Qg', 'Qmax', 'Qmin', 'Vg', 'mBase', 'status', 'Pmax', 'Pmin'],
  branch: ['from bus', 'to bus', 'r', 'x', 'b', 'rateA', 'rateB', 'rateC', 'ratio', 'angle', 'status'],
  gencost: ['model', 'startup', 'shutdown', 'n'],
} as const;

/** A field that must be a matrix with at least the named columns, each row as long as the first. Further columns are let be. */
export function readTable(name: keyof typeof COLUMNS, value: CaseValue, fail: Fail): Table {
  if (value.kind !== 'matrix') {
    return fail(
      value.at,
      `mpc.${name} must be a matrix, not a ${value.kind}`,
      'write it as [ row; row; … ];',
    );
  }
  const least = COLUMNS[name].length;
  const width = value.rows[0]?.values.length ?? least;
  value.rows.forEach((row, i) => {
    const count = row.values.length;
    const at = row.offsets[0] as number;
    if (count < least) {
      fail(
        at,
        `row ${i + 1} of mpc.${name} has ${count} columns, but needs at least ${least}`,
        `the columns are ${COLUMNS[name].join(', ')}`,
      );
    }
    if (count !== width) {
      fail(
        at,
        `row ${i + 1} of mpc.${name} has ${count} columns where the first row has ${width}`,
        'give all rows the same columns; rows end with ; or a line break',
      );
    }
  });
  return { name, rows: value.rows, at: value.at };
}

/** The number in a column of a row. @throws where it is NaN, or infinite unless that is allowed */
export function cell(
  table: Table,
  row: number,
  column: number,
  fail: Fail,
  infinite: 'finite' | 'may-be-infinite' = 'finite',
): number {
  const { values, offsets } = table.rows[row] as Row;
  const value = values[column] as number;
  if (Number.isFinite(value) || (infinite === 'may-be-infinite' && !Number.isNaN(value))) return value;
  const name = (COLUMNS[table.name as keyof typeof COLUMNS] as readonly string[])[column];
  return fail(
    offsets[column] as number,
    `${name ?? `column ${column + 1}`} of row ${row + 1} of mpc.${table.name} is ${value}`,
    'give a finite number',
  );
}

export const cellAt = (table: Table, row: number, column: number): number =>
  (table.rows[row] as Row).offsets[column] as number;
