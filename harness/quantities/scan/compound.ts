import { convert, tidy } from '../units/units.ts';
import type { Mention } from './mention.ts';

/** Parts of one quantity told in falling units, by canonical name: what may follow, and below which figure. */
const SMALLER: ReadonlyMap<string, ReadonlyMap<string, number>> = new Map(
  Object.entries({
    yr: { mo: 12 },
    wk: { d: 7 },
    d: { h: 24 },
    h: { min: 60 },
    min: { s: 60 },
    ft: { inch: 12 },
    lb: { oz: 16 },
    deg: { arcmin: 60 },
    arcmin: { arcsec: 60 },
    USD: { 'US¢': 100 },
    CAD: { 'US¢': 100 },
    AUD: { 'US¢': 100 },
    // Bare "cents" are read as American; beside euros they are cents of a euro.
    EUR: { ct: 100, 'US¢': 100 },
    GBP: { GBp: 100 },
  }).map(([name, below]) => [name, new Map(Object.entries(below))]),
);
const CURRENCY = /^[A-Z]{3}$/;
const GAP = /^(?:,? ?(?:and )?|零|又)$/;
const LONGEST_GAP = 6;

/**
 * `1 h 30 min`, 2小时30分钟, `6 feet 2 inches`, `3 euros and 50 cents`: one quantity, told in the unit of its first part.
 * `sum` is what stands before `next`, whose last part is `last`.
 */
export function added(text: string, sum: Mention, last: Mention, next: Mention): Mention | undefined {
  const length = next.start - last.end;
  if (length < 0 || length > LONGEST_GAP || next.signed || sum.spread || next.spread) return undefined;
  const share = last.unit ? unitShare(sum, last, next) : scaleShare(last, next);
  const gap = text.slice(last.end, next.start);
  if (share === undefined || !GAP.test(gap)) return undefined;
  // "2 hours, 30 minutes" is one duration; "2 h, 30 min idle" lists two.
  if (gap.startsWith(',') && !/[a-z]{4}$/i.test(text.slice(last.end - 4, last.end))) return undefined;
  const negative = sum.value < 0 || (sum.value === 0 && text.charAt(sum.start) === '-');
  return {
    ...sum,
    value: tidy(sum.value + (negative ? -share : share)),
    end: next.end,
    // What the scales count stands after the last of them.
    unit: sum.unit ?? next.unit,
    approximate: sum.approximate || next.approximate,
    significant: undefined,
  };
}

/** The next part in the unit of the whole; the part before must be whole, and this one too small to make one more of it. */
function unitShare(sum: Mention, last: Mention, next: Mention): number | undefined {
  if (!sum.unit || !last.unit || !next.unit || !Number.isInteger(last.value)) return undefined;
  const limit = SMALLER.get(last.unit.name)?.get(next.unit.name);
  if (limit === undefined || next.value >= limit || next.value < 0) return undefined;
  return CURRENCY.test(sum.unit.name) ? next.value / 100 : convert(next.value, next.unit, sum.unit);
}

/** `1 million 234 thousand MW`: scales that fall, without a unit between. */
function scaleShare(last: Mention, next: Mention): number | undefined {
  const falls = last.scale && next.scale && last.scale >= next.scale * 1000 && next.value < last.scale;
  const written = last.form === 'digits' && next.form === 'digits' && !next.moneyBefore;
  return falls && written && last.role === 'value' && next.role === 'value' ? next.value : undefined;
}
