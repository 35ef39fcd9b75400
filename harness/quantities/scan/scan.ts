import { isNumeral, matchParts, startsChinese } from '../numbers/chinese.ts';
import { matchEnglish, NUMBER_STARTS } from '../numbers/english.ts';
import { isDigit, isHan } from '../units/match-atom.ts';
import { parseUnit } from '../units/units.ts';
import { lookBefore } from './before.ts';
import { chineseWords } from './chinese-words.ts';
import { complete } from './complete.ts';
import { matchChineseDate } from './dates.ts';
import { digitMention } from './digit-mention.ts';
import { type Mention, namedMention } from './mention.ts';

const DOT = 46;
const UNDERSCORE = 95;
const HYPHEN = 45;
const CARET = 94;
const CURRENCY_RUN =
  /^(?:USD|CNY|RMB|EUR|GBP|JPY|AUD|CAD|HKD|INR|KRW|SGD|NZD|CHF|TWD|SEK|NOK|DKK|PLN|BRL|MXN|ZAR|THB|Rs|Rmb|BTC|c|ca)$/;

const isLetter = (code: number): boolean => (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
const isWordPart = (code: number): boolean => isLetter(code) || isDigit(code) || code === UNDERSCORE;

/** No text that says something holds so many numbers: past them a hostile one is not read on. */
const MOST_NUMBERS = 100_000;

/** Every number of a normalised text, from left to right, each character looked at a bounded number of times. */
export function scan(text: string, euro: boolean): Mention[] {
  const mentions: Mention[] = [];
  let at = 0;
  let floor = 0;
  const take = (mention: Mention | undefined): boolean => {
    if (!mention || mention.end <= at) return false;
    mentions.push(mention);
    at = mention.end;
    floor = at;
    return true;
  };
  while (at < text.length && mentions.length < MOST_NUMBERS) {
    const code = text.charCodeAt(at);
    if (isDigit(code) || (code === DOT && isDigit(text.charCodeAt(at + 1)))) {
      const joined = text.charCodeAt(at - 1);
      const raised = joined === CARET || (joined === HYPHEN && text.charCodeAt(at - 2) === CARET);
      if (raised || (code === DOT && (isWordPart(joined) || isHan(joined) || joined === DOT)))
        at = raised ? alnumEnd(text, at) : at + 1;
      else if (!take(digitMention(text, at, { floor, euro }))) at = alnumEnd(text, at);
    } else if (isLetter(code)) {
      if (!take(wordMention(text, at, floor))) at = skipWord(text, at, floor);
    } else if (isHan(code) || code === 0x25cb) {
      if (!take(chineseMention(text, at, floor))) at = numeralEnd(text, at);
    } else at++;
  }
  return mentions;
}

/** A numeral that is no number (几十万, 两三) is passed over whole, so that its tail is not read alone. */
function numeralEnd(text: string, at: number): number {
  let end = at + 1;
  if (startsChinese(text.charAt(at))) while (isNumeral(text.charAt(end)) && !isPartsHead(text, end)) end++;
  return end;
}

function isPartsHead(text: string, at: number): boolean {
  return text.startsWith('分之', at + 1);
}

function alnumEnd(text: string, at: number): number {
  let end = at + 1;
  while (
    isWordPart(text.charCodeAt(end)) ||
    (text.charCodeAt(end) === DOT && isDigit(text.charCodeAt(end + 1)))
  )
    end++;
  return end;
}

/** End of a word that is no number. Digits that it runs into belong to its name (G2, CO2, PM2.5, N-1), but not after USD. */
function skipWord(text: string, at: number, floor: number): number {
  let end = at + 1;
  while (isLetter(text.charCodeAt(end))) end++;
  if (text.startsWith('http', at) || text.startsWith('www.', at)) return urlEnd(text, end);
  const code = text.charCodeAt(end);
  const hyphenated = code === HYPHEN && isDigit(text.charCodeAt(end + 1)) && (at > floor || floor === 0);
  if (!isDigit(code) && code !== UNDERSCORE && !hyphenated) return end;
  if (isDigit(code) && CURRENCY_RUN.test(text.slice(at, end))) return end;
  if (hyphenated) return nameEnd(text, end + 1);
  return nameEnd(text, end);
}

/** G2, G2-1, P_loss_3, PM2.5; the hyphen only before more digits. */
function nameEnd(text: string, at: number): number {
  let end = alnumEnd(text, at);
  while (/[-/]/.test(text.charAt(end)) && isDigit(text.charCodeAt(end + 1))) end = alnumEnd(text, end + 1);
  return end;
}

function urlEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && text.charCodeAt(end) > 32 && text.charCodeAt(end) < 127) end++;
  return end;
}

