import type { Fail } from './matpower-error.ts';
import type { Token } from './matpower-tokens.ts';
import { type CaseValue, type Cursor, peek, readValue } from './matpower-values.ts';

/** `mpc.bus(:, [PD QD]) = mpc.bus(:, [PD QD]) / 1e3`: how distribution cases say that their tables are not in MW or per unit. */
export interface Rescale {
  table: 'bus' | 'branch';
  columns: string[];
  factor: number | 'per-unit-of-ohms';
  at: number;
}

export interface CaseFields {
  name: string;
  values: Map<string, CaseValue>;
  rescales: Rescale[];
  /** Fields of the struct that are not part of a grid model, by name. */
  ignored: string[];
}

const READ = new Set(['version', 'baseMVA', 'bus', 'gen', 'branch', 'gencost', 'bus_name', 'genfuel']);
const CONTROL = new Set(['if', 'for', 'while', 'switch', 'try', 'parfor']);
const OPEN = new Set(['(', '[', '{']);
const CLOSE = new Set([')', ']', '}']);

/** The tokens of one statement: up to a `;`, `,` or line end that is in no bracket. */
function takeStatement(cursor: Cursor): Token[] {
  const taken: Token[] = [];
  let depth = 0;
  for (;;) {
    const token = peek(cursor);
    if (token.kind === 'end') return taken;
    cursor.index++;
    if (token.kind === 'mark' && OPEN.has(token.text)) depth++;
    if (token.kind === 'mark' && CLOSE.has(token.text)) depth = Math.max(0, depth - 1);
    if (depth === 0 && (token.kind === 'newline' || token.text === ';' || token.text === ',')) return taken;
    taken.push(token);
  }
}

/** Reads `function mpc = name` and gives both names. */
function readHeader(statement: readonly Token[], fail: Fail): { struct: string; name: string } {
  const [, struct, equals, name] = statement;
  if (struct?.text === '[') {
    return fail(
      struct.at,
      'this case returns a list of tables, as case format version 1 does',
      "save it as version 2 (mpc.version = '2'), for example with savecase",
    );
  }
  if (struct?.kind !== 'word' || equals?.text !== '=' || name?.kind !== 'word') {
    return fail(
      statement[0]?.at ?? 0,
      'this is not the header of a case file',
      'it reads: function mpc = name',
    );
  }
  return { struct: struct.text, name: name.text };
}

const SCALE = /^mpc\.(bus|branch)\(:,(?:(\w+)|\[([\w,]+)\])\)=mpc\.\1\(:,(?:\2|\[\3\])\)([*/])(.+)$/;
const OHM_BASE = /^\(Vbase\^2\/Sbase\)$/;

/** Recognises a change of units by its wording alone; `Vbase` and `Sbase` are checked by `checkBases`. */
function readRescale(statement: readonly Token[], struct: string): Rescale | undefined {
  const text = statement
    .map((token, i) => {
      const gap = token.spaced && token.kind === 'word' && statement[i - 1]?.kind === 'word' ? ',' : '';
      return (
        gap + (token.text.startsWith(`${struct}.`) ? `mpc${token.text.slice(struct.length)}` : token.text)
      );
    })
    .join('');
  const found = SCALE.exec(text);
  if (!found) return undefined;
  const [, table, one, many, operator, factor] = found as unknown as [string, 'bus' | 'branch', ...string[]];
  const columns = one ? [one] : (many as string).split(',');
  const at = (statement[0] as Token).at;
  if (operator === '/' && OHM_BASE.test(factor as string))
    return { table, columns, factor: 'per-unit-of-ohms', at };
  const number = Number(factor);
  if (!Number.isFinite(number) || number === 0) return undefined;
  return { table, columns, factor: operator === '/' ? 1 / number : number, at };
}

const BASES: ReadonlyMap<string, RegExp> = new Map([
  ['Vbase', /^mpc\.bus\(1,BASE_KV\)\*1e3$/],
  ['Sbase', /^mpc\.baseMVA\*1e6$/],
]);

/** Refuses a `Vbase` or `Sbase` of another meaning than the one `Rescale` gives it. */
function checkBases(statement: readonly Token[], fail: Fail): void {
  const [name, ...rest] = statement as [Token, ...Token[]];
  const meant = BASES.get(name.text);
  const right = rest
    .slice(1)
    .map((token) => token.text)
    .join('');
  if (meant && !meant.test(right)) {
    fail(
      name.at,
      `${name.text} is computed in a way that is not known here`,
      'write impedances in per unit instead',
    );
  }
}

/** A statement that is no plain `mpc.field = literal`: harmless, a change of units, or refused since it would alter the tables. */
function readOther(statement: readonly Token[], struct: string, fields: CaseFields, fail: Fail): void {
  const first = statement[0];
  if (!first) return;
  if (CONTROL.has(first.text)) {
    fail(
      first.at,
      `"${first.text}" is code, and no code in a case file is run`,
      'save the case with savecase',
    );
  }
  checkBases(statement, fail);
  const equals = statement.findIndex((token) => token.text === '=');
  const owns = (token: Token) => token.text === struct || token.text.startsWith(`${struct}.`);
  const target = statement.slice(0, Math.max(equals, 0)).find(owns);
  if (!target) return;
  const rescale = readRescale(statement, struct);
  if (rescale) fields.rescales.push(rescale);
  else if (target.text === struct || READ.has(target.text.slice(struct.length + 1).split('.')[0] as string)) {
    fail(
      target.at,
      `this statement computes ${target.text}, and no code in a case file is run`,
      'save the case with savecase, so that the file holds the finished tables',
    );
  }
}

/** True, with the field read, where the next statement is `mpc.field = literal` of a field that makes the grid. */
function readField(cursor: Cursor, struct: string, fields: CaseFields, fail: Fail): boolean {
  const name = peek(cursor);
  if (name.kind !== 'word' || !name.text.startsWith(`${struct}.`) || peek(cursor, 1).text !== '=')
    return false;
  const field = name.text.slice(struct.length + 1);
  if (!READ.has(field)) {
    takeStatement(cursor);
    fields.ignored.push(field);
    return true;
  }
  if (fields.values.has(field)) {
    fail(
      name.at,
      `${name.text} is given a second time`,
      'keep one of the two: the second would replace the first',
    );
  }
  cursor.index += 2;
  fields.values.set(field, readValue(cursor, fail));
  const after = peek(cursor);
  if (after.kind !== 'newline' && after.kind !== 'end' && after.text !== ';' && after.text !== ',') {
    fail(
      after.at,
      `"${after.text}" after the value makes ${name.text} an expression`,
      'write the finished value: no code in a case file is run',
    );
  }
  return true;
}

/** Collects what a case file says, by field of its struct. */
export function readStatements(tokens: readonly Token[], fail: Fail): CaseFields {
  const cursor: Cursor = { tokens, index: 0 };
  const fields: CaseFields = { name: '', values: new Map(), rescales: [], ignored: [] };
  let struct = 'mpc';
  while (peek(cursor).kind !== 'end') {
    const token = peek(cursor);
    if (token.kind === 'newline' || token.text === ';' || token.text === ',') cursor.index++;
    else if (token.text === 'function') {
      if (fields.name) break; // A local function below the case: not part of it.
      ({ struct, name: fields.name } = readHeader(takeStatement(cursor), fail));
    } else if (!readField(cursor, struct, fields, fail)) {
      readOther(takeStatement(cursor), struct, fields, fail);
    }
  }
  return fields;
}
