import type { Fail } from './matpower-error.ts';
import type { Table } from './matpower-tables.ts';
import type { Token } from './matpower-tokens.ts';

/**
 * `mpc.bus(:, [PD QD]) = mpc.bus(:, [PD QD]) / 1e3`: how distribution cases say that their tables are not in MW or per unit.
 * `mpc.bus(:, QD) = mpc.bus(:, PD) * sin(acos(pf))`: how they give loads as MVA with one power factor.
 */
export interface Rescale {
  table: 'bus' | 'branch';
  from: string[];
  to: string[];
  factor: number | 'per-unit-of-ohms';
  at: number;
}

const COLUMNS = /(?:(\w+)|\[([\w,]+)\])/.source;
const SCALE = new RegExp(
  `^mpc\\.(bus|branch)\\(:,${COLUMNS}\\)=mpc\\.(bus|branch)\\(:,${COLUMNS}\\)([*/])(.+)$`,
);
const OHM_BASE = /^\(Vbase\^2\/Sbase\)$/;
const REACTIVE_PART = /^sin\(acos\((\w+)\)\)$/;

/** The text of a statement without blanks; a blank that parts two names of a list becomes the comma it stands for. */
function compact(statement: readonly Token[], struct: string): string {
  return statement
    .map((token, i) => {
      const gap = token.spaced && token.kind === 'word' && statement[i - 1]?.kind === 'word' ? ',' : '';
      const own = token.text.startsWith(`${struct}.`);
      return gap + (own ? `mpc${token.text.slice(struct.length)}` : token.text);
    })
    .join('');
}

/** A plain number, a name given one before, or the sine that belongs to a power factor. */
function readFactor(text: string, constants: ReadonlyMap<string, number>): number | undefined {
  const known = (word: string) => constants.get(word) ?? (word === '' ? Number.NaN : Number(word));
  const angle = REACTIVE_PART.exec(text)?.[1];
  const value = angle === undefined ? known(text) : Math.sqrt(1 - known(angle) ** 2);
  return Number.isFinite(value) && value !== 0 ? value : undefined;
}

/** Recognises a change of units by its wording alone; `Vbase` and `Sbase` are checked by `checkBases`. */
export function readRescale(
  statement: readonly Token[],
  struct: string,
  constants: ReadonlyMap<string, number>,
): Rescale | undefined {
  const found = SCALE.exec(compact(statement, struct));
  if (!found) return undefined;
  const [, table, oneTo, manyTo, source, oneFrom, manyFrom, operator, text] = found as unknown as string[];
  const to = (oneTo ?? manyTo ?? '').split(',');
  const from = (oneFrom ?? manyFrom ?? '').split(',');
  if (source !== table || to.length !== from.length) return undefined;
  const change = { table: table as Rescale['table'], from, to, at: (statement[0] as Token).at };
  if (operator === '/' && OHM_BASE.test(text as string)) return { ...change, factor: 'per-unit-of-ohms' };
  const factor = readFactor(text as string, constants);
  if (factor === undefined) return undefined;
  return { ...change, factor: operator === '/' ? 1 / factor : factor };
}

const BASES: ReadonlyMap<string, RegExp> = new Map([
  ['Vbase', /^mpc\.bus\(1,BASE_KV\)\*1e3$/],
  ['Sbase', /^mpc\.baseMVA\*1e6$/],
]);

/** Refuses a `Vbase` or `Sbase` of another meaning than the one `Rescale` gives it. */
export function checkBases(statement: readonly Token[], struct: string, fail: Fail): void {
  const name = statement[0] as Token;
  const meant = BASES.get(name.text);
  if (meant && !meant.test(compact(statement.slice(2), struct))) {
    fail(
      name.at,
      `${name.text} is computed in a way that is not known here`,
      'write impedances in per unit instead',
    );
  }
}

const COLUMN_INDEX: ReadonlyMap<string, number> = new Map([
  ['bus.PD', 2],
  ['bus.QD', 3],
  ['bus.GS', 4],
  ['bus.BS', 5],
  ['branch.BR_R', 2],
  ['branch.BR_X', 3],
  ['branch.BR_B', 4],
]);

/** Applies the changes of units that a case file asks for at its end, in order, to the tables as read. */
export function applyRescales(
  tables: { bus: Table; branch: Table },
  rescales: readonly Rescale[],
  baseMva: number,
  fail: Fail,
): void {
  for (const { table, from, to, factor, at } of rescales) {
    const baseKv = tables.bus.rows[0]?.values[9] ?? 0;
    const multiplier = factor === 'per-unit-of-ohms' ? baseMva / baseKv ** 2 : factor;
    if (!Number.isFinite(multiplier))
      fail(at, 'impedances cannot be put in per unit: baseKV of bus row 1 is 0');
    const column = (name: string): number =>
      COLUMN_INDEX.get(`${table}.${name}`) ??
      fail(at, `a change of units of column ${name} is not known here`);
    const [sources, targets] = [from.map(column), to.map(column)];
    for (const { values } of tables[table].rows) {
      // All are read before one is written: the lists may name the same columns in another order.
      const scaled = sources.map((index) => (values[index] as number) * multiplier);
      targets.forEach((index, i) => {
        values[index] = scaled[i] as number;
      });
    }
  }
}
