import type { Unit } from '../types.ts';
import type { Atom } from '../units/atom.ts';
import { composeUnit } from '../units/compose.ts';
import { LEXICON } from '../units/lexicon.ts';
import { isBlank, isDigit, isUnitLetter } from '../units/match-atom.ts';
import { MONEY_BEFORE } from '../units/money.ts';
import { parseUnit } from '../units/units.ts';

/** What stands before a number and belongs to it. */
export interface Before {
  start: number;
  sign: 1 | -1;
  signed: boolean;
  money: Atom | undefined;
}

/** Spellings by their last character, so that a look back costs one look-up. */
const BY_LAST: ReadonlyMap<string, readonly string[]> = MONEY_BEFORE.reduce((map, spelling) => {
  const last = spelling.charAt(spelling.length - 1);
  return map.set(last, [...(map.get(last) ?? []), spelling]);
}, new Map<string, string[]>());
const NEGATIVE = /(?:^|[^A-Za-z])(?:minus|negative)[ -]$/i;

/** Looks back from the first digit for a sign, a currency, and a sign before that. */
export function lookBefore(text: string, at: number, floor: number): Before {
  const near = signBefore(text, at, floor);
  const money = moneyBefore(text, near?.start ?? at, floor);
  const start = money?.start ?? near?.start ?? at;
  const far = near ? undefined : signBefore(text, start, floor);
  const sign = near ?? far;
  return {
    start: far?.start ?? start,
    sign: sign?.sign ?? 1,
    signed: sign !== undefined,
    money: money?.atom,
  };
}

function signBefore(text: string, at: number, floor: number): { start: number; sign: 1 | -1 } | undefined {
  if (at <= floor) return undefined;
  const char = text.charAt(at - 1);
  if (char === '-' || char === '–')
    return isMinus(text, at - 1, floor) ? { start: at - 1, sign: -1 } : undefined;
  if (char === '+') {
    const before = text.charCodeAt(at - 2);
    return isDigit(before) || isUnitLetter(before) || before === 41 ? undefined : { start: at - 1, sign: 1 };
  }
  if (char === '负') return { start: at - 1, sign: -1 };
  if (char === '下' && text.charAt(at - 2) === '零') return { start: at - 2, sign: -1 };
  if (char === ' ') return spacedSign(text, at, floor);
  return undefined;
}

/** `minus forty`, `= - 5`; a hyphen and a blank at a line's start are a bullet. */
function spacedSign(text: string, at: number, floor: number): { start: number; sign: 1 | -1 } | undefined {
  const last = text.charAt(at - 2);
  const words = (last === 's' || last === 'e') && NEGATIVE.exec(text.slice(Math.max(floor, at - 10), at));
  if (words) return { start: at - words[0].replace(/^[^A-Za-z]/, '').length, sign: -1 };
  if (text.charAt(at - 2) !== '-') return undefined;
  const before = text.charAt(skipBack(text, at - 3));
  return before === '=' || before === '(' ? { start: at - 2, sign: -1 } : undefined;
}

function skipBack(text: string, at: number): number {
  let i = at;
  for (let steps = 0; steps < 3 && isBlank(text.charCodeAt(i)); steps++) i--;
  return i;
}

/** A hyphen right before a digit negates, unless it joins (10-15, bus-14, ) - 5) or follows the number before. */
function isMinus(text: string, at: number, floor: number): boolean {
  if (at < floor) return false;
  if (at === floor && floor > 0) return false;
  const before = text.charCodeAt(at - 1);
  if (before === 45 || before === 0x2013) return false;
  return !(
    isDigit(before) ||
    isUnitLetter(before) ||
    before === 41 ||
    before === 37 ||
    before === 95 ||
    before === 93
  );
}

