import type { Dimension } from '../types.ts';

/** A unit that cannot be taken apart: `MW`, `kWh`, `CNY`, `°C`. Its factor leads to the base unit of its dimension. */
export interface Atom {
  name: string;
  dimensions: Dimension;
  factor: number;
  offset: number;
  /** Stands only inside a compound: 时 is an hour in 兆瓦·时, a time of day elsewhere. */
  inner: boolean;
}

/** One row of a unit table. The base units are W, var, VA, Wh, V, A, Ω, Hz, degree, s, g, m, °C, bit and one of each currency. */
export interface AtomSpec {
  name: string;
  dimensions: Dimension;
  factor: number;
  offset?: number;
  /** SI prefixes that go with the symbols: a string of letters out of `pnμmcdhkMGTPE`. */
  prefixes?: string;
  /** Written exactly so: case matters. The name is always one of them. */
  symbols?: readonly string[];
  /** Symbols that stand only with a prefix: `MWe`, never `We`. */
  prefixed?: readonly string[];
  /** English words in the singular, any case; `kilo…` is added where `prefixes` has a k, and so on. */
  words?: readonly string[];
  /** English plurals that do not end in s. */
  plurals?: readonly string[];
  zh?: readonly string[];
  /** Spellings that stand only after `/`, `per` or a product dot. */
  inner?: readonly string[];
  /** Spellings that mean this only below a slash: 分 is a minute in MW/分, a hundredth of a yuan in 分/kWh. */
  below?: readonly string[];
  /** Also read in any letter case where that cannot be mistaken: kwh, KV, MVAR. */
  fold?: boolean;
}

export const SI_PREFIXES: readonly {
  symbol: string;
  word: string;
  zh: string;
  factor: number;
}[] = [
  { symbol: 'p', word: 'pico', zh: '皮', factor: 1e-12 },
  { symbol: 'n', word: 'nano', zh: '纳', factor: 1e-9 },
  { symbol: 'μ', word: 'micro', zh: '微', factor: 1e-6 },
  { symbol: 'm', word: 'milli', zh: '毫', factor: 1e-3 },
  { symbol: 'c', word: 'centi', zh: '厘', factor: 1e-2 },
  { symbol: 'd', word: 'deci', zh: '分', factor: 1e-1 },
  { symbol: 'h', word: 'hecto', zh: '百', factor: 1e2 },
  { symbol: 'k', word: 'kilo', zh: '千', factor: 1e3 },
  { symbol: 'M', word: 'mega', zh: '兆', factor: 1e6 },
  { symbol: 'G', word: 'giga', zh: '吉', factor: 1e9 },
  { symbol: 'T', word: 'tera', zh: '太', factor: 1e12 },
  { symbol: 'P', word: 'peta', zh: '拍', factor: 1e15 },
  { symbol: 'E', word: 'exa', zh: '艾', factor: 1e18 },
];
