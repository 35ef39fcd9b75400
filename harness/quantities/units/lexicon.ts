import type { Dimension } from '../types.ts';
import { type Atom, type AtomSpec, SI_PREFIXES } from './atom.ts';
import { ELECTRIC, RATIOS } from './electric.ts';
import { EVERYDAY, MASSES, TIMES } from './everyday.ts';
import { MONEY } from './money.ts';
import { SPACE } from './space.ts';

/** Every spelling of every atom, in maps by how it is looked up. */
export interface Lexicon {
  /** Exact spellings of letters, digits and signs. */
  symbols: ReadonlyMap<string, Atom>;
  /** Lower-case spellings of symbols whose case cannot be mistaken: `kwh`. */
  folded: ReadonlyMap<string, Atom>;
  /** English, in lower case, words set apart by one space. */
  words: ReadonlyMap<string, Atom>;
  /** First words of spellings of several words. */
  phraseStarts: ReadonlySet<string>;
  chinese: ReadonlyMap<string, Atom>;
  /** Length of the longest Chinese spelling that begins with a character. */
  longestChinese: ReadonlyMap<string, number>;
  /** What means something else in a denominator. */
  below: ReadonlyMap<string, Atom>;
  /** Spellings with a sign or a digit inside (`p.u.`, `W·h`, `US$`), by first character, longest first. */
  signed: ReadonlyMap<string, readonly string[]>;
}

/** What a mass can be of. Masses of different things never convert. */
export const SUBSTANCES: readonly { key: string; name: string; zh: readonly string[] }[] = [
  { key: 'CO2e', name: 'CO2e', zh: ['二氧化碳当量', 'CO2当量', '碳当量', '二氧化碳e'] },
  { key: 'CO2', name: 'CO2', zh: ['二氧化碳', 'CO2'] },
  { key: 'C', name: 'C', zh: ['碳'] },
  { key: 'SO2', name: 'SO2', zh: ['二氧化硫'] },
  { key: 'NOx', name: 'NOx', zh: ['氮氧化物'] },
  { key: 'CH4', name: 'CH4', zh: ['甲烷'] },
];

interface Tables {
  symbols: Map<string, Atom>;
  folded: Map<string, Atom>;
  words: Map<string, Atom>;
  chinese: Map<string, Atom>;
  below: Map<string, Atom>;
}

function atom(name: string, spec: AtomSpec, factor = spec.factor, inner = false): Atom {
  return { name, dimensions: spec.dimensions, factor, offset: spec.offset ?? 0, inner };
}

/** The first row to claim a spelling keeps it, so the tables put the energy reading first. */
function claim(map: Map<string, Atom>, spelling: string, value: Atom): void {
  if (!map.has(spelling)) map.set(spelling, value);
}

function addWords(tables: Tables, spec: AtomSpec, value: Atom, prefix: string): void {
  for (const word of spec.words ?? []) {
    claim(tables.words, prefix + word, value);
    if (!spec.plurals) claim(tables.words, `${prefix}${word}s`, value);
    if (prefix && word.startsWith('watt')) claim(tables.words, `${prefix} ${word}`, value);
  }
  for (const plural of spec.plurals ?? []) claim(tables.words, prefix + plural, value);
}

function addPlain(tables: Tables, spec: AtomSpec): void {
  const value = atom(spec.name, spec);
  for (const symbol of [spec.name, ...(spec.symbols ?? [])]) {
    claim(tables.symbols, symbol, value);
    if (spec.fold) claim(tables.folded, symbol.toLowerCase(), value);
  }
  addWords(tables, spec, value, '');
  for (const word of spec.zh ?? []) claim(tables.chinese, word, value);
  for (const word of spec.below ?? []) tables.below.set(word, value);
  const inner = atom(spec.name, spec, spec.factor, true);
  for (const word of spec.inner ?? []) {
    claim(/^[\x20-\x7e]+$/.test(word) ? tables.symbols : tables.chinese, word, inner);
  }
}

function addPrefixed(tables: Tables, spec: AtomSpec): void {
  for (const letter of spec.prefixes ?? '') {
    const prefix = SI_PREFIXES.find(({ symbol }) => symbol === letter);
    if (!prefix) throw new Error(`no SI prefix ${letter}`);
    const value = atom(prefix.symbol + spec.name, spec, prefix.factor * spec.factor);
    for (const symbol of [spec.name, ...(spec.symbols ?? []), ...(spec.prefixed ?? [])]) {
      claim(tables.symbols, prefix.symbol + symbol, value);
      if (letter === 'μ') claim(tables.symbols, `u${symbol}`, value);
      // mw and mwh could be milli or mega: they stay unread. MWH and Kwh could not be anything else.
      if (spec.fold && letter !== 'm')
        claim(tables.folded, prefix.symbol.toLowerCase() + symbol.toLowerCase(), value);
    }
    addWords(tables, spec, value, prefix.word);
    for (const word of spec.zh ?? []) claim(tables.chinese, prefix.zh + word, value);
  }
}

/** A mass of a substance: `kgCO2`, `tCO2e`, `吨二氧化碳`. */
export function massOf(mass: Atom, key: string): Atom {
  const dimensions: Dimension = { [`mass:${key}`]: 1 };
  return { ...mass, name: mass.name + key, dimensions };
}

function signedSpellings(symbols: Iterable<string>): Map<string, string[]> {
  const byFirst = new Map<string, string[]>();
  for (const spelling of symbols) {
    if (/^[A-Za-zμΩ]+\d?$/.test(spelling)) continue;
    const first = spelling.charAt(0);
    byFirst.set(first, [...(byFirst.get(first) ?? []), spelling]);
  }
  for (const list of byFirst.values()) list.sort((a, b) => b.length - a.length);
  return byFirst;
}

function build(): Lexicon {
  const tables: Tables = {
    symbols: new Map(),
    folded: new Map(),
    words: new Map(),
    chinese: new Map(),
    below: new Map(),
  };
  const specs = [...ELECTRIC, ...RATIOS, ...TIMES, ...MASSES, ...MONEY, ...SPACE, ...EVERYDAY];
  for (const spec of specs) addPlain(tables, spec);
  for (const spec of specs) addPrefixed(tables, spec);
  const phraseStarts = new Set<string>();
  for (const phrase of tables.words.keys()) {
    const space = phrase.indexOf(' ');
    if (space > 0) phraseStarts.add(phrase.slice(0, space));
  }
  const longestChinese = new Map<string, number>();
  for (const word of tables.chinese.keys()) {
    const first = word.charAt(0);
    longestChinese.set(first, Math.max(longestChinese.get(first) ?? 0, word.length));
  }
  return { ...tables, longestChinese, phraseStarts, signed: signedSpellings(tables.symbols.keys()) };
}

export const LEXICON: Lexicon = build();
