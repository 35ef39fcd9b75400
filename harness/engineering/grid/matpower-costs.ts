import type { Fail } from './matpower-error.ts';
import { cell, cellAt, type Table } from './matpower-tables.ts';
import type { Cost, Generator } from './network.ts';

/** What a gencost row gives a generator. */
export type CostRow = Pick<Generator, 'cost' | 'start_up_cost' | 'shut_down_cost'>;

/** No cost was given: an empty polynomial, which is worth 0 at any output. */
const NO_COST: CostRow = { cost: { kind: 'polynomial', coefficients: [] } };

/** Coefficients stand highest power first; leading zeros are padding. */
function polynomial(table: Table, row: number, n: number, fail: Fail): Cost {
  const coefficients = Array.from({ length: n }, (_, k) => cell(table, row, 3 + n - k, fail));
  while (coefficients.length > 1 && coefficients.at(-1) === 0) coefficients.pop();
  return { kind: 'polynomial', coefficients };
}

function piecewise(table: Table, row: number, n: number, fail: Fail): Cost {
  const points = Array.from({ length: n }, (_, k) => ({
    p_mw: cell(table, row, 4 + 2 * k, fail),
    cost: cell(table, row, 5 + 2 * k, fail),
  }));
  return { kind: 'piecewise', points };
}

function costRow(table: Table, row: number, fail: Fail): CostRow {
  const model = cell(table, row, 0, fail);
  const n = cell(table, row, 3, fail);
  const width = (table.rows[row] as { values: number[] }).values.length;
  if (model !== 1 && model !== 2) {
    fail(cellAt(table, row, 0), `cost model ${model} is unknown`, '1 is piecewise linear, 2 polynomial');
  }
  const least = model === 1 ? 2 : 1;
  if (!Number.isInteger(n) || n < least) {
    fail(cellAt(table, row, 3), `a cost of model ${model} needs n of at least ${least}, not ${n}`);
  }
  const needed = 4 + (model === 1 ? 2 * n : n);
  if (width < needed) {
    fail(
      cellAt(table, row, 3),
      `n = ${n} needs ${needed} columns, but the row has ${width}`,
      'n counts points in model 1 and coefficients in model 2',
    );
  }
  const cost = model === 1 ? piecewise(table, row, n, fail) : polynomial(table, row, n, fail);
  const startUp = cell(table, row, 1, fail);
  const shutDown = cell(table, row, 2, fail);
  return {
    cost,
    ...(startUp ? { start_up_cost: startUp } : {}),
    ...(shutDown ? { shut_down_cost: shutDown } : {}),
  };
}

/** One cost for each generator. Twice as many rows is legal: the second half prices reactive power, and is let be. */
export function readCosts(table: Table | undefined, generators: number, fail: Fail): CostRow[] {
  if (!table || table.rows.length === 0) return Array.from({ length: generators }, () => NO_COST);
  if (table.rows.length !== generators && table.rows.length !== 2 * generators) {
    fail(
      table.at,
      `mpc.gencost has ${table.rows.length} rows for ${generators} generators`,
      'one row for each generator, in order (or two, the second half for reactive power)',
    );
  }
  return Array.from({ length: generators }, (_, row) => costRow(table, row, fail));
}
