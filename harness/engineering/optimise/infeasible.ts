import type { Column, Model, NoOptimum, Optimum, Relaxation, Row, Term } from './model.ts';

type Run = (model: Model) => Optimum | 'infeasible' | 'unbounded';

/**
 * Which constraints cannot all hold, by elastic relaxation: every row may be broken at a price of 1 per unit, and
 * the cheapest way of breaking them names the reason. Definitions and column bounds stay firm unless the model
 * is contradictory without the rest. Ties are possible: another set of rows may explain the same model as well.
 */
export function explainInfeasible(model: Model, run: Run): NoOptimum {
  const relaxations = relax(model, run, false) ?? relax(model, run, true) ?? [];
  const constraints = relaxations.map(({ constraint }) => constraint);
  const reason = relaxations.length
    ? `cannot hold together; least violation: ${relaxations
        .slice(0, 5)
        .map(({ constraint, by }) => `${constraint} by ${Number(by.toPrecision(6))}`)
        .join(', ')}${relaxations.length > 5 ? `, and ${relaxations.length - 5} more` : ''}`
    : 'the constraints cannot hold together';
  return { status: 'infeasible', reason, constraints, relaxations };
}

function relax(model: Model, run: Run, everything: boolean): Relaxation[] | undefined {
  const columns: Column[] = model.columns.map((column) => ({ ...column, cost: 0, square_cost: 0 }));
  const slacks: { column: number; constraint: string }[] = [];
  const slack = (constraint: string): number => {
    const column = columns.push({ name: constraint, lower: 0, upper: Infinity, cost: 1 }) - 1;
    slacks.push({ column, constraint });
    return column;
  };
  const rows: Row[] = model.rows.flatMap((row) =>
    row.definition && !everything ? [row] : elastic(row, slack),
  );
  if (everything) {
    model.columns.forEach((column, j) => {
      if (column.lower === -Infinity && column.upper === Infinity) return;
      columns[j] = { ...columns[j], lower: -Infinity, upper: Infinity };
      const { name, lower, upper } = column;
      rows.push(...elastic({ name, lower, upper, terms: [[j, 1]] }, slack));
    });
  }
  const outcome = run({ columns, rows, offset: 0 });
  if (typeof outcome === 'string') return undefined;
  const byName = new Map<string, number>();
  for (const { column, constraint } of slacks) {
    const by = outcome.x[column];
    if (by > 1e-7) byName.set(constraint, (byName.get(constraint) ?? 0) + by);
  }
  return [...byName].map(([constraint, by]) => ({ constraint, by })).sort((a, b) => b.by - a.by);
}

function elastic(row: Row, slack: (constraint: string) => number): Row[] {
  const { name, lower, upper } = row;
  const below: Term[] = lower > -Infinity ? [[slack(name), 1]] : [];
  const above: Term[] = upper < Infinity ? [[slack(name), -1]] : [];
  if (lower <= upper) return [{ ...row, terms: [...row.terms, ...below, ...above] }];
  // A limit above its own opposite needs a row for each side, or no slack could save it.
  return [
    { ...row, upper: Infinity, terms: [...row.terms, ...below] },
    { ...row, lower: -Infinity, terms: [...row.terms, ...above] },
  ];
}

/**
 * Which variables run away: the steepest descent inside the unit box of the recession cone
 * (A d within 0 on every bounded side), where a square cost forbids any movement.
 */
export function explainUnbounded(model: Model, run: Run): NoOptimum {
  const cone = (lower: number, upper: number) => ({
    lower: lower > -Infinity ? 0 : -1,
    upper: upper < Infinity ? 0 : 1,
  });
  const ray = run({
    offset: 0,
    columns: model.columns.map((column) => ({
      name: column.name,
      cost: column.cost,
      ...(column.square_cost ? { lower: 0, upper: 0 } : cone(column.lower, column.upper)),
    })),
    rows: model.rows.map((row) => ({
      ...row,
      lower: row.lower > -Infinity ? 0 : -Infinity,
      upper: row.upper < Infinity ? 0 : Infinity,
    })),
  });
  const runaway =
    typeof ray === 'string'
      ? []
      : model.columns.filter((_, j) => Math.abs(ray.x[j]) > 1e-7).map(({ name }) => name);
  return {
    status: 'unbounded',
    reason: `cost falls without limit${runaway.length ? ` along ${runaway.slice(0, 5).join(', ')}` : ''}`,
    constraints: runaway,
    relaxations: [],
  };
}
