import type { Model, Optimum } from './model.ts';

/**
 * The same model in units that make its coefficients alike: x_j = s_j x'_j and row i times r_i, by a few rounds of
 * geometric means. Factors are powers of two, so that nothing is rounded on the way there and back.
 */
export function scaled(model: Model): { model: Model; restore(optimum: Optimum): Optimum } {
  const r = new Float64Array(model.rows.length).fill(1);
  const s = new Float64Array(model.columns.length).fill(1);
  for (let round = 0; round < 3; round++) {
    model.rows.forEach(({ terms }, i) => {
      r[i] = 1 / middle(terms.map(([j, a]) => Math.abs(a) * s[j]));
    });
    const logs = model.columns.map((): number[] => []);
    model.rows.forEach(({ terms }, i) => {
      for (const [j, a] of terms) logs[j].push(Math.abs(a) * r[i]);
    });
    logs.forEach((sizes, j) => {
      s[j] = 1 / middle(sizes);
    });
  }
  const even: Model = {
    offset: model.offset,
    columns: model.columns.map((column, j) => ({
      ...column,
      lower: column.lower / s[j],
      upper: column.upper / s[j],
      cost: column.cost * s[j],
      ...(column.square_cost ? { square_cost: column.square_cost * s[j] * s[j] } : {}),
    })),
    rows: model.rows.map((row, i) => ({
      ...row,
      lower: row.lower * r[i],
      upper: row.upper * r[i],
      terms: row.terms.map(([j, a]) => [j, a * r[i] * s[j]] as const),
    })),
  };
  const restore = (optimum: Optimum): Optimum => ({
    ...optimum,
    x: optimum.x.map((x, j) => x * s[j]),
    row_dual: optimum.row_dual.map((y, i) => y * r[i]),
    column_dual: optimum.column_dual.map((z, j) => z / s[j]),
  });
  return { model: even, restore };
}

/** Geometric mean of the least and greatest size, as a power of two; 1 where there is nothing to scale. */
function middle(sizes: readonly number[]): number {
  let [least, most] = [Number.POSITIVE_INFINITY, 0];
  for (const size of sizes) {
    if (size === 0) continue;
    least = Math.min(least, size);
    most = Math.max(most, size);
  }
  return most > 0 ? 2 ** Math.round(Math.log2(Math.sqrt(least) * Math.sqrt(most))) : 1;
}
