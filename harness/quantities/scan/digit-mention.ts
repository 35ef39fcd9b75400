import type { DigitRules, NumberMatch } from '../numbers/digits.ts';
import type { Quantity, Unit } from '../types.ts';
import { isDigit, isHan, isUnitLetter } from '../units/match-atom.ts';
import { parseUnit, tidy } from '../units/units.ts';
import { type Before, lookBefore } from './before.ts';
import { complete } from './complete.ts';
import { isYear, matchAfterMonth, matchDate } from './dates.ts';
import { type Mention, namedMention } from './mention.ts';
import { digitsAt } from './number-at.ts';
import { isCitation, isEnumerator, isNamedAfter, isNamedBefore } from './roles.ts';
import { unitAfter } from './unit-after.ts';

interface Setting {
  /** End of the mention before. */
  floor: number;
  /** The text elsewhere shows decimal commas. */
  euro: boolean;
}

const bySuffix = (text: string, end: number): boolean => unitAfter(text, end) !== undefined;
const RULES = {
  named: { spaced: false, decimalComma: bySuffix },
  euro: { spaced: true, decimalComma: () => true },
  plain: { spaced: true, decimalComma: bySuffix },
} satisfies Record<string, DigitRules>;

const ORDINAL = /(?:st|nd|rd|th)(?![A-Za-z])/y;
/** 220/110/35kV: the figures share the unit of the last. */
const MORE_FIGURES = /(?:[/、~–-]\d{1,6}(?:\.\d{1,6})?){1,6}/y;

function sharesUnit(text: string, at: number): boolean {
  MORE_FIGURES.lastIndex = at;
  return MORE_FIGURES.test(text) && unitAfter(text, MORE_FIGURES.lastIndex) !== undefined;
}

const NAME_TAIL = /(?:-\d+)*/y;

/** The number, date or name that the digits at `at` are. */
export function digitMention(text: string, at: number, { floor, euro }: Setting): Mention | undefined {
  const before = lookBefore(text, at, floor);
  if (!before.money && !before.signed) {
    const dated = matchDate(text, at);
    if (dated) return named(text, at, dated.end, dated.role);
    const day = matchAfterMonth(text, at);
    if (day) return named(text, at, day, 'date');
  }
  const isNamed = !before.money && isNamedBefore(text, before.signed ? before.start + 1 : at);
  const rules = RULES[isNamed ? 'named' : euro ? 'euro' : 'plain'];
  const match = digitsAt(text, at, rules, before.money !== undefined);
  if (!match) return undefined;
  const role = roleOf(text, at, match, before, isNamed);
  const clocked = role === 'identifier' && match.plain && !isNamed ? duration(text, at) : undefined;
  if (clocked) return clocked;
  if (role) return nameWhole(text, at, match, role);
  match.value *= before.sign;
  const mention = complete(text, { at: before.start, match, before });
  return accounting(text, mention);
}

const DURATION = /(\d{1,4})(?:h|hr)(\d{1,2})(?:m|min)?(?:(\d{1,2})(?:s|sec))?(?![A-Za-z0-9])/y;
const HOUR = parseUnit('h') as Unit;

/** 3h20m, 1h30, 2h05m30s: told in hours. */
function duration(text: string, at: number): Mention | undefined {
  DURATION.lastIndex = at;
  const [whole, hours, minutes, seconds] = DURATION.exec(text) ?? [];
  if (whole === undefined || Number(minutes) >= 60 || Number(seconds ?? 0) >= 60) return undefined;
  const value = tidy(Number(hours) + Number(minutes) / 60 + Number(seconds ?? 0) / 3600);
  return { ...namedMention(at, at + whole.length, 'value', value, 'digits'), unit: HOUR };
}

function named(text: string, at: number, end: number, role: Quantity['role']): Mention {
  const figure = Number.parseFloat(text.slice(at, end));
  return namedMention(at, end, role, Number.isFinite(figure) ? figure : 0, 'digits');
}

