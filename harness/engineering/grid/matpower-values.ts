import type { Fail } from './matpower-error.ts';
import type { Token } from './matpower-tokens.ts';

/** A row of a matrix: its numbers, and where each stands in the text. */
export interface Row {
  values: number[];
  offsets: number[];
}

export type CaseValue =
  | { kind: 'number'; value: number; at: number }
  | { kind: 'string'; value: string; at: number }
  | { kind: 'matrix'; rows: Row[]; at: number }
  | { kind: 'cells'; values: (string | number)[]; at: number };

/** A walk over tokens. */
export interface Cursor {
  readonly tokens: readonly Token[];
  index: number;
}

export const peek = (cursor: Cursor, ahead = 0): Token =>
  cursor.tokens[Math.min(cursor.index + ahead, cursor.tokens.length - 1)] as Token;

const NAMED_NUMBERS: ReadonlyMap<string, number> = new Map([
  ['inf', Number.POSITIVE_INFINITY],
  ['nan', Number.NaN],
]);

const isMark = (token: Token, text: string) => token.kind === 'mark' && token.text === text;

/** A number with its sign, or undefined where none stands. MATLAB also writes the exponent with a d. */
function readNumber(cursor: Cursor): number | undefined {
  const first = peek(cursor);
  const signed = isMark(first, '-') || isMark(first, '+');
  const token = signed ? peek(cursor, 1) : first;
  if (signed && token.spaced) return undefined;
  const value =
    token.kind === 'number'
      ? Number(token.text.replace(/[dD]/, 'e'))
      : token.kind === 'word'
        ? NAMED_NUMBERS.get(token.text.toLowerCase())
        : undefined;
  if (value === undefined) return undefined;
  cursor.index += signed ? 2 : 1;
  return signed && first.text === '-' ? -value : value;
}

const NO_CODE = 'a case file is data here and no code in it is run: write the number itself';

function readMatrix(cursor: Cursor, fail: Fail): CaseValue {
  const open = peek(cursor);
  const rows: Row[] = [];
  let row: Row = { values: [], offsets: [] };
  const endRow = () => {
    if (row.values.length > 0) rows.push(row);
    row = { values: [], offsets: [] };
  };
  cursor.index++;
  // Elements need a blank or a comma between them; without, `1-2` would be read as two numbers instead of one difference.
  let glued = false;
  for (;;) {
    const token = peek(cursor);
    const nextStatement = token.kind === 'word' && isMark(peek(cursor, 1), '=');
    if (token.kind === 'end' || nextStatement) {
      return fail(open.at, 'this matrix is never closed', 'end it with ];');
    }
    if (isMark(token, ']')) break;
    if (token.kind === 'newline' || isMark(token, ';') || isMark(token, ',')) {
      cursor.index++;
      if (token.text !== ',') endRow();
      glued = false;
      continue;
    }
    const value = glued && !token.spaced ? undefined : readNumber(cursor);
    if (value === undefined)
      return fail(token.at, `"${token.text}" is not a number that stands alone`, NO_CODE);
    row.values.push(value);
    row.offsets.push(token.at);
    glued = true;
  }
  cursor.index++;
  endRow();
  return { kind: 'matrix', rows, at: open.at };
}

function readCells(cursor: Cursor, fail: Fail): CaseValue {
  const open = peek(cursor);
  const values: (string | number)[] = [];
  cursor.index++;
  for (;;) {
    const token = peek(cursor);
    if (token.kind === 'end') return fail(open.at, 'this cell array is never closed', 'end it with };');
    if (isMark(token, '}')) break;
    if (token.kind === 'string') values.push(token.text);
    else if (token.kind !== 'newline' && !isMark(token, ';') && !isMark(token, ',')) {
      const value = readNumber(cursor);
      if (value === undefined)
        return fail(token.at, `"${token.text}" is neither a text nor a number`, NO_CODE);
      values.push(value);
      continue;
    }
    cursor.index++;
  }
  cursor.index++;
  return { kind: 'cells', values, at: open.at };
}

/** One literal: a number, a text, a matrix of numbers or a cell array. Anything that would have to be computed is refused. */
export function readValue(cursor: Cursor, fail: Fail): CaseValue {
  const token = peek(cursor);
  if (isMark(token, '[')) return readMatrix(cursor, fail);
  if (isMark(token, '{')) return readCells(cursor, fail);
  if (token.kind === 'string') {
    cursor.index++;
    return { kind: 'string', value: token.text, at: token.at };
  }
  const value = readNumber(cursor);
  if (value === undefined) return fail(token.at, `"${token.text}" is not a number, text or matrix`, NO_CODE);
  return { kind: 'number', value, at: token.at };
}
