import type { Dimension } from '../types.ts';

/** Prose names of the kinds of quantity, by exponents written in alphabetical order. */
const NAMES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    '': 'ratio',
    power: 'power',
    reactive: 'reactive power',
    apparent: 'apparent power',
    energy: 'energy',
    'reactive time': 'reactive energy',
    'apparent time': 'apparent energy',
    voltage: 'voltage',
    current: 'current',
    impedance: 'impedance',
    'impedance-1': 'admittance',
    'current time': 'charge',
    frequency: 'frequency',
    angle: 'angle',
    time: 'time',
    mass: 'mass',
    'mass:CO2': 'mass of CO2',
    'mass:CO2e': 'mass of CO2e',
    'mass:C': 'mass of carbon',
    length: 'length',
    length2: 'area',
    length3: 'volume',
    temperature: 'temperature',
    pressure: 'pressure',
    pu: 'per unit',
    'percentage points': 'percentage points',
    information: 'information',
    'length time-1': 'speed',
    'length time-2': 'acceleration',
    'length3 time-1': 'volume flow',
    'mass time-1': 'mass flow',
    'mass:CO2 time-1': 'emission rate of CO2',
    'mass:CO2e time-1': 'emission rate of CO2e',
    'power time-1': 'ramp rate of power',
    'power time': 'power times time',
    'frequency time-1': 'rate of change of frequency',
    'frequency-1 power': 'power per frequency',
    'frequency power-1': 'frequency per power',
    'energy-1 mass:CO2': 'CO2 per energy',
    'energy-1 mass:CO2e': 'CO2e per energy',
    'energy-1 mass:C': 'carbon per energy',
    'energy-1 mass': 'mass per energy',
    'energy mass-1': 'energy per mass',
    'energy length-2': 'energy per area',
    'energy length-3': 'energy per volume',
    'length-2 power': 'power per area',
    'impedance length-1': 'impedance per length',
    'information time-1': 'data rate',
  }),
);

/** Exponents as one text, the same for equal dimensions. */
export function dimensionKey(dimensions: Dimension): string {
  return Object.entries(dimensions)
    .filter(([, exponent]) => exponent !== 0)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, exponent]) => (exponent === 1 ? name : `${name}${exponent}`))
    .join(' ');
}

function power(name: string, exponent: number): string {
  const plain = name.startsWith('money:') ? 'money' : (NAMES.get(name) ?? name);
  if (exponent === 1) return plain;
  return exponent === 2 ? `${plain} squared` : exponent === 3 ? `${plain} cubed` : `${plain}^${exponent}`;
}

/** What a unit measures, in words: `power`, `price of energy`, `CO2 per energy`. Currencies share the word money. */
export function dimensionName(dimensions: Dimension): string {
  const known = NAMES.get(dimensionKey(dimensions));
  if (known !== undefined) return known;
  const entries = Object.entries(dimensions).filter(([, exponent]) => exponent !== 0);
  const above = entries
    .filter(([, exponent]) => exponent > 0)
    .map(([name, exponent]) => power(name, exponent));
  const below = entries
    .filter(([, exponent]) => exponent < 0)
    .map(([name, exponent]) => power(name, -exponent));
  if (below.length === 0) return above.join(' times ');
  const bottom = below.join(' and ');
  if (above.length === 0) return `per ${bottom}`;
  const top = above.join(' times ');
  return top === 'money' && bottom !== 'time' ? `price of ${bottom}` : `${top} per ${bottom}`;
}

/** Product of powers; exponents that cancel are left out. */
export function multiplyDimensions(
  factors: readonly { dimensions: Dimension; exponent: number }[],
): Dimension {
  const product: Record<string, number> = {};
  for (const { dimensions, exponent } of factors) {
    for (const [name, own] of Object.entries(dimensions))
      product[name] = (product[name] ?? 0) + own * exponent;
  }
  for (const name of Object.keys(product)) if (product[name] === 0) delete product[name];
  return product;
}
