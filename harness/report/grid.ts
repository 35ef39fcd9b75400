import { styleText } from 'node:util';
import Table from 'cli-table3';
import { sanitiseLine } from './sanitise.ts';

export interface GridColumn {
  title: string;
  align: 'left' | 'right';
}

export interface GridRow {
  cells: readonly string[];
  dim?: boolean;
}

/** Rules above, below and under the head, and none between cells. */
const RULES = {
  top: '─',
  'top-mid': '─',
  'top-left': '─',
  'top-right': '─',
  bottom: '─',
  'bottom-mid': '─',
  'bottom-left': '─',
  'bottom-right': '─',
  mid: '─',
  'mid-mid': '─',
  'left-mid': '─',
  'right-mid': '─',
  left: '',
  right: '',
  middle: ' ',
};

/** A table for the terminal, its cells sanitised; `width` is that of its lines in columns. */
export function drawGrid(
  columns: readonly GridColumn[],
  rows: readonly GridRow[],
  colour: boolean,
): { text: string; width: number } {
  const style = (format: 'bold' | 'dim', text: string) =>
    colour ? styleText(format, text, { validateStream: false }) : text;
  const table = new Table({
    head: columns.map(({ title }) => style('bold', sanitiseLine(title))),
    colAligns: columns.map(({ align }) => align),
    // The library's own colours would be there whether asked for or not.
    style: { head: [], border: [], compact: true },
    chars: RULES,
  });
  for (const { cells, dim } of rows)
    table.push(cells.map((cell) => (dim ? style('dim', sanitiseLine(cell)) : sanitiseLine(cell))));
  const text = table.toString();
  return { text, width: text.slice(0, text.indexOf('\n')).length };
}
