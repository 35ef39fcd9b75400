import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { UserError } from '../../core/errors.ts';
import { LANGS, type Lang } from '../../core/lang.ts';
import {
  chooseAnswer,
  convert,
  parseUnit,
  type Quantity,
  readQuantities,
  type Unit,
} from '../../quantities/index.ts';
import { drawGrid, type GridColumn } from '../../report/grid.ts';
import { sanitiseLine, truncate } from '../../report/sanitise.ts';
import type { ReadFlags } from '../commands/read.ts';
import type { Io } from '../io.ts';

/** One quantity as `wattmark read --json` prints it: offsets in UTF-16 units, `value`, `low` and `high` in `unit`. */
export interface ReadEntry {
  text: string;
  start: number;
  end: number;
  kind: Quantity['kind'];
  value: number | null;
  low: number | null;
  high: number | null;
  unit: string;
  dimension: string;
  approximate: boolean;
  /** Members of a list, in their order. */
  values?: readonly number[];
  /** The same in the unit asked for, where it converts. */
  in?: { value: number | null; low?: number | null; high?: number | null; unit: string };
}

export interface ReadResult {
  quantities: ReadEntry[];
  /** Index of what would be taken as the answer; null where nothing clearly is. */
  answer: number | null;
}

interface Asked {
  unit: Unit | undefined;
  lang: Lang | undefined;
}

export function read(text: string | undefined, flags: ReadFlags, io: Io): void {
  const asked = { unit: unitOf(flags.unit), lang: langOf(flags.lang) };
  if (flags.file !== undefined) {
    if (text !== undefined) throw new UserError('a text and --file were both given', 'give one of them');
    for (const line of lines(flags.file, io)) io.out(`${JSON.stringify(examine(line, asked).result)}\n`);
    return;
  }
  if (text === undefined) {
    throw new UserError(
      'no text was given',
      'wattmark read "<text>", or --file for many, or - for standard input',
    );
  }
  const { result, told } = examine(text === '-' ? io.stdin() : text, asked);
  io.out(flags.json ? `${JSON.stringify(result)}\n` : `${table(result, told, io)}\n`);
}

function unitOf(spelling: string | undefined): Unit | undefined {
  if (spelling === undefined) return undefined;
  const unit = parseUnit(spelling);
  if (unit) return unit;
  throw new UserError(
    `--unit: "${sanitiseLine(truncate(spelling, 40))}" is not a unit`,
    'write it as in MW, kWh, $/MWh, 元/兆瓦时, kgCO2/kWh, % (case matters: MW is not mW)',
  );
}

function langOf(lang: string | undefined): Lang | undefined {
  const known = LANGS.find((one) => one === lang);
  if (lang !== undefined && !known)
    throw new UserError(`--lang: "${sanitiseLine(truncate(lang, 40))}" is not a language`, 'en or zh');
  return known;
}

function lines(file: string, { cwd }: Io): string[] {
  let text: string;
  try {
    text = readFileSync(resolve(cwd, file), 'utf8');
  } catch (error) {
    throw new UserError(
      `${file}: ${error instanceof Error ? error.message : String(error)}`,
      '--file takes a text file',
    );
  }
  const found = text.replace(/^\ufeff/, '').split(/\r?\n/);
  if (found[found.length - 1] === '') found.pop();
  return found;
}

/** What is read in a text. Dates, times of day, step numbers and names of things are no quantities, and are left out. */
export function examine(text: string, { unit, lang }: Asked): { result: ReadResult; told: string } {
  const own = lang ?? (/[\u4e00-\u9fff]/.test(text) ? 'zh' : 'en');
  const shown = readQuantities(text, { lang: own }).filter(
    ({ role }) => role === 'value' || role === 'ordinal',
  );
  const choice = chooseAnswer(text, { labels: [], lang: own, ...(unit ? { unit } : {}) });
  const chosen = choice.status === 'chosen' ? choice.quantity : undefined;
  const index = shown.findIndex(({ start, end }) => start === chosen?.start && end === chosen.end);
  const quantities = shown.map((quantity) => entryOf(quantity, unit));
  const told = choice.status === 'chosen' ? `chosen by: ${choice.way}` : choice.reason;
  return { result: { quantities, answer: index < 0 ? null : index }, told };
}

function entryOf(quantity: Quantity, asked: Unit | undefined): ReadEntry {
  const { text, start, end, kind, value, low, high, unit, approximate, values } = quantity;
  return {
    text,
    start,
    end,
    kind,
    value,
    low,
    high,
    unit: unit.name,
    dimension: unit.dimension,
    approximate,
    ...(values ? { values } : {}),
    ...(asked ? inUnit(quantity, asked) : {}),
  };
}

function inUnit({ kind, value, low, high, unit }: Quantity, asked: Unit): Pick<ReadEntry, 'in'> {
  if (convert(1, unit, asked) === undefined) return {};
  const into = (x: number | null): number | null => (x === null ? null : (convert(x, unit, asked) ?? null));
  const ends = kind === 'point' ? {} : { low: into(low), high: into(high) };
  return { in: { value: into(value), ...ends, unit: asked.name } };
}

const COLUMNS: readonly GridColumn[] = [
  { title: '', align: 'left' },
  { title: 'text', align: 'left' },
  { title: 'at', align: 'right' },
  { title: 'value', align: 'right' },
  { title: 'unit', align: 'left' },
  { title: 'dimension', align: 'left' },
  { title: 'kind', align: 'left' },
];
const LONGEST_CELL = 40;

function table({ quantities, answer }: ReadResult, told: string, io: Io): string {
  if (quantities.length === 0) return 'no quantity found';
  const converted = quantities.find((entry) => entry.in)?.in;
  const columns = converted
    ? [...COLUMNS, { title: `in ${converted.unit || 'one'}`, align: 'right' as const }]
    : COLUMNS;
  const rows = quantities.map((entry, index) => ({
    cells: [
      index === answer ? '→' : '',
      truncate(entry.text, LONGEST_CELL),
      `${entry.start}-${entry.end}`,
      shown(entry, entry),
      entry.unit,
      entry.dimension,
      entry.kind,
      ...(converted ? [entry.in ? shown(entry, { ...entry, ...entry.in }) : ''] : []),
    ],
  }));
  const verdict = answer === null ? `no answer: ${told}` : `→ the answer, ${told}`;
  return `${drawGrid(columns, rows, io.colour).text}\n${sanitiseLine(verdict)}`;
}

function shown(
  { kind, approximate, values }: ReadEntry,
  { value, low, high }: Pick<ReadEntry, 'value' | 'low' | 'high'>,
): string {
  const about = approximate ? '~' : '';
  if (kind === 'range') return `${about}${figure(low)} to ${figure(high)}`;
  if (kind === 'bound') return low === null ? `≤ ${figure(high)}` : `≥ ${figure(low)}`;
  if (kind === 'list') return truncate((values ?? []).map(figure).join(', '), LONGEST_CELL);
  return about + figure(value);
}

function figure(value: number | null): string {
  return value === null ? '…' : String(Number(value.toPrecision(12)));
}
