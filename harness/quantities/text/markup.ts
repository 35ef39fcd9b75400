import { THIN_SPACE } from './characters.ts';

/** LaTeX commands that stand for a character, or for nothing. Others keep their name, as `lambda` does. */
export const LATEX: ReadonlyMap<string, string> = new Map(
  Object.entries({
    times: '×',
    cdot: '·',
    pm: '±',
    mp: '∓',
    approx: '≈',
    simeq: '≈',
    sim: '~',
    thicksim: '~',
    ge: '≥',
    geq: '≥',
    geqslant: '≥',
    le: '≤',
    leq: '≤',
    leqslant: '≤',
    gt: '>',
    lt: '<',
    div: '÷',
    angle: '∠',
    circ: '°',
    degree: '°',
    Omega: 'Ω',
    ohm: 'Ω',
    mu: 'μ',
    micro: 'μ',
    euro: '€',
    pounds: '£',
    yen: '¥',
    percent: '%',
    to: '→',
    rightarrow: '→',
    Rightarrow: '→',
    implies: '→',
    quad: ' ',
    qquad: ' ',
    thinspace: THIN_SPACE,
    neg: '',
    square: '□',
    ldots: '…',
    dots: '…',
    cdots: '…',
    hline: ' ',
    mathrm: '',
    text: '',
    textbf: '',
    mathbf: '',
    textit: '',
    mathit: '',
    rm: '',
    bf: '',
    operatorname: '',
    mathsf: '',
    boldsymbol: '',
    bm: '',
    textrm: '',
    mbox: '',
    hbox: '',
    left: '',
    right: '',
    bigl: '',
    bigr: '',
    big: '',
    Big: '',
    Bigl: '',
    Bigr: '',
    displaystyle: '',
    boxed: '',
    fbox: '',
    underline: '',
    mathbb: '',
    mathcal: '',
    mathtt: '',
    texttt: '',
    emph: '',
    unit: ' ',
    si: ' ',
    SI: '',
    qty: '',
    num: '',
    ensuremath: '',
    limits: '',
    large: '',
    Large: '',
    small: '',
    color: '',
    mathop: '',
    cancel: '',
    textstyle: '',
    notag: '',
    nonumber: '',
    begin: ' ',
    end: ' ',
  }),
);

/** siunitx macros: `\SI{350}{\mega\watt}`. */
export const SIUNITX: ReadonlyMap<string, string> = new Map(
  Object.entries({
    kilo: 'k',
    mega: 'M',
    giga: 'G',
    tera: 'T',
    milli: 'm',
    watt: 'W',
    volt: 'V',
    ampere: 'A',
    hour: 'h',
    hertz: 'Hz',
    joule: 'J',
    gram: 'g',
    tonne: 't',
    second: 's',
    minute: 'min',
    per: '/',
    kilogram: 'kg',
    celsius: '°C',
    degreeCelsius: '°C',
    meter: 'm',
    metre: 'm',
  }),
);

/** Characters after a backslash that are themselves, or a space. */
export const LATEX_SIGNS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ',': THIN_SPACE,
    ';': ' ',
    ':': ' ',
    ' ': ' ',
    '!': '',
    '>': ' ',
    '%': '%',
    $: '$',
    '&': '&',
    '#': '#',
    _: '_',
    '{': '{',
    '}': '}',
    '(': ' ',
    ')': ' ',
    '[': ' ',
    ']': ' ',
    '\\': '\n',
    '|': '|',
    '*': '*',
    '-': '-',
    '.': '.',
    '+': '+',
    '~': '~',
    '`': '',
    '/': '',
    '"': '"',
    n: '\n',
    '<': '<',
    '=': '=',
  }),
);

export const ENTITIES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    nbsp: THIN_SPACE,
    thinsp: THIN_SPACE,
    ensp: ' ',
    minus: '-',
    times: '×',
    middot: '·',
    plusmn: '±',
    deg: '°',
    le: '≤',
    ge: '≥',
    lt: '<',
    gt: '>',
    amp: '&',
    asymp: '≈',
    ndash: '–',
    mdash: '–',
    euro: '€',
    pound: '£',
    yen: '¥',
    Omega: 'Ω',
    micro: 'μ',
    frac12: '1/2',
    frac14: '1/4',
    frac34: '3/4',
    sup2: '^2',
    sup3: '^3',
    permil: '‰',
  }),
);

export const TAG =
  /<\/?(sub|sup|b|i|em|strong|u|td|th|tr|p|br|span|div|code|small|mark|table|tbody|li|ul|ol)(?:\s[^<>]{0,80})?\/?>/iy;

/** What a tag leaves behind: `m<sup>2</sup>` is m^2, and `CO<sub>2</sub>` is CO2. */
export function tagText(tag: string, name: string): string {
  if (name === 'sup') return tag.startsWith('</') ? '' : '^';
  if (name === 'td' || name === 'th') return '|';
  if (name === 'br' || name === 'tr' || name === 'p' || name === 'li' || name === 'div') return '\n';
  return '';
}

const MATH_SIGNS = /[\\^=_{}]/;
const BARE_MATH = /^[-+]?[\d.,]+$|^[A-Za-z]{1,3}$/;
const LONGEST_FORMULA = 400;

/**
 * Which `$` of a text open or close a formula; the rest are dollars. A formula closes on its own line, not right before
 * a digit (`$3-$5` is money), and holds a sign of mathematics or nothing but one number.
 */
export function mathDollars(source: string): ReadonlySet<number> {
  const found = new Set<number>();
  let open = source.indexOf('$');
  while (open >= 0) {
    if (source[open + 1] === '$') {
      found.add(open).add(open + 1);
      open = source.indexOf('$', open + 2);
      continue;
    }
    const close = closingDollar(source, open);
    const isMath = source[open - 1] !== '\\' && close > 0 && isFormula(source, open, close);
    if (isMath) found.add(open).add(close);
    open = isMath ? source.indexOf('$', close + 1) : close < 0 ? -1 : source.indexOf('$', open + 1);
  }
  return found;
}

function closingDollar(source: string, open: number): number {
  let close = source.indexOf('$', open + 1);
  while (close > 0 && source[close - 1] === '\\') close = source.indexOf('$', close + 1);
  return close;
}

function isFormula(source: string, open: number, close: number): boolean {
  if (close - open > LONGEST_FORMULA || close === open + 1) return false;
  const inside = source.slice(open + 1, close);
  if (inside.includes('\n')) return false;
  const after = source.charCodeAt(close + 1);
  if (after >= 48 && after <= 57 && !inside.includes('\\')) return false;
  // "$5/h = 40 and $7": money leaves a blank before the next sign; a formula rarely does without a command in it.
  if (/\s$/.test(inside) && !inside.includes('\\') && !/^\s/.test(inside)) return false;
  return MATH_SIGNS.test(inside) || BARE_MATH.test(inside);
}
