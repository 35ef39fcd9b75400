import type { Atom } from './atom.ts';
import { LEXICON, massOf, SUBSTANCES } from './lexicon.ts';

export interface AtomMatch {
  atom: Atom;
  end: number;
  /** 2 in m2, as written without a caret. */
  exponent: number;
}

const LONGEST_RUN = 24;
const LONGEST_PHRASE = 4;

const isLower = (code: number): boolean => code >= 97 && code <= 122;
const isUpper = (code: number): boolean => code >= 65 && code <= 90;
/** Letters a unit symbol is made of: Latin, μ and Ω. */
export const isUnitLetter = (code: number): boolean =>
  isLower(code) || isUpper(code) || code === 0x3bc || code === 0x3a9;
export const isDigit = (code: number): boolean => code >= 48 && code <= 57;
export const isHan = (code: number): boolean => (code >= 0x4e00 && code <= 0x9fff) || code === 0x3007;
export const isBlank = (code: number): boolean => code === 32 || code === 0x2009 || code === 9;

/** The atom whose spelling starts at `at`, the longest there is. */
export function matchAtom(text: string, at: number): AtomMatch | undefined {
  const code = text.charCodeAt(at);
  if (isHan(code)) return withSubstance(text, matchChinese(text, at));
  const signed = matchSigned(text, at);
  if (signed) return signed;
  if (!isUnitLetter(code)) return undefined;
  return matchLetters(text, at);
}

function matchChinese(text: string, at: number): AtomMatch | undefined {
  const longest = LEXICON.longestChinese.get(text.charAt(at)) ?? 0;
  for (let length = Math.min(longest, text.length - at); length > 0; length--) {
    const atom = LEXICON.chinese.get(text.substr(at, length));
    // 千伏特高压 is 千伏 and 特高压.
    if (text.charAt(at + length - 1) === '特' && text.charAt(at + length) === '高') continue;
    if (atom) return { atom, end: at + length, exponent: 1 };
  }
  return undefined;
}

function matchSigned(text: string, at: number): AtomMatch | undefined {
  const list = LEXICON.signed.get(text.charAt(at));
  if (!list) return undefined;
  for (const spelling of list) {
    if (!text.startsWith(spelling, at)) continue;
    const end = at + spelling.length;
    const open = isUnitLetter(text.charCodeAt(end - 1)) && isUnitLetter(text.charCodeAt(end));
    const atom = open ? undefined : LEXICON.symbols.get(spelling);
    if (atom) return { atom, end, exponent: 1 };
  }
  return undefined;
}

function matchLetters(text: string, at: number): AtomMatch | undefined {
  let end = at + 1;
  const limit = at + LONGEST_RUN;
  while (end < limit && isUnitLetter(text.charCodeAt(end))) end++;
  if (isUnitLetter(text.charCodeAt(end))) return undefined;
  const run = text.slice(at, end);
  const digit = isDigit(text.charCodeAt(end));
  if (digit) return matchWithDigit(text, at, run, end);
  if (text.charCodeAt(end) === 95) return undefined;
  const phrase = LEXICON.phraseStarts.has(run.toLowerCase()) ? matchPhrase(text, at) : undefined;
  if (phrase) return withSubstance(text, phrase);
  const atom =
    LEXICON.symbols.get(run) ?? LEXICON.words.get(run.toLowerCase()) ?? folded(run) ?? carbonRun(run);
  return atom && withSubstance(text, { atom, end, exponent: 1 });
}

/** `tCO`, `kgC`: a mass run together with what it is of. */
function carbonRun(run: string): Atom | undefined {
  if (!run.endsWith('C') || run.length < 2) return undefined;
  const mass = LEXICON.symbols.get(run.slice(0, -1));
  return mass?.dimensions['mass'] ? massOf(mass, 'C') : undefined;
}

/** `kwh`, `KV`, `MVAR`; never a spelling in small letters that starts with m, which could be milli or mega. */
function folded(run: string): Atom | undefined {
  const lower = run.toLowerCase();
  if (lower.length < 2 || (lower.startsWith('m') && !run.startsWith('M'))) return undefined;
  return LEXICON.folded.get(lower);
}

