import { readOne } from './read-one.ts';
import type { Quantity, Unit } from './types.ts';
import { convert } from './units/units.ts';

const LONGEST = 400;

/**
 * The value of a JSON field as a quantity: a number is in the asked unit, and so is text without a unit of its own.
 * Undefined for whatever is no finite number.
 */
export function fieldQuantity(value: unknown, unit: Unit, lang?: 'en' | 'zh'): Quantity | undefined {
  if (typeof value === 'number' ? !Number.isFinite(value) : typeof value !== 'string') return undefined;
  const quantity = readOne(String(value).slice(0, LONGEST), { unit, ...(lang ? { lang } : {}) });
  return quantity?.unit.name === '' ? { ...quantity, unit } : quantity;
}

/** The same as a plain number in the asked unit; undefined too for ranges, bounds, lists and units of another kind. */
export function fieldNumber(value: unknown, unit: Unit, lang?: 'en' | 'zh'): number | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? value : undefined;
  const quantity = fieldQuantity(value, unit, lang);
  if (quantity?.kind !== 'point' || quantity.value === null) return undefined;
  return convert(quantity.value, quantity.unit, unit);
}
