import { type ReadOptions, readQuantities } from './read.ts';
import type { Quantity, Unit } from './types.ts';
import { asSubstance, convert, parseUnit } from './units/units.ts';

export interface OneOptions extends ReadOptions {
  /** The unit that was asked: given to a bare number, and the reading preferred where a word has two (度). */
  unit?: Unit;
}

/** A field is a value, not an essay: past this nothing is read. */
const LONGEST_FIELD = 400;

/**
 * The one quantity that a short field states: `23.27 $/MWh`, `约 3.2 万千瓦`, `1,234.5`. Undefined where it states none,
 * or several that differ.
 */
export function readOne(text: string, options: OneOptions = {}): Quantity | undefined {
  if (text.length > LONGEST_FIELD) return undefined;
  const whole = wholeNumber(text);
  const found = whole ? [whole] : readQuantities(text, options).map(asValue(text));
  const values = found.filter(({ role }) => role === 'value');
  if (values.length === 0) return undefined;
  const { unit } = options;
  const fitting = unit ? values.filter((quantity) => fits(quantity, unit)) : values;
  const [first, ...rest] = fitting.length > 0 ? fitting : values;
  if (!first || rest.some((other) => !same(first, other))) return undefined;
  return unit ? asAsked(first, unit) : first;
}

const PLAIN = /^\s*[-+]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?\s*$/;

/** A JSON number or its text: nothing around it can make it a year or a name. */
function wholeNumber(text: string): Quantity | undefined {
  if (!PLAIN.test(text)) return undefined;
  const value = Number(text);
  if (!Number.isFinite(value)) return undefined;
  const start = text.length - text.trimStart().length;
  const trimmed = text.trim();
  return {
    text: trimmed,
    start,
    end: start + trimmed.length,
    kind: 'point',
    value,
    low: value,
    high: value,
    unit: parseUnit('') as Unit,
    approximate: false,
    role: 'value',
  };
}

/** A field that is nothing but `2026` or `1.` is a value after all. */
function asValue(text: string): (quantity: Quantity) => Quantity {
  return (quantity) =>
    quantity.role !== 'value' &&
    quantity.value !== null &&
    quantity.text.trim() === text.trim() &&
    /^\d+$/.test(quantity.text)
      ? { ...quantity, role: 'value' }
      : quantity;
}

export function fits(quantity: Quantity, unit: Unit): boolean {
  return quantity.unit.name === '' || convert(1, asSubstance(quantity.unit, unit), unit) !== undefined;
}

/** Whether two readings say the same thing. */
export function same(a: Quantity, b: Quantity): boolean {
  if (a.kind !== b.kind) return false;
  const near = (x: number | null, y: number | null) => {
    if (x === null || y === null) return x === y;
    const converted = a.unit.name === '' || b.unit.name === '' ? x : convert(x, a.unit, b.unit);
    return (
      converted !== undefined && Math.abs(converted - y) <= 1e-9 * Math.max(Math.abs(converted), Math.abs(y))
    );
  };
  if (a.kind === 'list') return a.values?.join() === b.values?.join() && a.unit === b.unit;
  return near(a.value, b.value) && near(a.low, b.low) && near(a.high, b.high);
}

/** 度 is a kilowatt-hour unless an angle or a temperature was asked. */
function asAsked(quantity: Quantity, unit: Unit): Quantity {
  const twofold = quantity.unit.name === 'kWh' && quantity.text.endsWith('度');
  if (twofold && (unit.dimension === 'angle' || unit.dimension === 'temperature')) {
    const read = parseUnit(unit.dimension === 'angle' ? 'deg' : '°C');
    if (read) return { ...quantity, unit: read };
  }
  return quantity;
}
