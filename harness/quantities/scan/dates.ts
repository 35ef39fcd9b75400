import type { Quantity } from '../types.ts';
import { isDigit } from '../units/match-atom.ts';

export interface Dated {
  role: Quantity['role'];
  end: number;
}

const MONTHS =
  'Jan(?:uary|\\.)?|Feb(?:ruary|\\.)?|Mar(?:ch|\\.)?|Apr(?:il|\\.)?|May|June?|July?|Aug(?:ust|\\.)?|Sept?(?:ember|\\.)?|Oct(?:ober|\\.)?|Nov(?:ember|\\.)?|Dec(?:ember|\\.)?';

/** Date and time forms that begin with a digit, each tried at the digit itself. */
const FORMS: readonly { role: 'date' | 'time'; pattern: RegExp }[] = [
  { role: 'date', pattern: /\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[T ]\d{2}:\d{2}(?::\d{2})?Z?)?(?![\d.])/y },
  { role: 'date', pattern: /\d{1,2}[-/.]\d{1,2}[-/.](?:19|20)\d{2}(?!\d)/y },
  { role: 'date', pattern: /(?:19|20)\d{2}[-–](?:19|20)\d{2}(?!\d|[.,]\d| ?[A-Za-z%]*W)/y },
  { role: 'date', pattern: /(?:19|20)\d{2}\/\d{2}(?![\d/])/y },
  {
    role: 'date',
    pattern:
      /\d{4} ?年(?:度|底|初|末|代|版|前后|以来|至今)?(?: ?\d{1,2} ?月(?:份|底|初|末)?(?: ?\d{1,2} ?[日号])?|[上下]半年|第?[一二三四1-4]季度)?/y,
  },
  { role: 'date', pattern: /\d{2}年代|\d{1,2} ?世纪(?:\d{2}年代)?/y },
  { role: 'date', pattern: /\d{1,2} ?月(?:份|底|初|末|中旬|上旬|下旬)?(?: ?\d{1,2} ?[日号])?(?!均)/y },
  { role: 'date', pattern: /\d{1,2}日(?!均|照|内)/y },
  { role: 'date', pattern: /\d{4}s(?![A-Za-z])/y },
  { role: 'time', pattern: /24\/7(?!\d)/y },
  {
    role: 'date',
    pattern: new RegExp(
      `\\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:${MONTHS})(?![A-Za-z])(?:,? \\d{4}(?!\\d))?`,
      'y',
    ),
  },
  { role: 'time', pattern: /\d{1,2}[:时点]\d{2}分?\s?[-–~至到]\s?\d{1,2}[:时点]\d{2}分?/y },
  {
    role: 'time',
    pattern: /(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d(?:\.\d+)?)?(?: ?[aApP]\.?[mM]\.?)?(?![\d:])/y,
  },
  { role: 'time', pattern: /\d{1,2} ?(?:[aApP]\.[mM]\.|[aApP][mM](?![A-Za-z]))/y },
  { role: 'time', pattern: /\d{1,2} ?o'clock/y },
  {
    role: 'time',
    pattern: /\d{1,2} ?[时点](?! ?\d+ ?[^\d分整])(?:(?: ?\d{1,2} ?分)?(?:\d{1,2}秒)?|整|半|钟)/y,
  },
];

const AFTER_DATE = /[-/.:–年月日号时点s]|[ \u2009]?[年月日号时点世AaPpJFMSONDo]|st|nd|rd|th/y;

/** A date or time of day written in digits at `at`. */
export function matchDate(text: string, at: number): Dated | undefined {
  let end = at + 1;
  while (end < at + 5 && isDigit(text.charCodeAt(end))) end++;
  // A figure after a blank, or a blank alone, makes no date: the common case in tables and vectors.
  const next = text.charCodeAt(end);
  if (Number.isNaN(next) || (next === 32 && isDigit(text.charCodeAt(end + 1)))) return undefined;
  AFTER_DATE.lastIndex = end;
  if (end === at + 5 || !AFTER_DATE.test(text)) return undefined;
  for (const { role, pattern } of FORMS) {
    pattern.lastIndex = at;
    if (pattern.test(text)) return { role, end: pattern.lastIndex };
  }
  return undefined;
}

