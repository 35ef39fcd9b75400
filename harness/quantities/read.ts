import { boundsAround } from './scan/bounds.ts';
import { combine, type Group } from './scan/combine.ts';
import type { Mention } from './scan/mention.ts';
import { scan } from './scan/scan.ts';
import { type Normalised, normalise } from './text/normalise.ts';
import type { Quantity } from './types.ts';
import { NUMBER } from './units/compose.ts';
import { tidy } from './units/units.ts';

export interface ReadOptions {
  lang?: 'en' | 'zh';
}

/** Numbers that can only have a decimal comma: 1.234,5 or 0,38. Their text has no use for a grouping comma. */
const EURO = /(?:^|[^\d.,])(?:\d{1,3}(?:\.\d{3}){1,4},\d{1,6}|0,\d{1,6})(?![\d,])/;
/** A text this long is prose; its first part tells how it writes numbers. */
const EURO_WINDOW = 20_000;

/**
 * Every number of a text with its unit, in order: values, and (by `role`) dates, times, ordinals and identifiers, which
 * are not values. Linear in the length of the text; never throws. Offsets are UTF-16 units of the text as given.
 */
export function readQuantities(text: string, _options: ReadOptions = {}): Quantity[] {
  return locate(normalise(text)).map(({ quantity }) => quantity);
}

/** A quantity and where it lies in the normalised text. */
export interface Located {
  quantity: Quantity;
  from: number;
  to: number;
}

export function locate(normalised: Normalised): Located[] {
  const { text } = normalised;
  const mentions = scan(text, EURO.test(text.slice(0, EURO_WINDOW)));
  return combine(text, mentions).map((group) => ({
    quantity: toQuantity(normalised, group),
    from: group.start,
    to: group.end,
  }));
}

function toQuantity(normalised: Normalised, group: Group): Quantity {
  const { text, source, starts, ends } = normalised;
  const first = group.members[0] as Mention;
  const last = group.members[group.members.length - 1] as Mention;
  const start = starts[group.start] as number;
  const end = ends[group.end - 1] as number;
  const isValue = first.role === 'value';
  const { side, approximate } = isValue
    ? boundsAround(text, group.start, group.end)
    : { side: undefined, approximate: false };
  return {
    text: source.slice(start, end),
    start,
    end,
    ...spanOf(group, first, last, side),
    unit: last.unit ?? NUMBER,
    approximate: approximate || group.members.some((member) => member.approximate),
    role: first.role,
    ...(first.significant === undefined ? {} : { significant: first.significant }),
  };
}

type Span = Pick<Quantity, 'kind' | 'value' | 'low' | 'high' | 'values'>;

function spanOf(
  { kind, members }: Group,
  first: Mention,
  last: Mention,
  side: 'low' | 'high' | undefined,
): Span {
  if (kind === 'range') return { kind, value: null, low: first.value, high: last.value };
  if (kind === 'list') {
    const values = members.map(({ value }) => value);
    return { kind, value: null, low: tidy(Math.min(...values)), high: tidy(Math.max(...values)), values };
  }
  const { value, spread } = first;
  if (spread) return { kind: 'range', value, low: spread.low, high: spread.high };
  if (side)
    return { kind: 'bound', value, low: side === 'low' ? value : null, high: side === 'high' ? value : null };
  return { kind: 'point', value, low: value, high: value };
}