const NO_ONE =
  /(?:^|[^A-Za-z])(?:this|that|which|no|the|each|any|every|other|another|next|last|only|some|number|bus|step|phase|unit|line|zone|case|option|tier|level|scope|first|second|latter|former|right|wrong|new|old|with) $/i;
const NO_ONE_AFTER =
  /^ (?:of|can|could|must|should|is|another|side|way|more|or|by|who|that|needs|may|might|would|has|gets|finds|obtains)(?![A-Za-z])/;

/** An hour and a half. */
const ONE_AND_HALF = /an? (minute|hour|day|week|month|year|decade|century) and a half(?![A-Za-z])/iy;

function wordMention(text: string, at: number, floor: number): Mention | undefined {
  const before = text.charCodeAt(at - 1);
  if (isWordPart(before)) return undefined;
  const end = wordEnd(text, at);
  if (end - at > 11 || !NUMBER_STARTS.has(text.slice(at, end).toLowerCase())) return undefined;
  ONE_AND_HALF.lastIndex = at;
  const spoken = ONE_AND_HALF.exec(text);
  const unit = spoken && parseUnit((spoken[1] as string).toLowerCase());
  if (spoken && unit) return { ...namedMention(at, ONE_AND_HALF.lastIndex, 'value', 1.5, 'words'), unit };
  const match = matchEnglish(text, at);
  if (!match || isDigit(text.charCodeAt(match.end)) || text.charCodeAt(match.end) === UNDERSCORE)
    return undefined;
  const year = spokenYear(text, match.value, match.end);
  if (year) return namedMention(at, year, 'date', match.value, 'words');
  if (match.ordinal) return ordinal(text, at, match.value, match.end);
  const alone = match.value === 1 && match.end === end;
  // Hornsea One: a capital inside a sentence makes a name.
  if (alone && text.charAt(at) === 'O' && /[A-Za-z,] $/.test(text.slice(Math.max(0, at - 2), at)))
    return undefined;
  if (
    alone &&
    (NO_ONE.test(text.slice(Math.max(0, at - 12), at)) || NO_ONE_AFTER.test(text.slice(end, end + 10)))
  )
    return undefined;
  if (
    match.value === 0.5 &&
    /(?:first|second|other|last|latter|former|top|bottom|upper|lower|better|by|in) $/i.test(
      text.slice(Math.max(0, at - 8), at),
    )
  )
    return undefined;
  const sign = lookBefore(text, at, floor);
  return complete(text, {
    at: sign.money ? at : sign.start,
    match: { ...match, value: match.value * sign.sign },
    before: { ...sign, money: undefined },
  });
}

const YEAR_TAIL =
  /[ -](?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)(?![A-Za-z-])/iy;

/** End of a year said in pairs: nineteen ninety-nine, twenty twenty-six. */
function spokenYear(text: string, value: number, at: number): number | undefined {
  if (value < 18 || value > 20) return undefined;
  YEAR_TAIL.lastIndex = at;
  return YEAR_TAIL.test(text) ? YEAR_TAIL.lastIndex : undefined;
}

function wordEnd(text: string, at: number): number {
  let end = at;
  while (isLetter(text.charCodeAt(end)) && end - at < 16) end++;
  return end;
}

/** "First, …" only orders what is said; "second" after a number is a time. */
function ordinal(text: string, at: number, value: number, end: number): Mention | undefined {
  const next = text.charAt(end);
  if (value <= 3 && end - at <= 6 && (next === ',' || next === ':' || /[A-Z]/.test(text.charAt(at))))
    return undefined;
  return namedMention(at, end, 'ordinal', value, 'words');
}

function chineseMention(text: string, at: number, floor: number): Mention | undefined {
  const char = text.charAt(at);
  if (char === '百' || char === '千' || char === '万' || startsChinese(char)) {
    const parts = isNumeral(text.charAt(at - 1)) && at > floor ? undefined : matchParts(text, at);
    if (parts) {
      const before = lookBefore(text, at, floor);
      return complete(text, {
        at: before.start,
        match: { ...parts, value: parts.value * before.sign },
        before,
      });
    }
  }
  if (char !== '半' && !startsChinese(char)) return undefined;
  const dated = text.charAt(at - 1) === '第' ? undefined : matchChineseDate(text, at);
  if (dated) {
    return namedMention(at, dated.end, dated.role, 0, 'chinese');
  }
  return chineseWords(text, at, floor);
}