const CHINESE_FORMS: readonly { role: 'date' | 'time' | 'ordinal'; pattern: RegExp }[] = [
  {
    role: 'date',
    pattern:
      /[一二][〇○零九][〇○零一二三四五六七八九]{2}年(?:[一二三四五六七八九十]{1,2}月(?:份)?(?:[一二三四五六七八九十廿]{1,3}[日号])?)?/y,
  },
  { role: 'date', pattern: /[一二三四五六七八九十]{1,2}月(?:份)?(?:[一二三四五六七八九十廿]{1,3}[日号])?/y },
  {
    role: 'date',
    pattern:
      /[一二三四]季度|[一二三四五六七八九]十年代|(?:十[一二三四五])五(?=[”"」』]?(?:规划|期间|时期|末|以来))|[一二三四五六七八九十]{1,3}世纪/y,
  },
  { role: 'date', pattern: /[一二三四五六七八九十廿]{1,3}[日号](?!均|电|照)/y },
  {
    role: 'time',
    pattern:
      /[一二三四五六七八九十两]{1,3}(?:点(?![一二三四五六七八九零〇]+(?!分|十))|时(?!间|期|段|代|刻))(?:[一二三四五六七八九十]{1,3}分|半|钟|整|一刻|三刻)?/y,
  },
];

/** A date or time of day in Chinese numerals at `at`. 三点五 is a decimal; 三点 is a time. */
export function matchChineseDate(text: string, at: number): Dated | undefined {
  for (const { role, pattern } of CHINESE_FORMS) {
    pattern.lastIndex = at;
    if (pattern.test(text)) return { role, end: pattern.lastIndex };
  }
  return undefined;
}

const MONTH_BEFORE = new RegExp(`(?:^|[^A-Za-z])(?:${MONTHS}) $`);
const YEAR_BEFORE =
  /(?:^|[^A-Za-z])(?:in|by|since|during|until|till|year|years|early|late|mid|FY|CY|spring|summer|autumn|fall|winter|Q[1-4]|H[12])[ -]$/i;
/** Words that stand before years and before amounts alike; a round figure after them is rather an amount. */
const MAYBE_YEAR_BEFORE =
  /(?:^|[^A-Za-z])(?:the|through|before|after|from|to|for|and|between|end|base|with|than|target|(?<!(?:total|sum|capacity|average|number|output|load|cost|price|value|maximum|minimum|demand) )of)[ -]$/i;
const MONTH_DAY = /\d{1,2}(?:st|nd|rd|th)?(?:,? (?:19|20)\d{2})?(?![\d.,]*\d)/y;

/** March 12, 2026: a day after a month's name. */
export function matchAfterMonth(text: string, at: number): number | undefined {
  if (text.charCodeAt(at - 1) !== 32 || !/[a-z.]/.test(text.charAt(at - 2))) return undefined;
  if (!MONTH_BEFORE.test(text.slice(Math.max(0, at - 12), at))) return undefined;
  MONTH_DAY.lastIndex = at;
  return MONTH_DAY.test(text) ? MONTH_DAY.lastIndex : yearEnd(text, at);
}

function yearEnd(text: string, at: number): number | undefined {
  return /^\d{4}(?!\d)/.test(text.slice(at, at + 5)) ? at + 4 : undefined;
}

/** A bare figure that can only be a year where it stands: "in 2026", "by 2030", "(2025)". */
export function isYear(text: string, at: number, end: number, value: number): boolean {
  if (end - at !== 4 || value < 1900 || value > 2100) return false;
  const before = text.slice(Math.max(0, at - 20), at);
  if (YEAR_BEFORE.test(before)) return true;
  if (value > 1950 && value % 100 !== 0 && MAYBE_YEAR_BEFORE.test(before)) return true;
  return before.endsWith('(') && text.charCodeAt(end) === 41;
}
