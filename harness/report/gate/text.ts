import { intervalText } from '../compare/conclude.ts';
import { points } from '../figures.ts';
import { drawGrid, type GridColumn } from '../grid.ts';
import { escapeMarkdown } from '../markdown.ts';
import { sanitise, sanitiseLine } from '../sanitise.ts';
import type { TableOptions } from '../table.ts';
import type { Gated, GateResult } from './gate.ts';

const COLUMNS: readonly GridColumn[] = [
  { title: 'gate', align: 'left' },
  { title: 'verdict', align: 'left' },
  { title: 'change (95 %)', align: 'right' },
  { title: 'margin', align: 'right' },
];

interface Line {
  name: string;
  verdict: string;
  change: string;
  margin: string;
  reason: string;
}

function linesOf({ suites, hard, missing }: Gated): Line[] {
  return [
    ...suites.map(({ name, verdict, reason, margin, difference: { difference, interval } }) => ({
      name,
      verdict,
      change: `${points(difference)} (${intervalText(interval)})`,
      margin: points(margin),
      reason,
    })),
    ...missing.map((name) => ({
      name,
      verdict: 'inconclusive',
      change: '',
      margin: '',
      reason: 'no sample has a score on both sides',
    })),
    ...hard.map(({ name, verdict, reason }) => ({
      name: `${name} (hard)`,
      verdict,
      change: '',
      margin: '',
      reason,
    })),
  ];
}

const cells = ({ name, verdict, change, margin }: Line) => [name, verdict, change, margin];

const title = ({ verdict, comparison: { base, next } }: Gated) =>
  `${verdict.toUpperCase()}: ${next.model} of ${next.run} against ${base.model} of ${base.run}`;

/** A gate's verdict for the terminal, with a reason for everything that did not pass. */
export function gateText(result: GateResult, { colour }: TableOptions): string {
  if (result.status === 'refused')
    return [
      'The gate cannot compare these:',
      ...result.reasons.map((reason) => `  ${sanitiseLine(reason)}`),
    ].join('\n');
  const lines = linesOf(result);
  return [
    sanitiseLine(title(result)),
    drawGrid(
      COLUMNS,
      lines.map((line) => ({ cells: cells(line), dim: line.verdict === 'pass' })),
      colour,
    ).text,
    ...lines
      .filter(({ verdict }) => verdict !== 'pass')
      .map(({ name, reason }) => sanitiseLine(`${name}: ${reason}.`)),
  ].join('\n');
}

/** For a job summary. */
export function gateMarkdown(result: GateResult): string {
  if (result.status === 'refused')
    return `### Gate refused\n\n${result.reasons.map((reason) => `- ${escapeMarkdown(reason)}`).join('\n')}\n`;
  const row = (texts: readonly string[]) => `| ${texts.map(escapeMarkdown).join(' | ')} |`;
  return [
    `### ${escapeMarkdown(title(result))}`,
    '',
    row([...COLUMNS.map((column) => column.title), 'reason']),
    `| ${[...COLUMNS.map(({ align }) => (align === 'right' ? '---:' : ':---')), ':---'].join(' | ')} |`,
    ...linesOf(result).map((line) => row([...cells(line), line.reason])),
    '',
    escapeMarkdown(result.comparison.conclusion),
    '',
  ].join('\n');
}

/** GitHub workflow commands, one for each gate that did not pass; to print only where GITHUB_ACTIONS is set. */
export function gateAnnotations(result: GateResult): string[] {
  if (result.status === 'refused')
    return result.reasons.map((reason) => command('error', 'gate refused', reason));
  return linesOf(result)
    .filter(({ verdict }) => verdict !== 'pass')
    .map(({ name, verdict, reason }) =>
      command(verdict === 'regressed' ? 'error' : 'warning', `${name} ${verdict}`, reason),
    );
}

function command(level: 'error' | 'warning', name: string, message: string): string {
  const data = (text: string) =>
    sanitise(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  // A property ends at a comma, and the list of them at the next double colon.
  const property = (text: string) => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::${level} title=${property(name)}::${data(message)}`;
}