function moneyBefore(text: string, at: number, floor: number): { start: number; atom: Atom } | undefined {
  const end = isBlank(text.charCodeAt(at - 1)) ? at - 1 : at;
  if (end <= floor) return undefined;
  for (const spelling of BY_LAST.get(text.charAt(end - 1)) ?? []) {
    const start = end - spelling.length;
    if (start < floor || !text.startsWith(spelling, start)) continue;
    const first = text.charCodeAt(start);
    // ABC in "XABC" is no currency; and a unit that ends in one (`元/$`) is not one before a number.
    if (isUnitLetter(first) && isUnitLetter(text.charCodeAt(start - 1))) continue;
    if (text.charCodeAt(start - 1) === 47) return undefined;
    const atom = LEXICON.symbols.get(spelling) ?? LEXICON.chinese.get(spelling);
    if (atom) return { start, atom };
  }
  return undefined;
}

const LABEL_UNIT = /[([]([^()[\]\n]{1,24}|[^()[\]\n]{0,16}\([^()\n]{1,12}\))[)\]][ \t]*[:=≈][ \t]*$/;

/** The unit in a label before the number: `Price ($/MWh): 23.27`, `出力（MW）= 350`. */
export function labelUnit(
  text: string,
  at: number,
  parse: (spelling: string) => Unit | undefined,
): Unit | undefined {
  const end = skipBack(text, at - 1);
  if (!/[:=≈]/.test(text.charAt(end)) || !/[)\]]/.test(text.charAt(skipBack(text, end - 1))))
    return undefined;
  const before = text.slice(Math.max(0, at - 40), at);
  const inner = LABEL_UNIT.exec(before)?.[1];
  if (inner === undefined) return undefined;
  return parse(inner.replace(/^(?:in|unit:?|单位:?) ?/i, '').trim());
}

export function moneyUnit(
  atom: Atom,
  below: readonly { atom: Atom; exponent: number; scale: number }[],
): Unit | undefined {
  return composeUnit([{ atom, exponent: 1, scale: 1 }, ...below]);
}

const PER_BEFORE =
  /每(?:一)?([^，。；、\s每]{1,8}?)(?:电价|电量|价格|成本|补贴)?(?:约|为|仅|达|仅为|约为|需|需要|收取|支付|消耗|耗|排放|产生|上涨|下降|提高|降低|增加|减少)? ?$/;
const SUBSTANCE_BEFORE =
  /(?:(二氧化碳当量|CO2e|CO2当量|碳当量)|(二氧化碳|CO2)|(标准煤|标煤))(?:排放量?|减排量?)?(?:约|为|达|共|合计|约为)? ?$/;
const TIMED = /每(?:小)?时$/;

/** What is said before a number of its unit: 每千瓦时0.45元 is a price of energy, 二氧化碳2800吨 a mass of CO2. */
export function unitWithBefore(text: string, at: number, unit: Unit): Unit {
  const isMass = unit.dimensions['mass'] === 1;
  const before = text.slice(Math.max(0, at - 16), at);
  if (isMass && /[碳煤e2约为达共计量 ]$/.test(before)) {
    const match = SUBSTANCE_BEFORE.exec(before);
    const named = match && (match[3] ? `${unit.name}ce` : `${unit.name}${match[1] ? 'CO2e' : 'CO2'}`);
    const read = named ? parseUnit(named) : undefined;
    if (read) return read;
  }
  if (!before.includes('每') || unit.name.includes('/')) return unit;
  const first = perBefore(before);
  if (!first) return unit;
  const second = perBefore(before.slice(0, first.at));
  const below = second ? `(${first.name}·${second.name})` : first.name;
  return parseUnit(`${unit.name}/${below}`) ?? unit;
}

function perBefore(before: string): { name: string; at: number } | undefined {
  const match = PER_BEFORE.exec(before);
  if (!match) return undefined;
  const inner = match[1] as string;
  const name = TIMED.test(`每${inner}`)
    ? 'h'
    : inner === '年'
      ? 'yr'
      : inner === '月'
        ? 'mo'
        : parseUnit(inner)?.name;
  return name ? { name, at: match.index } : undefined;
}
