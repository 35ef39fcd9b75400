import type { Unit } from '../types.ts';
import { composeUnit, type Term } from './compose.ts';
import { LEXICON } from './lexicon.ts';
import { type AtomMatch, isBlank, isHan, matchAtom } from './match-atom.ts';

export interface UnitMatch {
  unit: Unit;
  end: number;
}

const LONGEST_EXPRESSION = 8;
/** cm-2 for cm⁻², only inside a compound: elsewhere a hyphen and a figure are something else. */
const ASCII_EXPONENT = /-([123])(?![\d.A-Za-z])/y;
const EXPONENT = /\^\(?\{?([+-]?\d)\}?\)?/y;
const PER = /(?:per|a|an|each|every)(?=[ -])/iy;
const PER_START = /[paePAE]/;
const COUNT = /(?:1|10|100|1000|1,000|10\^\d)(?![\d.,])[ ]?/y;
const SCALE_ZH = /万亿|千亿|百亿|十亿|亿|千万|百万|十万|万|千|百/y;
const SCALE_EN = /(thousands?|millions?|billions?|trillions?|bn|mln|mn)(?: of)?[ -]+/iy;

const MAY_SCALE = /[万亿千百十tTmMbB]/;

const SCALES: Readonly<Record<string, number>> = {
  万亿: 1e12,
  千亿: 1e11,
  百亿: 1e10,
  十亿: 1e9,
  亿: 1e8,
  千万: 1e7,
  百万: 1e6,
  十万: 1e5,
  万: 1e4,
  千: 1e3,
  百: 100,
  thousand: 1e3,
  million: 1e6,
  billion: 1e9,
  trillion: 1e12,
  bn: 1e9,
  mln: 1e6,
  mn: 1e6,
};

interface Group {
  terms: Term[];
  end: number;
}

/**
 * The unit written at `at`, as far as it goes: `kgCO2/kWh`, `$ per MWh`, `元/（千瓦·月）`, `MW h`.
 * Grammar: factor { ('·' | '*' | '-' | '/' | 'per' | 每) factor }, where factor = atom [^n] | '(' group ')'.
 */
export function matchUnit(text: string, at: number): UnitMatch | undefined {
  const group = matchGroup(text, at, 0);
  if (!group) return undefined;
  if (group.terms.length === 1 && (group.terms[0] as Term).atom.inner) return undefined;
  const unit = composeUnit(group.terms);
  return unit && { unit, end: group.end };
}

/** The denominator that follows a number or a unit given before it: `/MWh`, ` per MW per hour`, `每千瓦时`. */
export function matchDenominator(text: string, at: number): Group | undefined {
  const terms: Term[] = [];
  const end = matchTail(text, at, terms, 0, true);
  return terms.length > 0 ? { terms, end } : undefined;
}

function matchGroup(text: string, at: number, depth: number): Group | undefined {
  const first = matchFactor(text, at, depth);
  if (!first) return undefined;
  const terms = first.terms;
  const end = matchTail(text, first.end, terms, depth, false);
  return { terms, end };
}

function matchFactor(
  text: string,
  at: number,
  depth: number,
  after?: Operator['operator'],
): Group | undefined {
  if (text.charCodeAt(at) === 40) {
    if (depth > 2) return undefined;
    const inner = matchGroup(text, skipBlanks(text, at + 1), depth + 1);
    if (!inner) return undefined;
    const close = skipBlanks(text, inner.end);
    return text.charCodeAt(close) === 41 ? { terms: inner.terms, end: close + 1 } : undefined;
  }
  const match = matchScaled(text, at);
  if (!match) return undefined;
  EXPONENT.lastIndex = match.end;
  const caret = text.charCodeAt(match.end) === 94 ? EXPONENT.exec(text) : null;
  const exponent = caret ? Number(caret[1]) : match.exponent;
  if (exponent === 0) return undefined;
  const end = match.end + (caret?.[0].length ?? 0);
  ASCII_EXPONENT.lastIndex = end;
  const ascii = !caret && (after === ' ' || after === '·') ? ASCII_EXPONENT.exec(text) : null;
  if (ascii) {
    return {
      terms: [{ atom: match.atom, exponent: -Number(ascii[1]), scale: match.scale }],
      end: end + ascii[0].length,
    };
  }
  return { terms: [{ atom: match.atom, exponent, scale: match.scale }], end };
}

