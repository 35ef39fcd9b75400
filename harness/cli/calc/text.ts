import { sanitise } from '../../report/sanitise.ts';

/** A calculation's result as plain text: scalars as lines, rows as aligned columns, long lists wrapped. */
export function resultText(result: unknown): string {
  return `${sanitise(render(result, '').join('\n'))}\n`;
}

function render(value: unknown, indent: string): string[] {
  if (Array.isArray(value))
    return value.some(isRecord) ? table(value, indent) : [`${indent}${value.map(scalar).join('  ')}`];
  if (!isRecord(value)) return [`${indent}${scalar(value)}`];
  return Object.entries(value).flatMap(([key, child]) => {
    if (child === undefined) return [];
    if (!Array.isArray(child) && !isRecord(child)) return [`${indent}${key}: ${scalar(child)}`];
    const lines = render(child, `${indent}  `);
    const short = lines.length === 1 && (lines[0] as string).length <= 90 && Array.isArray(child);
    return short ? [`${indent}${key}: ${(lines[0] as string).trim()}`] : [`${indent}${key}:`, ...lines];
  });
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function table(rows: readonly unknown[], indent: string): string[] {
  const keys = [...new Set(rows.flatMap((row) => (isRecord(row) ? Object.keys(row) : [])))];
  const cells = [keys, ...rows.map((row) => keys.map((key) => (isRecord(row) ? scalar(row[key]) : '')))];
  const widths = keys.map((_, column) => Math.max(...cells.map((row) => (row[column] as string).length)));
  return cells.map((row) =>
    `${indent}${row.map((cell, i) => cell.padStart(widths[i] as number)).join('  ')}`.trimEnd(),
  );
}

function scalar(value: unknown): string {
  if (typeof value === 'number')
    return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(7)));
  if (value === undefined || value === null) return '–';
  if (typeof value === 'object') return JSON.stringify(value);
  return String(value);
}
