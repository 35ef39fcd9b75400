import { points } from '../figures.ts';
import { drawGrid, type GridColumn } from '../grid.ts';
import { escapeMarkdown } from '../markdown.ts';
import { sanitiseLine } from '../sanitise.ts';
import type { TableOptions } from '../table.ts';
import type { Compared, Comparison, Flip, NamedDifference } from './compare.ts';
import { intervalText, pText } from './conclude.ts';
import type { Difference } from './difference.ts';

const MOST_ROWS = 12;
const MOST_FLIPS = 10;

/** A comparison for the terminal: the sentence first, then where the difference lies and which samples flipped. */
export function comparisonText(comparison: Comparison, options: TableOptions): string {
  if (comparison.status === 'refused')
    return [
      'These cannot be compared:',
      ...comparison.reasons.map((reason) => `  ${sanitiseLine(reason)}`),
    ].join('\n');
  const { base, next, conclusion, notes } = comparison;
  return [
    sanitiseLine(`${next.model} of ${next.run} against ${base.model} of ${base.run}`),
    sanitiseLine(conclusion),
    ...notes.map((note) => `Note: ${sanitiseLine(note)}.`),
    differenceTable(comparison, options),
    ...flipLines('passed before, not now', comparison.lost),
    ...flipLines('pass now, not before', comparison.won),
  ].join('\n');
}

/** Overall, suites, languages, then the tasks and skills that moved most. */
function linesOf({
  overall,
  suites,
  langs,
  tasks,
  skills,
}: Compared): { name: string; difference: Difference }[] {
  const named = (kind: string, differences: readonly NamedDifference[]) =>
    differences.map((difference) => ({ name: `${kind}${difference.name}`, difference }));
  return [
    { name: 'overall', difference: overall },
    ...(suites.length > 1 ? named('', suites) : []),
    ...(langs.length > 1 ? named('language ', langs) : []),
    ...named('', tasks.slice(0, MOST_ROWS)),
    ...named('skill ', skills.slice(0, MOST_ROWS)),
  ];
}

const COLUMNS: readonly GridColumn[] = [
  { title: '', align: 'left' },
  { title: 'before', align: 'right' },
  { title: 'now', align: 'right' },
  { title: 'change (95 %)', align: 'right' },
  { title: 'p, corrected', align: 'right' },
  { title: 'n', align: 'right' },
  { title: 'lost', align: 'right' },
  { title: 'won', align: 'right' },
];

/** Columns that a narrow terminal goes without, from the right; the change itself is never dropped. */
const FEWEST_COLUMNS = 4;

function cellsOf(name: string, each: Difference): string[] {
  const sign = each.difference > 0 ? '+' : '';
  return [
    name,
    points(each.base),
    points(each.next),
    `${sign}${points(each.difference)} (${intervalText(each.interval)})`,
    pText(each.p_adjusted ?? each.p_value),
    String(each.n),
    String(each.lost),
    String(each.won),
  ];
}

function differenceTable(comparison: Compared, { width, colour }: TableOptions): string {
  const rows = linesOf(comparison).map(({ name, difference }) => cellsOf(name, difference));
  for (let count = COLUMNS.length; ; count--) {
    const drawn = drawGrid(
      COLUMNS.slice(0, count),
      rows.map((cells) => ({ cells: cells.slice(0, count) })),
      colour,
    );
    if (drawn.width <= width || count === FEWEST_COLUMNS) return drawn.text;
  }
}

function flipLines(title: string, flips: readonly Flip[]): string[] {
  if (flips.length === 0) return [];
  const shown = flips.slice(0, MOST_FLIPS).map(({ id, base, next, reason }) => {
    const why = reason === undefined ? '' : `: ${reason}`;
    return `  ${sanitiseLine(`${id} ${points(base)} → ${points(next)}${why}`)}`;
  });
  const more = flips.length - shown.length;
  return [`${flips.length} ${title}:`, ...shown, ...(more > 0 ? [`  and ${more} more`] : [])];
}

/** The same as Markdown, without the list of samples. */
export function comparisonMarkdown(comparison: Comparison): string {
  if (comparison.status === 'refused')
    return `These cannot be compared:\n\n${comparison.reasons.map((reason) => `- ${escapeMarkdown(reason)}`).join('\n')}\n`;
  const line = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(' | ')} |`;
  return [
    escapeMarkdown(comparison.conclusion),
    '',
    line(COLUMNS.map(({ title }) => title)),
    `| ${COLUMNS.map(({ align }) => (align === 'right' ? '---:' : ':---')).join(' | ')} |`,
    ...linesOf(comparison).map(({ name, difference }) => line(cellsOf(name, difference))),
    ...comparison.notes.map((note) => `\n${escapeMarkdown(note)}`),
    '',
  ].join('\n');
}
