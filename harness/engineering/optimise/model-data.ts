import type { ModelData } from 'highs';
import type { Model } from './model.ts';

/** Compressed rows; several terms of a row on one column are added up, as the solver refuses duplicates. */
export function toModelData(model: Model): ModelData {
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const row of model.rows) {
    const sums = new Map<number, number>();
    for (const [column, value] of row.terms) sums.set(column, (sums.get(column) ?? 0) + value);
    for (const [column, value] of sums) {
      if (value === 0) continue;
      indices.push(column);
      values.push(value);
    }
    starts.push(indices.length);
  }
  const { columns, rows, offset } = model;
  return {
    numCols: columns.length,
    numRows: rows.length,
    offset,
    colCost: columns.map((column) => column.cost),
    colLower: columns.map((column) => column.lower),
    colUpper: columns.map((column) => column.upper),
    rowLower: rows.map((row) => row.lower),
    rowUpper: rows.map((row) => row.upper),
    matrix: { format: 'csr', numRows: rows.length, numCols: columns.length, starts, indices, values },
    ...(columns.some((column) => column.integer)
      ? { integrality: columns.map((column) => (column.integer ? 1 : 0)) }
      : {}),
    ...(columns.some((column) => column.square_cost) ? { hessian: diagonal(columns) } : {}),
  };
}

/** HiGHS minimises ½ xᵀQx, hence the doubled diagonal. */
function diagonal(columns: Model['columns']): NonNullable<ModelData['hessian']> {
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  columns.forEach((column, j) => {
    if (column.square_cost) {
      indices.push(j);
      values.push(2 * column.square_cost);
    }
    starts.push(indices.length);
  });
  return { format: 'triangular', dimension: columns.length, starts, indices, values };
}
