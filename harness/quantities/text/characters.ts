/**
 * One spelling for each character that has several: what NFKC does, but only where it helps a reader of numbers, and kept
 * apart where NFKC would lose a difference (a dash is not a minus, `，` is not `,`).
 */
export const THIN_SPACE = '\u2009';
const DASH = '–';

const SINGLE: Readonly<Record<string, string>> = {
  // Minus and hyphen forms; the dashes stay apart, since between numbers they span and before one they may negate.
  '\u2212\uFE63\uFF0D\u2796\u2010\u2011\u02D7': '-',
  '\u2012\u2013\u2014\u2015\uFE58\u2E3A': DASH,
  '\u301C\u223C\uFF5E\u02DC': '~',
  '\u00A0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200A\u202F\u205F': THIN_SPACE,
  '\u3000': ' ',
  '\u200B\u200C\u200D\uFEFF\u2060\u00AD\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069\uFE0E\uFE0F':
    '',
  '\u2715\u2716\u2A2F\u2A09': '×',
  '\u22C5\u2219\u2022\u30FB\u2027\uFF65': '·',
  '\u2267\u2A7E': '≥',
  '\u2266\u2A7D': '≤',
  '\u2243\u2245\u224A\u2252': '≈',
  '\u00B5': 'μ',
  '\u2126': 'Ω',
  '\u212A': 'K',
  '\u02DA': '°',
  '\u2018\u2019\u02BC\u2032\uFF07': "'",
  '\u201C\u201D\u2033': '"',
  '\u2044\u2215': '/',
  '\u2236': ':',
  '\uFFE5': '¥',
  '\uFFE1': '£',
  '\uFFE0': '¢',
  '\uFFE6': '₩',
  '\uFE6A': '%',
  '\uFE50': ',',
  '\u3016\u3010\uFE5D': '[',
  '\u3017\u3011\uFE5E': ']',
};

const VULGAR: Readonly<Record<string, string>> = {
  '½': '1/2',
  '⅓': '1/3',
  '⅔': '2/3',
  '¼': '1/4',
  '¾': '3/4',
  '⅕': '1/5',
  '⅖': '2/5',
  '⅗': '3/5',
  '⅘': '4/5',
  '⅙': '1/6',
  '⅚': '5/6',
  '⅐': '1/7',
  '⅛': '1/8',
  '⅜': '3/8',
  '⅝': '5/8',
  '⅞': '7/8',
  '⅑': '1/9',
  '⅒': '1/10',
};

const SUPERSCRIPTS = '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻';
const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';

/** What a character becomes: a plain text, a superscript (which needs a caret before it) or a vulgar fraction. */
export type Replacement = { kind: 'plain' | 'superscript' | 'fraction'; text: string };

function buildTable(): Map<number, Replacement> {
  const table = new Map<number, Replacement>();
  const put = (char: string, kind: Replacement['kind'], text: string) =>
    table.set(char.charCodeAt(0), { kind, text });
  for (let code = 0x3300; code <= 0x33ff; code++) {
    const char = String.fromCharCode(code);
    put(char, 'plain', char.normalize('NFKC').replace('µ', 'μ').replace('\u2126', 'Ω').replace('∕', '/'));
  }
  for (const char of '℃℉№ℓℎ') put(char, 'plain', char.normalize('NFKC'));
  for (let code = 0xff01; code <= 0xff5e; code++)
    put(String.fromCharCode(code), 'plain', String.fromCharCode(code - 0xfee0));
  table.delete(0xff0c);
  for (const [chars, text] of Object.entries(SINGLE)) for (const char of chars) put(char, 'plain', text);
  for (const [char, text] of Object.entries(VULGAR)) put(char, 'fraction', text);
  [...SUPERSCRIPTS].forEach((char, index) => {
    put(char, 'superscript', '0123456789+-'.charAt(index));
  });
  [...SUBSCRIPTS].forEach((char, index) => {
    put(char, 'plain', String(index));
  });
  return table;
}

let table: ReadonlyMap<number, Replacement> | undefined;

/** What the character of a UTF-16 unit becomes; undefined where it stays. The table is made when it is first asked: NFKC takes its time. */
export const replacementOf = (code: number): Replacement | undefined => (table ??= buildTable()).get(code);
