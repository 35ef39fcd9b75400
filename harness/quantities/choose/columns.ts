import type { Located } from '../read.ts';
import type { Unit } from '../types.ts';
import { parseUnit } from '../units/units.ts';

/** The line under a table's head: |---|:---:| */
const RULE = /^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t]*:?-{2,}:?[ \t]*){1,60}\|?[ \t]*$/;
const LONGEST_ROW = 2000;
const HEAD_UNIT = /(?:[([](?:in |unit:? ?|单位:? ?)?([^()[\]]{1,20})[)\]]|[/,] ?([^/,()[\] ]{1,8}))[ \t]*$/i;

/** Gives a bare figure of a table the unit that the head of its column names: `| Price ($/MWh) |` over `| 23.27 |`. */
export function withColumns(text: string, located: readonly Located[]): Located[] {
  const found = [...located];
  let index = 0;
  let head: string | undefined;
  let units: readonly (Unit | undefined)[] = [];
  for (let start = 0; start <= text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = end - start > LONGEST_ROW ? '' : text.slice(start, end);
    while (index < found.length && (found[index] as Located).from < start) index++;
    if (!line.includes('|')) [head, units] = [undefined, []];
    else if (RULE.test(line)) units = head === undefined ? [] : head.split('|').map(unitOf);
    else {
      head = line;
      if (units.some(Boolean)) fillRow({ found, from: index, start, line, units });
    }
    start = end + 1;
  }
  return found;
}

function unitOf(head: string): Unit | undefined {
  const match = HEAD_UNIT.exec(head.slice(-60));
  const unit = match ? parseUnit((match[1] ?? match[2] ?? '').trim()) : undefined;
  return unit?.name ? unit : undefined;
}

interface Row {
  found: Located[];
  from: number;
  start: number;
  line: string;
  units: readonly (Unit | undefined)[];
}

/** Only a figure that fills its cell alone takes the unit: a `G1 (2 units)` stays what it is. */
function fillRow({ found, from, start, line, units }: Row): void {
  let index = from;
  let offset = start;
  line.split('|').forEach((cell, column) => {
    const end = offset + cell.length;
    for (; index < found.length && (found[index] as Located).from < end; index++) {
      const one = found[index] as Located;
      const unit = units[column];
      const alone = beside(cell, one, offset) === '';
      if (unit && alone && one.quantity.role === 'value' && one.quantity.unit.name === '')
        found[index] = { ...one, quantity: { ...one.quantity, unit } };
    }
    offset = end + 1;
  });
}

/** What the cell holds besides the figure. */
function beside(cell: string, { from, to }: Located, offset: number): string {
  return (cell.slice(0, Math.max(0, from - offset)) + cell.slice(to - offset)).replace(/[\s*~≈]/g, '');
}
