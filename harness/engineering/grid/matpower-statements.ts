import type { Fail } from './matpower-error.ts';
import { checkBases, type Rescale, readRescale } from './matpower-rescale.ts';
import type { Token } from './matpower-tokens.ts';
import { type CaseValue, type Cursor, peek, readValue } from './matpower-values.ts';

export interface CaseFields {
  name: string;
  values: Map<string, CaseValue>;
  rescales: Rescale[];
  /** Names given a plain number, such as `pf = 0.85;`. */
  constants: Map<string, number>;
  /** Fields of the struct that are not part of a grid model, by name. */
  ignored: string[];
}

const READ = new Set(['version', 'baseMVA', 'bus', 'gen', 'branch', 'gencost', 'bus_name', 'genfuel']);
/** What no calculation here would use, so that leaving it out is not worth a word. */
const BOOKKEEPING = new Set(['areas', 'gentype']);
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

/** How a file names its fields: `mpc.bus` in a struct, or, in format version 1, `bus` alone in the list that it returns. */
interface Naming {
  struct: string;
  /** The field that a word names, if it names one. */
  fieldOf: (word: string) => string | undefined;
}

const inStruct = (struct: string): Naming => ({
  struct,
  fieldOf: (word) => (word.startsWith(`${struct}.`) ? word.slice(struct.length + 1) : undefined),
});

const VERSION_1 = ['baseMVA', 'bus', 'gen', 'branch'];

/** Reads `function mpc = name`, or `function [baseMVA, bus, gen, branch, areas, gencost] = name` of format version 1. */
function readHeader(statement: readonly Token[], fail: Fail): { naming: Naming; name: string } {
  const equals = statement.findIndex((token) => token.text === '=');
  const [struct, name] = [statement[1], statement[equals + 1]];
  if (equals < 0 || name?.kind !== 'word') {
    return fail(
      statement[0]?.at ?? 0,
      'this is not the header of a case file',
      'it reads: function mpc = name',
    );
  }
  const listed = statement.slice(1, equals).flatMap(({ kind, text }) => (kind === 'word' ? [text] : []));
  if (listed.length === 1) return { naming: inStruct(listed[0] as string), name: name.text };
  const missing = VERSION_1.find((field) => !listed.includes(field));
  if (missing !== undefined) {
    return fail(
      (struct ?? name).at,
      `this case returns a list of tables, as case format version 1 does, without ${missing}`,
      'it reads: function [baseMVA, bus, gen, branch, areas, gencost] = name',
    );
  }
  const fieldOf = (word: string) => (listed.includes(word) ? word : undefined);
  return { naming: { struct: '', fieldOf }, name: name.text };
}

/** Keeps `name = number`; a name that is given anything else is known no longer. */
function readConstant(statement: readonly Token[], { constants }: CaseFields): void {
  const [name, equals, value] = statement;
  if (name?.kind !== 'word' || equals?.text !== '=') return;
  if (statement.length === 3 && value?.kind === 'number') constants.set(name.text, Number(value.text));
  else constants.delete(name.text);
}

/** A statement that is no plain `mpc.field = literal`: harmless, a change of units, or refused since it would alter the tables. */
function readOther(
  statement: readonly Token[],
  { struct, fieldOf }: Naming,
  fields: CaseFields,
  fail: Fail,
): void {
  const first = statement[0];
  if (!first) return;
  if (CONTROL.has(first.text)) {
    fail(
      first.at,
      `"${first.text}" is code, and no code in a case file is run`,
      'save the case with savecase',
    );
  }
  checkBases(statement, struct, fail);
  const equals = statement.findIndex((token) => token.text === '=');
  const owns = (token: Token) => token.text === struct || fieldOf(token.text) !== undefined;
  const target = statement.slice(0, Math.max(equals, 0)).find(owns);
  if (!target) {
    readConstant(statement, fields);
    return;
  }
  const rescale = readRescale(statement, struct, fields.constants);
  if (rescale) fields.rescales.push(rescale);
  else if (target.text === struct || READ.has(fieldOf(target.text)?.split('.')[0] as string)) {
    fail(
      target.at,
      `this statement computes ${target.text}, and no code in a case file is run`,
      'save the case with savecase, so that the file holds the finished tables',
    );
  }
}

/** True, with the field read, where the next statement is `mpc.field = literal` of a field that makes the grid. */
function readField(cursor: Cursor, { fieldOf }: Naming, fields: CaseFields, fail: Fail): boolean {
  const name = peek(cursor);
  const field = name.kind === 'word' ? fieldOf(name.text) : undefined;
  if (field === undefined || peek(cursor, 1).text !== '=') return false;
  if (!READ.has(field)) {
    takeStatement(cursor);
    if (!BOOKKEEPING.has(field)) fields.ignored.push(field);
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
  const fields: CaseFields = { name: '', values: new Map(), rescales: [], constants: new Map(), ignored: [] };
  let naming = inStruct('mpc');
  while (peek(cursor).kind !== 'end') {
    const token = peek(cursor);
    if (token.kind === 'newline' || token.text === ';' || token.text === ',') cursor.index++;
    else if (token.text === 'function') {
      if (fields.name) break; // A local function below the case: not part of it.
      ({ naming, name: fields.name } = readHeader(takeStatement(cursor), fail));
    } else if (!readField(cursor, naming, fields, fail)) {
      readOther(takeStatement(cursor), naming, fields, fail);
    }
  }
  return fields;
}
