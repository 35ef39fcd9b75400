import type { AtomSpec } from './atom.ts';

const length = { length: 1 } as const;
const area = { length: 2 } as const;
const volume = { length: 3 } as const;

/** International foot, m; the other English lengths follow from it. */
const FOOT = 0.3048;
/** US liquid gallon, m³. */
const GALLON = 3.785411784e-3;

/** Lengths, areas and volumes; a volume of gas is at whatever conditions its text means. */
export const SPACE: readonly AtomSpec[] = [
  { name: 'm', dimensions: length, factor: 1, prefixes: 'nμmcdk', words: ['metre', 'meter'], zh: ['米'] },
  { name: 'km', dimensions: length, factor: 1e3, symbols: ['KM', 'Km', 'kms'], zh: ['公里'] },
  { name: 'cm', dimensions: length, factor: 1e-2, zh: ['公分'] },
  { name: 'li', dimensions: length, factor: 500, zh: ['华里'] },
  { name: 'mi', dimensions: length, factor: 5280 * FOOT, words: ['mile'], zh: ['英里'] },
  { name: 'yd', dimensions: length, factor: 3 * FOOT, words: ['yard'], zh: ['码'] },
  {
    name: 'ft',
    dimensions: length,
    factor: FOOT,
    symbols: ['ft.'],
    words: ['foot'],
    plurals: ['feet'],
    zh: ['英尺'],
  },
  {
    name: 'inch',
    dimensions: length,
    factor: FOOT / 12,
    symbols: ['in.'],
    words: ['inch'],
    plurals: ['inches'],
    zh: ['英寸'],
  },
  { name: 'nmi', dimensions: length, factor: 1852, words: ['nautical mile'], zh: ['海里'] },
  {
    name: 'm2',
    dimensions: area,
    factor: 1,
    symbols: ['sqm'],
    words: ['square metre', 'square meter', 'sq m'],
    zh: ['平方米', '平米'],
  },
  {
    name: 'cm2',
    dimensions: area,
    factor: 1e-4,
    words: ['square centimetre', 'square centimeter', 'sq cm'],
    zh: ['平方厘米'],
  },
  {
    name: 'mm2',
    dimensions: area,
    factor: 1e-6,
    words: ['square millimetre', 'square millimeter', 'sq mm'],
    zh: ['平方毫米'],
  },
  {
    name: 'km2',
    dimensions: area,
    factor: 1e6,
    words: ['square kilometre', 'square kilometer', 'sq km'],
    zh: ['平方公里', '平方千米'],
  },
  { name: 'ha', dimensions: area, factor: 1e4, words: ['hectare'], zh: ['公顷'] },
  { name: '亩', dimensions: area, factor: 10_000 / 15, zh: ['亩'] },
  {
    name: 'ft2',
    dimensions: area,
    factor: FOOT ** 2,
    symbols: ['sqft', 'sq. ft.'],
    words: ['square foot', 'sq ft'],
    plurals: ['square feet'],
    zh: ['平方英尺'],
  },
  {
    name: 'mi2',
    dimensions: area,
    factor: (5280 * FOOT) ** 2,
    words: ['square mile', 'sq mi'],
    zh: ['平方英里'],
  },
  { name: 'acre', dimensions: area, factor: 43_560 * FOOT ** 2, words: ['acre'], zh: ['英亩'] },
  {
    name: 'm3',
    dimensions: volume,
    factor: 1,
    symbols: ['Nm3', 'Sm3', 'scm', 'Nm^3', 'Sm^3', 'cbm'],
    words: ['cubic metre', 'cubic meter', 'normal cubic metre', 'normal cubic meter'],
    zh: ['立方米', '立方', '标准立方米', '标方', '立米'],
  },
  {
    name: 'cm3',
    dimensions: volume,
    factor: 1e-6,
    words: ['cubic centimetre', 'cubic centimeter'],
    zh: ['立方厘米'],
  },
  {
    name: 'L',
    dimensions: volume,
    factor: 1e-3,
    prefixes: 'μmdhM',
    symbols: ['l', 'ltr'],
    words: ['litre', 'liter'],
    zh: ['升', '公升'],
  },
  { name: 'gal', dimensions: volume, factor: GALLON, words: ['gallon', 'us gallon'], zh: ['加仑'] },
  {
    name: 'bbl',
    dimensions: volume,
    factor: 42 * GALLON,
    symbols: ['bbls', 'Bbl'],
    words: ['barrel'],
    zh: ['桶'],
  },
  {
    name: 'ft3',
    dimensions: volume,
    factor: FOOT ** 3,
    symbols: ['cf', 'scf', 'cu. ft.', 'cu ft'],
    words: ['cubic foot', 'cu ft'],
    plurals: ['cubic feet'],
    zh: ['立方英尺'],
  },
  { name: 'Mcf', dimensions: volume, factor: 1e3 * FOOT ** 3, symbols: ['mcf'] },
  { name: 'MMcf', dimensions: volume, factor: 1e6 * FOOT ** 3, symbols: ['mmcf'] },
  { name: 'Bcf', dimensions: volume, factor: 1e9 * FOOT ** 3, symbols: ['bcf', 'BCF'] },
  { name: 'Tcf', dimensions: volume, factor: 1e12 * FOOT ** 3, symbols: ['tcf', 'TCF'] },
  {
    name: 'bcm',
    dimensions: volume,
    factor: 1e9,
    symbols: ['BCM'],
    words: ['billion cubic metre', 'billion cubic meter'],
  },
];
