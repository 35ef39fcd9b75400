import { type Column, columnsFor, NEVER_DROPPED } from './columns.ts';
import { scoreWithInterval } from './figures.ts';
import { drawGrid } from './grid.ts';
import { notes } from './notes.ts';
import { type Row, rowsOf } from './rows.ts';
import { sanitiseLine, truncate } from './sanitise.ts';
import type { Summary } from './summary.ts';

export interface TableOptions {
  /** Columns of the terminal; Infinity (a pipe) shows everything. */
  width: number;
  colour: boolean;
}

/** A run's models, best first, with notes on what the marks mean and what is missing. */
export function summaryTable(summary: Summary, options: TableOptions): string {
  return scoreTable(rowsOf(summary), options);
}

/** Cuts long names, then drops columns until the table fits, and says which; below that, one short block a model. */
export function scoreTable(rows: readonly Row[], { width, colour }: TableOptions): string {
  if (rows.length === 0) return 'No models.';
  const columns = columnsFor(rows);
  const dropOrder = [...new Set(columns.map(({ priority }) => priority))].sort((a, b) => a - b);
  for (const least of dropOrder)
    for (const labelLength of [60, 30]) {
      const kept = columns.filter(({ priority }) => priority >= least);
      const drawn = draw(kept, rows, { labelLength, colour });
      if (drawn.width <= width) return withNotes(drawn.text, rows, columns, kept);
    }
  const essential = columns.filter(({ priority }) => priority === NEVER_DROPPED);
  return withNotes(blocks(rows, width), rows, columns, essential);
}

function draw(
  columns: readonly Column[],
  rows: readonly Row[],
  { labelLength, colour }: { labelLength: number; colour: boolean },
): { text: string; width: number } {
  const cut = (column: Column, text: string) =>
    column.title === 'model' ? truncate(sanitiseLine(text), labelLength) : text;
  const cells = (row: Row) => columns.map((column) => cut(column, column.cell(row)));
  return drawGrid(
    columns,
    rows.map((row) => ({ cells: cells(row), dim: row.baseline })),
    colour,
  );
}

function blocks(rows: readonly Row[], width: number): string {
  return rows
    .map((row) => {
      const label = `${sanitiseLine(row.label)}${row.baseline ? ' †' : ''}`;
      return `${truncate(label, Math.max(8, width))}\n  ${scoreWithInterval(row.overall)}`;
    })
    .join('\n');
}

function withNotes(
  text: string,
  rows: readonly Row[],
  columns: readonly Column[],
  kept: readonly Column[],
): string {
  const dropped = columns.filter((column) => !kept.includes(column)).map(({ title }) => sanitiseLine(title));
  const more = dropped.length > 0 ? [`not shown at this width: ${dropped.join(', ')}`] : [];
  return [text, ...notes(rows).map(sanitiseLine), ...more].join('\n');
}