function nameWhole(text: string, at: number, match: NumberMatch, role: Quantity['role']): Mention {
  if (role !== 'identifier') return namedMention(at, match.end, role, match.value, 'digits');
  let end = match.end;
  while (
    isDigit(text.charCodeAt(end)) ||
    isUnitLetter(text.charCodeAt(end)) ||
    (text.charCodeAt(end) === 46 && isDigit(text.charCodeAt(end + 1)))
  )
    end++;
  if (match.plain) {
    NAME_TAIL.lastIndex = end;
    NAME_TAIL.test(text);
    end = Math.max(end, NAME_TAIL.lastIndex);
  }
  return namedMention(at, end, role, match.value, 'digits');
}

const IMAGINARY = / ?[+-] ?(?:[ji] ?\d|\d+(?:\.\d+)?[ji](?![A-Za-z]))/y;

/** 0.05+j0.12, 100 - 50j: one complex number, which no scalar stands for. */
function isComplex(text: string, end: number): boolean {
  const next = text.charCodeAt(end);
  if (next !== 32 && next !== 43 && next !== 45) return false;
  IMAGINARY.lastIndex = end;
  return IMAGINARY.test(text);
}

function roleOf(
  text: string,
  at: number,
  match: NumberMatch,
  before: Before,
  isNamed: boolean,
): Quantity['role'] | undefined {
  const { end } = match;
  if (match.dotted || isComplex(text, end)) return 'identifier';
  if (before.money) return undefined;
  if (match.form === 'digits' && match.scale === undefined && Number.isInteger(match.value)) {
    ORDINAL.lastIndex = end;
    if (isUnitLetter(text.charCodeAt(end)) && ORDINAL.test(text)) return 'ordinal';
    if (text.charAt(at - 1) === '第') return 'ordinal';
  }
  if (match.plain) {
    if (isEnumerator(text, at)) return 'identifier';
    if (isNamedAfter(text, end, match)) return 'identifier';
    if (isCitation(text, at, end)) return 'identifier';
  }
  if (before.signed) return undefined;
  const hasUnit = unitAfter(text, end) !== undefined || (isNamed && sharesUnit(text, end));
  if (match.plain && !hasUnit && isYear(text, at, end, match.value)) return 'date';
  if (isNamed && (match.plain || match.form === 'digits') && !hasUnit && match.scale === undefined)
    return 'identifier';
  const next = text.charCodeAt(end);
  // A letter that runs on and is no unit makes a name: 3a, 5G, 2x.
  if (match.form === 'digits' && isUnitLetter(next) && !hasUnit && text.charAt(end) !== 'x')
    return 'identifier';
  return match.padded && !hasUnit ? 'identifier' : undefined;
}

const ALONE_BEFORE = /(?:^|[\n|:=\t])[ \t]*(?:[A-Z]{3} ?|[$€£¥])?$/;

/** (1,234.5) is negative in accounts: alone after a colon, in a cell or on a line, and grouped or with a currency. */
function accounting(text: string, mention: Mention): Mention {
  const { start, end } = mention;
  if (text.charCodeAt(start - 1) !== 40 || mention.signed || mention.plain || mention.spread) return mention;
  // The bracket closes right after the figure, or inside what was read where the unit stands outside.
  const inside = text.slice(start, Math.min(end + 1, start + 40));
  const close = inside.indexOf(')');
  if (close < 0 || (close < end - start && mention.moneyBefore)) return mention;
  const before = text.slice(Math.max(0, start - 10), start - 1);
  if (!/\d,\d{3}/.test(inside) && !mention.moneyBefore && !/[$€£¥]$/.test(before)) return mention;
  if (isHan(text.charCodeAt(start + close + 1)) || !ALONE_BEFORE.test(before)) return mention;
  return {
    ...mention,
    value: -mention.value,
    start: start - 1,
    end: Math.max(end, start + close + 1),
    signed: true,
  };
}
