import { columnsFor } from './columns.ts';
import { notes } from './notes.ts';
import { type Row, rowsOf } from './rows.ts';
import { sanitiseLine } from './sanitise.ts';
import type { Summary } from './summary.ts';

/** A run's table as GitHub-flavoured Markdown, for a README or a job summary. */
export function summaryMarkdown(summary: Summary): string {
  return scoreMarkdown(rowsOf(summary));
}

export function scoreMarkdown(rows: readonly Row[]): string {
  const columns = columnsFor(rows);
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    line(columns.map(({ title }) => escapeMarkdown(title))),
    line(columns.map(({ align }) => (align === 'right' ? '---:' : ':---'))),
    ...rows.map((row) => line(columns.map((column) => escapeMarkdown(column.cell(row))))),
    '',
    // A backslash at the end of a line is a line break.
    notes(rows).map(escapeMarkdown).join('\\\n'),
  ].join('\n');
}

/** Text as text on one line of Markdown: no table cell, HTML, code, emphasis, link or image comes of it. */
export function escapeMarkdown(text: string): string {
  return sanitiseLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/[\\`*_[\]|~#!]/g, '\\$&');
}
