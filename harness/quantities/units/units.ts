import { normalise } from '../text/normalise.ts';
import type { Unit } from '../types.ts';
import { NUMBER, sameDimensions } from './compose.ts';
import { matchUnit } from './expression.ts';

const LONGEST_SPELLING = 200;
const DIGITS = 15;

const parsed = new Map<string, Unit | undefined>();
const MOST_PARSED = 2048;

/**
 * The unit that a text names, whole: `MW`, `万千瓦`, `$/MWh`, `\mathrm{MW}`, `元/（千瓦·月）`. An empty text is the bare
 * number; a text that is not a unit from end to end gives undefined. Case matters where it must (MW is not mW).
 */
export function parseUnit(text: string): Unit | undefined {
  if (parsed.has(text)) return parsed.get(text);
  const unit = parse(text);
  if (parsed.size < MOST_PARSED) parsed.set(text, unit);
  return unit;
}

function parse(text: string): Unit | undefined {
  if (text.length > LONGEST_SPELLING) return undefined;
  // A dollar sign in a unit is money; only where that makes no unit may a pair of them enclose a formula.
  return parseCleaned(normalise(text.replaceAll('$', '＄')).text) ?? parseCleaned(normalise(text).text);
}

function parseCleaned(text: string): Unit | undefined {
  let cleaned = text.trim();
  if (cleaned === '' || cleaned === '1') return NUMBER;
  if (/^\[.*\]$/.test(cleaned)) cleaned = cleaned.slice(1, -1).trim();
  const found = matchUnit(cleaned, 0);
  return found && found.end === cleaned.length ? found.unit : undefined;
}

/** A value in another unit; undefined where the units measure different things. A bare number is a ratio: 0.6 is 60 %. */
export function convert(value: number, from: Unit, to: Unit): number | undefined {
  if (from === to) return value;
  if (!sameDimensions(from.dimensions, to.dimensions)) return undefined;
  if (from.factor === to.factor && from.offset === to.offset) return value;
  const ratio = from.factor / to.factor;
  // Kelvin and Fahrenheit have an offset; all else is a plain factor, cleaned of the dust of dividing factors.
  const result = value * tidy(ratio) + (from.offset - to.offset) / to.factor;
  return tidy(result);
}

/**
 * A mass that does not say of what (t, kg/kWh) read as one of the substance asked (tCO2, kgCO2/kWh): it contradicts
 * nothing. A mass that names another substance stays what it is.
 */
export function asSubstance(from: Unit, to: Unit): Unit {
  const plain = from.dimensions['mass'];
  if (plain === undefined || to.dimensions['mass'] !== undefined) return from;
  const key = Object.keys(to.dimensions).find((name) => name.startsWith('mass:'));
  if (key === undefined || to.dimensions[key] !== plain) return from;
  const { mass: _plain, ...rest } = from.dimensions;
  return { ...from, dimensions: { ...rest, [key]: plain } };
}

/** Rounds away the last bit or two, so that 0.38 of a thousand is 380. */
export function tidy(value: number): number {
  if (Number.isSafeInteger(value)) return value;
  return Number.isFinite(value) ? Number(value.toPrecision(DIGITS)) : value;
}

/** Prose for a unit that cannot become another: `"MWh" is energy, the target is power`. */
export function unitMismatch(from: Unit, to: Unit): string {
  const given = from.name === '' ? 'a bare number' : `"${from.name}"`;
  if (from.dimension === to.dimension)
    return `${given} is not "${to.name}": both are ${to.dimension}, but not of one kind`;
  return `${given} is ${article(from.dimension)}, the target is ${to.dimension}`;
}

function article(dimension: string): string {
  return dimension === 'ratio' || dimension === 'number' ? `a ${dimension}` : dimension;
}