/** 万千瓦 and `million tonnes` carry a scale; 千瓦 and 百帕 are in the lexicon as they stand. */
function matchScaled(text: string, at: number): (AtomMatch & { scale: number }) | undefined {
  const plain = matchAtom(text, at);
  if (plain) return { atom: plain.atom, end: plain.end, exponent: plain.exponent, scale: 1 };
  const pattern = isHan(text.charCodeAt(at)) ? SCALE_ZH : SCALE_EN;
  if (!MAY_SCALE.test(text.charAt(at))) return undefined;
  pattern.lastIndex = at;
  const word = pattern.exec(text);
  if (!word) return undefined;
  const scale = SCALES[(word[1] ?? word[0]).toLowerCase().replace(/(?<=d|n)s$/, '')];
  const match = matchAtom(text, at + word[0].length);
  return match && scale ? { atom: match.atom, end: match.end, exponent: match.exponent, scale } : undefined;
}

function skipBlanks(text: string, at: number): number {
  if (isBlank(text.charCodeAt(at))) at++;
  if (isBlank(text.charCodeAt(at))) at++;
  return at;
}

/** Reads on after a factor, appending to `terms`; a product after a slash belongs below it, as in `$/kW-month`. */
function matchTail(text: string, at: number, terms: Term[], depth: number, divideFirst: boolean): number {
  let below = false;
  for (let count = 0; count < LONGEST_EXPRESSION; count++) {
    const step = nextOperator(text, at);
    if (!step || (divideFirst && count === 0 && step.operator !== '/')) break;
    if (step.operator === '/') below = true;
    let from = step.end;
    let scale = 1;
    if (step.operator === '/') {
      COUNT.lastIndex = from;
      const number = COUNT.exec(text);
      if (number) {
        scale = Number(number[0].replace(',', '').replace('10^', '1e'));
        from += number[0].length;
      }
    }
    const factor = matchFactor(text, from, depth, step.operator);
    if (!factor || !(depth > 0 || fits(step, terms, factor))) break;
    const [head, ...rest] = factor.terms as [Term, ...Term[]];
    const joined = step.operator !== '/';
    const atom = (below && LEXICON.below.get(text.slice(from, factor.end))) || head.atom;
    for (const term of [{ ...head, atom, scale: head.scale * scale, joined }, ...rest]) {
      terms.push(below ? { ...term, exponent: -term.exponent } : term);
    }
    at = factor.end;
  }
  return at;
}

interface Operator {
  operator: '/' | '·' | '-' | ' ';
  end: number;
}

function nextOperator(text: string, at: number): Operator | undefined {
  const code = text.charCodeAt(at);
  if (code === 47) return { operator: '/', end: skipBlanks(text, at + 1) };
  if (code === 0xb7 || code === 42 || code === 0xd7) return { operator: '·', end: skipBlanks(text, at + 1) };
  if (code === 0x6bcf) return { operator: '/', end: at + 1 };
  if (code !== 45 && !isBlank(code)) return undefined;
  const next = skipBlanks(text, at + (code === 45 ? 1 : 0));
  const sign = text.charCodeAt(next);
  if (code !== 45) {
    if (sign === 47) return { operator: '/', end: skipBlanks(text, next + 1) };
    if (sign === 0xb7 || sign === 0xd7) return { operator: '·', end: skipBlanks(text, next + 1) };
    if (sign === 0x6bcf) return { operator: '/', end: next + 1 };
  }
  PER.lastIndex = next;
  const per = PER_START.test(text.charAt(next)) ? PER.exec(text) : null;
  if (per) return { operator: '/', end: next + per[0].length + 1 };
  return { operator: code === 45 ? '-' : ' ', end: next };
}

/** A hyphen joins only a time (`MW-h`, `kW-month`); a blank only `MW h`, or an atom with a negative exponent. */
function fits({ operator, end }: Operator, before: readonly Term[], { terms }: Group): boolean {
  if (operator === '/' || operator === '·') return true;
  const term = terms[0] as Term;
  const timed = term.atom.dimensions['time'] === 1 && term.exponent === 1;
  const last = before[before.length - 1];
  if (operator === '-') return timed && last !== undefined && isPower(last);
  if (term.exponent < 0) return true;
  return timed && term.atom.name === 'h' && last !== undefined && isPower(last) && end > 0;
}

function isPower({ atom }: Term): boolean {
  const { power, reactive, apparent, current } = atom.dimensions as Record<string, number | undefined>;
  return power === 1 || reactive === 1 || apparent === 1 || current === 1;
}
