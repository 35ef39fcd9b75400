import type { Quantity, Unit } from '../types.ts';

/** One number as it stands in a normalised text, before ranges, lists and bounds are put together. */
export interface Mention {
  /** Offsets into the normalised text, sign, currency and unit included. */
  start: number;
  end: number;
  value: number;
  /** Absent where no unit is written. */
  unit: Unit | undefined;
  /** A scale word after the digits, already in `value`: 1e8 in 2亿. */
  scale: number | undefined;
  significant: number | undefined;
  approximate: boolean;
  role: Quantity['role'];
  form: 'digits' | 'words' | 'chinese' | 'fraction';
  /** Digits and nothing else: no sign, decimals, groups or scale. */
  plain: boolean;
  signed: boolean;
  /** The currency stands before the number: `$3-5 million` lends it to both ends. */
  moneyBefore: boolean;
  /** Ends of 100±5. */
  spread: { low: number; high: number } | undefined;
  /** 100+ MW. */
  more: boolean;
}

/** A number that is a name, a date or a place in an order: nothing but its span and its figure. */
export function namedMention(
  start: number,
  end: number,
  role: Mention['role'],
  value: number,
  form: Mention['form'],
): Mention {
  return {
    start,
    end,
    value,
    unit: undefined,
    scale: undefined,
    significant: undefined,
    approximate: false,
    role,
    form,
    plain: role === 'identifier',
    signed: false,
    moneyBefore: false,
    spread: undefined,
    more: false,
  };
}