const GAS = /(CO2|SO2|CH4)(?:[-_ ]?(?:eq(?:uivalents?|uiv)?\.?|e)(?![A-Za-z]))?/y;
const EXPONENT_DIGIT = /[23](?![\dA-Za-z.])/y;

function matchWithDigit(text: string, at: number, run: string, end: number): AtomMatch | undefined {
  EXPONENT_DIGIT.lastIndex = end;
  const whole = LEXICON.symbols.get(run + text.charAt(end));
  const closed = EXPONENT_DIGIT.test(text);
  if (whole && closed) return { atom: whole, end: end + 1, exponent: 1 };
  const gas = /(?:CO|SO|CH)$/.test(run) ? end - 2 : -1;
  if (gas > at) {
    const mass = LEXICON.symbols.get(text.slice(at, gas));
    const match = mass?.dimensions['mass'] ? matchGas(text, gas) : undefined;
    if (mass && match) return { atom: massOf(mass, match.key), end: match.end, exponent: 1 };
    return undefined;
  }
  const atom = LEXICON.symbols.get(run);
  if (!atom || !closed) return undefined;
  const spatial = atom.dimensions['length'] === 1 || atom.dimensions['time'] === 1;
  return spatial ? { atom, end: end + 1, exponent: Number(text.charAt(end)) } : undefined;
}

function matchGas(text: string, at: number): { key: string; end: number } | undefined {
  GAS.lastIndex = at;
  const match = GAS.exec(text);
  if (!match) return undefined;
  const equivalent = match[0].length > (match[1] ?? '').length;
  return { key: equivalent ? `${match[1]}e` : (match[1] as string), end: at + match[0].length };
}

const OF = /(?: ?of| ?的)? ?/y;
const WORD_SUBSTANCE =
  /(carbon dioxide|co2)(?:[- ](?:equivalents?|eq\.?|e)(?![a-z]))?|(carbon)(?![a-z-])(?! (?:dioxide|price|tax|credit|emission|intensity))/iy;

/** `kg CO2`, `tonnes of carbon dioxide equivalent`, `吨二氧化碳`: a mass of something is not a plain mass. */
function withSubstance(text: string, match: AtomMatch | undefined): AtomMatch | undefined {
  if (match?.exponent !== 1 || match.atom.dimensions['mass'] !== 1) return match;
  OF.lastIndex = match.end;
  OF.test(text);
  const at = OF.lastIndex;
  const gas = matchGas(text, at);
  if (gas && !isUnitLetter(text.charCodeAt(gas.end))) return mass(match, gas.key, gas.end);
  const code = text.charCodeAt(at);
  if (isHan(code)) {
    for (const { key, zh } of SUBSTANCES) {
      const word = zh.find((spelling) => text.startsWith(spelling, at));
      if (word && !text.startsWith('排放', at + word.length - 1)) return mass(match, key, at + word.length);
    }
    return match;
  }
  WORD_SUBSTANCE.lastIndex = at;
  const words = WORD_SUBSTANCE.exec(text);
  if (!words) return match;
  const key = words[2] ? 'C' : words[0].length > (words[1] ?? '').length ? 'CO2e' : 'CO2';
  return mass(match, key, at + words[0].length);
}

function mass(match: AtomMatch, key: string, end: number): AtomMatch {
  return { atom: massOf(match.atom, key), end, exponent: 1 };
}

const WORD = /[A-Za-z.]{1,24}/y;

/** Up to four words with a blank or hyphen between them: `kilowatt-hours`, `metric tons`, `degrees Celsius`. */
function matchPhrase(text: string, at: number): AtomMatch | undefined {
  let phrase = '';
  let found: AtomMatch | undefined;
  let next = at;
  for (let count = 0; count < LONGEST_PHRASE; count++) {
    WORD.lastIndex = next;
    const word = WORD.exec(text)?.[0];
    if (word === undefined) break;
    phrase += (phrase ? ' ' : '') + word.toLowerCase();
    const end = next + word.length;
    const trimmed = phrase.endsWith('.') && !LEXICON.words.has(phrase) ? 1 : 0;
    const atom = LEXICON.words.get(trimmed ? phrase.slice(0, -1) : phrase);
    if (atom) found = { atom, end: end - trimmed, exponent: 1 };
    const parting = text.charCodeAt(end);
    if (!isBlank(parting) && parting !== 45) break;
    next = end + 1;
  }
  return found;
}
