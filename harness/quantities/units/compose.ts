import type { Dimension, Unit } from '../types.ts';
import type { Atom } from './atom.ts';
import { dimensionKey, dimensionName, multiplyDimensions } from './dimension.ts';

/** One factor of a unit: an atom to a power, times a plain number (万 in 万千瓦, 100 in /100 km). */
export interface Term {
  atom: Atom;
  exponent: number;
  scale: number;
  /** Written as a product with the term before it: MW·h, but not $/MW/h. */
  joined?: boolean;
}

const HOUR_S = 3600;

/** The bare number: no unit at all. */
export const NUMBER: Unit = Object.freeze({
  name: '',
  dimension: 'number',
  dimensions: {},
  factor: 1,
  offset: 0,
});

const known = new Map<string, Unit>();
/** The bound is against hostile text that writes endless new units. */
const MOST_KNOWN = 4096;

/** The unit that a product of terms makes, with its canonical name; the same object for the same terms. */
export function composeUnit(terms: readonly Term[]): Unit | undefined {
  const key = terms
    .map(({ atom, exponent, scale, joined = false }) => `${atom.name} ${exponent} ${scale} ${joined}`)
    .join('|');
  const found = known.get(key);
  if (found) return found;
  const unit = compose(mergeProducts(terms));
  if (unit && known.size < MOST_KNOWN) known.set(key, unit);
  return unit;
}

function compose(terms: readonly Term[]): Unit | undefined {
  const [only] = terms;
  if (terms.length === 1 && only && only.exponent === 1) {
    const { atom, scale } = only;
    const factor = scale * atom.factor;
    if (scale !== 1 && atom.offset !== 0) return undefined;
    return freeze(termName(only), atom.dimensions, factor, atom.offset);
  }
  let factor = 1;
  // Multiplying first and dividing last keeps 1/1000 exact where 0.001 is not.
  for (const { atom, exponent, scale } of terms)
    if (exponent > 0) factor *= (atom.factor * scale) ** exponent;
  for (const { atom, exponent, scale } of terms)
    if (exponent < 0) factor /= (atom.factor * scale) ** -exponent;
  const raw = multiplyDimensions(
    terms.map(({ atom, exponent }) => ({ dimensions: atom.dimensions, exponent })),
  );
  const { dimensions, factor: reduced } = reduce(raw, factor);
  if (!Number.isFinite(reduced) || reduced === 0) return undefined;
  return freeze(compoundName(terms), dimensions, reduced, 0);
}

function freeze(name: string, dimensions: Dimension, factor: number, offset: number): Unit {
  return Object.freeze({ name, dimension: dimensionName(dimensions), dimensions, factor, offset });
}

/**
 * kW × h is an energy, kV × A an apparent power, written as a product. Only hours, minutes and seconds make
 * energy: $/kW-month is a price of capacity, and must not turn into one of energy.
 */
function mergeProducts(terms: readonly Term[]): Term[] {
  const merged: Term[] = [];
  for (const term of terms) {
    const last = merged[merged.length - 1];
    const atom =
      term.joined && last && last.exponent === term.exponent ? mergedAtom(last.atom, term.atom) : undefined;
    if (last && atom) merged[merged.length - 1] = { ...last, atom, scale: last.scale * term.scale };
    else merged.push(term);
  }
  return merged;
}

function mergedAtom(a: Atom, b: Atom): Atom | undefined {
  if (a.dimensions['power'] === 1 && b.dimensions['time'] === 1 && b.factor <= HOUR_S) {
    const name = b.factor === HOUR_S && /W$/.test(a.name) ? `${a.name}h` : `${a.name}·${b.name}`;
    return {
      name,
      dimensions: { energy: 1 },
      factor: (a.factor * b.factor) / HOUR_S,
      offset: 0,
      inner: false,
    };
  }
  if (a.dimensions['voltage'] === 1 && b.dimensions['current'] === 1) {
    const name = a.name.endsWith('V') && b.name === 'A' ? `${a.name}A` : `${a.name}·${b.name}`;
    return { name, dimensions: { apparent: 1 }, factor: a.factor * b.factor, offset: 0, inner: false };
  }
  return undefined;
}

/** Energy per time is a power (MWh/h, GJ/h), voltage per current an impedance. */
function reduce(raw: Dimension, factor: number): { dimensions: Dimension; factor: number } {
  const dimensions: Record<string, number> = { ...raw };
  while ((dimensions['energy'] ?? 0) > 0 && (dimensions['time'] ?? 0) < 0) {
    shift(dimensions, { energy: -1, time: 1, power: 1 });
    factor *= HOUR_S;
  }
  while ((dimensions['voltage'] ?? 0) > 0 && (dimensions['current'] ?? 0) < 0) {
    shift(dimensions, { voltage: -1, current: 1, impedance: 1 });
  }
  return { dimensions, factor };
}

function shift(dimensions: Record<string, number>, by: Readonly<Record<string, number>>): void {
  for (const [name, step] of Object.entries(by)) {
    const exponent = (dimensions[name] ?? 0) + step;
    if (exponent === 0) delete dimensions[name];
    else dimensions[name] = exponent;
  }
}

const SCALE_NAMES: ReadonlyMap<number, string> = new Map([
  [1e3, 'thousand '],
  [1e4, '万'],
  [1e5, '十万'],
  [1e6, 'million '],
  [1e7, '千万'],
  [1e8, '亿'],
  [1e9, 'billion '],
  [1e10, '百亿'],
  [1e11, '千亿'],
  [1e12, 'trillion '],
]);

function termName({ atom, scale }: Term): string {
  if (scale === 1) return atom.name;
  return `${SCALE_NAMES.get(scale) ?? `${scale} `}${atom.name}`;
}

function powerName(term: Term): string {
  const exponent = Math.abs(term.exponent);
  if (exponent === 1) return termName(term);
  const spatial = exponent <= 3 && /^[a-zμ]{0,2}m$|^ft$/.test(term.atom.name);
  return spatial ? `${term.atom.name}${exponent}` : `${termName(term)}^${exponent}`;
}

function compoundName(terms: readonly Term[]): string {
  const above = terms
    .filter(({ exponent }) => exponent > 0)
    .map(powerName)
    .join('·');
  const under = terms
    .filter(({ exponent }) => exponent < 0)
    .map((term) =>
      // A count below the slash stays a figure: kWh/100 km.
      term.scale === 1 || SCALE_NAMES.has(term.scale)
        ? powerName(term)
        : `${term.scale} ${powerName({ ...term, scale: 1 })}`,
    );
  if (under.length === 0) return above;
  const below = under.length === 1 ? under[0] : `(${under.join('·')})`;
  return `${above || '1'}/${below}`;
}

export function sameDimensions(a: Dimension, b: Dimension): boolean {
  return dimensionKey(a) === dimensionKey(b);
}
