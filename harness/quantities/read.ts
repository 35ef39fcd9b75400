import { boundsAround, UNBOUNDED } from './scan/bounds.ts';
import { combine, type Group } from './scan/combine.ts';
import type { Mention } from './scan/mention.ts';
import { scan } from './scan/scan.ts';
import { type Normalised, normalise } from './text/normalise.ts';
import type { Quantity } from './types.ts';
import { NUMBER } from './units/compose.ts';

export interface ReadOptions {
  lang?: 'en' | 'zh';
}

/** Numbers that can only have a decimal comma: 1.234,5 or 0,38. Their text has no use for a grouping comma. */
const EURO = /(?:^|[^\d.,])(?:\d{1,3}(?:\.\d{3}){1,4},\d{1,6}|0,\d{1,6})(?![\d,])/;
/** A text this long is prose; its first part tells how it writes numbers. */
const EURO_WINDOW = 20_000;

/**
 * Every number of a text with its unit, in order: values, and (by `role`) dates, times, ordinals and identifiers, which
 * are not values. Linear in the length of the text; never throws; a text of over 100,000 numbers is read so far and no further. Offsets are UTF-16 units of the text as given.
 */
export function readQuantities(text: string, _options: ReadOptions = {}): Quantity[] {
  const found: Quantity[] = [];
  collect(normalise(text), (quantity) => found.push(quantity));
  return found;
}

/** A quantity and where it lies in the normalised text. */
export interface Located {
  quantity: Quantity;
  from: number;
  to: number;
}

export function locate(normalised: Normalised): Located[] {
  const located: Located[] = [];
  collect(normalised, (quantity, { start, end }) => located.push({ quantity, from: start, to: end }));
  return located;
}

function collect(normalised: Normalised, take: (quantity: Quantity, group: Group) => void): void {
  const { text } = normalised;
  const mentions = scan(text, EURO.test(text.slice(0, EURO_WINDOW)));
  let last = 0;
  combine(text, mentions, (group) => {
    const quantity = toQuantity(normalised, group);
    // One character may stand for several (½, ㏠): never two quantities in one.
    if (quantity.start < last) return;
    last = quantity.end;
    take(quantity, group);
  });
}

function toQuantity({ text, source, starts, ends }: Normalised, group: Group): Quantity {
  const { kind, members } = group;
  const first = members[0] as Mention;
  const last = members[members.length - 1] as Mention;
  const start = starts[group.start] as number;
  const end = ends[group.end - 1] as number;
  const { side, approximate } =
    first.role === 'value' ? boundsAround(text, group.start, group.end) : UNBOUNDED;
  const quantity: Quantity = {
    text: source.slice(start, end),
    start,
    end,
    kind,
    value: first.value,
    low: first.value,
    high: last.value,
    unit: last.unit ?? NUMBER,
    approximate: approximate || members.some((member) => member.approximate),
    role: first.role,
  };
  if (first.significant !== undefined) quantity.significant = first.significant;
  if (kind === 'list') setList(quantity, members);
  else if (kind === 'range') quantity.value = null;
  else if (first.spread) setSpread(quantity, first.spread);
  else if (side || first.more) setBound(quantity, side ?? 'low');
  return quantity;
}

function setList(quantity: Quantity, members: readonly Mention[]): void {
  const values = members.map(({ value }) => value);
  quantity.value = null;
  quantity.values = values;
  quantity.low = values.reduce((a, b) => Math.min(a, b));
  quantity.high = values.reduce((a, b) => Math.max(a, b));
}

/** 100±5 has a middle; ±5 alone is only a span. */
function setSpread(quantity: Quantity, { low, high }: { low: number; high: number }): void {
  quantity.kind = 'range';
  if (low === -high && quantity.value === high) quantity.value = null;
  quantity.low = low;
  quantity.high = high;
}

function setBound(quantity: Quantity, side: 'low' | 'high'): void {
  quantity.kind = 'bound';
  if (side === 'low') quantity.high = null;
  else quantity.low = null;
}
